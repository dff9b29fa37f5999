"""The admin's addresses of findings."""

from django.urls import path

from . import staff_views

app_name = "findings"
urlpatterns = [
    path("", staff_views.index, name="index"),
    path("<int:finding_id>/", staff_views.detail, name="detail"),
    path("<int:finding_id>/przyjecie/", staff_views.decide, {"decision": "accept"}, name="accept"),
    path("<int:finding_id>/naprawa/", staff_views.decide, {"decision": "repair"}, name="repair"),
    path("<int:finding_id>/podwazenie/", staff_views.decide, {"decision": "dispute"}, name="dispute"),
    path("<int:finding_id>/ujecie/", staff_views.decide, {"decision": "cover"}, name="cover"),
    path("<int:finding_id>/otwarcie/", staff_views.decide, {"decision": "reopen"}, name="reopen"),
    path("zgloszenie/<int:request_id>/", staff_views.from_report, name="from_report"),
    path("deklaracja/<int:declaration_id>/", staff_views.take_over, name="take_over"),
]

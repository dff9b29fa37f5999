"""The admin's addresses of partners' calendars."""

from django.urls import path

from . import staff_views

app_name = "partner_calendars"
urlpatterns = [
    path("", staff_views.index, name="index"),
    path("propozycje/", staff_views.suggestions, name="suggestions"),
    path("dodaj/<int:site_id>/", staff_views.add, name="add"),
    path("<int:calendar_id>/", staff_views.edit, name="edit"),
    path("<int:calendar_id>/czytaj/", staff_views.read, name="read"),
    path("<int:calendar_id>/plik/", staff_views.upload, name="upload"),
    path("<int:calendar_id>/usun/", staff_views.remove, name="remove"),
]

"""The admin's addresses of evaluations."""

from django.urls import path

from . import staff_criteria, staff_reading, staff_views

app_name = "evaluations"
urlpatterns = [
    path("", staff_reading.index, name="index"),
    path("wnioski/", staff_reading.requests, name="requests"),
    path("dodaj/<int:site_id>/", staff_views.add, name="add"),
    path("wczytaj/<int:site_id>/", staff_views.read, name="read"),
    path("<int:evaluation_id>/", staff_reading.show, name="show"),
    path("<int:evaluation_id>/zakres/", staff_views.scope, name="scope"),
    path("<int:evaluation_id>/proba/", staff_views.sample, name="sample"),
    path("<int:evaluation_id>/losowanie/", staff_views.draw, name="draw"),
    path("<int:evaluation_id>/zasada/<slug:group>/", staff_criteria.group, name="group"),
    path("<int:evaluation_id>/kryterium/<str:criterion>/", staff_criteria.criterion, name="criterion"),
    path("<int:evaluation_id>/zakoncz/", staff_views.finish, name="finish"),
    path("<int:evaluation_id>/powtorz/", staff_views.copy, name="copy"),
    path("<int:evaluation_id>/usun/", staff_views.remove, name="remove"),
    path("<int:evaluation_id>/earl/", staff_reading.export, name="export"),
]

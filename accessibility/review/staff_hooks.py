"""Registers the yearly review with Wagtail, and its warning with the health check."""

from django.urls import path
from wagtail import hooks

from . import reminders, staff_views

hooks.register("register_health_warnings", reminders.warnings_for_health)


@hooks.register("register_admin_urls")
def address_of_review():
    return [path("przeglad-deklaracji/<int:declaration_id>/", staff_views.review, name="declaration_review")]

"""The front door: it wires the rooms together."""

from django.apps import AppConfig


class GokSiteConfig(AppConfig):
    name = "gok_site"
    default_auto_field = "django.db.models.BigAutoField"

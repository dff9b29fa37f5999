"""The front door: it wires the rooms together."""

from django.apps import AppConfig


class GokSiteConfig(AppConfig):
    name = "gok_site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from gok_site import checks  # noqa: F401 - they register themselves

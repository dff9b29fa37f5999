"""The front door: it wires the rooms together."""

from django.apps import AppConfig
from django.core.cache import caches
from django.utils.connection import ConnectionProxy


class GokSiteConfig(AppConfig):
    name = "gok_site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from allauth.core.internal import ratelimit

        from gok_site import checks  # noqa: F401 - they register themselves
        from gok_site.staff import checks as staff_checks  # noqa: F401 - registers itself
        from gok_site.staff import updating

        updating.listen()
        # allauth counts in the default cache, which each process may have for itself, and has no setting for another.
        ratelimit.cache = ConnectionProxy(caches, "limits")

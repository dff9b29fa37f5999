"""The room "mission": who we are and what for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MissionConfig(AppConfig):
    name = "mission"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Mission")

    def ready(self):
        from mission import avif

        avif.register()

"""The room "programme": what happens, when, where."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "programme"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Programme")

    def ready(self):
        from wagtail.signals import page_published

        from .events.models import EventPage
        from .events.schedule import write_on_publish

        page_published.connect(write_on_publish, sender=EventPage, dispatch_uid="programme_write_occurrences")

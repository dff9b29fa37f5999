"""The room "programme": what happens, when, where."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "programme"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Programme")

    def ready(self):
        from django.db.models.signals import post_delete
        from wagtail.signals import page_published

        from .events.models import EventPage
        from .events.schedule import write_on_publish
        from .events.share_pictures import SharePicture, draw_on_publish, remove_file

        page_published.connect(write_on_publish, sender=EventPage, dispatch_uid="programme_write_occurrences")
        page_published.connect(draw_on_publish, sender=EventPage, dispatch_uid="programme_draw_share_picture")
        post_delete.connect(remove_file, sender=SharePicture, dispatch_uid="programme_remove_share_picture")

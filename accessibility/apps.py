"""The room "accessibility": how everyone can take part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessibilityConfig(AppConfig):
    name = "accessibility"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Accessibility")

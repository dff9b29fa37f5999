"""Days and hours in Wagtail's forms: what somebody typed stays as it was typed, until it is understood or refused.

Wagtail's calendar reads one format only, and as soon as the field is left it puts today, or this hour, in place of anything
else: "12.12.2026", as everybody here writes it, became the day of writing without a word. The form understands it, and says
in words what it does not understand. https://xdsoft.net/jqplugins/datetimepicker/ (validateOnBlur)
"""

from django import forms
from django.db import models
from wagtail.admin import widgets
from wagtail.admin.forms.models import register_form_field_override


class _AsTyped:
    """To be put before one of Wagtail's widgets with a calendar."""

    def get_config(self):
        return {**super().get_config(), "validateOnBlur": False}

    @property
    def media(self):
        return super().media + forms.Media(js=["js/day_inputs.js"])


class DayInput(_AsTyped, widgets.AdminDateInput):
    """A day, typed or taken from the calendar."""


class HourInput(_AsTyped, widgets.AdminTimeInput):
    """An hour, typed or taken from the list."""


class MomentInput(_AsTyped, widgets.AdminDateTimeInput):
    """A day and an hour, typed or taken from the calendar."""


def use_everywhere():
    """Have them in all forms that Wagtail makes of models."""
    for field, widget in (
        (models.DateField, DayInput),
        (models.TimeField, HourInput),
        (models.DateTimeField, MomentInput),
    ):
        register_form_field_override(field, override={"widget": widget})

"""How the editor fills in a line of the plan, and the panel that shows all its dates before anything is saved."""

from django import forms
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from wagtail.admin.panels import Panel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from . import repetition


class WeekdaysInput(forms.CheckboxSelectMultiple):
    """A box for each weekday; the value is their ISO numbers in a row ("135")."""

    def __init__(self, attrs=None):
        super().__init__(attrs, choices=[(str(number + 1), name) for number, name in WEEKDAYS.items()])

    def value_from_datadict(self, data, files, name):
        return "".join(sorted(set(super().value_from_datadict(data, files, name) or "")))

    def format_value(self, value):
        return list(value or "")


class DaysInput(AdminAutoHeightTextInput):
    """A box for dates, one a line as 8.12.2026, however they are parted; the value is ISO dates parted by spaces.

    Text with a word that is no date stays as it was typed, so that nothing is lost while it is corrected.
    """

    def value_from_datadict(self, data, files, name):
        text = super().value_from_datadict(data, files, name)
        found, wrong = repetition.read_days(text or "")
        return text if wrong else repetition.store_days(found)

    def format_value(self, value):
        found, wrong = repetition.read_days(value or "")
        return value if wrong else "\n".join(f"{day.day}.{day.month:02}.{day.year}" for day in found)


class PlanPreviewPanel(Panel):
    """A button that shows every date of the plan as it stands in the form, saved or not."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "programme/admin/plan_preview_panel.html"

        class Media:
            js = ["js/plan_preview.js"]

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"address": self.address}

        @property
        def address(self):
            """Where the dates are counted: under the page, or under its parent when it is new."""
            if self.instance.pk:
                return reverse("programme_dates:preview", args=[self.instance.pk])
            return reverse("programme_dates:preview_new", args=[self.form.parent_page.pk])

"""Break calendars: named days off (holidays, ferie) that a repeating event may observe. Staff keep them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldRowPanel, InlinePanel
from wagtail.models import Orderable


class BreakCalendar(Orderable, ClusterableModel):
    """A named set of days on which repeating events of those who observe it do not take place."""

    settings = ParentalKey("programme.ProgrammeSettings", on_delete=models.CASCADE, related_name="break_calendars")
    name = models.CharField(_("name"), max_length=80, help_text=_("For example: public holidays, winter ferie."))

    panels = ["name", InlinePanel("periods", label=_("Break"))]

    class Meta(Orderable.Meta):
        verbose_name = _("break calendar")
        verbose_name_plural = _("break calendars")

    def __str__(self):
        return self.name


class BreakPeriod(Orderable):
    """One stretch of days off, both ends included."""

    calendar = ParentalKey(BreakCalendar, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(_("name"), max_length=80, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day, if other"), null=True, blank=True)

    panels = [FieldRowPanel(["name", "first_day", "last_day"])]

    class Meta(Orderable.Meta):
        verbose_name = _("break")

    def __str__(self):
        return f"{self.name} {self.first_day}".strip()

    def clean(self):
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day cannot come before the first.")})

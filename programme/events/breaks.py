"""Break calendars: named days off (holidays, ferie) that a repeating event may observe. Staff keep them."""

from collections import defaultdict

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


def observed_by(event):
    """The breaks (list of BreakPeriod, each with its calendar) that `event` leaves out, as a draft or as published."""
    calendars = [calendar.pk for calendar in event.observes.all()]
    return breaks_of(calendars) if calendars else []


def breaks_of(calendars):
    """All breaks (list of BreakPeriod) of the `calendars` (BreakCalendars or their numbers), in order of days."""
    periods = BreakPeriod.objects.filter(calendar__in=calendars).select_related("calendar")
    return list(periods.order_by("first_day", "pk"))


def breaks_by_event(event_ids):
    """{number of the event: its breaks} of published events, in two queries."""
    observed = BreakCalendar.events.through.objects.filter(eventpage__in=list(event_ids))
    periods = defaultdict(list)
    pairs = list(observed.values_list("eventpage", "breakcalendar"))
    for each in breaks_of({calendar for _event, calendar in pairs}) if pairs else []:
        periods[each.calendar_id].append(each)
    found = defaultdict(list)
    for event_id, calendar in pairs:
        found[event_id] += periods[calendar]
    return found

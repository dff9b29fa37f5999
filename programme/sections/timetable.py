"""The season's week: the same meetings as a table with headers and as a list by day."""

from dataclasses import dataclass
from datetime import time
from itertools import groupby

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mission.models import Weekday

from ..ages import admits
from ..events.filters import GetForm, age_field, place_choices, place_field
from .models import Meeting


class TimetableFilter(GetForm):
    """Which meetings one wants to see."""

    wiek = age_field()
    dzien = forms.ChoiceField(
        label=_("day"),
        required=False,
        choices=[("", _("any day")), *((str(day.value), day.label) for day in Weekday)],
        error_messages={"invalid_choice": _("There is no such day.")},
    )
    miejsce = place_field()

    def __init__(self, data, *, site):
        super().__init__(data, miejsce=place_choices(site))

    def narrow(self, meetings):
        """The `meetings` (queryset of Meeting) that are asked for."""
        asked = self.cleaned_data
        if asked.get("wiek") is not None:
            meetings = meetings.filter(admits(asked["wiek"], "group__"))
        if asked.get("dzien"):
            meetings = meetings.filter(weekday=asked["dzien"])
        if asked.get("miejsce"):
            slug = asked["miejsce"]
            meetings = meetings.filter(
                Q(venue__slug=slug) | Q(venue__part_of__slug=slug) | Q(venue__part_of__part_of__slug=slug)
            )
        return meetings


@dataclass(frozen=True)
class Table:
    """Weekdays across, hours down. `days`: [(number, label)]; `rows`: [(hour, [[meetings] for each day])]."""

    days: list
    rows: list


def meetings_of(sections):
    """The weekly meetings of `sections` (SectionPage queryset) in the order of the week."""
    meetings = Meeting.objects.filter(group__section__in=sections)
    return meetings.select_related("group__section", "venue", "venue__part_of").order_by(
        "weekday", "start", "end", "group__section__title", "pk"
    )


def by_weekday(meetings):
    """[(number, label, [meetings])] of the days that have any."""
    return [
        (number, Weekday(number).label, list(group))
        for number, group in groupby(meetings, key=lambda meeting: meeting.weekday)
    ]


def table(days):
    """The `Table` of what `by_weekday` gives, a row for each hour in which something begins; None when empty."""
    if not days:
        return None
    hours = sorted({meeting.start.hour for _number, _label, meetings in days for meeting in meetings})
    rows = [
        (time(hour), [[each for each in meetings if each.start.hour == hour] for _number, _label, meetings in days])
        for hour in hours
    ]
    return Table(days=[(number, label) for number, label, _meetings in days], rows=rows)

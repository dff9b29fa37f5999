"""Everything at a place or on some days, when a storm or mourning closes it: what that concerns, and doing it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from ..sections.models import Meeting
from . import changes
from .dates import OFF, EventStatus, Occurrence
from .querysets import local_day

MOST_DAYS = 366
#: More rows than this are no list that somebody can check, nor a form that a server takes.
MOST_DATES = 500
WEEK = 7


@dataclass(frozen=True)
class Closing:
    """What is closed: a place with all its parts (None: everything), on the local days `first` to `last`, both included."""

    site: object
    venue: object
    first: date
    last: date

    def dates(self, *, at):
        """The dates of published events that are there then and not over at `at`; a date's own place wins."""
        start, end = local_day(self.first)[0], local_day(self.last)[1]
        within = Occurrence.objects.in_site(self.site).filter(event__live=True, end__gt=at)
        here = self._here("venue") | Q(venue=None) & self._here("event__venue")
        if self.venue:
            # Whoever was moved online does not stand before a locked door.
            within = within.exclude(status=EventStatus.MOVED_ONLINE)
        return within.filter(here).between(start, end).select_related("event", "venue", "event__venue")

    def still_on(self, *, at):
        return self.dates(at=at).exclude(status__in=OFF)

    def off_already(self, *, at):
        return self.dates(at=at).filter(status__in=OFF)

    def meetings(self):
        """The weekly meetings of published classes that are there on these days; they have no status of their own."""
        length = (self.last - self.first).days + 1
        weekdays = {(self.first + timedelta(days=number)).isoweekday() for number in range(min(length, WEEK))}
        found = Meeting.objects.filter(
            self._here("venue"),
            weekday__in=weekdays,
            group__section__live=True,
            group__section__path__startswith=self.site.root_page.path,
        )
        return found.select_related("group__section", "venue").order_by("weekday", "start", "pk")

    def _here(self, path):
        """The condition that the place at `path` is the closed one or a part of it: three levels deep at most."""
        if self.venue is None:
            return Q()
        return (
            Q(**{path: self.venue})
            | Q(**{f"{path}__part_of": self.venue})
            | Q(**{f"{path}__part_of__part_of": self.venue})
        )


@transaction.atomic
def close(dates, action, reason, *, at):
    """Cancel or postpone `dates` (locked) for `reason`, all or none; return {event: [its dates that are other now]}."""
    changed = defaultdict(list)
    for sitting in changes.apply(changes.as_action(action, reason), dates, at=at):
        changed[sitting.event].append(sitting)
    return dict(changed)

"""What of the next days is not as announced: for the notices of the home page and of places."""

from datetime import timedelta

from django.db.models import F, Q

from .dates import OFF, EventStatus

#: After a storm everything is off: the list stops here, the programme says the rest.
MOST_CHANGES = 10
CHANGED = (EventStatus.RESCHEDULED, EventStatus.MOVED_ONLINE)


def changes_soon(dates, *, at, days):
    """What of `dates` (OccurrenceQuerySet) is cancelled, postponed or moved and was or is to begin within `days`.

    What is already under way is told only when it is off. A list of sittings, soonest first.
    """
    edge = at + timedelta(days=days)
    is_soon = Q(start__lt=edge) | Q(original_start__gte=at, original_start__lt=edge)
    is_elsewhere = Q(venue__isnull=False, event__venue__isnull=False) & ~Q(event__venue=F("venue"))
    is_changed = Q(status__in=OFF) | Q(start__gt=at) & (Q(status__in=CHANGED) | is_elsewhere)
    return list(dates.upcoming(at).filter(is_soon, is_changed).for_listing()[:MOST_CHANGES])


def first_of_each(dates, seen=()):
    """The first date of each event that is not in `seen` (event ids), in the given order."""
    chosen = {}
    for date in dates:
        if date.event_id not in seen:
            chosen.setdefault(date.event_id, date)
    return list(chosen.values())

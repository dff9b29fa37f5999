"""What of the next days is not as announced: for the notices of the home page and of places."""

from datetime import timedelta

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from .dates import OFF, EventStatus
from .querysets import local_day

#: After a storm everything is off: the list stops here, the programme says the rest.
MOST_CHANGES = 10
#: Dates among which the first of each event are looked for: of each, two numbers are read.
MOST_LOOKED_AT = 500
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


def first_today(dates, *, at, day):
    """What of `dates` (OccurrenceQuerySet) is not over and on `day` (a date): a QuerySet in the order of a home page.

    What begins that day comes before what has been running for weeks; what is off opens no page.
    """
    is_off, began_before = Q(status__in=OFF), Q(start__lt=local_day(day)[0])
    order = [ExpressionWrapper(condition, BooleanField()) for condition in (is_off, began_before)]
    return dates.upcoming(at).on_day(day).order_by(*order, "start", "pk")


def first_of_each(dates, most, seen=()):
    """The first of `dates` (OccurrenceQuerySet, in its order) of each event that is not in `seen` (ids): a list, at most `most`.

    Looks at little of many dates before it fetches all of a few: a play shown five times a day must not hide the rest.
    """
    chosen = {}
    for event, pk in dates.values_list("event_id", "pk")[:MOST_LOOKED_AT]:
        if event not in seen:
            chosen.setdefault(event, pk)
        if len(chosen) == most:
            break
    found = dates.in_bulk(list(chosen.values()))
    return [found[pk] for pk in chosen.values() if pk in found]

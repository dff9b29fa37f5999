"""How many came: asked the next morning, and for two weeks."""

from datetime import timedelta

from .dates import OFF

ASKED_FOR = timedelta(days=14)


def without_attendance(dates, *, at):
    """Those of `dates` (OccurrenceQuerySet) that took place in the two weeks before `at` and have no figure, latest first."""
    return dates.past(at).filter(end__gt=at - ASKED_FOR, attendance=None).exclude(status__in=OFF)

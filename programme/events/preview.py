"""What an editor sees before publishing: the dates that the plan on the screen asks for, written nowhere."""

from dataclasses import asdict

from . import schedule
from .dates import Occurrence


def dates_once_published(event, *, at):
    """The dates of `event` (EventPage) as publishing it at `at` would leave them: its rows and, unsaved, what is new."""
    rows = list(event.occurrences.all()) if event.pk else []
    removed = event.removed_dates.values_list("original_start", flat=True) if event.pk else []
    known = {row.original_start for row in rows} | set(removed)
    planned = schedule.planned_by(event, until=at + schedule.HORIZON)
    new = [
        Occurrence(event=event, original_start=each.key, **asdict(each)) for each in planned if each.key not in known
    ]
    return sorted([*rows, *new], key=lambda date: date.start)

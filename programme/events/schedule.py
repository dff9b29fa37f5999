"""From the plan of an event (versioned with its page) to its dates (rows that no revision touches)."""

import logging
from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from . import repetition
from .breaks import breaks_by_event, observed_by
from .dates import Occurrence, RemovedDate
from .plan import EventDate, Repetition
from .wall_time import local

logger = logging.getLogger(__name__)

HORIZON = relativedelta(months=18)
# What a subscribed calendar holds: enough to look back at last month, all that is written ahead.
FEED_BACK, FEED_AHEAD = timedelta(days=30), HORIZON
# Somebody who gives no end still occupies the evening; the assumed end is never printed.
ASSUMED_LENGTH = timedelta(hours=2)
RULES = [Repetition.WEEKLY, Repetition.MONTHLY]


@dataclass(frozen=True)
class Sitting:
    """One date as planned: aware datetimes, the end exclusive."""

    start: datetime
    end: datetime
    is_all_day: bool = False
    is_time_confirmed: bool = True
    is_end_confirmed: bool = True
    door_time: datetime | None = None

    @property
    def key(self):
        """The start in UTC. Python holds two moments of different zones for unequal in the hour that October has twice."""
        return self.start.astimezone(UTC)


def sittings(rows, *, until, breaks=()):
    """Every planned sitting of the `rows` (EventDate) that starts before `until` (aware), in order, without repeats.

    Repetition is counted in local wall time, so a weekly 18:00 stays 18:00 across clock changes.
    `breaks`: the BreakPeriods that the event observes.
    """
    last = timezone.localdate(until)
    found = {}
    for row in rows:
        for day in repetition.days(row, last=last, breaks=breaks):
            planned = sitting(row, day)
            if planned.key < until:
                found.setdefault(planned.key, planned)
    return [found[key] for key in sorted(found)]


def sitting(row, day):
    """The `Sitting` that a line of the plan (EventDate, saved or not) asks for on `day`."""
    last_day = day + ((row.end_day - row.day) if row.end_day else timedelta())
    if row.is_all_day or row.start_time is None:
        return Sitting(
            start=local(day, time.min),
            end=local(last_day + timedelta(days=1), time.min),
            is_all_day=row.is_all_day,
            is_time_confirmed=row.is_all_day,
        )
    return Sitting(
        start=local(day, row.start_time),
        end=_end(row, day, last_day),
        is_end_confirmed=row.end_time is not None,
        door_time=local(day, row.door_time) if row.door_time else None,
    )


def _end(row, day, last_day):
    start = local(day, row.start_time)
    if row.end_time is None:
        return _later(start, ASSUMED_LENGTH) if last_day == day else local(last_day + timedelta(days=1), time.min)
    if last_day == day and row.end_time <= row.start_time:  # over midnight
        last_day += timedelta(days=1)
    end = local(last_day, row.end_time)
    if end.astimezone(UTC) > start.astimezone(UTC):
        return end
    # The clocks skip the start and not the end: the length stays.
    return _later(start, datetime.combine(last_day, row.end_time) - datetime.combine(day, row.start_time))


def _later(moment, length):
    """`moment` and so much real time, whatever the clocks on the wall do."""
    return (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)


def planned_by(event, *, until):
    """The sittings of the plan of `event` before `until`, its breaks left out. Two queries, or one without breaks."""
    return sittings(event.plan.all(), until=until, breaks=observed_by(event))


@transaction.atomic
def write_occurrences(event, *, at):
    """Write the dates that the plan of `event` asks for up to 18 months after `at`.

    Adds what is missing and corrects what nobody has changed by hand. It never removes a row, never moves one,
    never writes a removed one again and never touches a status: an old revision published again must not
    un-cancel an evening. A day that has become a break since leaves its row, and `not_in_plan` points it out.
    """
    known = {row.original_start: row for row in event.occurrences.select_for_update()}
    removed = set(event.removed_dates.values_list("original_start", flat=True))
    new = []
    for planned in map(_in_utc, planned_by(event, until=at + HORIZON)):
        row = known.get(planned.start)
        if row is None and planned.start not in removed:
            new.append(Occurrence(event=event, original_start=planned.start, changed_at=at, **asdict(planned)))
        elif row and not row.is_changed_by_hand and row.differs_from(planned):
            row.adopt(planned, at=at)
    # An editor and the clock may write at once: whoever comes second finds the row there.
    Occurrence.objects.bulk_create(new, ignore_conflicts=True)


def _in_utc(planned):
    """`planned` (Sitting) as the database tells it, so that both can be compared."""
    door = planned.door_time.astimezone(UTC) if planned.door_time else None
    return replace(planned, start=planned.key, end=planned.end.astimezone(UTC), door_time=door)


def write_on_publish(sender, instance, **kwargs):
    """Receiver of Wagtail's `page_published`: the edge at which the clock is read."""
    write_occurrences(instance, at=timezone.now())


def not_in_plan(event, *, at):
    """The dates of `event` that its published plan does not contain and that are still ahead of the moment `at`.

    A plan whose day or hour was corrected, or a break that came later, leaves the old date behind: a person has to
    say what becomes of it.
    """
    planned = {each.key for each in planned_by(event, until=at + HORIZON)}
    return [row for row in event.occurrences.upcoming(at) if row.original_start not in planned]


def fill_ahead(events, *, at):
    """Write the dates that have come within 18 months of `at`; for the clock. `events`: EventQuerySet.

    Asks a handful of questions however many events there are, and writes only for those that lack a date. What
    fails for one event is logged by its number, and the others are written. What publishing has left out nearer than
    the last known date (a break that was shortened since) is not looked for: publishing again writes it.
    """
    until = at + HORIZON
    lines = _lines_ahead(events, at)
    known, breaks = _last_known(lines, until), breaks_by_event(lines)
    for event_id, rows in lines.items():
        try:
            if _lacks(rows, known.get(event_id), until, breaks[event_id]):
                write_occurrences(events.get(pk=event_id), at=at)
        except Exception as error:  # one plan that cannot be read must not stop the others
            logger.error("The dates of event %d could not be written: %s", event_id, type(error).__name__)


def _lines_ahead(events, at):
    """{number of the event: [EventDate]} of the published lines that may bring a date after `at`."""
    today, years = timezone.localdate(at), range(timezone.localdate(at).year, (at + HORIZON).year + 1)
    goes_on = Q(repeat_until=None) | Q(repeat_until__gte=today)
    # A course of so many times that has ended has no date ahead; the archive is full of them.
    ahead = Occurrence.objects.filter(event=OuterRef("event"), original_start__gte=at)
    counted = Q(count=None) | Q(interval__gt=12) | Exists(ahead)
    listed = Q(pk__in=[])
    for year in years:
        listed |= Q(repetition=Repetition.DATES, listed_days__contains=f"{year}-")
    wanted = Q(repetition__in=RULES) & goes_on & counted | listed | Q(day__gte=today)
    lines = defaultdict(list)
    for row in EventDate.objects.filter(wanted, event__in=events.live()):
        lines[row.event_id].append(row)
    return lines


def _last_known(event_ids, until):
    """{number of the event: start of its last date before `until`, written or removed}."""
    known = {}
    for model in (Occurrence, RemovedDate):
        rows = model.objects.filter(event__in=list(event_ids), original_start__lt=until).order_by()
        for event_id, start in rows.values_list("event").annotate(Max("original_start")):
            known[event_id] = max(start, known.get(event_id, start))
    return known


def _lacks(rows, known, until, breaks):
    """Whether the `rows` plan anything between the last date that is `known` (or None) and `until`."""
    since = timezone.localdate(known) if known else date.min
    for row in rows:
        for day in repetition.days(row, since=since, last=timezone.localdate(until), breaks=breaks):
            start = sitting(row, day).key
            if start < until and (known is None or start > known):
                return True
    return False

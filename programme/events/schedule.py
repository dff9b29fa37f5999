"""From the plan of an event (versioned with its page) to its dates (rows that no revision touches)."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from dateutil.rrule import WEEKLY, rrule
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

HORIZON = relativedelta(months=18)
# What a subscribed calendar holds: enough to look back at last month, all that is written ahead.
FEED_BACK, FEED_AHEAD = timedelta(days=30), HORIZON
# Somebody who gives no end still occupies the evening; the assumed end is never printed.
ASSUMED_LENGTH = timedelta(hours=2)


@dataclass(frozen=True)
class Sitting:
    """One date as planned: aware datetimes, the end exclusive."""

    start: datetime
    end: datetime
    is_all_day: bool = False
    is_time_confirmed: bool = True
    is_end_confirmed: bool = True
    door_time: datetime | None = None


def local(day, clock):
    """The aware moment at which the clocks in the site's zone show `clock` on `day`."""
    return datetime.combine(day, clock, tzinfo=timezone.get_default_timezone())


def exists(day, clock):
    """False for the hour that the clocks skip in March."""
    moment = local(day, clock)
    return moment.astimezone(UTC).astimezone(moment.tzinfo).time() == clock


def sittings(rows, *, until):
    """Every planned sitting of the `rows` (EventDate) that starts before `until` (aware), in order, without repeats.

    Repetition is counted in local wall time, so a weekly 18:00 stays 18:00 across clock changes.
    """
    found = {}
    for row in rows:
        for day in _days(row, until):
            planned = sitting(row, day)
            if planned.start < until:
                found.setdefault(planned.start, planned)
    return [found[start] for start in sorted(found)]


def _days(row, until):
    if row.repetition != "WEEKLY":
        return [row.day]
    last = min(row.repeat_until or until.date(), until.date())
    first = datetime.combine(row.day, time.min)
    return [moment.date() for moment in rrule(WEEKLY, dtstart=first, until=datetime.combine(last, time.max))]


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
    start = local(day, row.start_time)
    if row.end_time is None:
        end = start + ASSUMED_LENGTH if last_day == day else local(last_day + timedelta(days=1), time.min)
    else:
        end = local(last_day, row.end_time)
        if end <= start:  # over midnight
            end = local(last_day + timedelta(days=1), row.end_time)
    return Sitting(
        start=start,
        end=end,
        is_end_confirmed=row.end_time is not None,
        door_time=local(day, row.door_time) if row.door_time else None,
    )


@transaction.atomic
def write_occurrences(event, *, at):
    """Write the dates that the plan of `event` asks for up to 18 months after `at`.

    Adds what is missing and corrects what nobody has changed by hand. It never removes a row, never moves one,
    never writes a removed one again and never touches a status: an old revision published again must not
    un-cancel an evening.
    """
    known = {row.original_start: row for row in event.occurrences.select_for_update()}
    removed = set(event.removed_dates.values_list("original_start", flat=True))
    for planned in sittings(event.plan.all(), until=at + HORIZON):
        if planned.start in removed:
            continue
        row = known.get(planned.start)
        if row is None:
            event.occurrences.create(original_start=planned.start, changed_at=at, **asdict(planned))
        elif not row.is_changed_by_hand and row.differs_from(planned):
            row.adopt(planned, at=at)


def write_on_publish(sender, instance, **kwargs):
    """Receiver of Wagtail's `page_published`: the edge at which the clock is read."""
    write_occurrences(instance, at=timezone.now())


def not_in_plan(event, *, at):
    """The dates of `event` that its published plan does not contain and that are still ahead of the moment `at`.

    A plan whose day or hour was corrected leaves the old date behind: a person has to say what becomes of it.
    """
    planned = {each.start for each in sittings(event.plan.all(), until=at + HORIZON)}
    return [date for date in event.occurrences.upcoming(at) if date.original_start not in planned]


def fill_ahead(events, *, at):
    """Write the dates that have come within 18 months of `at`; for the clock. `events`: EventQuerySet."""
    edge = timezone.localdate(at + HORIZON)
    reaching = events.live().filter(plan__repeat_until__gt=edge - timedelta(days=7)).distinct()
    for event in reaching.annotate(last_start=Max("occurrences__original_start")):
        if event.last_start is None or event.last_start < at + HORIZON - timedelta(days=7):
            write_occurrences(event, at=at)

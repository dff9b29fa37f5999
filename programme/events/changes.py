"""What staff change about published dates: one, this and the following, all ahead. Wall time is local throughout.

Nothing here reads the clock, and nothing is written before every date has been tried.
"""

import copy
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import schedule
from .dates import OFF, EventStatus
from .plan import EventDate

#: Who ends later than this on the following day has mistyped, or means several days.
LATEST_END_OF_A_NIGHT = time(12)
KEEP = object()
#: Statuses that a new start replaces by itself; the others were said by a person and stay.
ANSWERED_BY_MOVING = (EventStatus.SCHEDULED, EventStatus.POSTPONED, EventStatus.RESCHEDULED)


class Scope(models.TextChoices):
    """How far a change of one date reaches."""

    THIS = "this", _("this date")
    FOLLOWING = "following", _("this and the following")
    AHEAD = "ahead", _("all dates ahead")


class Action(models.TextChoices):
    """What can happen to a date or a whole event. The value stands in the address."""

    CANCEL = "odwolaj", _("Call it off")
    POSTPONE = "przeloz", _("Postpone: the new date is not known yet")
    MOVE = "przenies", _("Move to another day, hour or place")
    HOLD = "przywroc", _("Hold as planned after all")


#: A visitor who finds the door locked must at least have been told why.
NEEDS_REASON = (Action.CANCEL, Action.POSTPONE)


@dataclass(frozen=True)
class Change:
    """What is asked for, apart from the dates that it is asked for.

    `shift`: whole days; `span`: whole days between first and last day (None: one day), KEEP: as it is;
    `hours`: start_time, end_time, door_time, is_all_day where they are to be other (local wall time);
    `values`: fields of Occurrence where they are to be other; `keeps_length`: end and doors follow the new start;
    `is_hold`: it takes place after all; `is_correction`: a slip is put right, so nothing counts as moved.
    """

    shift: timedelta = timedelta()
    span: timedelta | object | None = KEEP
    hours: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    keeps_length: bool = False
    is_hold: bool = False
    is_correction: bool = False

    @property
    def moves(self):
        """Whether it concerns when the dates are."""
        return bool(self.shift or self.hours or self.span is not KEEP)


def in_scope(date, scope, *, at):
    """The dates (list of Occurrence, locked) that a change of `date` reaches; those over at `at` stay as they were."""
    if scope == Scope.THIS:
        return [date]
    return list(reached(date, scope, at=at).select_for_update())


def reached(date, scope, *, at):
    """The dates still ahead at `at` that `scope` (FOLLOWING or AHEAD) means, as seen from `date`."""
    ahead = date.event.occurrences.upcoming(at)
    return ahead.filter(start__gte=date.start) if scope == Scope.FOLLOWING else ahead


def open_to(event, action, *, at):
    """The dates of `event` still ahead at `at` for which `action` means something, soonest first."""
    ahead = event.occurrences.upcoming(at)
    if action == Action.HOLD:
        return ahead.filter(status__in=OFF)
    return ahead.exclude(status__in=OFF if action == Action.POSTPONE else [EventStatus.CANCELLED])


def as_action(action, reason):
    """The `Change` that cancels, postpones or holds after all, for `reason`."""
    if action == Action.HOLD:
        return Change(values={"reason": reason}, is_hold=True)
    status = EventStatus.CANCELLED if action == Action.CANCEL else EventStatus.POSTPONED
    return Change(values={"status": status, "reason": reason})


@transaction.atomic
def apply(change, dates, *, at):
    """Make the `change` (Change) to `dates` (locked) at the moment `at`; return those that are other now.

    Raises ValidationError, naming the day, before anything is written.
    """
    outcomes = [(date, outcome(date, change)) for date in dates]
    changed = [(date, values) for date, values in outcomes if values]
    for date, values in changed:
        date.change(at=at, **values)
    return [date for date, _values in changed]


def outcome(date, change):
    """What would be other about `date` (Occurrence) after `change`, as {field: value}. Raises ValidationError."""
    values = dict(change.values)
    if change.is_hold:
        values["status"] = date.status_when_held
    if change.moves:
        values = _in_utc(asdict(_new_sitting(date, change))) | values
        after = copy.copy(date)
        for name, value in values.items():
            setattr(after, name, value)
        says_move = "status" not in values and date.status in ANSWERED_BY_MOVING and not change.is_correction
        if says_move and _was_announced(date) and _is_seen_to_move(date, after):
            values["status"] = after.status_when_held
    return {name: value for name, value in values.items() if getattr(date, name) != value}


def as_planned(date):
    """When a date (Occurrence) is, in the words of the plan."""
    start, end = timezone.localtime(date.start), timezone.localtime(date.end)
    has_end = date.has_hours and date.is_end_confirmed
    # An hour stands on its own day: 00:00 is the beginning of the day after the last.
    end_day = end.date() if has_end else date.last_day
    return {
        "day": date.first_day,
        "start_time": start.time() if date.has_hours else None,
        "end_day": end_day if date.spans_days else None,
        "end_time": end.time() if has_end else None,
        "door_time": timezone.localtime(date.door_time).time() if date.door_time else None,
        "is_all_day": date.is_all_day,
    }


def refuse_a_backward_end(line):
    """Raise ValidationError when the end of `line` (EventDate) comes before its start and no night is meant."""
    is_one_day = line.start_time and line.end_time and line.end_day in (None, line.day)
    is_over_midnight = line.end_day is None and line.end_time and line.end_time <= LATEST_END_OF_A_NIGHT
    if is_one_day and line.end_time < line.start_time and not is_over_midnight:
        text = _("The end must be later than the start. For several days give the last day.")
        raise ValidationError({"end_time": text})


def _new_sitting(date, change):
    line = EventDate(**as_planned(date))
    line.day += change.shift
    line.end_day = line.end_day and line.end_day + change.shift
    if change.span is not KEEP:
        line.end_day = line.day + change.span if change.span else None
    if change.keeps_length and change.hours.get("start_time") and line.start_time:
        _carry(line, change.hours["start_time"])
    for name, value in change.hours.items():
        setattr(line, name, value)
    try:
        line.clean()
        refuse_a_backward_end(line)
    except ValidationError as error:
        day = date_format(line.day, "j E Y")
        texts = [gettext("%(day)s: %(problem)s") % {"day": day, "problem": text} for text in error.messages]
        raise ValidationError(texts) from error
    return schedule.sitting(line, line.day)


def _carry(line, start_time):
    """Let the end and the doors of `line` (EventDate) follow its start to `start_time`."""
    later = datetime.combine(line.day, start_time) - datetime.combine(line.day, line.start_time)
    if line.end_time:
        end = datetime.combine(line.end_day or line.day, line.end_time) + later
        line.end_time = end.time()
        line.end_day = line.end_day and end.date()
    if line.door_time:
        doors = datetime.combine(line.day, line.door_time) + later
        line.door_time = doors.time() if doors.date() == line.day else None


def _in_utc(values):
    """Moments as the database tells them: in the hour that October has twice, Python holds those of two zones for unequal."""
    return {name: value.astimezone(UTC) if isinstance(value, datetime) else value for name, value in values.items()}


def _was_announced(date):
    return date.event.live or date.event.first_published_at is not None


def _is_seen_to_move(before, after):
    """Whether visitors would miss it: another day, or another hour than one that was announced."""
    if before.first_day != after.first_day:
        return True
    return before.has_hours and after.has_hours and before.start != after.start

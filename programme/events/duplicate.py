"""An event once more, on other days: its texts, place and prices, not its dates, figures or photographs."""

import copy
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.text import slugify
from wagtail.actions.copy_page import CopyPageAction
from wagtail.coreutils import find_available_slug

from mission.models.base import reserved_slugs
from mission.polish import fold

from . import repetition
from .plan import Nth, Repetition

#: What belongs to the one that was: how it went, who has checked its page, when it vanishes.
LEFT_BEHIND = [
    "afterwards",
    "reviewed_on",
    "reviewed_by",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
]
WEEK = 7


def first_day(event):
    """The first day of the plan of `event`, or None when it has none."""
    return min((line.day for line in event.plan.all()), default=None)


def source(event):
    """What is copied: the published event, or the newest draft of one that never was."""
    return event if event.live else event.get_latest_revision_as_object()


@transaction.atomic
def duplicate(event, *, title, shift, start_time=None, end_time=None, user=None):
    """A draft like `event` (as `source` gives it) with its plan `shift` (whole days) later; returns the new EventPage.

    The copy has no dates: they are written when it is published. Raises ValidationError when a shifted line of the
    plan makes no sense, having written nothing.
    """

    def process(_source, _copy, relation, child):
        if relation.get_accessor_name() == "plan":
            move_line(child, shift, start_time=start_time, end_time=end_time)

    for line in event.plan.all():
        moved = copy.copy(line)
        move_line(moved, shift, start_time=start_time, end_time=end_time)
        moved.clean()
    action = CopyPageAction(
        event,
        user=user,
        update_attrs={"title": title, "draft_title": title, "slug": fresh_slug(event.get_parent(), title)},
        exclude_fields=LEFT_BEHIND,
        copy_revisions=False,
        keep_live=False,
        process_child_object=process,
    )
    return action.execute(skip_permission_checks=True)


def fresh_slug(index, title):
    """An address under `index` that `title` gives and nobody has."""
    slug = slugify(fold(title))[:200] or "wydarzenie"
    return find_available_slug(index, f"{slug}-2" if slug in reserved_slugs(index) else slug)


def move_line(line, shift, *, start_time=None, end_time=None):
    """Move a line of the plan (EventDate) by `shift` (whole days), and to other hours where they are given."""
    line.day += shift
    line.end_day = line.end_day and line.end_day + shift
    line.repeat_until = line.repeat_until and line.repeat_until + shift
    line.listed_days = move_days(line.listed_days, shift)
    line.except_days = move_days(line.except_days, shift)
    line.weekdays = move_weekdays(line.weekdays, shift)
    line.nth = _nth_after(line)
    if start_time:
        _move_hours(line, start_time)
    if end_time:
        line.end_time = end_time


def move_days(text, shift):
    """The days of a plan's list (text), each `shift` later."""
    found, _wrong = repetition.read_days(text)
    return repetition.store_days([day + shift for day in found])


def move_weekdays(weekdays, shift):
    """ISO weekdays in a row ("135"), each as many days later in the week."""
    return "".join(sorted(str((int(number) - 1 + shift.days) % WEEK + 1) for number in weekdays))


def _nth_after(line):
    """Which weekday of the month: as it was where the new day is such a one, otherwise as the new day is."""
    if line.repetition != Repetition.MONTHLY:
        return line.nth
    number, is_last = repetition.nth_of(line.day), (line.day + timedelta(days=WEEK)).month != line.day.month
    if line.nth == number or (line.nth == Nth.LAST and is_last):
        return line.nth
    return Nth.LAST if number > Nth.FOURTH else None


def _move_hours(line, start_time):
    """Let a line of the plan start at `start_time`; its end and its doors follow."""
    was = line.start_time
    line.start_time, line.is_all_day = start_time, False
    if was is None:
        line.door_time = None
        return
    later = datetime.combine(line.day, start_time) - datetime.combine(line.day, was)
    for name in ("end_time", "door_time"):
        hour = getattr(line, name)
        setattr(line, name, hour and (datetime.combine(line.day, hour) + later).time())
    if line.door_time and line.door_time > start_time:
        line.door_time = None

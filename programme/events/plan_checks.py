"""What cannot be meant in a line of the plan (EventDate), said at the field where it stands."""

from datetime import date, time, timedelta
from itertools import islice

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import repetition, wall_time
from .breaks import breaks_of

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 12, 31)
LATEST_END_OF_A_NIGHT = time(12)
MOST_LISTED = 400
MOST_TIMES = 1000
MOST_INTERVAL = 52
UNUSED = {
    "": ["weekdays", "nth", "repeat_until", "count", "listed_days"],
    "WEEKLY": ["nth", "listed_days"],
    "MONTHLY": ["listed_days"],
    "DATES": ["weekdays", "nth", "repeat_until", "count"],
}


def errors_of(row):
    """{field: message} of everything that is wrong with the line `row`."""
    errors = dict(_days(row))
    if not errors and row.day:
        errors = dict(_hours(row)) | dict(_repetition(row))
    if not errors and row.day and not _has_days(row):
        errors["repetition"] = _("This repetition gives no date. Look at its weekdays, its end and the days left out.")
    return errors


def _days(row):
    for name in ("day", "end_day", "repeat_until"):
        value = getattr(row, name)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            yield name, _("Choose a day between 1970 and 2100.")
    if row.day and row.end_day and row.end_day < row.day:
        yield "end_day", _("The last day cannot come before the first.")
    if row.day and row.repeat_until and row.repeat_until < row.day:
        yield "repeat_until", _("The repetition cannot end before it starts.")


def _hours(row):
    if row.is_all_day and (row.start_time or row.end_time):
        yield "is_all_day", _("An all-day event has no hours: clear the hours or this box.")
    if row.end_time and not row.start_time:
        yield "start_time", _("An end needs a start.")
    if _ends_before_it_starts(row):
        yield "end_time", _("The end must be later than the start. For several days give the last day.")
    if row.door_time and row.start_time and row.door_time > row.start_time:
        yield "door_time", _("Doors cannot open after the start.")
    for name, day in [("start_time", row.day), ("end_time", _day_of_end(row))]:
        hour = getattr(row, name)
        if hour and not wall_time.exists(day, hour):
            yield name, _("On that day clocks skip this hour. Choose another.")


def _ends_before_it_starts(row):
    """Whether the end is no later and no night is meant: one that began on the day and ends by noon of the next."""
    if not (row.start_time and row.end_time) or row.end_day not in (None, row.day) or row.end_time > row.start_time:
        return False
    is_night = row.end_day is None and row.end_time < row.start_time and row.end_time <= LATEST_END_OF_A_NIGHT
    return not is_night


def _day_of_end(row):
    is_night = row.end_day is None and row.start_time and row.end_time and row.end_time < row.start_time
    return row.day + timedelta(days=1) if is_night else row.end_day or row.day


def _repetition(row):
    for name in UNUSED.get(row.repetition, []):
        if getattr(row, name) not in ("", None):
            yield name, _("The chosen repetition does not use this. Clear it, or choose another repetition.")
    if row.interval is not None and not 1 <= row.interval <= MOST_INTERVAL:
        yield "interval", _("Choose a number from 1 to %(most)d.") % {"most": MOST_INTERVAL}
    if row.count is not None and not 1 <= row.count <= MOST_TIMES:
        yield "count", _("Choose a number from 1 to %(most)d.") % {"most": MOST_TIMES}
    if set(row.weekdays) - set("1234567"):
        yield "weekdays", _("Choose weekdays from Monday to Sunday.")
    if row.repetition == "MONTHLY" and row.nth is None and repetition.nth_of(row.day) == 5:
        weekday = {"weekday": WEEKDAYS[row.day.weekday()]}
        yield "nth", _("Not every month has a fifth one (%(weekday)s). Choose “last”, or another first day.") % weekday
    for name in ("listed_days", "except_days"):
        if message := _error_of_list(getattr(row, name)):
            yield name, message


def _error_of_list(text):
    found, wrong = repetition.read_days(text)
    count = len(found) + len(wrong)
    if count > MOST_LISTED:
        return ngettext(
            "There is room for %(most)d days, and %(count)d day stands here. Long breaks belong in a break calendar.",
            "There is room for %(most)d days, and %(count)d days stand here. Long breaks belong in a break calendar.",
            count,
        ) % {"most": MOST_LISTED, "count": count}
    wrong += [day.isoformat() for day in found if not FIRST_DAY <= day <= LAST_DAY]
    if wrong:
        words = ", ".join(word[:40] for word in wrong[:3])
        return _("This is not a date: %(words)s. Write days like 8.12.2026, one a line.") % {"words": words}
    return None


def _has_days(row, breaks=()):
    is_left_out = repetition.left_out(row, breaks)
    return any(not is_left_out(day) for day in islice(repetition.unending(row), MOST_TIMES))


def refuse_breaks_that_leave_nothing(form):
    """Add an error to the `form` of an event when the breaks that it observes leave no date of its plan."""
    observed, plan = form.cleaned_data.get("observes"), form.formsets.get("plan")
    if not observed or plan is None or not plan.is_valid():
        return
    rows = [line.instance for line in plan.forms if line not in plan.deleted_forms and line.instance.day]
    breaks = breaks_of(observed)
    if rows and not any(_has_days(row, breaks) for row in rows):
        form.add_error("observes", _("These breaks leave out every date of the plan."))

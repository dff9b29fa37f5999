"""On which days a line of the plan falls. Days only: hours and clock changes are the schedule's.

The words are those of iCalendar (RFC 5545), so that a calendar that reads the same rule finds the same days:

- weeks begin on Monday; `interval` counts them from the week of the first day, months from its month;
- a rule begins at the first of its days that is not before `day`; `day` itself need not be one;
- `count` counts the sittings of the rule before any are taken out, so an exception makes a course shorter;
- with both `repeat_until` and `count`, whichever comes first ends the repetition; with neither it has no end;
- a month without the wanted weekday (a fifth Tuesday) is passed over.

`except_days` take days out of every line. Break calendars take them out of whatever repeats, but not out of a line
that stands once: that day somebody has chosen on purpose.
"""

import re
from bisect import bisect_right
from collections import deque
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

from dateutil.rrule import MO, MONTHLY, WEEKLY, rrule, weekday

#: So many days a line has at most; of more, the last ones before the horizon count.
MOST_DAYS = 2000
WRITTEN = [
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"),
]


def days(row, *, last, since=date.min, breaks=()):
    """The days (list, in order) of the line `row` (EventDate) from `since` to `last`, without exceptions and `breaks`."""
    is_left_out = left_out(row, breaks)
    return [day for day in days_of_rule(row, last=last, since=since) if not is_left_out(day)]


def days_of_rule(row, *, last, since=date.min):
    """The days (list, in order) that the rule of `row` (EventDate) gives in that time, before any are taken out."""
    found = deque(takewhile(lambda day: day <= last, unending(row, since=since)), maxlen=MOST_DAYS)
    return [day for day in found if day >= since]


def unending(row, *, since=date.min):
    """The days of the rule of `row` (EventDate) in order, one by one; there may be no end of them.

    Those before `since` may be passed over.
    """
    if row.repetition == "DATES":
        return iter(sorted({row.day, *read_days(row.listed_days)[0]}))
    if row.repetition not in {"WEEKLY", "MONTHLY"}:
        return iter([row.day])
    found = (moment.date() for moment in _rule(row, since))
    if row.repeat_until:
        found = takewhile(lambda day: day <= row.repeat_until, found)
    return islice(found, row.count)


def _rule(row, since):
    chosen = [int(number) - 1 for number in row.weekdays if number in "1234567"] or [row.day.weekday()]
    rule = {"dtstart": datetime.combine(_start(row, since), time.min), "interval": row.interval or 1, "wkst": MO}
    if row.repetition == "WEEKLY":
        return rrule(WEEKLY, byweekday=[weekday(number) for number in chosen], **rule)
    nth = row.nth or nth_of(row.day)
    return rrule(MONTHLY, byweekday=[weekday(number, nth) for number in chosen], **rule)


def _start(row, since):
    """Where to begin counting: a line that has run for years need not be walked from its first week."""
    if row.repetition != "WEEKLY" or row.count or since <= row.day:
        return row.day
    weeks = row.interval or 1
    return row.day + timedelta(weeks=weeks) * max(0, (since - row.day).days // (7 * weeks) - 1)


def nth_of(day):
    """Which of its month's weekdays of the same name `day` is, from 1 to 5."""
    return (day.day - 1) // 7 + 1


def left_out(row, breaks):
    """A function that says whether a day is taken out of the line `row` by its exceptions or by `breaks` (BreakPeriods)."""
    excepted = set(read_days(row.except_days)[0])
    is_off = within(breaks if row.repetition else ())
    return lambda day: day in excepted or is_off(day)


def within(breaks):
    """A function that says whether a day falls into one of `breaks` (BreakPeriods, however many)."""
    firsts, lasts = [], []
    for first, last in sorted((each.first_day, each.last_day or each.first_day) for each in breaks):
        if lasts and first <= lasts[-1]:
            lasts[-1] = max(lasts[-1], last)
        else:
            firsts.append(first)
            lasts.append(last)
    return lambda day: (at := bisect_right(firsts, day)) > 0 and day <= lasts[at - 1]


def read_days(text):
    """(days, words): the dates in `text`, as staff write or as we store them, and the words that are none."""
    found, wrong = [], []
    for word in re.split(r"[\s,;]+", text.strip(" \t\r\n,;")) if text.strip(" \t\r\n,;") else []:
        day = _read_day(word)
        if day:
            found.append(day)
        else:
            wrong.append(word)
    return found, wrong


def _read_day(word):
    for pattern in WRITTEN:
        if match := pattern.fullmatch(word):
            try:
                return date(**{name: int(number) for name, number in match.groupdict().items()})
            except ValueError:
                return None
    return None


def store_days(found):
    """`found` (dates) as a plan stores them: in order, once each, ISO, parted by spaces."""
    return " ".join(day.isoformat() for day in sorted(set(found)))

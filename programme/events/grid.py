"""The programme as a calendar: a month as a table, a week as seven days. What is over stays on its day."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar_words import last_of_month, read_month, read_week, spell_month, spell_week
from .querysets import local_day

#: A calendar never holds more sittings than this; what is left out is said, and the list has it.
MOST_IN_VIEW = 1000


@dataclass(frozen=True)
class Showing:
    """One sitting on one of its days."""

    date: object
    day: date

    @property
    def is_first(self):
        """Whether it begins on this day."""
        return self.day == self.date.first_day

    @property
    def is_last(self):
        """Whether this is the last of several days."""
        return self.date.spans_days and self.day == self.date.last_day


@dataclass(frozen=True)
class Day:
    """A day and what is on in it; `day` is None where a month's table has a cell outside the month."""

    day: date | None
    showings: list


@dataclass(frozen=True)
class CalendarView:
    """The days from `first` to `last` (dates) and what surrounds them.

    `count`: sittings in it; `earlier`, `later`: a day of the neighbouring month or week, None where nothing is on.
    """

    first: date
    last: date
    days: list
    count: int
    is_cut: bool
    earlier: date | None
    later: date | None

    @property
    def weekdays(self):
        """Seven days that the columns are named after."""
        return Calendar().monthdatescalendar(self.first.year, self.first.month)[0]

    @property
    def weeks(self):
        """The days in rows from Monday to Sunday, as a month's table has them."""
        by_day = {day.day: day for day in self.days}
        outside = Day(None, [])
        rows = Calendar().monthdatescalendar(self.first.year, self.first.month)
        return [[by_day.get(day, outside) for day in row] for row in rows]


def calendar_view(dates, form, *, today):
    """The month or week that `form` (PageFilter) asks for. `dates` (OccurrenceQuerySet): all that the page may show."""
    first, last = (_month if form.view == "miesiac" else _week)(form, today)
    start, end = local_day(first)[0], local_day(last)[1]
    inside = form.narrow(form.on_asked_days(dates.between(start, end), today))
    found = list(inside.for_calendar()[: MOST_IN_VIEW + 1])
    shown = found[:MOST_IN_VIEW]
    asked_first, asked_last = form.asked_days(today)
    days = days_with(shown, first, last, shown_from=asked_first, shown_to=asked_last)
    has_earlier = any(sitting.start < start for sitting in shown) or dates.filter(end__lte=start).exists()
    return CalendarView(
        first=first,
        last=last,
        days=days,
        count=len(shown),
        is_cut=len(found) > MOST_IN_VIEW,
        earlier=first - timedelta(days=1) if has_earlier else None,
        later=last + timedelta(days=1) if dates.filter(end__gt=end).exists() else None,
    )


def _month(form, today):
    asked = form.asked.get("miesiac")
    first = read_month(asked) if asked else _asked_day(form, today).replace(day=1)
    return first, last_of_month(first)


def _week(form, today):
    asked = form.asked.get("tydzien")
    day = read_week(asked) if asked else _asked_day(form, today)
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _asked_day(form, today):
    """The day that the view opens at: today, or the nearest of the days asked for."""
    first, last = form.asked_days(today)
    day = max(today, first) if first else today
    return min(day, last) if last else day


def days_with(dates, first, last, *, shown_from=None, shown_to=None):
    """Every day from `first` to `last` (dates) with its sittings: what begins in it, then what goes on.

    `shown_from`, `shown_to`: the days asked for, where that is less; the others stay empty.
    """
    days = {first + timedelta(days=number): [] for number in range((last - first).days + 1)}
    for sitting in dates:
        for day in days_of(sitting, max(first, shown_from or first), min(last, shown_to or last)):
            days[day].append(Showing(sitting, day))
    return [Day(day, sorted(on_day, key=lambda showing: not showing.is_first)) for day, on_day in days.items()]


def days_of(sitting, first, last):
    """The days from `first` to `last` on which `sitting` is to be looked for; one night is the evening it began."""
    end = sitting.last_day if sitting.spans_days else sitting.first_day
    begin = max(first, sitting.first_day)
    return [begin + timedelta(days=number) for number in range((min(last, end) - begin).days + 1)]


def spelled(form, day):
    """The parameters that lead to the view of `form` around `day`, by name."""
    if form.view == "miesiac":
        return {"miesiac": spell_month(day), "tydzien": ""}
    return {"tydzien": spell_week(day), "miesiac": ""}

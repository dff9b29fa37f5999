"""On which days a partner's event repeats (RFC 5545 3.3.10): day by day, and never longer than a bounded time.

dateutil's rrule looks for a day that never comes (30 February) until the year 9999; a stranger's rule must not be
able to ask for that. What no programme of events uses (by hours, by weeks of the year) is refused.
"""

import calendar as month_table
from datetime import date, timedelta

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
# A daily class counted for thirteen years: whoever counts further is not writing a programme.
MAX_PERIODS = 5000
EFFORT_PER_FEED = 500_000


class UnreadableRule(ValueError):  # noqa: N818 -- says what the rule is
    """The rule means something that this site does not read, or it asks for too much."""


class Effort:
    """How many days may still be looked at in one feed."""

    def __init__(self, left=EFFORT_PER_FEED):
        self.left = left

    def spend(self, days):
        self.left -= days
        if self.left < 0:
            raise UnreadableRule("effort")


class Rule:
    """A repetition. `parts`: as icalendar reads RRULE, a mapping of names to lists; `first`: the day of DTSTART."""

    def __init__(self, parts, first):
        parts = {str(name).upper(): values if isinstance(values, list) else [values] for name, values in parts.items()}
        self.first = first
        self.frequency = str(parts.get("FREQ", [""])[0]).upper()
        if self.frequency not in FREQUENCIES or not parts.keys() <= PARTS:
            raise UnreadableRule("parts")
        self.interval = int(parts.get("INTERVAL", [1])[0])
        self.count = int(parts["COUNT"][0]) if "COUNT" in parts else None
        if self.interval < 1 or (self.count is not None and self.count < 1):
            raise UnreadableRule("numbers")
        self.months = {int(month) for month in parts.get("BYMONTH", [])}
        self.month_days = {int(day) for day in parts.get("BYMONTHDAY", [])}
        self.positions = {int(position) for position in parts.get("BYSETPOS", [])}
        self.by_day = [_weekday(text) for text in parts.get("BYDAY", [])]
        self.week_start = WEEKDAYS.index(str(parts.get("WKST", ["MO"])[0]).upper())

    def days(self, begin, end, effort):
        """The days from `begin` to `end` (both inside) on which it takes place, ascending. `effort`: Effort."""
        counted = 0
        for candidates in self._periods(begin, end, effort):
            for day in candidates:
                if day < self.first:
                    continue
                if day > end or counted == self.count:
                    return
                counted += 1
                if day >= begin:
                    yield day

    def _periods(self, begin, end, effort):
        """The days of each period in which it may take place; those before `begin` only if they have to be counted."""
        start = self.first if self.frequency != "WEEKLY" else self._week_of(self.first)
        number = 0 if self.count is not None else self._periods_before(begin, start)
        for step in range(MAX_PERIODS):
            period = self._period(start, (number + step) * self.interval)
            if period is None or period[0] > end:
                return
            effort.spend(len(period))
            yield self._chosen([day for day in period if self._fits(day)])
        raise UnreadableRule("periods")

    def _week_of(self, day):
        return day - timedelta(days=(day.weekday() - self.week_start) % 7)

    def _periods_before(self, begin, start):
        if begin <= start:
            return 0
        months = (begin.year - start.year) * 12 + begin.month - start.month
        passed = {
            "DAILY": (begin - start).days,
            "WEEKLY": (begin - start).days // 7,
            "MONTHLY": months,
            "YEARLY": begin.year - start.year,
        }[self.frequency]
        return passed // self.interval

    def _period(self, start, steps):
        """All days of the period `steps` days, weeks, months or years after that of `start`; None beyond all years."""
        if self.frequency in {"DAILY", "WEEKLY"}:
            length = 1 if self.frequency == "DAILY" else 7
            if steps * length > (date.max - start).days - 7:
                return None
            first = start + timedelta(days=steps * length)
            return [first + timedelta(days=number) for number in range(length)]
        months = start.year * 12 + start.month - 1 + steps if self.frequency == "MONTHLY" else (start.year + steps) * 12
        if months // 12 >= date.max.year:
            return None
        year, month = months // 12, months % 12 + 1
        if self.frequency == "MONTHLY":
            return _days_of_month(year, month)
        return [day for number in range(1, 13) for day in _days_of_month(year, number)]

    def _fits(self, day):
        if self.months and day.month not in self.months:
            return False
        if self.frequency == "YEARLY" and not self.months and not self.by_day and not self.month_days:
            return (day.month, day.day) == (self.first.month, self.first.day)
        if self.month_days:
            length = month_table.monthrange(day.year, day.month)[1]
            if day.day not in self.month_days and day.day - length - 1 not in self.month_days:
                return False
        elif not self.by_day and self.frequency in {"MONTHLY", "YEARLY"} and day.day != self.first.day:
            return False
        if self.by_day:
            return any(self._is_weekday(day, nth, weekday) for nth, weekday in self.by_day)
        return self.frequency != "WEEKLY" or day.weekday() == self.first.weekday()

    def _is_weekday(self, day, nth, weekday):
        if day.weekday() != weekday:
            return False
        if not nth or self.frequency in {"DAILY", "WEEKLY"}:
            return True
        if self.frequency == "YEARLY" and not self.months:
            place, length = day.timetuple().tm_yday, 366 if month_table.isleap(day.year) else 365
        else:
            place, length = day.day, month_table.monthrange(day.year, day.month)[1]
        return nth == ((place - 1) // 7 + 1 if nth > 0 else -((length - place) // 7 + 1))

    def _chosen(self, days):
        if not self.positions:
            return days
        size = len(days)
        return [day for place, day in enumerate(days) if place + 1 in self.positions or place - size in self.positions]


def _weekday(text):
    """("2TU" → (2, 1)); the number is 0 when every such weekday is meant."""
    text = str(text).upper()
    return int(text[:-2] or 0), WEEKDAYS.index(text[-2:])


def _days_of_month(year, month):
    return [date(year, month, day) for day in range(1, month_table.monthrange(year, month)[1] + 1)]

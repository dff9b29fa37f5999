"""Days of the sample content, counted from the day of loading, so that it never grows old unnoticed."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.formats import date_format

WEEKDAYS = ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"]
IN_TEXT = re.compile(r"\{(\w+ [+-]\d+)\}")
NTH = re.compile(r"(\d)\. (\w+) ([+-]\d+)")


@dataclass(frozen=True)
class Days:
    """Turns "sobota +2" (the Saturday of the week after next), "piątek -3", "dziś", "dziś +4" (days) and
    "3. czwartek -1" (the third Thursday of last month) into dates.
    """

    today: date

    @classmethod
    def at(cls, moment):
        """As seen at an aware moment, in the site's time zone."""
        return cls(timezone.localdate(moment))

    def day(self, words):
        """The date of a weekday with the number of weeks from the current one. Raises ValueError."""
        if words == "dziś":
            return self.today
        if found := NTH.fullmatch(words):
            return self._nth(int(found[1]), WEEKDAYS.index(found[2]), int(found[3]))
        weekday, weeks = words.split()
        if weekday == "dziś":
            return self.today + timedelta(days=int(weeks))
        monday = self.today - timedelta(days=self.today.weekday())
        return monday + timedelta(days=WEEKDAYS.index(weekday), weeks=int(weeks))

    def _nth(self, nth, weekday, months):
        """The nth weekday of a month: of the current one, or so many months from it."""
        first = self.today.replace(day=1) + relativedelta(months=months)
        return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=nth - 1)

    def fill(self, text):
        """`text` with every day in braces written out as "11 grudnia"."""
        return IN_TEXT.sub(lambda match: date_format(self.day(match[1]), "j E"), text)

    def season(self):
        """The school year under way or, in summer, the next: (name, first day, last day)."""
        year = self.today.year if self.today.month >= 7 else self.today.year - 1
        return f"{year}/{year + 1}", date(year, 9, 1), date(year + 1, 6, 30)

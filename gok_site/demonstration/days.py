"""Days of the sample content, counted from the day of loading, so that it never grows old unnoticed."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format

WEEKDAYS = ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"]
IN_TEXT = re.compile(r"\{(\w+ [+-]\d+)\}")


@dataclass(frozen=True)
class Days:
    """Turns "sobota +2" (the Saturday of the week after next), "piątek -3" and "dziś" into dates."""

    today: date

    @classmethod
    def at(cls, moment):
        """As seen at an aware moment, in the site's time zone."""
        return cls(timezone.localdate(moment))

    def day(self, words):
        """The date of a weekday with the number of weeks from the current one. Raises ValueError."""
        if words == "dziś":
            return self.today
        weekday, weeks = words.split()
        monday = self.today - timedelta(days=self.today.weekday())
        return monday + timedelta(days=WEEKDAYS.index(weekday), weeks=int(weeks))

    def fill(self, text):
        """`text` with every day in braces written out as "11 grudnia"."""
        return IN_TEXT.sub(lambda match: date_format(self.day(match[1]), "j E"), text)

    def season(self):
        """The school year under way or, in summer, the next: (name, first day, last day)."""
        year = self.today.year if self.today.month >= 7 else self.today.year - 1
        return f"{year}/{year + 1}", date(year, 9, 1), date(year + 1, 6, 30)

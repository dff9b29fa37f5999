"""Days, weeks and months as an address spells them, and what is meant by "this weekend"."""

import re
from calendar import monthrange
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

YEARS = range(1900, 2200)
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")


def read_day(text):
    """The date spelled "2026-12-31"; ValueError when there is none between 1900 and 2199."""
    return _read(DAY, text, date)


def read_month(text):
    """The first day of the month spelled "2026-12"; ValueError when there is none between 1900 and 2199."""
    return _read(MONTH, text, lambda year, month: date(year, month, 1))


def read_week(text):
    """The Monday of the ISO 8601 week spelled "2026-W53"; ValueError when there is none between 1900 and 2199."""
    return _read(WEEK, text, lambda year, week: date.fromisocalendar(year, week, 1))


def _read(spelling, text, make):
    found = spelling.fullmatch(text)
    numbers = [int(number) for number in found.groups()] if found else [0]
    if numbers[0] not in YEARS:
        raise ValueError(text)
    return make(*numbers)


def spell_month(day):
    return f"{day:%Y-%m}"


def spell_week(day):
    """The ISO 8601 week of `day`: around New Year its year is not always the day's own."""
    year, week, _weekday = day.isocalendar()
    return f"{year:04}-W{week:02}"


def of_month(text):
    """The first and the last day of the month spelled `text`."""
    first = read_month(text)
    return first, last_of_month(first)


def last_of_month(day):
    return day.replace(day=monthrange(day.year, day.month)[1])


def of_period(period, today):
    """The first and the last day (dates) of one of the usual periods, as people mean it on the day `today`."""
    saturday = today + timedelta(days=5 - today.weekday())
    return {
        "dzis": (today, today),
        "weekend": (max(today, saturday), saturday + timedelta(days=1)),
        "7dni": (today, today + timedelta(days=6)),
        "miesiac": (today, last_of_month(today)),
    }[period]


class DayInput(forms.DateInput):
    """The browser's own calendar; what it could not show is left to the words beside it."""

    input_type = "date"

    def format_value(self, value):
        try:
            return read_day(str(value)).isoformat()
        except ValueError:
            return None


class DayField(forms.CharField):
    """A day that may be left out; it becomes a date."""

    widget = DayInput

    def __init__(self, **options):
        super().__init__(required=False, max_length=10, **options)

    def widget_attrs(self, widget):
        """No length: the browser's calendar knows how long a day is."""
        return {}

    def clean(self, value):
        text = super().clean(value)
        try:
            return read_day(text) if text else None
        except ValueError:
            raise ValidationError(_("There is no such day. Write it like this: 2026-12-31.")) from None


class _SpelledField(forms.CharField):
    """A part of the calendar that stays as it is spelled; the views have links to the usual ones."""

    widget = forms.HiddenInput
    read = None

    def clean(self, value):
        text = super().clean(value)
        try:
            if text:
                type(self).read(text)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"]) from None
        return text


class MonthField(_SpelledField):
    """A month, "2026-12"."""

    read = staticmethod(read_month)
    default_error_messages = {"invalid": _("There is no such month. Write it like this: 2026-12.")}

    def __init__(self, **options):
        super().__init__(required=False, max_length=7, **options)


class WeekField(_SpelledField):
    """An ISO 8601 week, "2026-W53"."""

    read = staticmethod(read_week)
    default_error_messages = {"invalid": _("There is no such week. Write it like this: 2026-W53.")}

    def __init__(self, **options):
        super().__init__(required=False, max_length=8, **options)

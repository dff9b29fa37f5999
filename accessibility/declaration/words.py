"""Words and dates of a declaration as they are compared: white space, case and ways of writing made equal."""

import re
from datetime import date

from . import spec

WHITE_SPACE = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u2060\ufeff]+")
DATE_WORDS = re.compile(r"\b(\d{1,2})\s+(" + "|".join(spec.MONTHS) + r")\s+(\d{4})(?!\d)", re.IGNORECASE)
DATE_DIGITS = re.compile(r"(?<!\d)(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?!\d)")


def squeeze(text):
    """`text` with every run of white space, however written, as one space, and soft hyphens gone."""
    return WHITE_SPACE.sub(" ", text.replace("\u00ad", "")).strip()


def plain(text):
    """`text` for comparing headings: squeezed, without case and without the colon or full stop at its end."""
    return squeeze(text).rstrip(":.").casefold()


def parse_date(text):
    """The first date in `text`, worded, ISO or dotted; None when there is none or it does not exist."""
    if match := DATE_WORDS.search(text):
        day, month, year = match.groups()
        return make_date(int(year), spec.MONTHS.index(month.lower()) + 1, int(day))
    if match := DATE_DIGITS.search(text):
        iso, dotted = match.groups()[:3], match.groups()[3:]
        parts = iso if iso[0] else tuple(reversed(dotted))
        return make_date(*map(int, parts))
    return None


def is_only_a_date(text):
    """Whether `text` says a date and nothing else but "r." after it."""
    text = re.sub(r"\s*(?:r\.*|roku)$", "", text)
    return bool(DATE_WORDS.fullmatch(text) or DATE_DIGITS.fullmatch(text))


def all_dates(text):
    """Every real date in `text`, in order of kind then place."""
    pieces = [m.group() for m in DATE_WORDS.finditer(text)] + [m.group() for m in DATE_DIGITS.finditer(text)]
    return [day for day in map(parse_date, pieces) if day]


def make_date(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None

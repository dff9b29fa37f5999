"""From the bytes of a partner's calendar (RFC 5545) to what it proposes. Nothing is saved here, nothing is believed.

Each entry is read by itself, so a broken one costs no other; zones are known by name alone, because the rules that
a calendar brings along could keep a computer busy for ever. A time without a zone, or in one that nobody knows, is
taken as Warsaw's.
"""

import hashlib
import re
import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from mission.plain_text import plain_line, plain_lines

from .problems import CalendarError
from .repetition import Effort, Rule
from .zones import zone_named

MAX_BYTES = 2 * 1024 * 1024
MAX_ENTRIES = 5000
MAX_ENTRY_CHARACTERS = 100_000
MAX_PROPOSALS = 500
MAX_DATES = 200
AHEAD = relativedelta(months=18)
# An event may have begun so long ago and still be on: an exhibition, a long-running contest.
LOOK_BACK = timedelta(days=370)
MAX_TITLE, MAX_SUMMARY, MAX_PLACE, MAX_URL = 255, 5000, 255, 500
MAX_SEQUENCE = 2**31 - 1
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|&(?:[a-zA-Z]{2,10}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
is_web_address = URLValidator(schemes=["http", "https"])


class ReadingError(CalendarError):
    """The bytes are no calendar that can be read."""


@dataclass(frozen=True)
class Proposal:
    """One event of a partner's calendar; the fields are those of `Suggestion`."""

    key: str
    sequence: int
    changed_at: datetime | None
    title: str
    summary: str
    place: str
    url: str
    dates: list
    first_start: datetime
    is_cancelled: bool


@dataclass(frozen=True)
class Reading:
    """What a calendar proposes, and how much of it was left out. `skipped`: entries that make no sense."""

    proposals: list
    skipped: int = 0
    beyond: int = 0
    has_guessed_zone: bool = False

    @property
    def note(self):
        """What staff should know about a calendar that was read; empty when nothing was left out."""
        notes = []
        if self.skipped:
            notes.append(_("Entries left out because they could not be read: %(count)d.") % {"count": self.skipped})
        if self.beyond:
            notes.append(_("Events left out because there are more than 500: %(count)d.") % {"count": self.beyond})
        if self.has_guessed_zone:
            notes.append(_("Hours without a known time zone were taken as Polish time."))
        return " ".join(notes)


def read(content, *, at):
    """What the calendar in `content` (bytes) proposes at the moment `at`, as a `Reading`. Raises ReadingError.

    At most 500 events that are not over yet, each with at most 200 dates within 18 months.
    """
    blocks, broken, is_called_off = _blocks(_text(content))
    reader = _Reader(at)
    for block in blocks:
        reader.take(block)
    proposals = reader.proposals(is_called_off)
    return Reading(
        proposals[:MAX_PROPOSALS],
        skipped=reader.skipped + broken,
        beyond=max(len(proposals) - MAX_PROPOSALS, 0),
        has_guessed_zone=reader.has_guessed_zone,
    )


def _text(content):
    if len(content) > MAX_BYTES:
        raise ReadingError(_("The calendar is larger than 2 MB."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadingError(_("The calendar is not written in UTF-8. Its owner has to save it so."))
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].upper()
    if start.startswith((b"<!DOCTYPE", b"<HTML", b"<?XML", b"<")):
        raise ReadingError(
            _("This is a web page and not a calendar. Ask the partner for the address of the .ics file.")
        )
    if not start.startswith(b"BEGIN:VCALENDAR"):
        raise ReadingError(_("This is not a calendar in the iCalendar format (.ics)."))
    try:
        return content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise ReadingError(_("The calendar is not written in UTF-8. Its owner has to save it so.")) from None


def _blocks(text):
    """(the text of each VEVENT, how many are broken off or far too long, whether the whole file calls events off)."""
    lines = re.split(r"\r\n|\r|\n", text)
    if lines[-1].strip().upper() != "END:VCALENDAR":
        raise ReadingError(_("The calendar breaks off before its end."))
    blocks, broken, block, is_called_off = [], 0, None, False
    for line in lines:
        mark = line.strip().upper()
        if mark == "BEGIN:VEVENT":
            broken += block is not None
            block = []
        if block is not None:
            block.append(line)
        elif mark == "METHOD:CANCEL":
            is_called_off = True
        if mark == "END:VEVENT" and block is not None:
            blocks.append("\r\n".join([*block, ""]))
            block = None
    if len(blocks) > MAX_ENTRIES:
        raise ReadingError(_("The calendar holds more than 5,000 entries. Ask the partner for a smaller one."))
    readable = [each for each in blocks if len(each) <= MAX_ENTRY_CHARACTERS and "BEGIN:VTIMEZONE" not in each.upper()]
    return readable, broken + len(blocks) - len(readable) + (block is not None), is_called_off


@dataclass(frozen=True)
class _Entry:
    """A VEVENT with its moments understood. Days are dates, moments are aware; `end` is exclusive, None if not said."""

    event: Event
    key: str
    start: date | datetime
    end: date | datetime | None
    replaces: date | datetime | None
    is_cancelled: bool
    sequence: int
    changed_at: datetime | None

    @property
    def length(self):
        return None if self.end is None else self.end - self.start


class _Reader:
    """Collects the entries of one calendar; entries with one UID are one event (RFC 5545 3.8.4.4)."""

    def __init__(self, at):
        self.at = at
        self.today = timezone.localdate(at)
        self.effort = Effort()
        self.entries = {}
        self.skipped = 0
        self.has_guessed_zone = False

    def take(self, block):
        try:
            entry = self._entry(Event.from_ical(block))
        except Exception:  # whatever a stranger's entry breaks, it breaks alone
            self.skipped += 1
            return
        self.entries.setdefault(entry.key, []).append(entry)

    def proposals(self, is_called_off):
        """What is not over yet, soonest first."""
        found = []
        for entries in self.entries.values():
            try:
                proposal = self._proposal(entries, is_called_off)
            except Exception:
                self.skipped += len(entries)
                continue
            if proposal:
                found.append(proposal)
        return sorted(found, key=lambda proposal: (proposal.first_start, proposal.key))

    def _entry(self, event):
        start = self._moment(event["DTSTART"])
        stamps = [event.get("LAST-MODIFIED"), event.get("DTSTAMP")]
        uid = plain_line(event.get("UID", "")) or f"{_plain(event, 'SUMMARY')} {start}"
        return _Entry(
            event=event,
            key=hashlib.sha256(uid.encode()).hexdigest(),
            start=start,
            end=self._end(event, start),
            replaces=self._moment(event["RECURRENCE-ID"]) if "RECURRENCE-ID" in event else None,
            is_cancelled=_plain(event, "STATUS").upper() == "CANCELLED",
            sequence=_number(event.get("SEQUENCE")),
            changed_at=next(filter(None, map(_stamp, stamps)), None),
        )

    def _moment(self, value):
        return self._understood(value.dt, value.params.get("TZID"))

    def _understood(self, moment, zone_name):
        """A date, or an aware datetime in its own zone: a repetition is counted by the clocks of that zone."""
        if not isinstance(moment, datetime):
            return moment
        if zone_name is None and moment.tzinfo is not None:
            return moment.astimezone(timezone.get_default_timezone())
        zone = zone_named(str(zone_name or ""))
        self.has_guessed_zone |= zone is None
        return moment.replace(tzinfo=zone or timezone.get_default_timezone())

    def _end(self, event, start):
        """Exclusive, as iCalendar means it. An end before the start, or equal to it, says nothing."""
        if "DTEND" in event:
            end = self._moment(event["DTEND"])
        elif "DURATION" in event:
            end = start + event["DURATION"].dt
        else:
            end = None
        if not isinstance(start, datetime):
            end = end.date() if isinstance(end, datetime) else end
            return end if end and end > start else start + timedelta(days=1)
        if end is not None and not isinstance(end, datetime):
            end = datetime.combine(end, time.min, start.tzinfo)
        return end if end and end > start else None

    def _proposal(self, entries, is_called_off):
        masters = [entry for entry in entries if entry.replaces is None]
        newest = max((entry.sequence for entry in masters), default=0)
        masters = [entry for entry in masters if entry.sequence == newest]
        changes = {_instant(entry.replaces): entry for entry in entries if entry.replaces is not None}
        dates = self._dates(masters, changes)
        if not dates:
            return None
        main = (masters or entries)[0]
        return Proposal(
            key=main.key,
            sequence=max(entry.sequence for entry in entries),
            changed_at=max((entry.changed_at for entry in entries if entry.changed_at), default=None),
            title=_plain(main.event, "SUMMARY")[:MAX_TITLE] or _("Event without a title"),
            summary=_plain(main.event, "DESCRIPTION", lines=True)[:MAX_SUMMARY],
            place=_plain(main.event, "LOCATION")[:MAX_PLACE],
            url=_address(main.event),
            dates=[_as_json(start, end) for start, end in dates],
            first_start=_instant(dates[0][0]),
            is_cancelled=is_called_off or all(entry.is_cancelled for entry in masters or entries),
        )

    def _dates(self, masters, changes):
        """(start, end) of each date that is not over yet, in order, without repeats."""
        found = {}
        for master in masters:
            for start in self._starts(master):
                if _instant(start) not in changes:
                    found[_instant(start)] = (start, None if master.length is None else start + master.length)
        for change in changes.values():
            if not change.is_cancelled or not masters:
                found[_instant(change.start)] = (change.start, change.end)
        ahead = [found[moment] for moment in sorted(found) if self._is_ahead(*found[moment])]
        return ahead[:MAX_DATES]

    def _is_ahead(self, start, end):
        return _instant(end or start) > self.at and _instant(start) < self.at + AHEAD

    def _starts(self, entry):
        """When it begins, by its own line, its rule and its further dates, without those that are left out."""
        left_out = {_instant(moment) for moment in self._listed(entry.event, "EXDATE")}
        days_left_out = {moment for moment in self._listed(entry.event, "EXDATE") if not isinstance(moment, datetime)}
        starts = [entry.start, *self._listed(entry.event, "RDATE")]
        for rule in _as_list(entry.event.get("RRULE")):
            starts += self._repeated(entry, rule)
        for start in starts:
            day = start.date() if isinstance(start, datetime) else start
            if _instant(start) not in left_out and day not in days_left_out:
                yield start

    def _repeated(self, entry, parts):
        """The starts that a rule asks for, from long enough ago to 18 months ahead."""
        first = entry.start.date() if isinstance(entry.start, datetime) else entry.start
        rule = Rule({name: values for name, values in parts.items() if name.upper() != "UNTIL"}, first)
        end = self.today + AHEAD
        last = self._last_day(parts, entry.start)
        length = (entry.length or timedelta()) + timedelta(days=2)
        begin = max(first, self.today - min(length, LOOK_BACK))
        days = rule.days(begin, min(end, last) if last else end, self.effort)
        return [_on_day(entry.start, day) for day in islice(days, MAX_DATES)]

    def _last_day(self, parts, start):
        """The last day that UNTIL leaves, in the zone of `start`."""
        until = next(iter(_as_list(parts.get("UNTIL"))), None)
        if not isinstance(until, datetime) or not isinstance(start, datetime):
            return until.date() if isinstance(until, datetime) else until
        local = until.astimezone(start.tzinfo) if until.tzinfo else until
        return local.date() if local.time() >= start.time() else local.date() - timedelta(days=1)

    def _listed(self, event, name):
        """The moments of EXDATE or RDATE; of a period its beginning."""
        for line in _as_list(event.get(name)):
            for value in line.dts:
                moment = value.dt[0] if isinstance(value.dt, tuple) else value.dt
                yield self._understood(moment, line.params.get("TZID"))


def _as_list(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def _on_day(start, day):
    return datetime.combine(day, start.time(), start.tzinfo) if isinstance(start, datetime) else day


def _instant(moment):
    """The moment in UTC; a day begins at midnight in Warsaw."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.min, timezone.get_default_timezone())
    return moment.astimezone(UTC)


def _as_json(start, end):
    if not isinstance(start, datetime):
        return {"start": start.isoformat(), "end": end.isoformat(), "is_all_day": True}
    return {
        "start": timezone.localtime(start).isoformat(timespec="minutes"),
        "end": timezone.localtime(end).isoformat(timespec="minutes") if end else "",
        "is_all_day": False,
    }


def _number(value):
    try:
        return min(max(int(value), 0), MAX_SEQUENCE)
    except (TypeError, ValueError):
        return 0


def _stamp(value):
    """LAST-MODIFIED or DTSTAMP, in UTC; None when it makes no sense."""
    moment = None if value is None or isinstance(value, list) else _attribute(value, "dt")
    if not isinstance(moment, datetime):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _attribute(value, name):
    try:
        return getattr(value, name)
    except ValueError:  # icalendar's way of saying that the value was broken
        return None


def _plain(event, name, *, lines=False):
    """The text of a property without markup and control characters, on one line unless `lines`."""
    value = event.get(name, "")
    text = str(value[0] if isinstance(value, list) else value)[: 4 * MAX_SUMMARY]
    if TAG.search(text):
        text = _without_markup(text)
    return plain_lines(text).strip() if lines else plain_line(text)


def _without_markup(text):
    text = re.sub(r"(?i)<br\s*/?>|</(?:p|div|li|h[1-6]|tr)>", "\n", text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(text, "html.parser").get_text()


def _address(event):
    """The event's web address; empty when it is none that may stand in a link."""
    address = plain_line(event.get("URL", ""))
    try:
        is_web_address(address)
    except ValidationError:
        return ""
    return address if len(address) <= MAX_URL else ""

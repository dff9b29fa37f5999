"""The entries of a partner's calendar, understood (RFC 5545): when, how often, what it is called.

Zones are known by name alone, because the rules that a calendar brings along could keep a computer busy for ever.
A time without a zone, or in one that nobody knows, is taken as Warsaw's.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from .repetition import Effort, Rule
from .wording import plain_property, web_address
from .zones import zone_named

MAX_DATES, MAX_RULES = 200, 5
# To compare and convert a date costs as much as to look at so many days.
EFFORT_PER_DATE = 10
AHEAD = relativedelta(months=18)
# An event may have begun so long ago and still be on: an exhibition, a long-running contest.
LOOK_BACK = timedelta(days=370)
MAX_TITLE, MAX_SUMMARY, MAX_PLACE = 255, 5000, 255
MAX_SEQUENCE = 2**31 - 1


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


class EntryReader:
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
        """What is not over yet, one by one. `is_called_off`: whether the calendar as a whole says so."""
        for entries in self.entries.values():
            try:
                proposal = self._proposal(entries, is_called_off)
            except Exception:
                self.skipped += len(entries)
                continue
            if proposal:
                yield proposal

    def _entry(self, event):
        start = self._moment(event["DTSTART"])
        stamps = [event.get("LAST-MODIFIED"), event.get("DTSTAMP")]
        uid = plain_property(event, "UID") or f"{plain_property(event, 'SUMMARY')} {start}"
        return _Entry(
            event=event,
            key=hashlib.sha256(uid.encode()).hexdigest(),
            start=start,
            end=self._end(event, start),
            replaces=self._moment(event["RECURRENCE-ID"]) if "RECURRENCE-ID" in event else None,
            is_cancelled=plain_property(event, "STATUS").upper() == "CANCELLED",
            sequence=_number(event.get("SEQUENCE")),
            changed_at=next(filter(None, map(_stamp, stamps)), None),
        )

    def _moment(self, value):
        return self._understood(value.dt, value.params.get("X-ZONE"))

    def _understood(self, moment, zone_name):
        """A date, or an aware datetime in its own zone: a repetition is counted by the clocks of that zone."""
        if not isinstance(moment, datetime):
            return moment
        if moment.tzinfo is not None:  # "Z"
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
            title=plain_property(main.event, "SUMMARY")[:MAX_TITLE] or _("Event without a title"),
            summary=plain_property(main.event, "DESCRIPTION", lines=True)[:MAX_SUMMARY],
            place=plain_property(main.event, "LOCATION")[:MAX_PLACE],
            url=web_address(main.event),
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
        for rule in _as_list(entry.event.get("RRULE"))[:MAX_RULES]:
            starts += self._repeated(entry, rule)
        self.effort.spend(len(starts) * EFFORT_PER_DATE)
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
                yield self._understood(moment, line.params.get("X-ZONE"))


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
        # Through UTC, because the clocks may skip the hour as it is written.
        "start": timezone.localtime(start.astimezone(UTC)).isoformat(timespec="minutes"),
        "end": timezone.localtime(end.astimezone(UTC)).isoformat(timespec="minutes") if end else "",
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

"""From the bytes of a partner's calendar (RFC 5545) to what it proposes. Nothing is saved here, nothing is believed.

Each entry is read by itself, so a broken one costs no other.
"""

import re
from dataclasses import dataclass
from time import monotonic

from django.utils.translation import gettext as _

from .entries import EntryReader
from .problems import CalendarError

MAX_BYTES = 2 * 1024 * 1024
SECONDS = 15
MAX_ENTRIES = 5000
MAX_ENTRY_CHARACTERS, MAX_LINE = 100_000, 20_000
MAX_PROPOSALS = 500
LINE_BREAK = re.compile(r"\r\n|\r|\n")
FOLD = re.compile(r"(?:\r\n|\r|\n)[ \t]")
NAME = re.compile(r"[A-Za-z-]+")
WORDS = {"UID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS"}
MOMENTS = {
    *("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE"),
    *("SEQUENCE", "LAST-MODIFIED", "DTSTAMP"),
}
# Under another name, so that the parser looks no zone up by itself.
ZONE = re.compile(r";TZID=", re.IGNORECASE)


class ReadingError(CalendarError):
    """The bytes are no calendar that can be read."""


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

    At most 500 events that are not over yet, each with at most 200 dates within 18 months. Takes at most 15 s.
    """
    blocks, broken, is_called_off = _blocks(_text(content))
    reader = EntryReader(at)
    for block in _in_time(blocks):
        reader.take(block)
    proposals = sorted(_in_time(reader.proposals(is_called_off)), key=lambda each: (each.first_start, each.key))
    return Reading(
        proposals[:MAX_PROPOSALS],
        skipped=reader.skipped + broken,
        beyond=max(len(proposals) - MAX_PROPOSALS, 0),
        has_guessed_zone=reader.has_guessed_zone,
    )


def _in_time(each):
    """Pass on what comes from `each`, until reading has taken too long. Raises ReadingError then."""
    deadline = monotonic() + SECONDS / 2
    for one in each:
        if monotonic() > deadline:
            raise ReadingError(_("The calendar is too complicated to read. Ask the partner for a smaller one."))
        yield one


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
    lines = LINE_BREAK.split(FOLD.sub("", text))
    if lines[-1].strip().upper() != "END:VCALENDAR":
        raise ReadingError(_("The calendar breaks off before its end."))
    blocks, broken, block, depth, is_called_off = [], 0, None, 0, False
    for line in lines:
        mark = line[:40].strip().upper()
        if mark == "BEGIN:VEVENT":
            broken += block is not None
            block, depth = [], 0
        elif mark == "END:VEVENT" and block is not None:
            blocks.append("\r\n".join(["BEGIN:VEVENT", *block, "END:VEVENT", ""]))
            block = None
        elif block is None:
            is_called_off |= mark == "METHOD:CANCEL"
        elif mark.startswith(("BEGIN:", "END:")):  # an alarm, with words and hours of its own
            depth += 1 if mark.startswith("BEGIN:") else -1
        elif depth == 0 and (name := NAME.match(line)):
            block += _wanted(name[0].upper(), line)
    if len(blocks) > MAX_ENTRIES:
        raise ReadingError(_("The calendar holds more than 5,000 entries. Ask the partner for a smaller one."))
    readable = [each for each in blocks if len(each) <= MAX_ENTRY_CHARACTERS]
    return readable, broken + len(blocks) - len(readable) + (block is not None), is_called_off


def _wanted(name, line):
    """The line, if it says something that this site reads, as a list; the rest would only cost time."""
    if name in WORDS:
        return [line[:MAX_LINE]]
    return [ZONE.sub(";X-ZONE=", line)] if name in MOMENTS else []

"""Events in the words of iCalendar (RFC 5545)."""

import logging
from datetime import UTC, timedelta

from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Calendar, Event, Timezone, vCalAddress

from mission.plain_text import plain_line, plain_lines

from . import facts
from .dates import EventStatus

logger = logging.getLogger(__name__)

STATUS = {EventStatus.CANCELLED: "CANCELLED", EventStatus.POSTPONED: "TENTATIVE"}
PRODUCT = "-//gok_site//Programme//PL"
#: The rule of the European Union since 1996; rows of computed changes would end some day.
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Warsaw
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""


def calendar(dates, *, name, url, notice=""):
    """The `dates` (Occurrences with their event) as the bytes of one calendar file.

    `name`: of the calendar; `url`: the page that people read instead; `notice`: a sentence about the whole calendar,
    repeated in every entry because clients hide the calendar's own. A date that cannot be written is logged and left out: it must not cost the others.
    """
    feed = Calendar()
    feed.add("prodid", PRODUCT)
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("x-wr-calname", plain_line(name))
    feed.add("x-wr-timezone", "Europe/Warsaw")
    feed.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", "PT1H")
    feed.add("url", plain_line(url))
    if notice:
        feed.add("x-wr-caldesc", plain_line(notice))
    feed.add_component(Timezone.from_ical(ZONE))
    head, end, _nothing = feed.to_ical().partition(b"END:VCALENDAR\r\n")
    return b"".join([head, *(_entry(date, notice=notice) for date in facts.fetch_details(dates)), end])


def _entry(date, *, notice):
    """The bytes of one date, none when it cannot be written."""
    try:
        return sitting(date, notice=notice).to_ical()
    except Exception:
        logger.exception("A date was left out of the calendar: occurrence %s", date.pk)
        return b""


def sitting(date, *, notice=""):
    """One sitting, fetched with `facts.fetch_details`, as a VEVENT.

    Its stamps come from the row and the page, so an unchanged calendar has the same bytes. The UID is the row's own
    UUID, so it outlives a change of the site's name, and a moved date replaces its older self in every calendar.
    """
    event = date.event
    entry = Event()
    entry.add("uid", str(date.uid))
    entry.add("dtstamp", facts.stamp(date))
    entry.add("last-modified", facts.stamp(date))
    entry.add("sequence", date.sequence)
    entry.add("summary", plain_line(date.headline))
    _add_when(entry, date)
    entry.add("status", STATUS.get(date.status, "CONFIRMED"))
    entry.add("url", plain_line(event.full_url))
    entry.add("description", plain_lines("\n".join(_description(date, notice))))
    entry.add("categories", [plain_line(event.kind.name)])
    _add_where(entry, date)
    _add_organizer(entry, date)
    return entry


def _add_when(entry, date):
    if date.is_all_day or not date.is_time_confirmed:
        # The end is exclusive: a single day ends on the next.
        entry.add("dtstart", date.first_day)
        entry.add("dtend", date.last_day + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
        return
    entry.add("dtstart", _moment(date.start))
    # An assumed end of an evening is never told; the last day of an exhibition is.
    if date.is_end_confirmed or date.spans_days:
        entry.add("dtend", _moment(date.end))


def _moment(at):
    """Local time; the hour that clocks repeat in October has no name of its own there, so its second run is in UTC."""
    local = timezone.localtime(at)
    return at.astimezone(UTC) if local.fold else local


def _add_where(entry, date):
    if place := facts.where(date):
        entry.add("location", plain_line(place))
    if address := facts.online_address(date):
        entry.add("conference", plain_line(address), parameters={"VALUE": "URI", "LABEL": gettext("online")})
    point = date.place.coordinates if date.place and facts.attendance_mode(date) != facts.ONLINE else None
    if point:
        entry.add("geo", tuple(map(float, point)))


def _add_organizer(entry, date):
    """The centre, when the event is its own and it has an e-mail address: without one the property is not allowed."""
    centre = date.centre
    if date.event.organizer or not centre or not centre.email:
        return
    organizer = vCalAddress(f"mailto:{plain_line(centre.email)}")
    organizer.params["CN"] = plain_line(centre.name).replace('"', "'")
    entry.add("organizer", organizer)


def _description(date, notice):
    """The lines of the entry's text: what changed first, what it is, what it costs, how to get in, where to read more."""
    event = date.event
    yield from filter(None, [facts.status_line(date)])
    if date.reason:
        yield gettext("Why: %(reason)s") % {"reason": date.reason}
    yield from filter(None, [facts.seats_line(date)])
    if not date.is_time_confirmed and not date.is_all_day:
        yield gettext("The hour is still to be confirmed.")
    if date.door_time and date.is_time_confirmed:
        yield gettext("Doors open at %(time)s.") % {"time": f"{timezone.localtime(date.door_time):%H:%M}"}
    yield from filter(None, [date.note, event.summary])
    if event.bad_weather:
        yield gettext("In bad weather: %(plan)s") % {"plan": event.bad_weather}
    yield from facts.price(event)
    yield from filter(None, [", ".join(filter(None, [event.ages, event.audience]))])
    yield from facts.people(event)
    yield from facts.access_lines(date)
    yield from filter(None, [facts.online_address(date), event.full_url, notice])

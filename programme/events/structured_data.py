"""Events in the words of schema.org: always the next date, never the first for ever."""

from datetime import date as calendar_day
from itertools import islice

from django.utils import timezone

from mission.plain_text import plain_line

from ..schema_org import WEEKDAYS, age_range, filled, schedule
from ..venues.structured_data import place
from . import facts, repetition
from .dates import OFF, Seats
from .roles import Role

#: As what schema.org knows those who stand behind an event besides its organisers.
ROLES = {
    Role.FUNDER: "funder",
    Role.PARTNER: "contributor",
    Role.PATRON: "sponsor",
    Role.MEDIA_PATRON: "sponsor",
}
AVAILABILITY = {Seats.FEW: "LimitedAvailability", Seats.FULL: "SoldOut", Seats.SOLD_OUT: "SoldOut"}
SERIES = {"series": "EventSeries", "festival": "Festival", "umbrella": "Event"}
#: So much of a long series is told; its calendar and the open data have the rest.
MOST_PARTS, MOST_EXCEPTIONS = 50, 60
ICAL_DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def event(page, date, dates, *, centre):
    """An event's page as a dict for JSON-LD, or None without any date.

    `date`: the Occurrence that the page is about now; `dates`: all of them, in order; `centre`: CentreSettings.
    """
    if date is None:
        return None
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": _name(date),
        "name": plain_line(page.title),
        "url": page.full_url,
        "description": plain_line(page.summary),
        "image": _picture(page, centre),
        "disambiguatingDescription": centre.demonstration_notice,
        **_when(date),
        "eventStatus": f"https://schema.org/{date.status}",
        "eventAttendanceMode": f"https://schema.org/{facts.attendance_mode(date)}",
        "location": _location(date, centre),
        **_people(page, centre),
        "inLanguage": "pl",
        "isAccessibleForFree": page.is_accessible_for_free,
        "offers": offers(page, date),
        "typicalAgeRange": age_range(page),
        "audience": {"@type": "Audience", "audienceType": plain_line(page.audience)} if page.audience else None,
        "accessibilityFeature": [
            plain_line(row.get_provision_display()) for row in date.access_card if row.state == "provided"
        ],
        "superEvent": _above(page, dates),
    }
    return filled(data)


def _picture(page, centre):
    """The address of the picture that is drawn when an event is published; none before."""
    picture = getattr(page, "share_picture", None)
    return centre.site.root_url + picture.file.url if picture else None


def _name(date):
    return f"{date.event.full_url}#{date.uid}"


def _when(date):
    """Start, end, doors: days for what has no hour, moments with their offset otherwise."""
    announced = timezone.localtime(date.original_start)
    if not date.has_hours:
        days = {"startDate": date.first_day.isoformat(), "endDate": date.last_day.isoformat()}
        return days | ({"previousStartDate": announced.date().isoformat()} if date.is_moved else {})
    assumed_end = date.last_day.isoformat() if date.spans_days else None
    return {
        "startDate": _moment(date.start),
        "endDate": _moment(date.end) if date.is_end_confirmed else assumed_end,
        "doorTime": _moment(date.door_time) if date.door_time else None,
        "previousStartDate": _moment(announced) if date.is_moved else None,
    }


def _moment(at):
    return timezone.localtime(at).isoformat(timespec="minutes")


def _location(date, centre):
    """Where one goes, what one opens, or both."""
    mode = facts.attendance_mode(date)
    online = None if mode == facts.OFFLINE else _online(date)
    on_the_spot = None if mode == facts.ONLINE else _on_the_spot(date, centre)
    found = [each for each in (on_the_spot, online) if each]
    return found[0] if len(found) == 1 else found


def _online(date):
    return {"@type": "VirtualLocation", "url": facts.online_address(date) or date.event.full_url}


def _on_the_spot(date, centre):
    if date.place:
        name = ", ".join(filter(None, [plain_line(date.spot), plain_line(date.place.title)]))
        return filled(place(date.place) | {"name": name})
    if not centre.full_address and not date.spot:
        return None
    return {"@type": "Place", "name": plain_line(date.spot or centre.name), "address": plain_line(centre.full_address)}


def _people(page, centre):
    """Who organises, helps and pays; as few words as are known."""
    rows = [row for row in page.roles.all() if row.title]
    first = _organization(page.organizer) if page.organizer else _organization(centre.name, url=centre.site.root_url)
    organizers = [first, *(_organization(row.title) for row in rows if row.role == Role.CO_ORGANIZER)]
    people = {"organizer": organizers if len(organizers) > 1 else first}
    for row in rows:
        if row.role in ROLES:
            people.setdefault(ROLES[row.role], []).append(_organization(row.title))
    return people


def _organization(name, **more):
    return {"@type": "Organization", "name": plain_line(name), **more}


def offers(page, date=None):
    """The price categories, and whether there is room left on the `date` (Occurrence or None).

    A free event has one offer of nothing, as search engines ask.
    """
    rows = [{"name": plain_line(row.name), "price": str(row.price)} for row in page.offers.all()]
    if page.is_accessible_for_free:
        rows = rows or [{"price": "0"}]
    seats = AVAILABILITY.get(date.seats) if date and not date.is_off else None
    known = {"availability": f"https://schema.org/{seats}"} if seats else {}
    address = page.ticket_url or page.full_url
    return [{"@type": "Offer", **row, "priceCurrency": "PLN", "url": address, **known} for row in rows]


def _above(page, dates):
    """What the date is a part of: the event itself, when it has more dates than one, and the series it belongs to."""
    series = _series_in_short(page.series) if page.series and page.series.live else None
    if len(dates) < 2:
        return series
    held = [date for date in dates if date.status not in OFF] or dates
    return filled(
        {
            "@type": "EventSeries",
            "@id": f"{page.full_url}#cykl",
            "name": plain_line(page.title),
            "url": page.full_url,
            "startDate": held[0].first_day.isoformat(),
            "endDate": max(date.last_day for date in held).isoformat(),
            "eventSchedule": _schedules(page, last=dates[-1].first_day),
            "superEvent": series,
        }
    )


def _schedules(page, *, last):
    """The repetitions of the plan; what a line says once, the dates say. `last`: the day of the last date."""
    rows = [row for row in page.plan.all() if row.repetition in ("WEEKLY", "MONTHLY") and row.day]
    if not rows:
        return []
    breaks = [period for calendar in page.observes.all() for period in calendar.periods.all()]
    return [_schedule(row, breaks, last) for row in rows]


def _schedule(row, breaks, last):
    numbers = [int(number) for number in row.weekdays] or [row.day.isoweekday()]
    if row.repetition == "WEEKLY":
        unit, days = "W", [f"https://schema.org/{WEEKDAYS[number - 1]}" for number in numbers]
    else:
        nth = row.nth or repetition.nth_of(row.day)
        unit, days = "M", [f"{nth}{ICAL_DAYS[number - 1]}" for number in numbers]
    is_left_out = repetition.left_out(row, breaks)
    # What ends by a count may end with an exception, after the last date.
    end = row.repeat_until or (calendar_day.max if row.count else last)
    excepted = filter(is_left_out, repetition.days_of_rule(row, last=end))
    return schedule(
        f"P{row.interval or 1}{unit}",
        days,
        row.start_time,
        row.end_time,
        row.day,
        row.repeat_until,
        repeatCount=row.count,
        exceptDate=[day.isoformat() for day in islice(excepted, MOST_EXCEPTIONS)],
    )


def _series_in_short(page):
    return {
        "@type": SERIES[page.form],
        "@id": f"{page.full_url}#cykl",
        "name": plain_line(page.title),
        "url": page.full_url,
    }


def series(page, ahead, past, *, centre):
    """The page of a series or festival as a dict for JSON-LD; of its parts those ahead, otherwise those that were.

    `page`: SeriesPage; `ahead`: Occurrences, soonest first; `past`: Occurrences, latest first.
    """
    dates = [*ahead, *past]
    return filled(
        {
            "@context": "https://schema.org",
            **_series_in_short(page),
            "description": plain_line(page.summary),
            "disambiguatingDescription": centre.demonstration_notice,
            "startDate": min(date.first_day for date in dates).isoformat() if dates else None,
            "endDate": max(date.last_day for date in dates).isoformat() if dates else None,
            "organizer": _organization(centre.name, url=centre.site.root_url),
            "inLanguage": "pl",
            "subEvent": [_in_short(date) for date in (ahead or past)[:MOST_PARTS]],
        }
    )


def _in_short(date):
    """A date as a part of a series."""
    return filled(
        {
            "@type": "Event",
            "@id": _name(date),
            "name": plain_line(date.event.title),
            "url": date.event.full_url,
            **_when(date),
            "eventStatus": f"https://schema.org/{date.status}",
            "eventAttendanceMode": f"https://schema.org/{facts.attendance_mode(date)}",
            "location": {"@type": "Place", "name": plain_line(date.place.title)} if date.place else None,
        }
    )

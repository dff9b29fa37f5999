"""Events in the words of schema.org: always the next date, never the first for ever."""

from django.utils import timezone

from mission.plain_text import plain_line

from ..schema_org import age_range, filled, weekly
from ..venues.structured_data import place
from .dates import OFF


def event(page, date, dates, *, centre):
    """An event's page as a dict for JSON-LD, or None without any date.

    `date`: the Occurrence that the page is about now; `dates`: all of them, in order; `centre`: CentreSettings.
    """
    if date is None:
        return None
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": f"{page.full_url}#{date.uid}",
        "name": plain_line(page.title),
        "url": page.full_url,
        "description": plain_line(page.summary),
        "disambiguatingDescription": centre.demonstration_notice,
        **_when(date),
        "eventStatus": f"https://schema.org/{date.status}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _location(page, centre),
        "organizer": {"@type": "Organization", "name": plain_line(page.organizer or centre.name)},
        "inLanguage": "pl",
        "isAccessibleForFree": page.is_accessible_for_free,
        "offers": offers(page),
        "typicalAgeRange": age_range(page),
        "audience": {"@type": "Audience", "audienceType": page.audience} if page.audience else None,
        "accessibilityFeature": [
            plain_line(row.get_provision_display()) for row in page.access_card if row.state == "provided"
        ],
        "superEvent": _series(page, dates),
    }
    return filled(data)


def _when(date):
    """Start, end, doors: days for what has no hour, moments with their offset otherwise."""
    if date.is_all_day or not date.is_time_confirmed:
        return {"startDate": date.first_day.isoformat(), "endDate": date.last_day.isoformat()}
    assumed_end = date.last_day.isoformat() if date.spans_days else None
    return {
        "startDate": _moment(date.start),
        "endDate": _moment(date.end) if date.is_end_confirmed else assumed_end,
        "doorTime": _moment(date.door_time) if date.door_time else None,
        "previousStartDate": _moment(date.original_start) if date.is_moved else None,
    }


def _moment(at):
    return timezone.localtime(at).isoformat(timespec="minutes")


def _location(page, centre):
    if page.venue:
        return place(page.venue)
    if not centre.full_address and not page.room:
        return None
    return {"@type": "Place", "name": plain_line(page.room or centre.name), "address": centre.full_address}


def offers(page):
    """The price categories; a free event has one offer of nothing, as search engines ask."""
    rows = [{"name": plain_line(row.name), "price": str(row.price)} for row in page.offers.all()]
    if page.is_accessible_for_free:
        rows = rows or [{"price": "0"}]
    address = page.ticket_url or page.full_url
    return [{"@type": "Offer", **row, "priceCurrency": "PLN", "url": address} for row in rows]


def _series(page, dates):
    """What the date is a part of, when the event has more than one."""
    held = [date for date in dates if date.status not in OFF] or dates
    if len(dates) < 2:
        return None
    series = {
        "@type": "EventSeries",
        "@id": f"{page.full_url}#cykl",
        "name": plain_line(page.title),
        "url": page.full_url,
        "startDate": held[0].first_day.isoformat(),
        "endDate": max(date.last_day for date in held).isoformat(),
        "eventSchedule": [
            weekly(row.day.isoweekday(), row.start_time, row.end_time, row.day, row.repeat_until)
            for row in page.plan.all()
            if row.repetition == "WEEKLY" and row.day
        ],
    }
    return filled(series)

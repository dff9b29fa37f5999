"""The programme as data: one record for each sitting, as JSON and as a table."""

from django.utils import timezone

from mission.plain_text import plain_line
from mission.spreadsheets import csv_text

from . import facts

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.pl"}


def record(date):
    """One sitting (Occurrence, fetched with `facts.fetch_details`) as a dict that JSON can carry."""
    event = date.event
    return {
        "id": str(date.uid),
        "url": event.full_url,
        "title": plain_line(event.title),
        "headline": plain_line(date.headline),
        "summary": plain_line(event.summary),
        "kind": plain_line(event.kind.name),
        "series": _series(event.series),
        **_when(date),
        **_state(date),
        "attendance_mode": facts.attendance_mode(date),
        "online_url": facts.online_address(date),
        "place": _place(date),
        "bad_weather": plain_line(event.bad_weather),
        "organizer": plain_line(event.organizer),
        "roles": [_role(row) for row in event.roles.all() if row.title],
        "age_from": event.age_from,
        "age_to": event.age_to,
        "audience": plain_line(event.audience),
        **_price(event),
        **_access(date),
        "goals": [{"title": plain_line(goal.title), "url": goal.full_url} for goal in event.goals.all() if goal.live],
        "changed_at": _moment(facts.stamp(date)),
        "sequence": date.sequence,
    }


def _when(date):
    """Days always; hours only where they are known."""
    return {
        "first_day": date.first_day.isoformat(),
        "last_day": date.last_day.isoformat(),
        "start": _moment(date.start) if date.has_hours else None,
        "end": _moment(date.end) if date.has_hours and date.is_end_confirmed else None,
        "doors": _moment(date.door_time) if date.has_hours and date.door_time else None,
        "is_all_day": date.is_all_day,
        "is_time_confirmed": date.is_time_confirmed,
        "announced_for": timezone.localdate(date.original_start).isoformat() if date.is_moved else None,
    }


def _state(date):
    return {
        "status": date.status,
        "status_label": str(date.get_status_display()),
        "reason": plain_line(date.reason),
        "seats": date.seats or None,
        "seats_label": str(date.get_seats_display()) if date.seats else "",
        "note": plain_line(date.note),
    }


def _price(event):
    return {
        "is_accessible_for_free": event.is_accessible_for_free,
        "is_donation": event.is_donation,
        "offers": [
            {"name": plain_line(offer.name), "price": str(offer.price), "currency": "PLN"}
            for offer in event.offers.all()
        ],
        "discounts": [{"card": plain_line(row.card), "terms": plain_line(row.terms)} for row in event.discounts.all()],
        "price_note": plain_line(event.price_note),
        "ticket_url": event.ticket_url,
    }


def _access(date):
    return {
        "access": [
            {
                "provision": row.provision,
                "label": facts.provision_label(row),
                "state": row.state,
                "state_label": str(facts.STATES.get(row.state, row.state)),
                "note": plain_line(row.note),
                "checked_on": _day(getattr(row, "checked", None)),
            }
            for row in date.access_card
        ],
        "access_contact": plain_line(facts.access_contact(date)),
        "access_request_until": facts.access_request_day(date).isoformat(),
        "access_request_url": facts.access_request_url(date),
    }


def _moment(at):
    return timezone.localtime(at).isoformat(timespec="seconds")


def _day(day):
    return day.isoformat() if day else None


def _place(date):
    """Where this date is; nobody is sent to the page of a place that is not published."""
    place, room = date.place, plain_line(date.spot)
    if place is None:
        return {"name": "", "room": room, "address": "", "latitude": None, "longitude": None, "url": None}
    latitude, longitude = map(float, place.coordinates) if place.coordinates else (None, None)
    return {
        "name": plain_line(place.title),
        "room": room,
        "address": plain_line(place.full_address),
        "latitude": latitude,
        "longitude": longitude,
        "url": place.full_url if place.live else None,
    }


def _series(series):
    if series is None or not series.live:
        return None
    return {"title": plain_line(series.title), "form": series.form, "url": series.full_url}


def _role(row):
    return {
        "role": row.role,
        "label": str(row.get_role_display()),
        "name": plain_line(row.title),
        "note": plain_line(row.note),
        "url": row.partner.full_url if row.partner and row.partner.live else None,
    }


def _joined(rows, *names):
    return "; ".join(": ".join(row[name] for name in names) for row in rows)


COLUMNS = {
    "id": lambda row: row["id"],
    "title": lambda row: row["title"],
    "first_day": lambda row: row["first_day"],
    "last_day": lambda row: row["last_day"],
    "start": lambda row: row["start"],
    "end": lambda row: row["end"],
    "doors": lambda row: row["doors"],
    "status": lambda row: row["status"],
    "status_label": lambda row: row["status_label"],
    "reason": lambda row: row["reason"],
    "seats": lambda row: row["seats_label"],
    "note": lambda row: row["note"],
    "kind": lambda row: row["kind"],
    "series": lambda row: row["series"]["title"] if row["series"] else "",
    "attendance_mode": lambda row: row["attendance_mode"],
    "online_url": lambda row: row["online_url"],
    "place": lambda row: row["place"]["name"],
    "room": lambda row: row["place"]["room"],
    "address": lambda row: row["place"]["address"],
    "organizer": lambda row: row["organizer"],
    "roles": lambda row: _joined(row["roles"], "label", "name"),
    "age_from": lambda row: row["age_from"],
    "age_to": lambda row: row["age_to"],
    "audience": lambda row: row["audience"],
    "is_accessible_for_free": lambda row: "1" if row["is_accessible_for_free"] else "0",
    "is_donation": lambda row: "1" if row["is_donation"] else "0",
    "prices": lambda row: "; ".join(f"{offer['name']}: {offer['price']} PLN" for offer in row["offers"]),
    "discounts": lambda row: _joined(row["discounts"], "card", "terms"),
    "access_provided": lambda row: _joined([a for a in row["access"] if a["state"] == "provided"], "label"),
    "access_on_request": lambda row: _joined([a for a in row["access"] if a["state"] == "on_request"], "label"),
    "access_request_until": lambda row: row["access_request_until"],
    "summary": lambda row: row["summary"],
    "url": lambda row: row["url"],
}


def table(records, *, notice=""):
    """The records as the text of a CSV file. `notice`: said in a last column of every row."""
    columns = COLUMNS | ({"notice": lambda row: notice} if notice else {})
    return csv_text(columns, ([cell(row) for cell in columns.values()] for row in records))

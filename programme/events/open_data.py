"""The programme as data: one record for each sitting, as JSON and as a table."""

import csv
from io import StringIO

from django.utils import timezone

from mission.plain_text import plain_line

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.pl"}
#: What a spreadsheet would take for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def record(date):
    """One sitting (Occurrence, fetched `with_all_details`) as a dict that JSON can carry."""
    event = date.event
    has_hours = date.is_time_confirmed and not date.is_all_day
    return {
        "id": str(date.uid),
        "url": event.full_url,
        "title": plain_line(event.title),
        "summary": plain_line(event.summary),
        "kind": plain_line(event.kind.name),
        "first_day": date.first_day.isoformat(),
        "last_day": date.last_day.isoformat(),
        "start": _moment(date.start) if has_hours else None,
        "end": _moment(date.end) if has_hours and date.is_end_confirmed else None,
        "doors": _moment(date.door_time) if has_hours and date.door_time else None,
        "is_all_day": date.is_all_day,
        "is_time_confirmed": date.is_time_confirmed,
        "status": date.status,
        "status_label": str(date.get_status_display()),
        "reason": plain_line(date.reason),
        "note": plain_line(date.note),
        "place": _place(event),
        "organizer": plain_line(event.organizer),
        "age_from": event.age_from,
        "age_to": event.age_to,
        "audience": plain_line(event.audience),
        "is_accessible_for_free": event.is_accessible_for_free,
        "offers": [
            {"name": plain_line(offer.name), "price": str(offer.price), "currency": "PLN"}
            for offer in event.offers.all()
        ],
        "price_note": plain_line(event.price_note),
        "ticket_url": event.ticket_url,
        "access": [
            {
                "provision": row.provision,
                "label": str(row.get_provision_display()),
                "state": row.state,
                "note": plain_line(row.note),
            }
            for row in event.access_card
        ],
        "goals": [{"title": plain_line(goal.title), "url": goal.full_url} for goal in event.goals.all() if goal.live],
        "changed_at": _moment(max(filter(None, [date.changed_at, event.last_published_at]))),
        "sequence": date.sequence,
    }


def _moment(at):
    return timezone.localtime(at).isoformat(timespec="seconds")


def _place(event):
    venue = event.venue
    if venue is None:
        return {
            "name": "",
            "room": plain_line(event.room),
            "address": "",
            "latitude": None,
            "longitude": None,
            "url": None,
        }
    at = venue if venue.latitude is not None else venue.building
    return {
        "name": plain_line(venue.title),
        "room": plain_line(event.room),
        "address": plain_line(venue.full_address),
        "latitude": None if at.latitude is None else float(at.latitude),
        "longitude": None if at.longitude is None else float(at.longitude),
        "url": venue.full_url,
    }


COLUMNS = {
    "id": lambda row: row["id"],
    "title": lambda row: row["title"],
    "first_day": lambda row: row["first_day"],
    "last_day": lambda row: row["last_day"],
    "start": lambda row: row["start"],
    "end": lambda row: row["end"],
    "status": lambda row: row["status"],
    "reason": lambda row: row["reason"],
    "kind": lambda row: row["kind"],
    "place": lambda row: row["place"]["name"],
    "room": lambda row: row["place"]["room"],
    "address": lambda row: row["place"]["address"],
    "age_from": lambda row: row["age_from"],
    "age_to": lambda row: row["age_to"],
    "is_accessible_for_free": lambda row: "1" if row["is_accessible_for_free"] else "0",
    "prices": lambda row: "; ".join(f"{offer['name']}: {offer['price']} PLN" for offer in row["offers"]),
    "access_provided": lambda row: "; ".join(a["label"] for a in row["access"] if a["state"] == "provided"),
    "summary": lambda row: row["summary"],
    "url": lambda row: row["url"],
}


def table(records, *, notice=""):
    """The records as the text of a CSV file: UTF-8 with a mark at its start, semicolons, CRLF.

    Semicolons and the mark, because a Polish spreadsheet opens such a file by a double click, letters and all. Cells
    that would run as formulas are led by an apostrophe. `notice`: said in a last column of every row.
    """
    columns = COLUMNS | ({"notice": lambda row: notice} if notice else {})
    text = StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in records:
        writer.writerow(inert(cell(row)) for cell in columns.values())
    return text.getvalue()


def inert(value):
    """A cell that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

"""The open data described by OpenAPI 3.1: parameters from the filter itself, answers by their fields."""

from django import forms

from accessibility.card import Provision, ProvisionState

from .calendar_words import DayField, MonthField, WeekField
from .dates import EventStatus, Seats
from .listing import MOST
from .models import AttendanceMode
from .open_data import COLUMNS, LICENCE
from .roles import Role
from .series import SeriesForm

DAY = {"type": "string", "format": "date"}
TEXT = {"type": "string"}
FLAG = {"type": "boolean"}
MOMENT = {"type": ["string", "null"], "format": "date-time"}
ADDRESS = {"type": "string", "format": "uri"}
WHOLE = {"type": ["integer", "null"]}
DAY_OR_NOT = {"type": ["string", "null"], "format": "date"}
ADDRESS_OR_NOT = {"type": ["string", "null"], "format": "uri"}

#: What the address spells in a way of its own.
TEXTS = {
    forms.UUIDField: {"format": "uuid"},
    forms.DateField: {"format": "date"},
    DayField: {"format": "date"},
    MonthField: {"pattern": "^[0-9]{4}-[0-9]{2}$"},
    WeekField: {"pattern": "^[0-9]{4}-W[0-9]{2}$"},
}


def listed(properties):
    return {"type": "array", "items": {"type": "object", "properties": properties}}


EVENT = {
    "id": {"type": "string", "format": "uuid", "description": "Names one date for ever; it is the calendar's UID."},
    "url": ADDRESS,
    "title": TEXT,
    "headline": TEXT | {"description": "the title, with what changes an evening: cancelled, postponed, no places left"},
    "summary": TEXT,
    "kind": TEXT,
    "series": {
        "type": ["object", "null"],
        "description": "the series, festival or umbrella event that it is a part of",
        "properties": {"title": TEXT, "form": {"type": "string", "enum": SeriesForm.values}, "url": ADDRESS},
    },
    "first_day": DAY,
    "last_day": DAY,
    "start": MOMENT | {"description": "null for a whole day or an hour to be confirmed"},
    "end": MOMENT | {"description": "exclusive; null when it is not known"},
    "doors": MOMENT,
    "is_all_day": FLAG,
    "is_time_confirmed": FLAG,
    "announced_for": DAY_OR_NOT | {"description": "of a moved date: the day for which it was first announced"},
    "status": {"type": "string", "enum": EventStatus.values, "description": "schema.org EventStatusType"},
    "status_label": TEXT,
    "reason": TEXT,
    "seats": {
        "type": ["string", "null"],
        "enum": [value or None for value in Seats.values],
        "description": "null when it was not stated whether there is room left",
    },
    "seats_label": TEXT,
    "note": TEXT,
    "attendance_mode": {
        "type": "string",
        "enum": AttendanceMode.values,
        "description": "schema.org EventAttendanceModeEnumeration",
    },
    "online_url": TEXT | {"description": "of the stream or meeting; empty when there is none"},
    "place": {
        "type": "object",
        "description": "where this date is: its own place, otherwise the event's",
        "properties": {
            "name": TEXT,
            "room": TEXT,
            "address": TEXT,
            "latitude": {"type": ["number", "null"]},
            "longitude": {"type": ["number", "null"]},
            "url": ADDRESS_OR_NOT,
        },
    },
    "bad_weather": TEXT | {"description": "outdoors: plan B and when it is decided"},
    "organizer": TEXT | {"description": "empty when it is the centre itself"},
    "roles": listed(
        {
            "role": {"type": "string", "enum": Role.values},
            "label": TEXT,
            "name": TEXT,
            "note": TEXT,
            "url": ADDRESS_OR_NOT,
        }
    ),
    "age_from": WHOLE,
    "age_to": WHOLE,
    "audience": TEXT,
    "is_accessible_for_free": FLAG,
    "is_donation": FLAG | {"description": "visitors give what they like"},
    "offers": listed({"name": TEXT, "price": TEXT | {"description": "decimal"}, "currency": TEXT}),
    "discounts": listed({"card": TEXT, "terms": TEXT}),
    "price_note": TEXT,
    "ticket_url": TEXT,
    "access": listed(
        {
            "provision": {"type": "string", "enum": Provision.values},
            "label": TEXT,
            "state": {"type": "string", "enum": ProvisionState.values},
            "state_label": TEXT,
            "note": TEXT,
            "checked_on": DAY_OR_NOT | {"description": "when somebody last looked on the spot"},
        }
    )
    | {"description": "What nobody has stated is left out: it is unknown, not missing."},
    "access_contact": TEXT,
    "access_request_until": DAY | {"description": "the last day on which to ask about access"},
    "access_request_url": ADDRESS,
    "goals": listed({"title": TEXT, "url": ADDRESS}),
    "changed_at": {"type": "string", "format": "date-time"},
    "sequence": {"type": "integer", "description": "raised with every change of this date"},
}
PAGE = {
    "notice": TEXT | {"description": "not empty on a demonstration site: the data are made up"},
    "licence": {"type": "object", "properties": {"name": TEXT, "url": ADDRESS}},
    "description": ADDRESS,
    "count": {"type": "integer", "maximum": MOST},
    "count_is_over": FLAG | {"description": f"there are more than {MOST}"},
    "next": {"type": ["string", "null"], "format": "uri", "description": "the next page"},
    "events": {"type": "array", "items": {"$ref": "#/components/schemas/Event"}},
}
ERRORS = {
    "type": "object",
    "properties": {"errors": {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}}},
}


def document(form, *, server, title, notice=""):
    """The description as a dict. `form`: DataFilter, whose fields are the parameters; `server`: the site's address."""
    parameters = [_parameter(name, field) for name, field in form.fields.items()]
    columns = ", ".join(COLUMNS)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": "1.0",
            "description": " ".join(["Dates of events that are not over yet, soonest first.", notice]).strip(),
            "license": LICENCE,
        },
        "servers": [{"url": server}],
        "paths": {
            "/api/events/": _path("events", parameters, {"application/json": {"schema": _ref("Page")}}),
            "/api/events.csv": _path(
                "eventsTable",
                [row for row in parameters if row["name"] != "ile"],
                {"text/csv": {"schema": TEXT}},
                f"UTF-8 with a byte-order mark, semicolons, CRLF, at most 2000 rows. Columns: {columns}.",
            ),
        },
        "components": {
            "schemas": {
                "Page": {"type": "object", "properties": PAGE, "required": list(PAGE)},
                "Event": {"type": "object", "properties": EVENT, "required": list(EVENT)},
                "Errors": ERRORS,
            }
        },
    }


def _ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def _path(operation, parameters, content, description=""):
    return {
        "get": {
            "operationId": operation,
            "description": f"Parameters that are not listed here are ignored. {description}".strip(),
            "parameters": parameters,
            "responses": {
                "200": {"description": "The dates asked for.", "content": content},
                "304": {"description": "Nothing has changed since the ETag that was sent in If-None-Match."},
                "400": {"description": "A parameter makes no sense; the answer says which."},
            },
        }
    }


def _parameter(name, field):
    said = f"{field.label}. {field.help_text}".strip(". ") + "."
    # A choice of several is repeated in the address: ?a=1&a=2.
    repeated = {"style": "form", "explode": True} if isinstance(field, forms.MultipleChoiceField) else {}
    return {"name": name, "in": "query", "required": False, "description": said, **repeated, "schema": _schema(field)}


def _schema(field):
    """The JSON schema of what a form field accepts in the address."""
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": {"type": "string", "enum": _options(field)}}
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": _options(field)}
    if isinstance(field, forms.IntegerField):
        return _number(field)
    if isinstance(field, forms.BooleanField):
        return {"type": "string", "enum": ["1"]}
    return _text(field)


def _options(field):
    """The values one can choose, those of groups too; "nothing chosen" is said by leaving the name out."""
    values = []
    for value, label in field.choices:
        values += [inner for inner, _label in label] if isinstance(label, list | tuple) else [value]
    return [str(value) for value in values if value not in (None, "")]


def _number(field):
    bounds = {"minimum": field.min_value, "maximum": field.max_value}
    return {"type": "integer", **{name: value for name, value in bounds.items() if value is not None}}


def _text(field):
    for kind, words in TEXTS.items():
        if isinstance(field, kind):
            return {"type": "string", **words}
    length = getattr(field, "max_length", None)
    return {"type": "string"} | ({"maxLength": length} if length else {})

"""The open data described by OpenAPI 3.1: parameters from the filter itself, answers by their fields."""

from django import forms

from .listing import MOST
from .open_data import COLUMNS, LICENCE

DAY = {"type": "string", "format": "date"}
TEXT = {"type": "string"}
FLAG = {"type": "boolean"}
MOMENT = {"type": ["string", "null"], "format": "date-time"}
ADDRESS = {"type": "string", "format": "uri"}
WHOLE = {"type": ["integer", "null"]}


def listed(properties):
    return {"type": "array", "items": {"type": "object", "properties": properties}}


EVENT = {
    "id": {"type": "string", "format": "uuid", "description": "Names one date for ever; it is the calendar's UID."},
    "url": ADDRESS,
    "title": TEXT,
    "summary": TEXT,
    "kind": TEXT,
    "first_day": DAY,
    "last_day": DAY,
    "start": MOMENT | {"description": "null for a whole day or an hour to be confirmed"},
    "end": MOMENT | {"description": "exclusive; null when it is not known"},
    "doors": MOMENT,
    "is_all_day": FLAG,
    "is_time_confirmed": FLAG,
    "status": {
        "type": "string",
        "enum": ["EventScheduled", "EventCancelled", "EventPostponed", "EventRescheduled"],
        "description": "schema.org EventStatusType",
    },
    "status_label": TEXT,
    "reason": TEXT,
    "note": TEXT,
    "place": {
        "type": "object",
        "properties": {
            "name": TEXT,
            "room": TEXT,
            "address": TEXT,
            "latitude": {"type": ["number", "null"]},
            "longitude": {"type": ["number", "null"]},
            "url": {"type": ["string", "null"], "format": "uri"},
        },
    },
    "organizer": TEXT | {"description": "empty when it is the centre itself"},
    "age_from": WHOLE,
    "age_to": WHOLE,
    "audience": TEXT,
    "is_accessible_for_free": FLAG,
    "offers": listed({"name": TEXT, "price": TEXT | {"description": "decimal"}, "currency": TEXT}),
    "price_note": TEXT,
    "ticket_url": TEXT,
    "access": listed(
        {
            "provision": TEXT,
            "label": TEXT,
            "state": {"type": "string", "enum": ["provided", "on_request", "not_available"]},
            "note": TEXT,
        }
    )
    | {"description": "What nobody has stated is left out: it is unknown, not missing."},
    "goals": listed({"title": TEXT, "url": ADDRESS}),
    "changed_at": {"type": "string", "format": "date-time"},
    "sequence": {"type": "integer"},
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
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": f"{field.label}. {field.help_text}".strip(". ") + ".",
        "schema": _schema(field),
    }


def _schema(field):
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": [str(value) for value, _label in field.choices if value]}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, forms.BooleanField):
        return {"type": "string", "enum": ["1"]}
    if isinstance(field, forms.UUIDField):
        return {"type": "string", "format": "uuid"}
    return {"type": "string", "maxLength": field.max_length}

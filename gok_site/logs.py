"""One JSON object a line, tied to its request, with nothing in it that says who somebody is.

No address, no account, no query string, no word that a visitor wrote: of messages from outside our own rooms only the
pattern is kept, of an exception its kind and places. JSON escapes line breaks, so no line can be forged.
"""

import contextvars
import json
import logging
import re
import time
import traceback
import uuid
from datetime import UTC, datetime

from django.conf import settings

OUR_ROOMS = {"gok_site", "programme", "accessibility", "mission"}
WELL_FORMED_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
LONGEST_PATH = 300
FRAMES = 5
# Parts of an address that open something: the pattern of such an address is logged, not the address.
SECRET_PARTS = {"code", "key", "signature", "token", "uid", "uidb64", "uidb36"}
METHODS = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}

request_id = contextvars.ContextVar("request_id", default=None)
access = logging.getLogger("gok_site.access")


class LineFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            **({"request": request_id.get()} if request_id.get() else {}),
            **getattr(record, "fields", {}),
        }
        if record.name != access.name:
            line |= {"message": _message(record), "place": f"{record.pathname}:{record.lineno}"}
        if record.exc_info and record.exc_info[0]:
            line |= _exception(record.exc_info)
        return json.dumps({key: value for key, value in line.items() if value is not None}, ensure_ascii=True)


def _message(record):
    """Our own words whole; of others' the pattern, because what they fill in may be what a visitor wrote."""
    if record.name.partition(".")[0] in OUR_ROOMS:
        return record.getMessage()
    return str(record.msg) if record.args else None


def _exception(exc_info):
    kind, _, trace = exc_info
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return {"exception": kind.__name__, "where": [f"{frame.filename}:{frame.lineno}" for frame in frames]}


class RequestMiddleware:
    """Gives each request a name that stands in its log lines and in `X-Request-ID`, and logs that it was answered.

    A name from outside is taken only when a proxy of ours stands in front (BEHIND_PROXY), which sets or removes it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        token = request_id.set(_name_of(request))
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            access.info("", extra={"fields": _answered(request, response, time.perf_counter() - began)})
            return response
        finally:
            request_id.reset(token)


def _name_of(request):
    given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
    return given if WELL_FORMED_ID.fullmatch(given) else uuid.uuid4().hex


def _answered(request, response, seconds):
    size = response.headers.get("Content-Length") or (None if response.streaming else len(response.content))
    return {
        "method": request.method if request.method in METHODS else "OTHER",
        "path": _path_of(request),
        "status": response.status_code,
        "ms": round(seconds * 1000),
        "bytes": None if size is None else int(size),
    }


def _path_of(request):
    match = request.resolver_match
    if match and SECRET_PARTS & match.kwargs.keys():
        return f"/{match.route}"
    return request.path[:LONGEST_PATH]

"""The words of a stranger's calendar: plain text and plain web addresses, whatever was put in."""

import html
import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from mission.plain_text import plain_line, plain_lines

MAX_CHARACTERS, MAX_URL = 20_000, 500
# A tag ends before the next one begins, so looking for tags takes no longer than reading the text once.
TAG = re.compile(r"<!--|-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
ENDS_LINE = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
HOLDS_NO_TEXT = {"script", "style", "title", "head"}
is_web_address = URLValidator(schemes=["http", "https"])


def plain_property(event, name, *, lines=False):
    """The text of a property without markup and control characters, on one line unless `lines`."""
    value = event.get(name, "")
    text = str(value[0] if isinstance(value, list) else value)[:MAX_CHARACTERS]
    text = html.unescape(_without_tags(text))
    return plain_lines(text).strip() if lines else plain_line(text)


def _without_tags(text):
    """`text` without HTML's tags; "5 < 7" is no tag and stays."""
    kept, position, skipped = [], 0, ""
    for tag in TAG.finditer(text):
        if not skipped:
            kept.append(text[position : tag.start()])
        position = tag.end()
        is_end, name = bool(tag[1]), (tag[2] or "").lower()
        if name in HOLDS_NO_TEXT:
            skipped = "" if is_end else skipped or name
        elif name == "br" or (is_end and name in ENDS_LINE):
            kept.append("\n")
    return "".join([*kept, "" if skipped else text[position:]])


def web_address(event):
    """The event's web address; empty when it is none that may stand in a link."""
    address = plain_line(event.get("URL", ""))
    try:
        is_web_address(address)
    except ValidationError:
        return ""
    return address if len(address) <= MAX_URL else ""

"""Tags and filters that every template may use without loading them."""

import json
import re

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from mission import posters

register = template.Library()

ONE_LETTER_WORD = re.compile(r"(?<!\w)([aiouwz]) +(?=\S)", re.IGNORECASE)
TAG = re.compile(r"(<[^>]*>)")


@register.filter(is_safe=True, needs_autoescape=True)
def nbsp(value, autoescape=True):
    """Keep one-letter words (w, z, i, o, u, a) with the word that follows, as Polish typography asks.

    Works on plain text and on finished HTML, whose tags are left alone.
    """
    text = conditional_escape(value) if autoescape else str(value)
    parts = TAG.split(text)
    # Every other part is a tag. Twice, because in "i w domu" one match ends where the next would begin.
    for _ in range(2):
        parts[::2] = (ONE_LETTER_WORD.sub("\\1\N{NO-BREAK SPACE}", part) for part in parts[::2])
    return mark_safe("".join(parts))  # noqa: S308 - escaped above unless it was safe already


@register.simple_tag
def poster(title, kind="", shape="sheet"):
    """The generated drawing for something without a picture; decoration only, hidden from screen readers.

    `title`: text that decides the drawing; `kind`: name or code of its kind;
    `shape`: "sheet" (3:4), "wide" (8:5, for narrow windows) or "square".
    """
    shapes, colourway = posters.draw(str(title), str(kind or ""))
    box = {"sheet": "0 0 300 400", "wide": "0 36 300 214", "square": "0 50 300 300"}[shape]
    return format_html(
        '<svg class="poster poster--{}" viewBox="{}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">{}</svg>',
        colourway,
        box,
        mark_safe(shapes),  # noqa: S308 - made of numbers only
    )


@register.simple_tag
def opening_state(centre, at):
    """Whether the office is open at the moment `at` (aware datetime).

    Returns a dictionary: `state` is "open" (until `hour`), "later" (opens today at `hour`), "closed", or "" while
    the centre has not written down its hours.
    """
    local = timezone.localtime(at)
    for row in sorted(centre.hours_on(local.date()), key=lambda row: row.opens):
        if local.time() < row.opens:
            return {"state": "later", "hour": row.opens}
        if local.time() < row.closes:
            return {"state": "open", "hour": row.closes}
    return {"state": "closed" if centre.week() else "", "hour": None}


KEEPS_SPACE = re.compile(r"<(pre|textarea)\b", re.IGNORECASE)
# Elements that begin a line of their own or show nothing, so that a line break beside them shows nowhere. Not all of
# HTML's: `dt` and `dd` stand in one line with each other on some pages.
_ON_LINES = (
    "address|article|aside|blockquote|details|div|dl|fieldset|figcaption|figure|footer|form|h[1-6]|header|legend|li|link|meta"
    "|nav|ol|p|section|summary|table|tbody|td|th|thead|title|tr|ul"
)
BREAK_BESIDE = re.compile(rf"(</?(?:{_ON_LINES})(?:\s[^<>]*)?>)\n|\n(?=</?(?:{_ON_LINES})[\s>])")
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(data):
    """A block of linked data (schema.org) that no text in it can break out of; nothing for empty `data`."""
    if not data:
        return ""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).translate(JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


@register.tag
def piece(parser, token):
    """`{% piece "main" of page_pieces %}…{% endpiece %}`: rendered once a minute and edition (see mission.fragments).

    What is between must depend on nothing but the database, the minute and what the pieces are of. Without such
    pieces in the context it is rendered every time. Lines come out without indentation: a twentieth of what is sent.
    """
    try:
        _tag, name, of, pieces = token.split_contents()
    except ValueError:
        of = None
    if of != "of":
        raise template.TemplateSyntaxError('Write {% piece "name" of pieces %}.')
    nodelist = parser.parse(("endpiece",))
    parser.delete_first_token()
    return PieceNode(name.strip("\"'"), parser.compile_filter(pieces), nodelist)


class PieceNode(template.Node):
    def __init__(self, name, pieces, nodelist):
        self.name, self.pieces, self.nodelist = name, pieces, nodelist

    def render(self, context):
        pieces = self.pieces.resolve(context, ignore_failures=True)
        if pieces is None:
            return self.render_anew(context)
        return pieces.keep(self.name, lambda: self.render_anew(context))

    def render_anew(self, context):
        text = self.nodelist.render(context)
        if KEEPS_SPACE.search(text):
            return text
        text = "\n".join(filter(None, (line.strip(" \t\r") for line in text.split("\n"))))
        return BREAK_BESIDE.sub(r"\1", text)

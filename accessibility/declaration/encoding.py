"""The text of an HTML file whose encoding is declared, declared wrongly, or not at all."""

import codecs
import re

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
POLISH = re.compile("[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]")
# What no page shows and what could command a terminal; white space stays.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
# Those in which Polish pages are found, right or wrong, by the names that Python gives them.
ENCODINGS = frozenset(
    ["utf-8", "utf-16", "cp1250", "iso8859-2", "iso8859-16", "cp852", "mac-latin2", "cp1252", "iso8859-1", "ascii"]
)
SAMPLE = 200_000  # bytes from which an encoding is guessed


def decode(content, charset=""):
    """Text of an HTML document, without control characters.

    `content`: str, or bytes; `charset`: what the server said, or "". Valid UTF-8 is believed before any
    declaration, because pages are saved anew far more often than their declarations are corrected.
    """
    text = content if isinstance(content, str) else _text(content, charset)
    return CONTROL.sub("", text)


def _text(content, charset):
    for mark, name in BOMS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    if name := _wide(content):
        return content.decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _as(content, _likeliest(content, charset))


def _wide(content):
    """UTF-16 without a mark gives itself away: every other byte of its tags is zero."""
    head = content[:400]
    if head.count(0) * 3 < len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"


def _likeliest(content, charset):
    """The encoding in which the most Polish letters appear; of equals the declared one."""
    declared = META_CHARSET.search(content[:4096])
    names = [charset, declared.group(1).decode("ascii", "replace") if declared else "", "utf-8", "cp1250", "iso-8859-2"]
    sample = content[:SAMPLE]
    return max((name for name in names if _is_known(name)), key=lambda name: _plausibility(_as(sample, name)))


def _plausibility(text):
    return len(POLISH.findall(text)) - text.count("\ufffd") - len(CONTROL.findall(text))


def _is_known(name):
    """Whether this is an encoding that pages are written in; Python would decode domain names and escapes too."""
    try:
        return codecs.lookup(name).name in ENCODINGS
    except (LookupError, ValueError):
        return False


def _as(content, name):
    return content.decode(name, "replace")

"""The sentence under a result, with the words that were found marked."""

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from mission import polish

BEFORE, LENGTH = 80, 220
MOST_READ = 20_000


def excerpt(terms, summary, text):
    """The summary, or the place in `text` where a word was found when the summary holds none: safe HTML.

    `terms`: the terms of every word asked for, together. Found words stand in `<mark>`; all else is escaped.
    """
    if summary and (any(_found(terms, summary)) or not text):
        return marked(terms, summary)
    if found := next(_found(terms, text[:MOST_READ]), None):
        return marked(terms, _around(text[:MOST_READ], found.start()))
    return marked(terms, summary or Truncator(text[:MOST_READ]).chars(LENGTH))


def marked(terms, text):
    """`text` escaped, its words that stand under one of `terms` in `<mark>`."""
    pieces, end = [], 0
    for match in _found(terms, text):
        pieces += [escape(text[end : match.start()]), "<mark>", escape(match.group()), "</mark>"]
        end = match.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 - every piece is escaped above


def _found(terms, text):
    for match in _likely(terms).finditer(text):
        word = polish.normalise(match.group())[: polish.LONGEST_WORD]
        if word not in polish.STOP_WORDS and not terms.isdisjoint(polish.terms(word)):
            yield match


@lru_cache(maxsize=64)
def _likely(terms):
    """A pattern for words that begin as a term does: only these need the dictionary, which is slower."""
    initials = sorted({term[0] for term in terms})
    begins = "|".join(re.escape(letter) for initial in initials for letter in initial + polish.ACCENTS.get(initial, ""))
    # "najlepszy" stands under "dobry", "niezbyt" under "zbyt".
    return re.compile(rf"(?<![^\W_])(?:{begins}|naj|nie)[^\W_]*", re.IGNORECASE)


def _around(text, place):
    """About two lines of `text` about `place`, cut between words."""
    start = max(0, place - BEFORE)
    if start:
        start = text.find(" ", start, place) + 1 or place
    end = start + LENGTH
    if end < len(text):
        end = max(text.rfind(" ", place, end), place + 1)
    words = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{words}{' …' if end < len(text) else ''}"

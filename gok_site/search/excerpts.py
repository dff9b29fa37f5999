"""The sentence under a result, with the words that were found marked."""

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
    if summary and (_first(terms, summary) or not text):
        return marked(terms, summary)
    if found := _first(terms, text[:MOST_READ]):
        return marked(terms, _around(text[:MOST_READ], found.start()))
    return marked(terms, summary or Truncator(text[:MOST_READ]).chars(LENGTH))


def marked(terms, text):
    """`text` escaped, its words that stand under one of `terms` in `<mark>`."""
    pieces, end = [], 0
    for match in polish.WORD.finditer(text):
        if _is_found(terms, match):
            pieces += [escape(text[end : match.start()]), "<mark>", escape(match.group()), "</mark>"]
            end = match.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 - every piece is escaped above


def _first(terms, text):
    return next((match for match in polish.WORD.finditer(text) if _is_found(terms, match)), None)


def _is_found(terms, match):
    word = polish.normalise(match.group())[: polish.LONGEST_WORD]
    # Most words fail the first letter: the dictionary is asked about the rest.
    is_likely = word and (polish.fold(word[0]) in {term[0] for term in terms} or word[:3] in ("naj", "nie"))
    return is_likely and word not in polish.STOP_WORDS and not terms.isdisjoint(polish.terms(word))


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

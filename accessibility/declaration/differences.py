"""What one version of the declaration says differently from another: sentence by sentence, under its headings."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from bs4 import BeautifulSoup

from .reading import squeeze

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LINES = (*HEADINGS, "p", "li")


@dataclass(frozen=True)
class Change:
    """One line under the heading `part` that is new (`is_new`) or gone."""

    part: str
    text: str
    is_new: bool


def differences(before, after):
    """[(heading, [Change])] between two declarations (HTML) in the order of the document; gone lines come first."""
    old, new = _lines(before), _lines(after)
    changes = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            changes += [Change(part, text, is_new=False) for part, text in old[old_start:old_end]]
            changes += [Change(part, text, is_new=True) for part, text in new[new_start:new_end]]
    return [(part, list(rows)) for part, rows in groupby(changes, key=lambda change: change.part)]


def _lines(html):
    """(heading above, text) of every heading, paragraph and item; an item's own text without its sub-items."""
    lines, part = [], ""
    for tag in BeautifulSoup(html, "html.parser").find_all(LINES):
        for nested in tag.find_all(LINES):
            nested.insert_before(" ")
        own = (string for string in tag.strings if string.find_parent(LINES) is tag)
        text = squeeze("".join(own))
        if tag.name in HEADINGS:
            part = text
        if text:
            lines.append((part, text))
    return lines

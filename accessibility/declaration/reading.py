"""Somebody's declaration, read from HTML alone: ids, headings, words. Whatever the HTML, reading never fails."""

import re
from bisect import bisect_left
from functools import cached_property

from . import spec
from .encoding import decode
from .markup import Document
from .words import plain, squeeze

HEADING_NAMES = ("h1", "h2", "h3", "h4", "h5", "h6")
# Quotation marks and signs that word processors and typing slips leave around an id are forgiven here.
OURS = re.compile(r"[„”“\"'#]*a11y?[-_]", re.IGNORECASE)
KEY_BY_HEADING = {plain(text): heading.key for heading in spec.HEADINGS for text in heading.texts}


class Reading:
    """One document, with what the rules ask of it.

    `content`: str or bytes; `charset`: the encoding that a server announced, or "".
    """

    def __init__(self, content, charset=""):
        self.document = Document(decode(content, charset))
        self.nodes = self.document.nodes

    @cached_property
    def is_whole_page(self):
        return bool(self.document.elements("html"))

    @cached_property
    def tags_by_id(self):
        """{id without white space: [elements]} of the declaration's ids and of what resembles them."""
        found = {}
        for tag in self.document.elements():
            if tag.written and "a11" in tag.written.lower():
                value = squeeze(tag.get("id", "")).replace(" ", "")
                if OURS.match(value):
                    found.setdefault(value, []).append(tag)
        return found

    def first(self, identifier):
        """The first element with this id, or None."""
        return next(iter(self.tags_by_id.get(identifier, [])), None)

    def text_of(self, identifier):
        """The squeezed text of the element with this id, "" when it is missing."""
        tag = self.first(identifier)
        return squeeze(tag.text) if tag else ""

    # --- from where to where -------------------------------------------------------------------------

    @cached_property
    def start(self):
        """The declaration's own heading: the last one before its introduction; without one, `a11y-wstep`; or None."""
        introduction = self.first("a11y-wstep")
        named = [tag for _, text, tag in self.headings if plain(text) == plain(spec.LINK_TEXT)]
        named = [tag for tag in named if tag.name in ("h1", "h2")] or named
        before = [tag for tag in named if introduction is not None and tag.start < introduction.start]
        return (before[-1:] or named[:1] or [introduction])[0]

    @cached_property
    def begin(self):
        """The place in `nodes` of the declaration's first element."""
        return self.start.start if self.start is not None else 0

    @cached_property
    def end(self):
        """The place in `nodes` after the declaration: after its last id, or after what holds its last heading."""
        last = max((tag.end for tags in self.tags_by_id.values() for tag in tags), default=0)
        if last <= self.begin:
            return len(self.nodes)
        for _, text, tag in reversed(self.headings):
            if plain(text) in KEY_BY_HEADING:
                if tag.start >= last:
                    return max(last, tag.parent.end if tag.parent is not None else len(self.nodes))
                break
        return last

    # --- words ---------------------------------------------------------------------------------------

    @cached_property
    def strings(self):
        """[(text, its place in `nodes`)] of the declaration, in order."""
        return [(node, self.begin + n) for n, node in enumerate(self.nodes[self.begin : self.end]) if type(node) is str]

    @cached_property
    def text(self):
        """The words of the declaration itself: from its heading to the end of its last part."""
        return squeeze("".join([text for text, _ in self.strings]))

    @cached_property
    def whole_text(self):
        return squeeze("".join([node for node in self.nodes if type(node) is str]))

    # --- headings and what is under them -------------------------------------------------------------

    @cached_property
    def headings(self):
        """(level, text, element) of every heading in the document, in order."""
        return [(int(tag.name[1]), squeeze(tag.text), tag) for tag in self.document.elements(*HEADING_NAMES)]

    @cached_property
    def declaration_headings(self):
        """(level, text, element) of the headings that belong to the declaration."""
        return [row for row in self.headings if self.begin <= row[2].start < self.end]

    @cached_property
    def heading_by_key(self):
        found = {}
        for _, text, tag in self.declaration_headings:
            if key := KEY_BY_HEADING.get(plain(text)):
                found.setdefault(key, tag)
        return found

    def heading(self, key):
        """The element of the spec's heading `key` in the declaration, or None."""
        return self.heading_by_key.get(key)

    def part(self, key):
        """The nodes under the heading `key`, up to the next heading of its level or above; [] without it."""
        heading = self.heading(key)
        if heading is None:
            return []
        following = [tag for _, _, tag in self.declaration_headings if tag.start > heading.start]
        end = next((tag.start for tag in following if tag.name <= heading.name), self.end)
        return self.nodes[heading.end : max(end, heading.end)]

    def part_text(self, key):
        """The words under the heading `key`, headings inside it left out."""
        words, skipped_to = [], 0
        heading = self.heading(key)
        for place, node in enumerate(self.part(key), heading.end if heading is not None else 0):
            if type(node) is not str:
                if node.name in HEADING_NAMES:
                    skipped_to = max(skipped_to, node.end)
            elif place >= skipped_to:
                words.append(node)
        return squeeze("".join(words))

    def part_elements(self, key, *names):
        """The elements called `names` under the heading `key`."""
        return [node for node in self.part(key) if type(node) is not str and node.name in names]

    def items(self, key):
        """The entries listed under the heading `key`: outermost list items, or paragraphs where there is no list."""
        entries = self.part_elements(key, "li") or self.part_elements(key, "p")
        outermost, end = [], 0
        for entry in entries:
            if entry.start >= end:
                outermost.append(entry)
                end = entry.end
        return outermost

    # --- for a person --------------------------------------------------------------------------------

    def place_of(self, tag):
        """Where an element stands, for a person: the last heading before it and its name with its id."""
        identifier = tag.get("id")
        name = f'<{tag.name} id="{identifier}">' if identifier else f"<{tag.name}>"
        before = self.heading_before(tag.start)
        return f"„{before}”, {name}" if before else name

    def heading_before(self, place):
        """The text of the last heading that begins before a place in `nodes`, or ""."""
        number = bisect_left(self._heading_places, place)
        return self.headings[number - 1][1] if number else ""

    @cached_property
    def _heading_places(self):
        return [tag.start for _, _, tag in self.headings]

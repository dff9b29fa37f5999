"""Somebody's declaration, read from HTML alone: ids, headings, words. Whatever the HTML, reading never fails."""

import re
from datetime import date
from functools import cached_property

from bs4 import BeautifulSoup, Comment
from bs4.element import Tag

from . import spec

HEADING_NAMES = ("h1", "h2", "h3", "h4", "h5", "h6")
INVISIBLE = ("script", "style", "noscript")
META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
MARKED_SECTION = re.compile(r"<!\[")
WHITE_SPACE = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u2060\ufeff]+")
DATE_WORDS = re.compile(r"(\d{1,2})\s+(" + "|".join(spec.MONTHS) + r")\s+(\d{4})", re.IGNORECASE)
DATE_DIGITS = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4})")


def decode(content):
    """Text of an HTML file: `content` as str, or bytes whose encoding is declared, guessed or, at last, replaced."""
    if isinstance(content, str):
        return content
    declared = META_CHARSET.search(content[:4096])
    names = ["utf-8-sig"] if not content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-16"]
    names += [declared.group(1).decode("ascii", "replace")] if declared else []
    for name in [*names, "cp1250"]:
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")


def squeeze(text):
    """`text` with every run of white space, however written, as one space, and soft hyphens gone."""
    return WHITE_SPACE.sub(" ", text.replace("\u00ad", "")).strip()


def parse_date(text):
    """The first date in `text`, worded, ISO or dotted; None when there is none or it does not exist."""
    if match := DATE_WORDS.search(text):
        day, month, year = match.groups()
        return make_date(int(year), spec.MONTHS.index(month.lower()) + 1, int(day))
    if match := DATE_DIGITS.search(text):
        iso, dotted = match.groups()[:3], match.groups()[3:]
        parts = iso if iso[0] else tuple(reversed(dotted))
        return make_date(*map(int, parts))
    return None


def all_dates(text):
    """Every real date in `text`, in order of kind then place."""
    pieces = [m.group() for m in DATE_WORDS.finditer(text)] + [m.group() for m in DATE_DIGITS.finditer(text)]
    return [day for day in map(parse_date, pieces) if day]


def make_date(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Reading:
    """One document, with what the rules ask of it."""

    def __init__(self, content):
        self.source = decode(content)
        # html.parser gives up on marked sections ("<![if") that word processors leave behind.
        self.soup = BeautifulSoup(MARKED_SECTION.sub("&lt;![", self.source), "html.parser")
        for tag in self.soup.find_all([*INVISIBLE, "template"]):
            if tag.name != "template" or not tag.has_attr("shadowrootmode"):
                tag.extract()
        for comment in self.soup.find_all(string=lambda text: isinstance(text, Comment)):
            comment.extract()

    @cached_property
    def is_whole_page(self):
        return self.soup.find("html") is not None

    @cached_property
    def tags_by_id(self):
        """{id without white space: [tags]} of the declaration's ids and of what resembles them."""
        found = {}
        for tag in self.soup.find_all(id=True):
            value = squeeze(str(tag["id"])).replace(" ", "")
            if re.match(r"a11y?[-_]", value, re.IGNORECASE):
                found.setdefault(value, []).append(tag)
        return found

    def first(self, identifier):
        """The first tag with this id, or None."""
        return next(iter(self.tags_by_id.get(identifier, [])), None)

    def text_of(self, identifier):
        """The squeezed text of the element with this id, "" when it is missing."""
        tag = self.first(identifier)
        return squeeze(tag.get_text(" ")) if tag else ""

    @cached_property
    def text(self):
        """The words of the declaration itself: from its heading to the end of its last part."""
        return squeeze(" ".join(self.strings))

    @cached_property
    def strings(self):
        return [str(s) for s in self._between(self.start, self.end)] if self.start else list(self.soup.strings)

    @cached_property
    def tags(self):
        """Every element of the declaration, in the document's order."""
        if self.start is None:
            return self.soup.find_all(True)
        return [e for e in self._elements(self.start, self.end) if isinstance(e, Tag)]

    @cached_property
    def headings(self):
        """(level, text, tag) of every heading in the document, in order."""
        return [(int(tag.name[1]), squeeze(tag.get_text()), tag) for tag in self.soup.find_all(HEADING_NAMES)]

    @cached_property
    def start(self):
        """The declaration's own heading; without one, the element `a11y-wstep`; or None."""
        named = [tag for _, text, tag in self.headings if plain(text) == plain(spec.LINK_TEXT)]
        with_level = [tag for tag in named if tag.name in ("h1", "h2")]
        return next(iter(with_level or named), None) or self.first("a11y-wstep")

    @cached_property
    def end(self):
        """The first element after the declaration, or None when it runs to the end of the document."""
        last = None
        for tags in self.tags_by_id.values():
            for tag in tags:
                if last is None or self.position[id(tag)] > self.position[id(last)]:
                    last = tag
        if last is None:
            return None
        while isinstance(last, Tag) and last.contents:
            last = last.contents[-1]
        return last.next_element

    @cached_property
    def position(self):
        """{id() of an element: its place in the document}."""
        return {id(element): place for place, element in enumerate(self.soup.descendants)}

    def heading(self, key):
        """The tag of the spec's heading `key` in the declaration, or None."""
        texts = {plain(text) for heading in spec.HEADINGS if heading.key == key for text in heading.texts}
        return next((tag for _, text, tag in self.declaration_headings if plain(text) in texts), None)

    @cached_property
    def declaration_headings(self):
        """(level, text, tag) of the headings that belong to the declaration."""
        inside = {id(tag) for tag in self.tags}
        if self.start is not None:
            inside.add(id(self.start))
        return [row for row in self.headings if id(row[2]) in inside]

    def part(self, key):
        """The elements under the heading `key`, up to the next heading of its level or above; [] without it."""
        heading = self.heading(key)
        if heading is None:
            return []
        level, elements = int(heading.name[1]), []
        for element in self._elements(heading, self.end):
            if isinstance(element, Tag) and element.name in HEADING_NAMES and int(element.name[1]) <= level:
                break
            elements.append(element)
        return elements

    def part_text(self, key):
        """The words under the heading `key`, headings inside it left out."""
        strings = [e for e in self.part(key) if not isinstance(e, Tag) and id(e) not in self.heading_strings]
        return squeeze(" ".join(map(str, strings)))

    @cached_property
    def heading_strings(self):
        return {id(string) for _, _, tag in self.headings for string in tag.strings}

    def part_tags(self, key, *names):
        """The elements called `names` under the heading `key`."""
        return [e for e in self.part(key) if isinstance(e, Tag) and e.name in names]

    def place_of(self, tag):
        """Where a tag stands, for a person: the last heading before it and its name with its id."""
        before = tag.find_previous(HEADING_NAMES)
        name = f'<{tag.name} id="{tag["id"]}">' if tag.get("id") else f"<{tag.name}>"
        return f"„{squeeze(before.get_text())}”, {name}" if before is not None and before is not tag else name

    def _elements(self, start, end):
        for element in start.next_elements:
            if element is end:
                return
            yield element

    def _between(self, start, end):
        return (element for element in self._elements(start, end) if not isinstance(element, Tag))


def plain(text):
    """`text` for comparing headings: squeezed, without case and without the colon or full stop at its end."""
    return squeeze(text).rstrip(":.").casefold()

"""From the pieces of a sample text to the raw value of a StreamField."""

import re
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from . import markup

HREF = re.compile(r'<a href="(/[^"]*)">')


@dataclass
class Surroundings:
    """What a text may refer to: `pages` and `venues` by address or slug, `images` and `documents` by name, `days`."""

    days: object
    names: dict
    images: dict
    documents: dict
    pages: dict = field(default_factory=dict)
    venues: dict = field(default_factory=dict)

    def words(self, text):
        """A text with its days and names filled in."""
        for name, value in self.names.items():
            text = text.replace(f"{{{name}}}", value)
        return self.days.fill(text)

    def rich_text(self, source):
        """HTML for a RichTextField."""
        return self.linked("".join(piece.parts[0] for piece in markup.read(self.words(source))))

    def linked(self, html):
        """Addresses of the site become links to pages: those follow a page that moves."""
        return HREF.sub(self._link, html)

    def _link(self, match):
        page = self.pages.get(match[1])
        return f'<a linktype="page" id="{page.pk}">' if page else match[0]

    def stream(self, source):
        """The raw blocks of a text. Raises KeyError for a picture, document or page that does not exist."""
        return [
            {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, f"{position}{kind}{source}"))}
            for position, (kind, value) in enumerate(
                block for piece in markup.read(self.words(source)) for block in self.blocks(piece)
            )
        ]

    def blocks(self, piece):
        """(type, value) pairs: a call to action brings a sentence with it."""
        if piece.kind == "call_to_action":
            sentence, label, address = piece.parts
            return [
                ("text", f"<p>{markup.inline(sentence)}</p>"),
                ("call_to_action", {"text": label, "page": self.pages[address].pk, "url": ""}),
            ]
        return [(piece.kind, getattr(self, f"_{piece.kind}")(piece))]

    def _text(self, piece):
        return self.linked(piece.parts[0])

    def _heading(self, piece):
        return {"level": "h2", "text": piece.parts[0]}

    def _figure(self, piece):
        name, caption = (*piece.parts, "")[:2]
        image = self.images[name]
        return {"image": {"image": image.pk, "alt_text": image.description, "decorative": False}, "caption": caption}

    def _gallery(self, piece):
        title, names = piece.parts
        pictures = [self._figure(markup.Piece("figure", (name,))) for name in names.split()]
        return {"title": title, "pictures": _items(pictures)}

    def _quotation(self, piece):
        return {"text": piece.parts[0], "author": piece.parts[1]}

    def _table(self, piece):
        head, *rows = markup.rows(piece.lines)
        return {
            "caption": piece.parts[0],
            "first_column_is_header": True,
            "table": {
                "columns": [{"type": "text", "heading": heading} for heading in head],
                "rows": [{"values": list(row)} for row in rows],
            },
        }

    def _accordion(self, piece):
        return {
            "items": _items(
                [{"title": title, "text": self.linked(text)} for title, text in markup.questions(piece.lines)]
            )
        }

    def _file(self, piece):
        name, title = piece.parts
        return {"document": self.documents[name].pk, "title": title}

    def _people(self, piece):
        return {"title": "", "people": _items([{**person, "image": None} for person in markup.people(piece.lines)])}

    def _address(self, piece):
        venue = self.venues[piece.parts[0]]
        fields = ("street", "postal_code", "town", "directions")
        return {"name": venue.title, "map_url": "", **{name: getattr(venue, name) for name in fields}}


def _items(values):
    return [
        {"type": "item", "value": value, "id": str(uuid5(NAMESPACE_URL, f"{position}{value}"))}
        for position, value in enumerate(values)
    ]

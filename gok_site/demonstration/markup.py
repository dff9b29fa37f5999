"""The small markup that the sample texts are written in, read into pieces.

A blank line parts paragraphs; `## ` starts a part, `- ` and `1. ` a list, `**bold**` and `[label](/address/)` work
inside. Other pieces begin with a colon:

    :gallery Title | picture picture        :figure picture | caption
    :quotation Words | author               :file document | title
    :call-to-action Sentence | label | /address/
    :address venue
    :table Caption          :accordion          :people
    | a | b |               ? question          * name | role | telephone | e-mail
    | c | d |               answer
"""

import re
from dataclasses import dataclass

from django.utils.html import escape

BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[([^\]]+)\]\((/[^)]*)\)")
NUMBERED = re.compile(r"\d+\. ")


@dataclass(frozen=True)
class Piece:
    """`kind`: the name of a block, or "text" with finished HTML; `parts`: what stood between the bars; `lines`: below."""

    kind: str
    parts: tuple = ()
    lines: tuple = ()


def read(source):
    """The pieces of a text, in order."""
    pieces = []
    for block in re.split(r"\n\s*\n", source.strip()):
        pieces += _pieces(block.splitlines())
    return list(_joined(pieces))


def _pieces(lines):
    first, rest = lines[0], tuple(lines[1:])
    if first.startswith("## "):
        yield Piece("heading", (first[3:],))
        if rest:
            yield from _pieces(list(rest))
    elif first.startswith(":"):
        name, _, content = first[1:].partition(" ")
        yield Piece(name.replace("-", "_"), _split(content), rest)
    else:
        yield Piece("text", (html(lines),))


def _joined(pieces):
    """Neighbouring texts become one, as an editor would have typed them."""
    held = []
    for piece in pieces:
        if piece.kind == "text":
            held.append(piece.parts[0])
            continue
        if held:
            yield Piece("text", ("".join(held),))
            held = []
        yield piece
    if held:
        yield Piece("text", ("".join(held),))


def _split(line):
    return tuple(part.strip() for part in line.strip().strip("|").split("|"))


def html(lines):
    """A paragraph, with the list that may follow it, as HTML whose links hold addresses of the site."""
    out, items, tag = [], [], ""
    for line in lines:
        mark = "ul" if line.startswith("- ") else "ol" if NUMBERED.match(line) else ""
        if items and mark != tag:
            out.append(_list(tag, items))
            items = []
        tag = mark
        if mark:
            items.append(inline(line.partition(" ")[2]))
        else:
            out.append(f"<p>{inline(line)}</p>")
    if items:
        out.append(_list(tag, items))
    return "".join(out)


def _list(tag, items):
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def inline(text):
    """One line with its bold words and links as HTML."""
    return LINK.sub(r'<a href="\2">\1</a>', BOLD.sub(r"<b>\1</b>", escape(text)))


def rows(lines):
    """The cells of a table's lines."""
    return [_split(line) for line in lines]


def questions(lines):
    """Pairs of a question and its answer as HTML."""
    found = []
    for line in lines:
        if line.startswith("? "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return [(question, html(answer)) for question, answer in found]


def people(lines):
    """Dictionaries of name, role, telephone, email."""
    return [
        dict(zip(("name", "role", "telephone", "email"), _split(line.removeprefix("* ")), strict=False))
        for line in lines
    ]

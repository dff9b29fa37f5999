"""How the picture of a shared link is drawn: an event's poster, or its photograph, with its title, date and place.

Text is the house's font in the colour that reads on its ground (at least 4.5 : 1, by the theme). What the font has no
letters for (emoji, other scripts) is left out: a row of empty boxes would say less.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageColor, ImageDraw, ImageFont, ImageOps

from mission.plain_text import plain_line
from mission.poster_pixels import poster
from mission.templatetags.mission_tags import ONE_LETTER_WORD
from mission.theme import palette

#: Raised when the drawing changes, so that every picture is drawn anew.
VERSION = 3
WIDTH, HEIGHT = 1200, 630
MARGIN = 56
ART_WIDTH = 472  # a sheet of 3 : 4
BAND_HEIGHT = 284
#: Made of the two files beside it by fontTools: each set to a weight of 700 (varLib.instancer), then merged.
FONT = settings.BASE_DIR / "static" / "fonts" / "atkinson-hyperlegible-next-bold.ttf"
#: The letters of the font: Latin with every accent of Europe, and the signs of the press.
UNKNOWN = re.compile(r"[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u0148\u0150-\u0155\u0158-\u017e–—‘’‚“”„†•…‹›€™−]")
TITLE_SIZES, TITLE_LINES = (96, 84, 74, 64, 54, 46), 5
LINE = 1.12  # of the size of the letters
SAME_INK = 300  # squared distance in RGB: a shade that stands for an ink of the theme


@dataclass(frozen=True)
class Words:
    """What a picture says. `kind` decides the drawing too."""

    title: str
    when: str
    where: str
    kind: str
    centre: str


def drawn(words, *, hue, photograph=None, focus=(0.5, 0.4)):
    """The picture as (bytes, ending of the file's name): PNG, and JPEG where there is a photograph.

    `words`: Words; `hue`: the centre's, in degrees; `photograph`: a readable binary file, or None; `focus`: what of it
    must stay, as parts of its width and height.
    """
    colours = palette(hue % 360)
    image = _on_photograph(words, colours, photograph, focus) if photograph else _on_poster(words, colours)
    output = BytesIO()
    if photograph:
        image.save(output, format="JPEG", quality=82)
        return output.getvalue(), "jpg"
    _in_few_inks(image, colours).save(output, format="PNG")
    return output.getvalue(), "png"


def _in_few_inks(image, colours):
    """A flat drawing in 64 colours: a quarter of the file. The theme's own inks stay what they are, as their contrast must."""
    few = image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    inks = few.getpalette()
    shades = [tuple(inks[at : at + 3]) for at in range(0, len(inks), 3)]
    for colour in {ImageColor.getrgb(colour) for colour in colours.values()}:
        distances = [sum((one - other) ** 2 for one, other in zip(colour, shade, strict=True)) for shade in shades]
        if min(distances) < SAME_INK:
            shades[distances.index(min(distances))] = colour
    few.putpalette([channel for shade in shades for channel in shade])
    return few


def _on_poster(words, colours):
    """The poster on the right, the words on the centre's colour."""
    image = Image.new("RGB", (WIDTH, HEIGHT), colours["brand"])
    image.paste(poster(words.title, words.kind, colours, (ART_WIDTH, HEIGHT)), (WIDTH - ART_WIDTH, 0))
    draw, width = ImageDraw.Draw(image), WIDTH - ART_WIDTH - 2 * MARGIN
    ink = colours["on-brand"]
    _write(draw, MARGIN, MARGIN - 8, _fitted(words.when, width, [40, 36], 2), ink)
    below = [*_fitted(words.where, width, [32], 2), *_fitted(words.centre, width, [26], 1)]
    bottom = HEIGHT - MARGIN - _height(below)
    _write(draw, MARGIN, bottom, below, ink)
    top = MARGIN + 2 * round(40 * LINE)
    title = _fitted(words.title, width, TITLE_SIZES, TITLE_LINES, height=bottom - top - 24)
    _write(draw, MARGIN, top + (bottom - 24 - top - _height(title)) // 2, title, ink)
    return image


def _on_photograph(words, colours, photograph, focus):
    """The photograph above, the words on a band of the centre's colour below."""
    image = Image.new("RGB", (WIDTH, HEIGHT), colours["brand"])
    with Image.open(photograph) as picture:
        picture.draft("RGB", (WIDTH * 2, HEIGHT * 2))  # a large JPEG is read small at once
        view = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    view = ImageOps.fit(view, (WIDTH, HEIGHT - BAND_HEIGHT), Image.Resampling.BILINEAR, centering=focus)
    if view.mode == "RGBA":
        image.paste(Image.new("RGB", view.size, colours["sheet"]), (0, 0))
    image.paste(view, (0, 0), view if view.mode == "RGBA" else None)
    draw, width = ImageDraw.Draw(image), WIDTH - 2 * MARGIN
    place = ", ".join(filter(None, [words.where, words.centre]))
    below = [*_fitted(words.when, width, [36], 1), *_fitted(place, width, [28], 1)]
    bottom = HEIGHT - 28 - _height(below)
    _write(draw, MARGIN, bottom, below, colours["on-brand"])
    top = HEIGHT - BAND_HEIGHT + 18
    title = _fitted(words.title, width, [104, 88, 68, 60, 52, 44], 2, height=bottom - top - 8)
    _write(draw, MARGIN, top, title, colours["on-brand"])
    return image


@lru_cache(maxsize=32)
def font(size):
    """The house's font, bold. `size`: in pixels."""
    return ImageFont.truetype(FONT, size)


def printable(text):
    """`text` in the letters that the font has, with one-letter words tied to the next, as Polish typography asks."""
    kept = plain_line(UNKNOWN.sub(" ", plain_line(text)))
    for _ in range(2):  # twice, because in "i w domu" one match ends where the next would begin
        kept = ONE_LETTER_WORD.sub("\\1\N{NO-BREAK SPACE}", kept)
    return kept


def _fitted(text, width, sizes, most_lines, *, height=HEIGHT):
    """`text` as lines [(line, size)] in the largest of `sizes` in which it fits; in the smallest it is cut short."""
    text = printable(text)
    for size in sizes:
        lines = _wrapped(text, width, size)
        room = min(most_lines, int(height // (size * LINE)))
        if len(lines) <= room and all(font(size).getlength(line) <= width for line in lines):
            return [(line, size) for line in lines]
    kept = lines[:room] if len(lines) <= room else [*lines[: room - 1], " ".join(lines[room - 1 : room + 1]) + "…"]
    return [(_cut(line, width, size), size) for line in kept]


def _wrapped(text, width, size):
    lines, measure = [], font(size).getlength
    for word in text.split(" ") if text else []:
        longer = f"{lines[-1]} {word}" if lines else ""
        if longer and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(line, width, size):
    """`line`, as much of it as is no wider than `width`, with an ellipsis where something is gone."""
    if font(size).getlength(line) <= width:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (
            (middle, high) if font(size).getlength(line[:middle].rstrip(" …") + "…") <= width else (low, middle - 1)
        )
    return line[:low].rstrip(" …") + "…"


def _height(lines):
    return sum(round(size * LINE) for _line, size in lines)


def _write(draw, x, y, lines, ink):
    for line, size in lines:
        draw.text((x, y), line, font=font(size), fill=ink)
        y += round(size * LINE)

"""R11: the headings of the template, in order, no level skipped."""

from .. import spec
from ..words import plain
from .registry import DOCUMENT, error, rule, shortened, warning


@rule(11, "nagłówki")
def headings_follow_the_template(reading, at, context):
    own = next((tag for _, text, tag in reading.headings if plain(text) == plain(spec.LINK_TEXT)), None)
    if own is None:
        mend = "Dodaj nagłówek pierwszego poziomu „Deklaracja dostępności”."
        return [error(11, "Brakuje nagłówka „Deklaracja dostępności”.", DOCUMENT, mend)]
    base = int(reading.start.name[1]) if reading.start.name in ("h1", "h2") else 1
    found = []
    if reading.start.name not in ("h1", "h2"):
        mend = "Zrób z niego h1, a gdy wymaga tego strona, h2."
        found.append(error(11, f"„Deklaracja dostępności” jest nagłówkiem {own.name}.", reading.place_of(own), mend))
    return found + _missing_headings(reading) + _order_of_headings(reading, base) + _skipped_levels(reading, base)


def _missing_headings(reading):
    return [
        error(11, f"Brakuje nagłówka „{heading.text}”.", DOCUMENT, "Dodaj nagłówek w miejscu, które wskazuje wzór.")
        for heading in spec.HEADINGS
        if heading.presence == spec.Presence.ALWAYS and reading.heading(heading.key) is None
    ]


def _order_of_headings(reading, base):
    found, last = [], -1
    known = {plain(text): (place, heading) for place, heading in enumerate(spec.HEADINGS) for text in heading.texts}
    seen = set()
    for level, text, tag in reading.declaration_headings:
        if plain(text) not in known:
            continue
        place, heading = known[plain(text)]
        if heading.key in seen:
            found.append(
                error(11, f"Nagłówek „{shortened(text)}” powtarza się.", reading.place_of(tag), "Zostaw jeden.")
            )
            continue
        seen.add(heading.key)
        if text not in heading.texts:
            mend = f"Napisz dokładnie „{heading.text}”."
            found.append(
                warning(
                    11, f"Nagłówek „{shortened(text)}” zapisano inaczej niż we wzorze.", reading.place_of(tag), mend
                )
            )
        if place < last:
            mend = f"Przenieś go przed „{spec.HEADINGS[last].text}”."
            found.append(error(11, f"Nagłówek „{shortened(text)}” stoi w złym miejscu.", reading.place_of(tag), mend))
        last = max(last, place)
        if level != base + heading.level - 1:
            mend = f"Zmień go na h{base + heading.level - 1}."
            found.append(
                error(11, f"Nagłówek „{shortened(text)}” ma zły poziom (h{level}).", reading.place_of(tag), mend)
            )
    return found


def _skipped_levels(reading, base):
    """Levels left out before headings of the author's own; the template's headings are checked by their place."""
    known = {plain(text) for heading in spec.HEADINGS for text in heading.texts}
    found, previous = [], base
    for level, text, tag in reading.declaration_headings:
        if level > previous + 1 and plain(text) not in known:
            message = f"Przed nagłówkiem „{shortened(text)}” pominięto poziom (h{previous}, potem h{level})."
            found.append(error(11, message, reading.place_of(tag), f"Zmień go na h{previous + 1}."))
        previous = level
    return found

"""R1–R4: the ids of the declaration."""

from .. import spec
from ..reading import squeeze
from .registry import DOCUMENT, error, rule, warning


@rule(1, "obowiązkowe identyfikatory")
def required_ids_stand_once(reading, at, context):
    found = []
    for identifier in spec.IDENTIFIERS:
        tags = reading.tags_by_id.get(identifier.id, [])
        if identifier.presence != spec.Presence.ALWAYS:
            continue
        if not tags:
            mend = f'Oznacz {identifier.marks}: id="{identifier.id}" na elemencie {" lub ".join(identifier.elements)}.'
            found.append(error(1, f"Brakuje identyfikatora {identifier.id}.", DOCUMENT, mend))
        elif len(tags) > 1:
            message = f"Identyfikator {identifier.id} występuje {len(tags)} razy, a może tylko raz."
            found.append(error(1, message, reading.place_of(tags[1]), "Zostaw go przy jednym elemencie."))
        elif not squeeze(tags[0].get_text()):
            message = f"Element {identifier.id} jest pusty."
            found.append(error(1, message, reading.place_of(tags[0]), f"Wpisz {identifier.marks}."))
    return found + _outside_introduction(reading)


def _outside_introduction(reading):
    introduction = reading.first("a11y-wstep")
    if introduction is None:
        return []
    inside = {id(tag) for tag in introduction.find_all(id=True)}
    outside = [reading.first(name) for name in spec.INTRODUCTION_IDS]
    return [
        error(
            1,
            f"Element {tag['id']} leży poza wstępem.",
            reading.place_of(tag),
            "Przenieś go do elementu a11y-wstep.",
        )
        for tag in outside
        if tag is not None and id(tag) not in inside
    ]


@rule(2, "identyfikatory zależne od treści")
def conditional_ids_fit_the_content(reading, at, context):
    found = []
    for name in spec.CONDITIONAL_IDS:
        if len(tags := reading.tags_by_id.get(name, [])) > 1:
            message = f"Identyfikator {name} występuje {len(tags)} razy, a może tylko raz."
            found.append(error(2, message, reading.place_of(tags[1]), "Zostaw go przy jednym elemencie."))
    if (tag := reading.first("a11y-ocena")) is not None and reading.heading("costs") is None:
        mend = "Usuń identyfikator albo dodaj nagłówek „Nadmierne koszty” z opisem elementu."
        found.append(error(2, "Jest a11y-ocena, a nie ma części „Nadmierne koszty”.", reading.place_of(tag), mend))
    apps, heading = reading.first("a11y-aplikacje"), reading.heading("apps")
    if heading is not None and apps is None:
        mend = 'Oznacz treść tej części: id="a11y-aplikacje".'
        found.append(error(2, "Część „Aplikacje mobilne” nie ma identyfikatora.", reading.place_of(heading), mend))
    if apps is not None and heading is None:
        mend = "Dodaj nagłówek „Aplikacje mobilne”, a gdy aplikacji nie ma, usuń element."
        found.append(error(2, "Jest a11y-aplikacje, a nie ma nagłówka.", reading.place_of(apps), mend))
    if "przeglądu deklaracji" in reading.text and reading.first("a11y-data-przeglad") is None:
        mend = 'Oznacz datę: <time id="a11y-data-przeglad" datetime="…">.'
        found.append(error(2, "Data przeglądu nie ma identyfikatora.", "„Przygotowanie deklaracji dostępności”", mend))
    return found


@rule(3, "identyfikatory przestarzałe i nieznane")
def no_unknown_ids(reading, at, context):
    found = []
    for name, tags in reading.tags_by_id.items():
        if name in spec.KNOWN_IDS:
            continue
        place = reading.place_of(tags[0])
        if name in spec.OBSOLETE_IDS:
            mend = spec.OBSOLETE_IDS[name].capitalize() + "."
            found.append(warning(3, f"Identyfikator {name} pochodzi z wersji 1 warunków.", place, mend))
        else:
            mend = "Sprawdź pisownię albo usuń: identyfikatory a11y- są zastrzeżone dla deklaracji."
            found.append(warning(3, f"Nieznany identyfikator {name}.", place, mend))
    return found


@rule(4, "identyfikatory bez odstępów")
def ids_have_no_white_space(reading, at, context):
    return [
        error(4, f"W identyfikatorze „{tag['id']}” jest odstęp.", reading.place_of(tag), f'Wpisz id="{name}".')
        for name, tags in reading.tags_by_id.items()
        for tag in tags
        if tag["id"] != name
    ]

"""R1–R4: the ids of the declaration."""

from .. import spec
from ..words import squeeze
from .registry import DOCUMENT, error, rule, warning

PREPARATION = "„Przygotowanie deklaracji dostępności”"
# Whether these sit on the right element is asked by the rules about dates (R5) and about the address (R12).
ELEMENT_ASKED_ELSEWHERE = {*spec.DATE_IDS, "a11y-url"}


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
            found.append(_twice(1, reading, tags, identifier.id))
        elif not squeeze(tags[0].text):
            message = f"Element {identifier.id} jest pusty."
            found.append(error(1, message, reading.place_of(tags[0]), f"Wpisz {identifier.marks}."))
    return found + _outside_introduction(reading) + _wrong_elements(1, reading, spec.REQUIRED_IDS)


def _twice(number, reading, tags, name):
    message = f"Identyfikator {name} występuje {len(tags)} razy, a może tylko raz."
    return error(number, message, reading.place_of(tags[1]), "Zostaw go przy jednym elemencie.")


def _outside_introduction(reading):
    introduction = reading.first("a11y-wstep")
    if introduction is None:
        return []
    tags = [(name, reading.first(name)) for name in spec.INTRODUCTION_IDS]
    mend = "Przenieś go do elementu a11y-wstep."
    return [
        error(1, f"Element {name} leży poza wstępem.", reading.place_of(tag), mend)
        for name, tag in tags
        if tag is not None and not introduction.contains(tag)
    ]


def _wrong_elements(number, reading, names):
    found = []
    for identifier in spec.IDENTIFIERS:
        if identifier.id not in names or identifier.id in ELEMENT_ASKED_ELSEWHERE:
            continue
        tag = reading.first(identifier.id)
        if tag is not None and tag.name not in identifier.elements:
            message = f"Identyfikator {identifier.id} stoi na elemencie {tag.name}."
            mend = f"Przenieś go na element {' lub '.join(identifier.elements)}."
            found.append(warning(number, message, reading.place_of(tag), mend))
    return found


@rule(2, "identyfikatory zależne od treści")
def conditional_ids_fit_the_content(reading, at, context):
    found = [
        _twice(2, reading, tags, name)
        for name in spec.CONDITIONAL_IDS
        if len(tags := reading.tags_by_id.get(name, [])) > 1
    ]
    if (tag := reading.first("a11y-ocena")) is not None and reading.heading("costs") is None:
        mend = "Usuń identyfikator albo dodaj nagłówek „Nadmierne koszty” z opisem elementu."
        found.append(error(2, "Jest a11y-ocena, a nie ma części „Nadmierne koszty”.", reading.place_of(tag), mend))
    if "przeglądu deklaracji" in reading.text and reading.first("a11y-data-przeglad") is None:
        mend = 'Oznacz datę: <time id="a11y-data-przeglad" datetime="…">.'
        found.append(error(2, "Data przeglądu nie ma identyfikatora.", PREPARATION, mend))
    return found + _apps(reading) + _architecture(reading) + _wrong_elements(2, reading, spec.CONDITIONAL_IDS)


def _apps(reading):
    apps, heading = reading.first("a11y-aplikacje"), reading.heading("apps")
    if heading is not None and apps is None:
        mend = 'Oznacz treść tej części: id="a11y-aplikacje".'
        return [error(2, "Część „Aplikacje mobilne” nie ma identyfikatora.", reading.place_of(heading), mend)]
    if apps is None:
        return []
    found = []
    if heading is None:
        mend = "Dodaj nagłówek „Aplikacje mobilne”, a gdy aplikacji nie ma, usuń element."
        found.append(error(2, "Jest a11y-aplikacje, a nie ma nagłówka.", reading.place_of(apps), mend))
    if len(apps.links) < 2:
        message = "Przy aplikacji brakuje odnośnika do pobrania albo do jej deklaracji."
        mend = "Dodaj dla każdej aplikacji oba odnośniki, a gdy aplikacji nie ma, usuń tę część."
        found.append(error(2, message, reading.place_of(apps), mend))
    return found


def _architecture(reading):
    tag = reading.first("a11y-architektura")
    if tag is None or not only_links(tag) or reading.first("a11y-architektura-url") is not None:
        return []
    mend = 'Oznacz odnośnik do opisu: <a id="a11y-architektura-url" href="…">.'
    return [error(2, "Odnośnik do opisu architektury nie ma identyfikatora.", reading.place_of(tag), mend)]


def only_links(tag):
    """Whether an element sends to a description elsewhere instead of giving one."""
    return bool(tag.links) and len(squeeze(tag.text)) < 150


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
        error(4, f"W identyfikatorze „{tag.get('id')}” jest odstęp.", reading.place_of(tag), f'Wpisz id="{name}".')
        for name, tags in reading.tags_by_id.items()
        for tag in tags
        if tag.get("id") != name
    ]

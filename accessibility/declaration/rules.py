"""The rules R1–R26 that a declaration is checked against.

A rule is a function of (reading, at, context) that returns findings, or None when it cannot be checked. Its
messages are Polish and stay so: they quote a Polish document to the people who answer for it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from . import spec
from .reading import all_dates, parse_date, plain, squeeze
from .report import Finding, Severity

E, W = Severity.ERROR, Severity.WARNING
DOCUMENT = "cały dokument"


@dataclass(frozen=True)
class Rule:
    """One rule: its number, its subject in a few words, and the function that checks it."""

    id: str
    title: str
    check: Callable


ALL_RULES = []


def rule(number, title):
    def register(function):
        ALL_RULES.append(Rule(f"R{number}", title, function))
        return function

    return register


def error(number, message, place, mend):
    return Finding(f"R{number}", E, message, place, mend)


def warning(number, message, place, mend):
    return Finding(f"R{number}", W, message, place, mend)


# --- identifiers -------------------------------------------------------------------------------------


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


# --- dates -------------------------------------------------------------------------------------------


@rule(5, "zapis dat")
def dates_are_time_elements(reading, at, context):
    found = []
    for name in spec.DATE_IDS:
        if (tag := reading.first(name)) is not None:
            found += _date_faults(reading, tag, name)
    return found


def _date_faults(reading, tag, name):
    place = reading.place_of(tag)
    text = squeeze(tag.get_text())
    sample = '<time datetime="2020-02-05">5 lutego 2020 r.</time>'
    if tag.name != "time":
        return [error(5, f"{name} nie jest elementem time.", place, f"Zapisz datę tak: {sample}.")]
    machine = _machine_date(tag)
    if machine is None:
        message = f"Atrybut datetime „{tag.get('datetime', '')}” nie jest prawdziwą datą RRRR‑MM‑DD."
        return [error(5, message, place, f"Zapisz datę tak: {sample}.")]
    if parse_date(text) != machine:
        message = f"Data w tekście („{text}”) różni się od atrybutu datetime ({machine.isoformat()})."
        return [error(5, message, place, f"Napisz: {spec.worded(machine)}")]
    following = tag.next_sibling
    if text.endswith("r..") or (
        text.endswith("r.") and isinstance(following, str) and squeeze(following).startswith(".")
    ):
        return [error(5, "Po „r.” stoi druga kropka.", place, "Usuń kropkę po dacie.")]
    return []


def _machine_date(tag):
    value = tag.get("datetime", "") if tag is not None and tag.name == "time" else ""
    return parse_date(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else None


@rule(6, "kolejność dat")
def dates_are_in_order(reading, at, context):
    published, updated, drawn_up, reviewed = (
        _machine_date(reading.first(name))
        for name in ("a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-data-sporzadzenie", "a11y-data-przeglad")
    )
    found = []
    for name in spec.DATE_IDS:
        if (day := _machine_date(reading.first(name))) and day > at:
            message = f"Data {spec.worded(day)} jeszcze nie nadeszła."
            found.append(error(6, message, reading.place_of(reading.first(name)), "Wpisz prawdziwą datę."))
    if published and updated and updated < published:
        message = "Aktualizacja strony jest wcześniejsza niż jej publikacja."
        mend = "Popraw jedną z tych dat."
        found.append(error(6, message, reading.place_of(reading.first("a11y-data-aktualizacja")), mend))
    if drawn_up and reviewed and reviewed < drawn_up:
        message = "Przegląd deklaracji jest wcześniejszy niż jej sporządzenie."
        mend = "Popraw jedną z tych dat."
        found.append(error(6, message, reading.place_of(reading.first("a11y-data-przeglad")), mend))
    return found


@rule(7, "coroczny przegląd")
def review_is_not_overdue(reading, at, context):
    days = [_machine_date(reading.first(name)) for name in ("a11y-data-sporzadzenie", "a11y-data-przeglad")]
    latest = max((day for day in days if day), default=None)
    year = spec.year_of_required_review(at)
    if latest is None or latest.year >= year:
        return []
    message = f"Przegląd jest zaległy od 31 marca {year} r.: ostatnia data to {spec.worded(latest)}"
    mend = "Przejrzyj deklarację i wpisz datę przeglądu."
    return [error(7, message, "„Przygotowanie deklaracji dostępności”", mend)]


# --- status and lists --------------------------------------------------------------------------------


def status_of(reading):
    """The status that the document states in the template's exact words, or None."""
    tag = reading.first("a11y-status")
    if tag is None:
        return None
    strings = [str(string) for string in tag.strings if id(string) not in reading.heading_strings]
    text = squeeze("".join(strings)).replace("Aplikacja mobilna jest", "Strona internetowa jest")
    for status, sentences in spec.ACCEPTED_STATUS_SENTENCES.items():
        if text in sentences:
            return status
    return None


@rule(8, "stan zgodności")
def status_is_one_of_three_sentences(reading, at, context):
    tag = reading.first("a11y-status")
    if tag is None or status_of(reading) or not squeeze(tag.get_text()):
        return []
    message = "Zdanie o stanie zgodności różni się od trzech zdań wzoru."
    guess = "none" if "niezgodna" in tag.get_text() else "partial" if "częściow" in tag.get_text() else "full"
    return [error(8, message, reading.place_of(tag), f"Wpisz dokładnie: „{spec.STATUS_SENTENCES[guess]}”")]


@rule(9, "niedostępne treści a stan zgodności")
def inaccessible_content_fits_the_status(reading, at, context):
    status, heading = status_of(reading), reading.heading("inaccessible")
    if status == spec.Status.FULL and heading is not None:
        message = "Strona „w pełni zgodna” ma część „Niedostępne treści”."
        return [error(9, message, reading.place_of(heading), "Zmień stan zgodności albo usuń tę część.")]
    found = []
    if status in (spec.Status.PARTIAL, spec.Status.NONE) and not _has_items(reading, "inaccessible"):
        message = "Nie ma ani jednej niedostępnej treści, choć strona nie jest w pełni zgodna."
        mend = "Dodaj część „Niedostępne treści” i wymień, czego nie da się używać."
        found.append(error(9, message, "„Niedostępne treści”", mend))
    for key in ("barriers", "exemptions", "costs"):
        if reading.heading(key) is not None and not _has_items(reading, key):
            message = f"Pod nagłówkiem „{spec.HEADING[key]}” nic nie ma."
            found.append(error(9, message, f"„{spec.HEADING[key]}”", "Wymień elementy albo usuń nagłówek."))
    return found if status != spec.Status.FULL else []


def _has_items(reading, key):
    text = reading.part_text(key)
    return len(text) >= 20 and not re.fullmatch(r"(brak|nie dotyczy)\W*", text, re.IGNORECASE)


@rule(10, "analiza nadmiernych kosztów")
def excessive_cost_has_its_assessment(reading, at, context):
    heading = reading.heading("costs")
    if heading is None:
        return []
    tag = reading.first("a11y-ocena")
    if tag is not None and (
        tag.get("href") or tag.find("a", href=True) or (tag.name != "a" and len(tag.get_text()) > 80)
    ):
        return []
    mend = 'Dodaj odnośnik do analizy z art. 8 ustawy: <a id="a11y-ocena" href="…">.'
    return [error(10, "Nadmierne koszty podano bez analizy.", reading.place_of(heading), mend)]


# --- headings ----------------------------------------------------------------------------------------


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
            found.append(error(11, f"Nagłówek „{text}” powtarza się.", reading.place_of(tag), "Zostaw jeden."))
            continue
        seen.add(heading.key)
        if text not in heading.texts:
            mend = f"Napisz dokładnie „{heading.text}”."
            found.append(warning(11, f"Nagłówek „{text}” zapisano inaczej niż we wzorze.", reading.place_of(tag), mend))
        if place < last:
            mend = f"Przenieś go przed „{spec.HEADINGS[last].text}”."
            found.append(error(11, f"Nagłówek „{text}” stoi w złym miejscu.", reading.place_of(tag), mend))
        last = max(last, place)
        if level != base + heading.level - 1:
            mend = f"Zmień go na h{base + heading.level - 1}."
            found.append(error(11, f"Nagłówek „{text}” ma zły poziom (h{level}).", reading.place_of(tag), mend))
    return found


def _skipped_levels(reading, base):
    """Levels left out before headings of the author's own; the template's headings are checked by their place."""
    known = {plain(text) for heading in spec.HEADINGS for text in heading.texts}
    found, previous = [], base
    for level, text, tag in reading.declaration_headings:
        if level > previous + 1 and plain(text) not in known:
            message = f"Przed nagłówkiem „{text}” pominięto poziom (h{previous}, potem h{level})."
            found.append(error(11, message, reading.place_of(tag), f"Zmień go na h{previous + 1}."))
        previous = level
    return found


# --- addresses ---------------------------------------------------------------------------------------


@rule(12, "adres strony")
def address_is_the_sites(reading, at, context):
    tag = reading.first("a11y-url")
    if tag is None:
        return []
    address = squeeze(str(tag.get("href", "")))
    parts = _split(address)
    if tag.name != "a" or parts is None or parts.scheme not in ("http", "https") or not parts.netloc:
        message = "Adres strony nie jest pełnym odnośnikiem."
        return [error(12, message, reading.place_of(tag), "Wpisz odnośnik z https:// na początku.")]
    if context is None or not context.url:
        return []
    expected = _split(context.url)
    if expected is None or (parts.netloc.lower(), parts.path.rstrip("/")) == (
        expected.netloc.lower(),
        expected.path.rstrip("/"),
    ):
        return []
    message = f"Deklaracja dotyczy adresu {address}, a strona ma adres {context.url}."
    return [error(12, message, reading.place_of(tag), f"Wpisz {context.url}.")]


def _split(address):
    try:
        return urlsplit(address)
    except ValueError:
        return None


@rule(13, "kontakt")
def contact_links_equal_their_text(reading, at, context):
    found = []
    email = reading.first("a11y-email")
    if email is not None and (shown := squeeze(email.get_text())):
        linked = _target(email, "mailto:").partition("?")[0]
        if linked.casefold() != shown.casefold():
            message = f"Widoczny adres „{shown}” różni się od odnośnika „{linked}”."
            mend = f'Wpisz <a id="a11y-email" href="mailto:{shown}">.'
            found.append(error(13, message, reading.place_of(email), mend))
    telephone = reading.first("a11y-telefon")
    if telephone is not None and squeeze(telephone.get_text()):
        shown, linked = _digits(telephone.get_text()), _digits(_target(telephone, "tel:"))
        if not linked or not (linked.endswith(shown) or shown.endswith(linked)):
            message = f"Widoczny numer „{squeeze(telephone.get_text())}” różni się od odnośnika tel:."
            mend = 'Wpisz <a id="a11y-telefon" href="tel:…"> z tym samym numerem.'
            found.append(error(13, message, reading.place_of(telephone), mend))
    return found


def _target(tag, scheme):
    link = tag if tag.name == "a" else tag.find("a", href=True)
    address = squeeze(str(link.get("href", ""))) if link is not None else ""
    return unquote(address[len(scheme) :]) if address.lower().startswith(scheme) else ""


def _digits(text):
    return re.sub(r"\D", "", text).lstrip("0")


# --- descriptions ------------------------------------------------------------------------------------


@rule(14, "obsługa wniosków i skarg")
def procedure_is_complete(reading, at, context):
    tag = reading.first("a11y-procedura")
    if tag is None:
        return []
    text, found, place = squeeze(tag.get_text(" ")).casefold(), [], reading.place_of(tag)
    if not re.search(r"\b7 dni|siedmiu dni", text):
        found.append(error(14, "Procedura nie podaje terminu 7 dni.", place, "Dopisz termin: 7 dni od dnia żądania."))
    if not re.search(r"\b2 miesi|dwóch miesięcy|dwa miesiące", text):
        mend = "Dopisz termin: najwyżej 2 miesiące od dnia żądania."
        found.append(error(14, "Procedura nie podaje terminu 2 miesięcy.", place, mend))
    hosts = [(_split(str(link["href"])) or _split("")).netloc.lower() for link in tag.find_all("a", href=True)]
    if not any(host == name or host.endswith("." + name) for host in hosts for name in spec.OMBUDSMAN_HOSTS):
        mend = f"Dodaj odnośnik do {spec.OMBUDSMAN_URL}."
        found.append(error(14, "Brakuje odnośnika do Rzecznika Praw Obywatelskich.", place, mend))
    return found


@rule(15, "dostępność architektoniczna")
def architecture_is_described(reading, at, context):
    tag = reading.first("a11y-architektura")
    if tag is None or reading.first("a11y-architektura-url") is not None:
        return []
    text, place = squeeze(tag.get_text(" ")).casefold(), reading.place_of(tag)
    wanted = [
        (r"\b\d{2}-\d{3}\b", "Brakuje adresu pocztowego siedziby.", "Dopisz ulicę, numer, kod i miejscowość."),
        (
            r"\bp(ies|sem|sa|si|sy|sów)\b",
            "Nie ma mowy o psie asystującym.",
            "Napisz, czy można wejść z psem asystującym.",
        ),
        (r"tłumacz", "Nie ma mowy o tłumaczu języka migowego.", "Napisz, czy na miejscu jest tłumacz."),
    ]
    return [warning(15, message, place, mend) for pattern, message, mend in wanted if not re.search(pattern, text)]


@rule(16, "dostępność komunikacyjno-informacyjna")
def communication_names_the_interpreter(reading, at, context):
    tag = reading.first("a11y-komunikacja")
    if tag is None:
        return []
    text = squeeze(tag.get_text(" ")).casefold()
    if "tłumacz" in text and ("migow" in text or "pjm" in text):
        return []
    mend = "Napisz, czy można skorzystać z tłumacza języka migowego online."
    message = "Opis nie mówi, czy jest tłumacz języka migowego online."
    if tag.find("a", href=True) and len(text) < 200:
        return [warning(16, message + " Sprawdź, czy mówi o tym strona z odnośnika.", reading.place_of(tag), mend)]
    return [error(16, message, reading.place_of(tag), mend)]


PLACEHOLDERS = re.compile(
    r"RRRR-MM-DD|DD-MM-RRRR|dd\.mm\.rrrr|Jan[a-z]{0,3} Kowalsk\w+|\[(?!\d+\])[^\]\n]{0,120}\]|\{\{[^{}]{0,120}\}\}|\{\{|\}\}|\{%|"
    r"lorem ipsum|x{4,}|do uzupełnienia|nazwa podmiotu|uzupełnij|TODO\b",
    re.IGNORECASE,
)
MINISTRY_ADDRESS = re.compile(r"Królewsk\w+ 27\b", re.IGNORECASE)


@rule(17, "wzory zamiast danych")
def no_placeholders(reading, at, context):
    mend = "Wpisz prawdziwe dane."
    found = [
        error(17, f"Został tekst ze wzoru: „{text}”.", DOCUMENT, mend)
        for text in dict.fromkeys(match.group() for match in PLACEHOLDERS.finditer(reading.text))
    ]
    for name in ("a11y-kontakt", "a11y-podmiot"):
        if "imię i nazwisko" in reading.text_of(name).casefold():
            found.append(
                error(17, "Został tekst ze wzoru: „imię i nazwisko”.", reading.place_of(reading.first(name)), mend)
            )
    subject = reading.text_of("a11y-podmiot")
    if MINISTRY_ADDRESS.search(reading.text_of("a11y-architektura")) and "minister" not in subject.casefold():
        mend = "Opisz własny budynek."
        found.append(
            error(17, "Opisano budynek ministerstwa.", reading.place_of(reading.first("a11y-architektura")), mend)
        )
    if context and context.subject and subject and squeeze(context.subject) != subject:
        message = f"Deklarację złożono w imieniu „{subject}”, a stronę prowadzi „{context.subject}”."
        found.append(error(17, message, reading.place_of(reading.first("a11y-podmiot")), "Wpisz właściwą nazwę."))
    return found


# --- what needs the site -----------------------------------------------------------------------------


@rule(18, "odnośnik na każdej stronie")
def every_page_links_here(reading, at, context):
    if context is None or not context.pages:
        return None
    return [
        error(
            18, "Strona nie ma odnośnika „Deklaracja dostępności”.", address, "Dodaj odnośnik z tym dokładnym tekstem."
        )
        for address, html in context.pages.items()
        if not any(
            squeeze(link.get_text()) == spec.LINK_TEXT
            for link in BeautifulSoup(html, "html.parser").find_all("a", href=True)
        )
    ]


@rule(19, "dostępność samej deklaracji")
def page_passes_axe(reading, at, context):
    """Needs a browser."""
    return


@rule(20, "język")
def language_is_polish(reading, at, context):
    tag = reading.start or reading.first("a11y-wstep")
    ancestors = [tag, *tag.parents] if tag is not None else [reading.soup.find("html")]
    language = next((a.get("lang") for a in ancestors if a is not None and a.get("lang")), None)
    if language is None and not reading.is_whole_page:
        return None
    if language and str(language).strip().lower().split("-")[0] == "pl":
        return []
    message = f"Deklaracja ma język „{language}”." if language else "Dokument nie podaje języka."
    return [error(20, message, "<html>", 'Wpisz <html lang="pl">.')]


# --- quality of what is listed -----------------------------------------------------------------------

VAGUE = re.compile(
    r"nie wszystk|niektór|część (?:treści|plików|dokumentów|zdjęć)|większość|m\.in\.|itp\.|itd\.", re.IGNORECASE
)
ADDRESS = re.compile(r"https?://|www\.|(?:^|\s)/\w|adres", re.IGNORECASE)


@rule(21, "konkretne bariery")
def barriers_are_concrete(reading, at, context):
    found = []
    for item in _outer_items(reading, "barriers"):
        text = squeeze(item.get_text(" "))
        if match := VAGUE.search(text):
            mend = "Nazwij każdy element z osobna i podaj jego adres."
            found.append(
                warning(21, f"Ogólnik „{match.group()}” nie mówi, co jest niedostępne.", f"„{text[:80]}”", mend)
            )
        elif not (item.find("a", href=True) or ADDRESS.search(text)):
            mend = "Dopisz adres strony, na której jest ten element."
            found.append(warning(21, "Nie wiadomo, gdzie jest ta bariera.", f"„{text[:80]}”", mend))
    return found


def _outer_items(reading, key):
    items = reading.part_tags(key, "li")
    known = {id(item) for item in items}
    return [item for item in items if not any(id(parent) in known for parent in item.parents)]


@rule(22, "zgodność z danymi strony")
def claims_agree_with_the_site(reading, at, context):
    """Needs the site's own findings."""
    return


@rule(23, "wyłączenia zależne od daty")
def exemptions_by_date_fit(reading, at, context):
    found = []
    for item in _outer_items(reading, "exemptions"):
        text = squeeze(item.get_text(" "))
        for ground in spec.EXEMPTION_GROUNDS:
            if ground.published_before is None or not re.search(re.escape(ground.provision) + r"\b", text):
                continue
            late = [day for day in all_dates(text) if day > ground.published_before]
            if late:
                message = f"Wyłączenie obejmuje treści sprzed {spec.worded(ground.published_before)}, a ta ma datę {spec.worded(late[0])}"
                mend = "Usuń wyłączenie i opisz treść jako niezgodność."
                found.append(error(23, message, f"„{text[:80]}”", mend))
    return found


ABBREVIATION = re.compile(r"(?<![\w@./-])[A-ZĄĆĘŁŃÓŚŹŻ]{2,7}(?![\w@-])")
NO_ABBREVIATION = re.compile(r"[IVXLCM]+|A{2,3}")  # Roman numbers, and levels of conformity


@rule(24, "skróty")
def abbreviations_are_explained(reading, at, context):
    explained = {squeeze(tag.get_text()) for tag in reading.soup.find_all("abbr", title=True)}
    words = [word for string in reading.strings if string.upper() != string for word in ABBREVIATION.findall(string)]
    return [
        warning(
            24,
            f"Skrót {word} nie ma rozwinięcia.",
            f"„{word}”",
            f'Napisz <abbr title="…">{word}</abbr> albo pełną nazwę.',
        )
        for word in dict.fromkeys(words)
        if word not in explained and not NO_ABBREVIATION.fullmatch(word)
    ]


@rule(25, "podstawa deklaracji")
def basis_is_linked(reading, at, context):
    heading = reading.heading("preparation")
    if heading is None:
        return []
    text = reading.part_text("preparation").casefold()
    has_link = any(tag.get("href") for tag in reading.part_tags("preparation", "a"))
    place = "„Przygotowanie deklaracji dostępności”"
    if re.search(r"audyt|podmiot\w* zewnętrzn|wykonawc", text):
        if has_link:
            return []
        mend = "Dodaj odnośnik do raportu z audytu albo oświadczenia wykonawcy."
        return [error(25, "Podstawą jest audyt lub oświadczenie, a nie ma odnośnika.", place, mend)]
    if "samoocen" in text:
        return []
    mend = "Napisz, czy deklarację sporządzono na podstawie samooceny, audytu czy oświadczenia wykonawcy."
    return [warning(25, "Nie podano podstawy deklaracji.", place, mend)]


@rule(26, "dane przykładowe")
def no_sample_data_outside_demonstrations(reading, at, context):
    if context is None or context.is_demonstration is None:
        return None
    if context.is_demonstration:
        return []
    found = []
    mend = "Wpisz prawdziwe dane."
    telephone = reading.text_of("a11y-telefon")
    if re.fullmatch(r"(48)?0{6,}", re.sub(r"\D", "", telephone)):
        found.append(error(26, f"Numer {telephone} jest przykładowy.", "a11y-telefon", mend))
    email = reading.text_of("a11y-email").casefold()
    if email.endswith(spec.SAMPLE_DOMAINS):
        found.append(error(26, f"Adres {email} jest przykładowy.", "a11y-email", mend))
    whole = squeeze(reading.soup.get_text(" "))
    if spec.DEMONSTRATION_NOTICE in whole:
        found.append(error(26, "Jest napis o wzorze demonstracyjnym.", DOCUMENT, "Usuń napis razem z danymi wzoru."))
    if "Przykładowy" in reading.text_of("a11y-podmiot"):
        found.append(error(26, "Nazwa podmiotu jest przykładowa.", "a11y-podmiot", mend))
    return found

"""R12–R17: addresses, descriptions, and words left over from a sample."""

import re
from urllib.parse import unquote, urlsplit

from .. import spec
from ..reading import squeeze
from .registry import DOCUMENT, error, rule, warning


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

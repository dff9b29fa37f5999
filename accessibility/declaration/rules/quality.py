"""R21, R23–R25: whether what is listed can be understood and relied upon."""

import re

from .. import spec
from ..words import all_dates, squeeze
from .registry import error, rule, shortened, warning

VAGUE = re.compile(
    r"nie wszystk\w*|niektór\w*|część (?:treści|plików|dokumentów|zdjęć)|większość|m\.in\.|itp\.|itd\.", re.IGNORECASE
)
ADDRESS = re.compile(r"https?://|www\.|(?:^|\s)/\w|adres", re.IGNORECASE)


@rule(21, "konkretne bariery")
def barriers_are_concrete(reading, at, context):
    found = []
    for item in reading.items("barriers"):
        text = squeeze(item.text)
        if match := VAGUE.search(text):
            mend = "Nazwij każdy element z osobna i podaj jego adres."
            message = f"Ogólnik „{match.group()}” nie mówi, co jest niedostępne."
            found.append(warning(21, message, _quoted(text), mend))
        elif not (item.links or ADDRESS.search(text)):
            mend = "Dopisz adres strony, na której jest ten element."
            found.append(warning(21, "Nie wiadomo, gdzie jest ta bariera.", _quoted(text), mend))
    return found


def _quoted(text):
    return f"„{shortened(text)}”"


@rule(23, "wyłączenia zależne od daty", needs="daty publikacji wyłączonych treści")
def exemptions_by_date_fit(reading, at, context):
    found, is_unknown = [], False
    for item in reading.items("exemptions"):
        text = squeeze(item.text)
        if not spec.cites_exemption(text):
            mend = "Dopisz punkt art. 3 ust. 2 ustawy, na przykład „art. 3 ust. 2 pkt 4”."
            found.append(warning(23, "Wyłączenie nie podaje przepisu.", _quoted(text), mend))
        for ground in spec.exemptions_by_date(text):
            days = _dates_of(text, ground, context)
            is_unknown = is_unknown or not days
            if late := [day for day in days if day >= ground.published_before]:
                limit = spec.worded(ground.published_before)
                message = f"Wyłączenie obejmuje treści sprzed {limit}, a ta ma datę {spec.worded(late[0])}"
                mend = "Usuń wyłączenie i opisz treść jako niezgodność."
                found.append(error(23, message, _quoted(text), mend))
    return None if is_unknown and not found else found


def _dates_of(text, ground, context):
    """The dates of an exempted element: those that its entry gives, and those that the site itself knows."""
    for day in ground.dates_in_its_words:
        text = re.sub(rf"\b(?:przed|po)(?: dniem| dniu)? {spec.worded(day).removesuffix(' r.')}\b", "", text)
    known = context.exemption_dates or {}
    return all_dates(text) + [day for element, day in known.items() if element.casefold() in text.casefold()]


ABBREVIATION = re.compile(r"(?<![\w@./-])[A-ZĄĆĘŁŃÓŚŹŻ]{2,7}(?![\w@-])")
NO_ABBREVIATION = re.compile(r"[IVXLCM]+|A{2,3}")  # Roman numbers, and levels of conformity


@rule(24, "skróty")
def abbreviations_are_explained(reading, at, context):
    explained = {squeeze(tag.text) for tag in reading.document.elements("abbr") if tag.get("title")}
    words = {
        word: place
        for string, place in reversed(reading.strings)
        if string.upper() != string
        for word in ABBREVIATION.findall(string)
    }
    return [
        warning(
            24,
            f"Skrót {word} nie ma rozwinięcia.",
            f"„{reading.heading_before(place)}”, „{word}”",
            f'Napisz <abbr title="…">{word}</abbr> albo pełną nazwę.',
        )
        for word, place in sorted(words.items(), key=lambda row: row[1])
        if word not in explained and not NO_ABBREVIATION.fullmatch(word)
    ]


@rule(25, "podstawa deklaracji")
def basis_is_linked(reading, at, context):
    if reading.heading("preparation") is None:
        return []
    text = reading.part_text("preparation").casefold()
    place = "„Przygotowanie deklaracji dostępności”"
    if re.search(r"audyt|podmiot\w* zewnętrzn|wykonawc", text):
        if any(tag.get("href") for tag in reading.part_elements("preparation", "a")):
            return []
        mend = "Dodaj odnośnik do raportu z audytu albo oświadczenia wykonawcy."
        return [error(25, "Podstawą jest audyt lub oświadczenie, a nie ma odnośnika.", place, mend)]
    if "samoocen" in text:
        return []
    mend = "Napisz, czy deklarację sporządzono na podstawie samooceny, audytu czy oświadczenia wykonawcy."
    return [warning(25, "Nie podano podstawy deklaracji.", place, mend)]

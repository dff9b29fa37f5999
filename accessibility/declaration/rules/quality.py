"""R21, R23–R25: whether what is listed can be understood and relied upon."""

import re

from .. import spec
from ..reading import all_dates, squeeze
from .registry import error, rule, warning

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

"""R14–R16: the procedure, the buildings, and the ways to communicate."""

import re

from .. import spec
from ..words import squeeze
from .addresses import host_of, split
from .identifiers import only_links
from .registry import error, rule, warning

SEVEN_DAYS = re.compile(r"\b7 (?:\(siedmiu\) )?dni\b|\b7-dniow|\bsiedmiu dni\b")
TWO_MONTHS = re.compile(r"\b2 (?:\(dwóch\) )?miesi|\bdwóch miesięcy\b|\bdwa miesiące\b")
ONLINE = re.compile(r"on-?line|wideo|video|internet|zdaln|komunikacji elektronicznej|aplikacj|na odległość")


@rule(14, "obsługa wniosków i skarg")
def procedure_is_complete(reading, at, context):
    tag = reading.first("a11y-procedura")
    if tag is None:
        return []
    text, found, place = squeeze(tag.text).casefold(), [], reading.place_of(tag)
    if not SEVEN_DAYS.search(text):
        found.append(error(14, "Procedura nie podaje terminu 7 dni.", place, "Dopisz termin: 7 dni od dnia żądania."))
    if not TWO_MONTHS.search(text):
        mend = "Dopisz termin: najwyżej 2 miesiące od dnia żądania."
        found.append(error(14, "Procedura nie podaje terminu 2 miesięcy.", place, mend))
    if not any(_is_ombudsmans(address) for address in tag.links):
        mend = f"Dodaj odnośnik do {spec.OMBUDSMAN_URL}."
        found.append(error(14, "Brakuje odnośnika do Rzecznika Praw Obywatelskich.", place, mend))
    return found


def _is_ombudsmans(address):
    parts, host = split(address.strip()), host_of(address.strip())
    return (
        parts is not None
        and parts.scheme in ("http", "https", "")
        and any(host == name or host.endswith(f".{name}") for name in spec.OMBUDSMAN_HOSTS)
    )


@rule(15, "dostępność architektoniczna")
def architecture_is_described(reading, at, context):
    tag = reading.first("a11y-architektura")
    if tag is None or reading.first("a11y-architektura-url") is not None or only_links(tag):
        return []
    text, place = squeeze(tag.text).casefold(), reading.place_of(tag)
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
    text, place = squeeze(tag.text).casefold(), reading.place_of(tag)
    mend = "Napisz, czy można skorzystać z tłumacza języka migowego online."
    if "tłumacz" in text and ("migow" in text or "pjm" in text):
        if ONLINE.search(text):
            return []
        return [warning(16, "Nie wiadomo, czy tłumacz języka migowego jest dostępny online.", place, mend)]
    message = "Opis nie mówi, czy jest tłumacz języka migowego online."
    if tag.links and len(text) < 200:
        return [warning(16, f"{message} Sprawdź, czy mówi o tym strona z odnośnika.", place, mend)]
    return [error(16, message, place, mend)]

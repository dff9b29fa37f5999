"""R17 and R26: words left over from a sample, and sample data where real ones belong."""

import re
from bisect import bisect_right
from itertools import accumulate

from .. import spec
from ..words import squeeze
from .addresses import host_of
from .registry import DOCUMENT, error, rule, shortened

PLACEHOLDERS = re.compile(
    r"RRRR-MM-DD|DD-MM-RRRR|dd\.mm\.rrrr|\bJan[a-z]{0,3}\s+Kowalsk\w+|\[(?!\d+\])[^\[\]\n]{0,120}+\]|"
    r"\{\{[^{}]{0,120}+\}\}|\{\{|\}\}|\{%|lorem\s+ipsum|\bx{4,}\b|do\s+uzupełnienia|nazwa\s+podmiotu|"
    r"\buzupełnij\s+(?:dan|dat|nazw|adres|treś)\w*|\(uzupełnij\)|(?-i:\bTODO\b)",
    re.IGNORECASE,
)
MINISTRY_ADDRESS = re.compile(r"Królewsk\w+ 27\b", re.IGNORECASE)
SAMPLE_NUMBER = re.compile(r"(?:48)?(?:0{6,}|(\d)\1{8}|123456789|987654321)")
SAMPLE_EMAIL = re.compile(r"@(?:twoja-?)?(?:domena|strona|adres|przyklad|email)\.(?:pl|com)$|^(?:adres|e-?mail|twoj)@")
SAMPLE_ADDRESS = re.compile(r"ul\. (?:Przykładow|Testow)\w+|\b00-000\b", re.IGNORECASE)


@rule(17, "wzory zamiast danych")
def no_placeholders(reading, at, context):
    mend = "Wpisz prawdziwe dane."
    found = [error(17, f"Został tekst ze wzoru: „{text}”.", place, mend) for text, place in _left_over(reading)]
    for name in ("a11y-kontakt", "a11y-podmiot"):
        if "imię i nazwisko" in reading.text_of(name).casefold():
            place = reading.place_of(reading.first(name))
            found.append(error(17, "Został tekst ze wzoru: „imię i nazwisko”.", place, mend))
    return found + _somebody_elses(reading, context)


def _left_over(reading):
    """(words of a sample, place), each once, though the words may run through several elements."""
    strings = reading.strings
    offsets = list(accumulate(len(text) for text, _ in strings))
    found = {}
    for match in PLACEHOLDERS.finditer("".join([text for text, _ in strings])):
        if (words := squeeze(match.group())) not in found:
            node = strings[bisect_right(offsets, match.start())][1]
            before = reading.heading_before(node)
            found[words] = f"„{before}”" if before else DOCUMENT
    return found.items()


def _somebody_elses(reading, context):
    found = []
    subject, architecture = reading.text_of("a11y-podmiot"), reading.first("a11y-architektura")
    if MINISTRY_ADDRESS.search(reading.text_of("a11y-architektura")) and "minister" not in subject.casefold():
        message = "Opisano budynek ministerstwa."
        found.append(error(17, message, reading.place_of(architecture), "Opisz własny budynek."))
    if context.subject and subject and squeeze(context.subject) != subject:
        message = f"Deklarację złożono w imieniu „{shortened(subject)}”, a stronę prowadzi „{context.subject}”."
        found.append(error(17, message, reading.place_of(reading.first("a11y-podmiot")), "Wpisz właściwą nazwę."))
    return found


@rule(26, "dane przykładowe", needs="wiadomość, czy to strona demonstracyjna")
def no_sample_data_outside_demonstrations(reading, at, context):
    if context.is_demonstration is None:
        return None
    if context.is_demonstration:
        return []
    mend = "Wpisz prawdziwe dane."
    found = [
        error(26, message.format(shortened(reading.text_of(name))), reading.place_of(reading.first(name)), mend)
        for name, is_sample, message in _SAMPLES
        if reading.first(name) is not None and is_sample(reading, name)
    ]
    if spec.DEMONSTRATION_NOTICE in reading.whole_text:
        found.append(error(26, "Jest napis o wzorze demonstracyjnym.", DOCUMENT, "Usuń napis razem z danymi wzoru."))
    return found


def _is_sample_number(reading, name):
    return bool(SAMPLE_NUMBER.fullmatch(re.sub(r"\D", "", reading.text_of(name))))


def _is_sample_email(reading, name):
    text = reading.text_of(name).casefold()
    return _is_sample_host(text.rpartition("@")[2]) or bool(SAMPLE_EMAIL.search(text))


def _is_sample_site(reading, name):
    return _is_sample_host(host_of(reading.first(name).get("href", "")))


def _is_sample_host(host):
    return any(host == name or host.endswith(f".{name}") for name in spec.SAMPLE_DOMAINS)


def _is_sample_subject(reading, name):
    return "Przykładow" in reading.text_of(name)


def _is_sample_seat(reading, name):
    return bool(SAMPLE_ADDRESS.search(reading.text_of(name)))


_SAMPLES = (
    ("a11y-telefon", _is_sample_number, "Numer {} jest przykładowy."),
    ("a11y-email", _is_sample_email, "Adres {} jest przykładowy."),
    ("a11y-url", _is_sample_site, "Adres strony „{}” jest przykładowy."),
    ("a11y-podmiot", _is_sample_subject, "Nazwa podmiotu „{}” jest przykładowa."),
    ("a11y-architektura", _is_sample_seat, "Adres siedziby jest przykładowy."),
)

"""R8–R10: the status, and what is listed because of it."""

import re

from .. import spec
from ..reading import HEADING_NAMES
from ..words import squeeze
from .registry import error, rule


def status_of(reading):
    """The status that the document states in the template's exact words, or None."""
    tag = reading.first("a11y-status")
    if tag is None:
        return None
    headings = tag.elements(*HEADING_NAMES)
    text = squeeze(tag.text)
    for heading in headings:
        text = squeeze(text.replace(squeeze(heading.text), "", 1))
    text = text.replace("Aplikacja mobilna jest", "Strona internetowa jest")
    for status, sentences in spec.ACCEPTED_STATUS_SENTENCES.items():
        if text in sentences:
            return status
    return None


@rule(8, "stan zgodności")
def status_is_one_of_three_sentences(reading, at, context):
    tag = reading.first("a11y-status")
    if tag is None or status_of(reading) or not squeeze(tag.text):
        return []
    message = "Zdanie o stanie zgodności różni się od trzech zdań wzoru."
    return [error(8, message, reading.place_of(tag), f"Wpisz dokładnie: „{spec.STATUS_SENTENCES[_meant(tag.text)]}”")]


def _meant(text):
    """The status that a misspelt sentence comes nearest to."""
    text = squeeze(text).casefold()
    if "częściow" in text:
        return spec.Status.PARTIAL
    return spec.Status.NONE if re.search(r"niezgodn|nie jest zgodn", text) else spec.Status.FULL


@rule(9, "niedostępne treści a stan zgodności")
def inaccessible_content_fits_the_status(reading, at, context):
    status = status_of(reading)
    present = [key for key in ("inaccessible", "barriers", "exemptions", "costs") if reading.heading(key) is not None]
    if status == spec.Status.FULL and present:
        message = f"Strona „w pełni zgodna” ma część „{spec.HEADING[present[0]]}”."
        mend = "Zmień stan zgodności albo usuń tę część."
        return [error(9, message, reading.place_of(reading.heading(present[0])), mend)]
    found = []
    if status in (spec.Status.PARTIAL, spec.Status.NONE) and not _has_items(reading, "inaccessible"):
        message = "Nie ma ani jednej niedostępnej treści, choć strona nie jest w pełni zgodna."
        mend = "Dodaj część „Niedostępne treści” i wymień, czego nie da się używać."
        found.append(error(9, message, "„Niedostępne treści”", mend))
    for key in present[1:] if "inaccessible" in present else present:
        if not _has_items(reading, key):
            message = f"Pod nagłówkiem „{spec.HEADING[key]}” nic nie ma."
            found.append(error(9, message, f"„{spec.HEADING[key]}”", "Wymień elementy albo usuń nagłówek."))
    return found


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
        any(address.strip() not in ("", "#") for address in tag.links) or (tag.name != "a" and len(tag.text) > 80)
    ):
        return []
    mend = 'Dodaj odnośnik do analizy z art. 8 ustawy: <a id="a11y-ocena" href="…">.'
    return [error(10, "Nadmierne koszty podano bez analizy.", reading.place_of(heading), mend)]

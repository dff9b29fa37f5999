"""R5–R7: dates are real, in order, and the review is not overdue."""

import re

from .. import spec
from ..words import is_only_a_date, parse_date, squeeze
from .registry import error, rule, shortened


@rule(5, "zapis dat")
def dates_are_time_elements(reading, at, context):
    found = []
    for name in spec.DATE_IDS:
        if (tag := reading.first(name)) is not None:
            found += _date_faults(reading, tag, name)
    return found


def _date_faults(reading, tag, name):
    place = reading.place_of(tag)
    text = squeeze(tag.text)
    sample = '<time datetime="2020-02-05">5 lutego 2020 r.</time>'
    if tag.name != "time":
        return [error(5, f"{name} nie jest elementem time.", place, f"Zapisz datę tak: {sample}.")]
    machine = _machine_date(tag)
    if machine is None:
        message = f"Atrybut datetime „{shortened(tag.get('datetime', ''))}” nie jest prawdziwą datą RRRR‑MM‑DD."
        return [error(5, message, place, f"Zapisz datę tak: {sample}.")]
    if parse_date(text) != machine or not is_only_a_date(text):
        message = f"Data w tekście („{shortened(text)}”) różni się od atrybutu datetime ({machine.isoformat()})."
        return [error(5, message, place, f"Napisz: {spec.worded(machine)}")]
    if text.endswith("r..") or (text.endswith("r.") and _following(reading, tag).startswith(".")):
        return [error(5, "Po „r.” stoi druga kropka.", place, "Usuń kropkę po dacie.")]
    return []


def _following(reading, tag):
    """The words right after an element."""
    return squeeze(next((node for node in reading.nodes[tag.end : tag.end + 5] if type(node) is str), ""))


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

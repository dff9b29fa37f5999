"""R18–R20, R22, R26: what depends on the site around the declaration."""

import re

from bs4 import BeautifulSoup

from .. import spec
from ..reading import squeeze
from .registry import DOCUMENT, error, rule


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


@rule(22, "zgodność z danymi strony")
def claims_agree_with_the_site(reading, at, context):
    """Needs the site's own findings."""
    return


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

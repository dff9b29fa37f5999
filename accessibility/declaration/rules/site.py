"""R18–R20 and R22: what depends on the site and the page around the declaration."""

from .. import spec
from ..markup import Document
from ..words import squeeze
from .conformity import status_of
from .registry import error, rule, shortened


@rule(18, "odnośnik na każdej stronie", needs="pozostałe strony serwisu")
def every_page_links_here(reading, at, context):
    if not context.pages:
        return None
    message, mend = "Strona nie ma odnośnika „Deklaracja dostępności”.", "Dodaj odnośnik z tym dokładnym tekstem."
    return [
        error(18, message, address, mend)
        for address, html in context.pages.items()
        if not links_to_declaration(Document(html))
    ]


def links_to_declaration(document):
    """The addresses of the links that carry the text which the technical conditions demand."""
    return [
        link.get("href") for link in document.elements("a") if link.get("href") and squeeze(link.text) == spec.LINK_TEXT
    ]


@rule(19, "dostępność samej deklaracji", needs="wynik audytu w przeglądarce")
def page_passes_axe(reading, at, context):
    if context.axe is None:
        return None
    mend = "Popraw stronę z deklaracją i powtórz audyt."
    return [
        error(19, f"Audyt wykrył na stronie z deklaracją: {text}", "strona z deklaracją", mend) for text in context.axe
    ]


@rule(20, "język", needs="cała strona z elementem html")
def language_is_polish(reading, at, context):
    tag = reading.start or next(iter(reading.document.elements("html")), None)
    around = tag.ancestors() if tag is not None else ()
    stated = (a.get("lang", a.get("xml:lang")) for a in around if a.written)
    language = next((lang for lang in stated if lang is not None), None)
    if language is None and not reading.is_whole_page:
        return None
    if language and language.strip().lower().split("-")[0] == "pl":
        return []
    message = f"Deklaracja ma język „{shortened(language)}”." if language else "Dokument nie podaje języka."
    return [error(20, message, "<html>", 'Wpisz <html lang="pl">.')]


@rule(22, "zgodność z danymi strony", needs="wyniki audytów, testów i zgłoszeń tej strony")
def claims_agree_with_the_site(reading, at, context):
    if context.forbidding is None and context.unlisted is None:
        return None
    found = []
    if status_of(reading) == spec.Status.FULL:
        mend = "Napraw to i potwierdź sprawdzeniem albo zmień stan zgodności."
        place = reading.place_of(reading.first("a11y-status"))
        found += [
            error(22, f"Strona ma być „w pełni zgodna”, a stwierdzono: {text}", place, mend)
            for text in context.forbidding or ()
        ]
    mend = "Wymień tę barierę w części „Niezgodność z załącznikiem”."
    return found + [
        error(22, f"Deklaracja nie wymienia uznanej bariery: {text}", "„Niedostępne treści”", mend)
        for text in context.unlisted or ()
    ]

"""What a declaration of accessibility is made of: ids, headings, fixed sentences, exemptions.

Technical conditions for publishing the declaration, version 2.0 (31 July 2024), and the act of 4 April
2019 on digital accessibility. The renderer and the validator both read this file. The wording is law, so it
stays Polish here and is never translated.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

ACT = (
    "ustawy z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych "
    "podmiotów publicznych"
)
LINK_TEXT = "Deklaracja dostępności"
DEMONSTRATION_NOTICE = "Wzór demonstracyjny. Nie jest deklaracją żadnej instytucji."
SAMPLE_SUBJECTS = {"gok": "Przykładowy Gminny Ośrodek Kultury"}
SAMPLE_SUBJECT = "Przykładowy Ośrodek Kultury"
SAMPLE_TELEPHONE = "+48 000 000 000"
SAMPLE_DOMAINS = ("example.org", "example.com", "example.net")
OMBUDSMAN_URL = "https://www.rpo.gov.pl/"
OMBUDSMAN_HOSTS = ("rpo.gov.pl", "brpo.gov.pl")
REVIEW_DEADLINE = (3, 31)  # month, day: art. 11 asks for a review every year by then
RESERVED_PREFIX = "a11y-"


# --- identifiers -------------------------------------------------------------------------------------


class Presence(models.TextChoices):
    """When an identifier or a heading has to be there."""

    ALWAYS = "always"
    CONDITIONAL = "conditional"
    VOLUNTARY = "voluntary"


@dataclass(frozen=True)
class Identifier:
    """One `id` of the technical conditions: the elements it may sit on and what it marks."""

    id: str
    elements: tuple[str, ...]
    marks: str
    presence: str = Presence.ALWAYS


BLOCKS = ("section", "div")

IDENTIFIERS = (
    Identifier("a11y-wstep", BLOCKS, "wstęp deklaracji"),
    Identifier("a11y-podmiot", ("span",), "pełną nazwę podmiotu"),
    Identifier("a11y-zakres", ("span",), "zakres: strona internetowa albo aplikacja mobilna"),
    Identifier("a11y-url", ("a",), "adres strony, której dotyczy deklaracja"),
    Identifier("a11y-data-publikacja", ("time",), "datę publikacji strony"),
    Identifier("a11y-data-aktualizacja", ("time",), "datę ostatniej istotnej aktualizacji strony"),
    Identifier("a11y-status", ("p", "section"), "stan zgodności"),
    Identifier("a11y-ocena", ("a", "section", "div", "p"), "analizę nadmiernych kosztów", Presence.CONDITIONAL),
    Identifier("a11y-data-sporzadzenie", ("time",), "datę sporządzenia deklaracji"),
    Identifier("a11y-data-przeglad", ("time",), "datę ostatniego przeglądu", Presence.CONDITIONAL),
    Identifier("a11y-kontakt", ("span",), "osobę lub komórkę do kontaktu"),
    Identifier("a11y-email", ("a",), "adres poczty elektronicznej"),
    Identifier("a11y-telefon", ("a",), "numer telefonu"),
    Identifier("a11y-procedura", BLOCKS, "obsługę wniosków i skarg"),
    Identifier("a11y-aplikacje", BLOCKS, "aplikacje mobilne", Presence.CONDITIONAL),
    Identifier("a11y-architektura", BLOCKS, "dostępność architektoniczną"),
    Identifier("a11y-architektura-url", ("a",), "odnośnik do opisu architektury", Presence.CONDITIONAL),
    Identifier("a11y-komunikacja", BLOCKS, "dostępność komunikacyjno-informacyjną"),
)
KNOWN_IDS = frozenset(identifier.id for identifier in IDENTIFIERS)
REQUIRED_IDS = tuple(i.id for i in IDENTIFIERS if i.presence == Presence.ALWAYS)
CONDITIONAL_IDS = tuple(i.id for i in IDENTIFIERS if i.presence == Presence.CONDITIONAL)
INTRODUCTION_IDS = (
    "a11y-podmiot",
    "a11y-zakres",
    "a11y-url",
    "a11y-data-publikacja",
    "a11y-data-aktualizacja",
)
DATE_IDS = ("a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-data-sporzadzenie", "a11y-data-przeglad")
# Ids of version 1, each with what replaced it.
OBSOLETE_IDS = {
    "a11y-deklaracja": "usuń: wersja 2.0 go nie zna",
    "a11y-osoba": "zamień na a11y-kontakt",
    "a11y-audytor": "usuń: podstawę oceny opisz w części „Przygotowanie deklaracji dostępności”",
}


def is_reserved_id(value):
    """Whether an `id` belongs to the declaration alone and may not be used anywhere else on the site."""
    return value.strip().lower().startswith(RESERVED_PREFIX)


# --- headings ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    """One heading of the template; `level` is counted from the declaration's own heading, which is 1."""

    key: str
    text: str
    level: int = 2
    presence: str = Presence.ALWAYS
    accepted: tuple[str, ...] = ()

    @property
    def texts(self):
        return (self.text, *self.accepted)


HEADINGS = (
    Heading("declaration", "Deklaracja dostępności", level=1),
    Heading("state", "Stan dostępności cyfrowej"),
    Heading("inaccessible", "Niedostępne treści", presence=Presence.CONDITIONAL),
    Heading("barriers", "Niezgodność z załącznikiem", 3, Presence.CONDITIONAL),
    Heading("exemptions", "Treści nieobjęte przepisami", 3, Presence.CONDITIONAL),
    Heading("costs", "Nadmierne koszty", 3, Presence.CONDITIONAL),
    Heading(
        "preparation",
        "Przygotowanie deklaracji dostępności",
        accepted=("Przygotowanie deklaracji dostępności i jej aktualizacja",),
    ),
    Heading("voluntary", "Udogodnienia, ograniczenia i inne informacje", presence=Presence.VOLUNTARY),
    Heading("shortcuts", "Skróty klawiszowe", presence=Presence.VOLUNTARY),
    Heading("contact", "Informacje zwrotne i dane kontaktowe"),
    Heading("procedure", "Obsługa wniosków i skarg związanych z dostępnością"),
    Heading("other", "Pozostałe informacje"),
    Heading("apps", "Aplikacje mobilne", 3, Presence.CONDITIONAL),
    Heading("architecture", "Dostępność architektoniczna", 3),
    Heading("communication", "Dostępność komunikacyjno-informacyjna", 3),
)
HEADING = {heading.key: heading.text for heading in HEADINGS}


# --- status ------------------------------------------------------------------------------------------


class Status(models.TextChoices):
    """The three states the act knows."""

    FULL = "full", "w pełni zgodna"
    PARTIAL = "partial", "częściowo zgodna"
    NONE = "none", "niezgodna"


@dataclass(frozen=True)
class StatusSentence:
    """A status in the template's words: the part before, the part printed bold, the part after."""

    before: str
    strong: str
    after: str

    def __str__(self):
        return f"{self.before} {self.strong} {self.after}"


STATUS_SENTENCES = {
    Status.FULL: StatusSentence("Strona internetowa jest", "w pełni zgodna", f"z załącznikiem do {ACT}."),
    Status.PARTIAL: StatusSentence(
        "Strona internetowa jest",
        "częściowo zgodna",
        f"z załącznikiem do {ACT} z powodu niezgodności lub wyłączeń wymienionych poniżej.",
    ),
    Status.NONE: StatusSentence(
        "Strona internetowa jest",
        "niezgodna",
        f"z załącznikiem do {ACT}. Niezgodności lub wyłączenia wymieniono poniżej.",
    ),
}
# The second sentence of "niezgodna" is quoted in more than one way by sources that agree on the rest.
_NONE = f"Strona internetowa jest niezgodna z załącznikiem do {ACT}."
ACCEPTED_STATUS_SENTENCES = {
    Status.FULL: (str(STATUS_SENTENCES[Status.FULL]),),
    Status.PARTIAL: (str(STATUS_SENTENCES[Status.PARTIAL]),),
    Status.NONE: (
        str(STATUS_SENTENCES[Status.NONE]),
        f"{_NONE} Niezgodność lub wyłączenia wymieniono poniżej.",
        f"{_NONE} Niezgodność (niezgodności) lub wyłączenia wymieniono poniżej.",
    ),
}


# --- fixed sentences ---------------------------------------------------------------------------------

SENTENCES = {
    "scope": "strony internetowej",
    "pledge": "zobowiązuje się zapewnić dostępność swojej",
    "pledge_law": f"zgodnie z przepisami {ACT}.",
    "about": "Deklaracja dostępności dotyczy strony internetowej",
    "site_published": "Data publikacji strony internetowej:",
    "site_updated": "Data ostatniej istotnej aktualizacji:",
    "drawn_up": "Data sporządzenia deklaracji:",
    "reviewed": "Data ostatniego przeglądu deklaracji:",
    "basis_self": (
        "Deklarację sporządzono na podstawie samooceny przeprowadzonej z użyciem listy kontrolnej "
        "udostępnionej przez ministra właściwego do spraw informatyzacji."
    ),
    "basis_audit": "Deklarację sporządzono na podstawie audytu, który przeprowadził podmiot",
    "basis_audit_link": "Raport z audytu dostępności",
    "basis_contractor": "Deklarację sporządzono na podstawie oświadczenia wykonawcy strony, którym jest",
    "basis_contractor_link": "Oświadczenie wykonawcy o dostępności strony",
}


# --- exemptions --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ExemptionGround:
    """A point of art. 3 section 2 under which the act does not cover an element of a site.

    `published_before`: the first day that is too late for it, or None; `words`: the date by which a text that
    cites no provision still means this ground.
    """

    code: str
    provision: str
    text: str
    published_before: date | None = None
    words: str = ""

    @property
    def dates_in_its_words(self):
        """The dates of the provision itself, which are no dates of the exempted element."""
        return [self.published_before, self.published_before - timedelta(days=1)]


# In the act's own order (t.j. Dz.U. 2023 poz. 1440), which differs from the directive's in points 6 and 7.
EXEMPTION_GROUNDS = (
    ExemptionGround("live", "art. 3 ust. 2 pkt 1", "multimedia nadawane na żywo"),
    ExemptionGround(
        "media",
        "art. 3 ust. 2 pkt 2",
        "multimedia opublikowane przed 23 września 2020 r.",
        date(2020, 9, 23),
        "przed 23 września 2020",
    ),
    ExemptionGround(
        "documents",
        "art. 3 ust. 2 pkt 3",
        "dokumenty biurowe opublikowane przed 23 września 2018 r., niepotrzebne do bieżących zadań",
        date(2018, 9, 23),
        "przed 23 września 2018",
    ),
    ExemptionGround("maps", "art. 3 ust. 2 pkt 4", "mapy, których najważniejsze informacje podano także w inny sposób"),
    ExemptionGround(
        "third_party",
        "art. 3 ust. 2 pkt 5",
        "treści innych podmiotów, których instytucja nie wytworzyła, nie sfinansowała ani nie nabyła",
    ),
    ExemptionGround(
        "intranet",
        "art. 3 ust. 2 pkt 6",
        "treści sieci wewnętrznych opublikowane przed 23 września 2019 r. i od tego czasu nieprzebudowane",
        date(2019, 9, 23),
        "przed 23 września 2019",
    ),
    ExemptionGround(
        "heritage",
        "art. 3 ust. 2 pkt 7",
        "dzieła sztuki i zabytki, których nie da się w pełni udostępnić cyfrowo",
    ),
    ExemptionGround(
        "archive",
        "art. 3 ust. 2 pkt 8",
        "treści archiwalne, niezmieniane po 23 września 2019 r. i niepotrzebne do bieżących zadań",
        date(2019, 9, 24),
        "po 23 września 2019",
    ),
    ExemptionGround(
        "drawings", "art. 3 ust. 2 pkt 9", "złożone schematy i dokumentacja techniczna w formie nietekstowej"
    ),
)
EXEMPTION_GROUND = {ground.code: ground for ground in EXEMPTION_GROUNDS}
EXEMPTION_CHOICES = [(g.code, f"{g.provision}: {g.text}") for g in EXEMPTION_GROUNDS]
CITATION = re.compile(r"\bart\.?\s*3\b(?:\s*ust\.?\s*2)?\s*(?:pkt\.?|punkt)\s*([1-9])\b", re.IGNORECASE)


def cites_exemption(text):
    """Whether a squeezed text names a point of art. 3 section 2."""
    return CITATION.search(text) is not None


def exemptions_by_date(text):
    """The grounds that depend on a date and that a squeezed text cites, or means by naming their date."""
    cited = {int(number) for number in CITATION.findall(text)}
    return [
        ground
        for number, ground in enumerate(EXEMPTION_GROUNDS, 1)
        if ground.published_before and (number in cited if cited else ground.words in text.casefold())
    ]


# --- dates -------------------------------------------------------------------------------------------

MONTHS = (
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
)


def worded(day):
    """A date in the declaration's words: 5 lutego 2020 r."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} r."


def year_of_required_review(at):
    """The year in which the review (or the drawing up) has to lie on the day `at`."""
    return at.year if (at.month, at.day) > REVIEW_DEADLINE else at.year - 1


# --- sentences of the procedure ----------------------------------------------------------------------

PROCEDURE_LINK = "formularz zgłoszenia dotyczącego dostępności"
PROCEDURE_INTRODUCTION = (
    "Każdy może zgłosić, że coś na stronie jest niedostępne, i zażądać zapewnienia dostępności cyfrowej "
    "strony lub jej elementu. Można to zrobić pocztą elektroniczną, telefonicznie albo przez"
)
PROCEDURE_CONTENT = "W żądaniu wystarczy podać:"
PROCEDURE_ITEMS = (
    "dane kontaktowe osoby, która składa żądanie,",
    "stronę lub element strony, których dotyczy żądanie,",
    "sposób kontaktu,",
    "dogodny sposób przedstawienia informacji, jeżeli potrzebny jest dostęp alternatywny.",
)
PROCEDURE_TERM = (
    "Dostępność zapewniamy bez zbędnej zwłoki, nie później niż w ciągu 7 dni od dnia zgłoszenia żądania. "
    "Jeżeli nie możemy dotrzymać tego terminu, niezwłocznie podajemy przyczyny i nowy termin, nie dłuższy "
    "niż 2 miesiące od dnia zgłoszenia. Jeżeli zapewnienie dostępności nie jest możliwe, podajemy przyczyny "
    "i proponujemy alternatywny sposób dostępu."
)
PROCEDURE_COMPLAINT = (
    "Jeżeli odmówimy zapewnienia dostępności albo nie przyjmiesz proponowanego alternatywnego sposobu "
    "dostępu, możesz złożyć do nas skargę. Skargę można złożyć tymi samymi drogami co żądanie."
)
PROCEDURE_OMBUDSMAN = "Po wyczerpaniu tej drogi można też powiadomić Rzecznika Praw Obywatelskich:"
PROCEDURE_OMBUDSMAN_LINK = "strona Rzecznika Praw Obywatelskich"
CONTACT_INTRODUCTION = "Problemy z dostępnością strony zgłaszaj do:"
INTERPRETER_ONLINE = {
    "yes": "Można skorzystać z tłumacza języka migowego online.",
    "no": "Nie można skorzystać z tłumacza języka migowego online.",
}

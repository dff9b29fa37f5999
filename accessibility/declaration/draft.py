"""First versions of a declaration: a real centre's draft, and the demonstration's samples."""

from datetime import timedelta

from django.utils import timezone

from ..evidence.sources import Method
from . import spec
from .models import DeclarationPage
from .rows import EvidenceCheck, Place


def draft_declaration(centre, at):
    """A new, unsaved DeclarationPage for `centre` (CentreSettings), filled with all that is known at `at` (aware).

    For a demonstration site it is complete and fully conforming; see `fill_sample` for a partly conforming one.
    """
    page = DeclarationPage(title=spec.LINK_TEXT, slug=DeclarationPage.fixed_slug, live=False)
    if centre.is_demonstration:
        fill_sample(page, centre, at)
    else:
        fill_from_centre(page, centre, at)
    return page


def fill_from_centre(page, centre, at):
    """Take from the centre's data what the declaration needs; the rest stays empty and keeps it from publication."""
    page.subject = page.subject or centre.name
    page.contact_unit = page.contact_unit or centre.director
    page.email = page.email or centre.email
    page.telephone = page.telephone or centre.telephone
    if centre.full_address and not page.places.all():
        page.places = [Place(name="Siedziba", address=centre.full_address)]


def fill_sample(page, centre, at, barriers=()):
    """Fill `page` with sample data for a demonstration site.

    `at`: aware datetime; the dates are relative to it. `barriers`: unsaved Barrier rows that really exist on the
    site; with any the declaration is partly conforming, without it is fully conforming.
    """
    today = timezone.localdate(at)
    page.status = spec.Status.PARTIAL if barriers else spec.Status.FULL
    page.barriers = list(barriers)
    page.site_published_on = today - timedelta(days=60)
    page.site_updated_on = page.drawn_up_on = today - timedelta(days=1)
    page.last_review_on = today
    page.basis = "self"
    page.contact_unit = "koordynacja dostępności"
    page.email = "dostepnosc@example.org"
    page.telephone = spec.SAMPLE_TELEPHONE
    page.online_interpreter = "no"
    page.interpreter_note = "Tłumacza na spotkanie na miejscu zamawiamy, jeżeli dasz nam znać tydzień wcześniej."
    page.communication = "\n".join(
        [
            "wiadomość e-mail albo SMS na numer podany wyżej",
            "rozmowa przy biurku z pętlą indukcyjną",
            "pomoc w wypełnieniu formularza i odczytaniu dokumentu",
        ]
    )
    page.improvements = "\n".join(
        [
            "Strona spełnia także kryteria nowszej wersji wytycznych (2.2, poziom AA).",
            "W nagłówku każdej strony są ustawienia czytania: wielkość liter, odstępy, kontrast i ruch.",
        ]
    )
    page.places = [_sample_seat(centre)]
    page.checks = _sample_checks(today)


def _sample_seat(centre):
    return Place(
        name="Siedziba (opis przykładowy)",
        address=centre.full_address or "ul. Przykładowa 1, 00-000 Przykładowo",
        entrance="Do wejścia prowadzi chodnik bez stopni. Drzwi mają 100 cm szerokości i otwierają się przyciskiem.",
        corridors="Korytarz na parterze ma 180 cm szerokości. Na piętro prowadzą schody z poręczą po obu stronach.",
        lifts="Winda z zapowiedzią głosową i przyciskami opisanymi brajlem dojeżdża na piętro.",
        adaptations="Toaleta dostosowana na parterze, pętla indukcyjna w sali widowiskowej i przy biurku.",
        parking="Dwa oznaczone miejsca dla osób z niepełnosprawnościami przy wejściu.",
        assistance_dog="Do budynku i do sal można wejść z psem asystującym.",
        interpreter="Tłumacz języka migowego jest na miejscu po umówieniu się tydzień wcześniej.",
    )


def _sample_checks(today):
    return [
        EvidenceCheck(
            checked_on=today - timedelta(days=1),
            method=Method.AUTOMATIC,
            scope="Wpis przykładowy: po jednej stronie każdego rodzaju, okno wąskie i szerokie, jasne i ciemne kolory.",
            tool="axe-core",
            result="Wpis przykładowy: bez błędów, które to narzędzie umie wykryć.",
            checked_by="zespół programu",
        ),
        EvidenceCheck(
            checked_on=today,
            method=Method.MANUAL,
            scope="Wpis przykładowy: obsługa klawiaturą, widoczny fokus, powiększenie do 400%, odstępy w tekście.",
            tool="lista kontrolna samooceny",
            result="Wpis przykładowy: wyniki wpisuje osoba, która sprawdziła stronę.",
            checked_by="koordynacja dostępności",
        ),
    ]

"""What a visitor can reach on both demonstration sites: from the database and from the house's list."""

from dataclasses import dataclass

from django.apps import apps
from wagtail.models import Page, Site

HOSTS = {"gok": "localhost", "mok": "mok.localhost"}

# Addresses that no page type stands behind; the same on both sites.
VIEWS = {
    "programme-month": "/program/?widok=miesiac",
    "programme-week": "/program/?widok=tydzien",
    "programme-filtered": "/program/?dostepnosc=step_free&dataod=2026-02-30&wiek=x",
    "timetable": "/zajecia/plan/",
    "timetable-filtered": "/zajecia/plan/?dzien=2",
    "search-empty": "/szukaj/",
    "search-results": "/szukaj/?q=warsztaty",
    "search-slip": "/szukaj/?q=ceramkia",
    "search-nothing": "/szukaj/?q=xqzxqz",
    "site-map": "/mapa-strony/",
    "declaration-check": "/dostepnosc/sprawdz-deklaracje/",
    "declaration-evidence": "/deklaracja-dostepnosci/dowody/",
    "request-choice": "/dostepnosc/zgloszenie/",
    "request-form": "/dostepnosc/zgloszenie/dostepnosc/",
    "not-found": "/nie-ma-takiej-strony/",
}
# Named by the house, answered by no Wagtail page of its own type.
FILES = [
    "/program/kalendarz.ics",
    "/program/kanal.rss",
    "/api/events/",
    "/api/events.csv",
    "/api/openapi.json",
    "/deklaracja-dostepnosci/dowody/paczka.zip",
    "/favicon.ico",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
]
FIXED_PAGES = [
    "/",
    "/misja/",
    "/misja/cele/",
    "/program/",
    "/miejsca/",
    "/zajecia/",
    "/zajecia/plan/",
    "/aktualnosci/",
    "/projekty/",
    "/partnerzy/",
    "/kontakt/",
    "/deklaracja-dostepnosci/",
    "/dostepnosc/",
    "/dostepnosc/zgloszenie/",
    "/dostepnosc/sprawdz-deklaracje/",
    "/ochrona-maloletnich/",
    "/dane-osobowe/",
    "/szukaj/?q=koncert",
    "/mapa-strony/",
]
# The town's centre has goals without areas, and its mission names kinds of partners, none of them by name.
ABSENT = {("mok", "StrategicAreaPage"), ("mok", "PartnerPage")}


@dataclass(frozen=True)
class Address:
    """One state of the site worth looking at."""

    site: str
    name: str
    path: str
    is_error: bool = False

    @property
    def host(self):
        return HOSTS[self.site]

    def __str__(self):
        return f"{self.site} {self.name} {self.path}"


def page_type_names():
    """Every page type that our own rooms define, known before any database is."""
    return sorted(
        model.__name__
        for model in apps.get_models()
        if issubclass(model, Page) and model.__module__.partition(".")[0] != "wagtail"
    )


def in_turn():
    """(site, name) of every page type and view once; the sites share templates, so each stands for both in turn."""
    found = []
    for number, name in enumerate([*page_type_names(), *VIEWS]):
        site = list(HOSTS)[number % 2]
        found.append(("gok" if (site, name) in ABSENT else site, name))
    return found


def demonstration_sites():
    """The two sites by short name."""
    return {name: Site.objects.get(hostname=host) for name, host in HOSTS.items()}


def live_pages(site):
    """Every public page of one site, specific, in the order of the tree."""
    root = site.root_page
    return Page.objects.live().public().descendant_of(root, inclusive=True).specific().order_by("path")


def page_addresses():
    """All live pages of both sites, as (page, Address)."""
    found = []
    for name, site in demonstration_sites().items():
        for page in live_pages(site):
            parts = page.get_url_parts()
            if parts:
                found.append((page, Address(name, type(page).__name__, parts[2])))
    return found


def richest_first(page):
    """The page with most to show stands for its type: more content, more that can go wrong."""
    body = getattr(page, "body", None)
    kinds = {block.block_type for block in body} if body is not None else set()
    return (-len(kinds), -len(body or ()), page.path)

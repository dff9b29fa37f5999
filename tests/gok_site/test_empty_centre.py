"""A centre that has just been made: nothing filled in, nothing published that only the centre can word."""

import re

import pytest
from django.utils import timezone
from wagtail.models import Page, get_page_models

from gok_site.centres import create_centre
from programme.models import ProgrammeSettings
from tests.factories import make_group

pytestmark = pytest.mark.django_db

HOST = "gok.localhost"
UNFINISHED = {"weekday": None, "start": None, "end": None}  # a row that an editor has just added
STARTS = ["/", "/dostepnosc/zgloszenie/", "/dostepnosc/sprawdz-deklaracje/", "/szukaj/?q=nic", "/nie-ma/"]
OF_A_CENTRE = [
    *("/", "/mapa-strony/", "/szukaj/", "/program/kalendarz.ics", "/program/archiwum/", "/zajecia/plan/"),
    *("/api/events/", "/api/events.csv", "/api/openapi.json", "/robots.txt", "/sitemap.xml", "/favicon.ico"),
    "/dostepnosc/zgloszenie/",
]


@pytest.fixture
def site():
    return create_centre(name="Gminny Ośrodek Kultury", short_name="GOK", hostname=HOST, kind="gok", at=timezone.now())


def links(response):
    return re.findall(r'<a [^>]*href="(/[^"#]*)"', response.content.decode())


def test_every_link_of_an_empty_centre_leads_somewhere(site, client):
    seen, waiting = set(), [("", start) for start in STARTS]
    while waiting:
        origin, path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path.replace("&amp;", "&"), headers={"host": HOST})
        assert response.status_code == (404 if path == "/nie-ma/" else 200), f"{origin} links {path}"
        if response.headers["Content-Type"].startswith("text/html"):
            waiting += [(path, link) for link in links(response)]
    assert "/kontakt/" in seen


def test_an_office_without_written_hours_is_not_called_closed(site, client):
    for path in ("/", "/kontakt/"):
        assert "zamkni" not in client.get(path, headers={"host": HOST}).content.decode()


@pytest.mark.parametrize("path", OF_A_CENTRE)
def test_an_allowed_host_without_a_centre_gets_404(site, client, path):
    assert client.get(path, headers={"host": "127.0.0.1"}).status_code == 404


def test_every_kind_of_page_can_be_previewed_before_it_is_saved(site):
    settings = ProgrammeSettings.for_site(site)
    parents = list(Page.objects.descendant_of(site.root_page, inclusive=True).specific())
    previewed = set()
    for model in get_page_models():
        parent = next((page for page in parents if model in page.allowed_subpage_models()), None)
        if parent is None:
            continue
        page = model(title="Nowa", slug="nowa", live=False, depth=parent.depth + 1)
        page.path = Page._get_children_path_interval(parent.path)[1]
        page.set_url_path(parent)
        match model.__name__:
            case "EventPage":
                page.kind = settings.event_kinds.first()
            case "SectionPage":
                page.form, page.groups = settings.section_forms.first(), [make_group(meetings=[UNFINISHED])]
            case "GoalPage":
                page.number = 1
        response = page.make_preview_request(None, page.default_preview_mode)
        assert response.status_code == 200, model
        previewed.add(model.__name__)
    assert previewed >= {"EventPage", "SectionPage", "VenuePage", "GoalPage", "StrategicAreaPage", "NewsPage"}

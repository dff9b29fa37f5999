"""The demonstration: complete, its own words, honest about being a sample, and loaded once."""

import hashlib
import html
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from accessibility.models import DeclarationPage
from gok_site.centres import create_centre
from gok_site.demonstration import documents, loader, media, texts
from gok_site.demonstration.days import Days
from gok_site.demonstration.pictures import DRAWINGS
from mission.models import CentreImage, CentreRendition, CentreSettings, GoalPage, NewsPage, ProjectPage
from programme.events.soon import changes_soon
from programme.models import (
    EventPage,
    EventStatus,
    Occurrence,
    ProgrammeSettings,
    SectionPage,
    SeriesPage,
    VenuePage,
)

PROJECT = "KULTURA w Mszczonowskim Ośrodku Kultury z innej perspektywy"

# What the two centres' own documents say, and where the demonstration must say it: centre, address, phrases.
FACTS = [
    ("gok", "/", ["Deklaracja dostępności"]),
    ("gok", "/misja/", ["każdy mieszkaniec", "równych prawach", "integracja i zrównoważony rozwój"]),
    ("gok", "/misja/", ["inspirują", "tradycja", "nowoczesność"]),
    ("gok", "/misja/", ["Człowiek, mieszkaniec, obywatel", "Społeczność lokalna", "Współpraca regionalna"]),
    ("gok", "/misja/", ["Warsztat pracy, metody"]),
    ("gok", "/misja/czlowiek-mieszkaniec-obywatel/", ["wartość", "zadowolony", "moja", "filarem", "świat"]),
    ("gok", "/misja/czlowiek-mieszkaniec-obywatel/", ["Edukacja", "Zainteresowania i pasje artystyczne"]),
    ("gok", "/misja/czlowiek-mieszkaniec-obywatel/", ["Aktywność i pasje", "Konkursy, przeglądy i festiwale"]),
    ("gok", "/misja/czlowiek-mieszkaniec-obywatel/", ["Praca nad projektami", "działania w regionie"]),
    ("gok", "/misja/spolecznosc-lokalna/", ["zżytej", "działać razem", "rękodzielnictwo"]),
    ("gok", "/misja/spolecznosc-lokalna/", ["Integracja przez wspólne projekty", "Pasje i zainteresowania"]),
    ("gok", "/misja/cele/informacja-ktora-dociera-do-kazdego/", ["Stronę internetową i fanpage", "wspólnie"]),
    ("gok", "/misja/cele/wspolpraca-na-miejscu/", ["szkołami, sołtysami, stowarzyszeniami i parafią"]),
    ("gok", "/misja/cele/wspolpraca-na-miejscu/", ["przeglądy, konkursy i festyny"]),
    ("gok", "/misja/wspolpraca-regionalna/", ["ludzi i instytucji", "rozwiązywać problemy", "potrzeby mieszkańców"]),
    ("gok", "/misja/wspolpraca-regionalna/", ["doświadczeniem", "wiedzę i umiejętności", "regionalne", "więzi"]),
    ("gok", "/misja/wspolpraca-regionalna/", ["LGD Spichlerz Górnego Śląska", "CK Toszek", "MDK Gliwice"]),
    ("gok", "/misja/wspolpraca-regionalna/", ["Polski Klub Ekologiczny w Gliwicach", "jednym z partnerów"]),
    ("gok", "/misja/warsztat-pracy-metody/", ["metody", "umiejętności", "pomysłowość pracowników", "narzędzia"]),
    ("gok", "/misja/warsztat-pracy-metody/", ["Zarządzanie i planowanie", "Remonty", "Promocja", "Rozwój sekcji"]),
    ("gok", "/misja/warsztat-pracy-metody/", ["Badanie potrzeb mieszkańców"]),
    ("mok", "/", ["Mszczonowski Ośrodek Kultury", "Szukaj"]),
    ("mok", "/projekty/kultura-z-innej-perspektywy/", [PROJECT, "konwersji cyfrowej", "kompetencje zawodowe"]),
    ("mok", "/projekty/kultura-z-innej-perspektywy/", ["relacje z uczestnikami", "docieramy do nowych osób"]),
    ("mok", "/projekty/kultura-z-innej-perspektywy/", ["dostępność cyfrową", "informacyjno-komunikacyjną"]),
    ("mok", "/projekty/kultura-z-innej-perspektywy/", ["szczególnymi potrzebami", "oferta dodatkowa"]),
    (
        "mok",
        "/projekty/kultura-z-innej-perspektywy/",
        ["dla miasta", "całej gminy", "nie podano w materiale źródłowym"],
    ),
    ("mok", "/misja/", ["najwyższym", "profesjonalnym poziomie", "w kulturze, w edukacji i w życiu społecznym"]),
    (
        "mok",
        "/misja/",
        ["różnorodności", "lokalnych, regionalnych, ogólnopolskich", "związki twórców", "władze publiczne"],
    ),
    ("mok", "/misja/", ["aktywizuje, integruje i inspiruje", "zabawić się", "odpocząć"]),
    ("mok", "/misja/", ["Wielostronna edukacja kulturalna", "poczucie wspólnoty", "tożsamość", "dziedzictwo"]),
]
ELEVEN_GOALS = {
    1: ["szeroko", "narodowej, regionalnej i lokalnej"],
    2: ["Mszczonów", "historia", "zabytk", "dziedzictwa narodowego"],
    3: ["Bezpłatny", "filmy i przedstawienia"],
    4: ["atmosfera", "oczekiwania"],
    5: ["Dzieci, młodzież i seniorzy", "amatorskiej"],
    6: ["osób z niepełnosprawnościami", "każdej naszej usługi"],
    7: ["tożsamość", "przynależności", "patriotyzm"],
    8: ["Mieszkańcy", "technologie", "kulturze, sztuce i filmie"],
    9: ["ekologiczne"],
    10: ["tradycjach", "miasta"],
    11: ["pracowników", "warunki pracy"],
}


def all_strings(value):
    """Every text inside dictionaries and lists."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else []
    return [text for part in parts for text in all_strings(part)]


SAMPLE_TEXTS = [
    *(text for centre in texts.CENTRES for text in all_strings(texts.read(centre))),
    *(text for _, title, description in DRAWINGS.values() for text in (title, description)),
    *documents.FORM,
    *documents.RULES,
]


def visible(response):
    """What a page says, in one line of plain text."""
    source = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", source))).replace("\N{NO-BREAK SPACE}", " ")


def pages(model, site):
    return model.objects.descendant_of(site.root_page)


def has_block(page, kind):
    return any(block.block_type == kind for block in page.body)


class TestWhatIsSaid:
    @pytest.mark.parametrize(("centre", "address", "phrases"), FACTS)
    def test_every_fact_of_the_centres_own_documents_is_on_its_page(
        self, client, demonstration, centre, address, phrases
    ):
        response = client.get(address, headers={"host": demonstration[centre].hostname})
        assert response.status_code == 200
        text = visible(response)
        assert [phrase for phrase in phrases if phrase.lower() not in text.lower()] == []

    def test_the_town_centre_has_its_eleven_goals_without_areas(self, client, demonstration):
        site = demonstration["mok"]
        goals = {goal.number: goal for goal in pages(GoalPage, site)}
        assert sorted(goals) == list(range(1, 12))
        for number, phrases in ELEVEN_GOALS.items():
            response = client.get(goals[number].get_url().replace(site.root_url, ""), headers={"host": site.hostname})
            text = visible(response).lower()
            assert [phrase for phrase in phrases if phrase.lower() not in text] == [], number
            assert goals[number].area is None

    def test_the_words_are_new(self):
        known = set((Path(__file__).parent / "source_phrases.txt").read_text().split())
        copied = []
        for text in SAMPLE_TEXTS:
            # A title is a name, not a sentence.
            words = re.findall(r"\w+", text.replace(PROJECT, "·").lower())
            runs = [" ".join(words[i : i + 7]) for i in range(len(words) - 6)]
            copied += [run for run in runs if hashlib.sha256(run.encode()).hexdigest()[:12] in known]
        assert copied == []

    def test_nothing_is_filler_and_nobody_is_real(self):
        text = "\n".join(SAMPLE_TEXTS)
        assert not re.search(
            r"lorem|ipsum|xxx|\btodo\b|przykładowy opis|kliknij tutaj|Miejski Ośrodek", text, re.IGNORECASE
        )
        assert {address.split(".", 1)[-1] for address in re.findall(r"@([\w.]+\w)", text)} <= {"org", "example.org"}
        assert all("example.org" in address for address in re.findall(r"https?://\S+", text))
        assert set(re.findall(r"\+48[ \d]{9,}\d", text)) == {"+48 000 000 000"}

    def test_typography_is_polish(self):
        for text in SAMPLE_TEXTS:
            assert not re.search(r'["\']| - |\.\.\.| {2}|[^\S\n][,.;?!]', text), text
            assert text.count("„") == text.count("”"), text


class TestWhatIsThere:
    @pytest.mark.parametrize("centre", ["gok", "mok"])
    def test_each_centre_has_the_promised_kinds_of_event(self, demonstration, centre):
        site, now = demonstration[centre], timezone.now()
        events = pages(EventPage, site)
        dates = Occurrence.objects.in_site(site)
        today = timezone.localdate(now)
        assert events.count() >= 12
        assert events.past(now).count() >= 3
        assert dates.on_day(today).filter(is_all_day=False).exists()
        assert dates.upcoming(now).filter(status=EventStatus.CANCELLED).exclude(reason="").exists()
        assert dates.filter(is_time_confirmed=False).exists()
        assert dates.filter(is_all_day=True).exists()
        assert any(date.spans_days for date in dates)
        assert any(
            timezone.localdate(date.start) < timezone.localdate(date.end) and not date.spans_days for date in dates
        )
        assert any(event.occurrences.count() > 5 for event in events)
        assert any(event.offers.count() >= 3 for event in events)
        assert events.filter(is_accessible_for_free=True).exists()

    @pytest.mark.parametrize("centre", ["gok", "mok"])
    def test_each_centre_shows_what_a_programme_can_say(self, demonstration, centre):
        site, now = demonstration[centre], timezone.now()
        dates, events = Occurrence.objects.in_site(site), pages(EventPage, site)
        assert {*dates.values_list("status", flat=True)} >= set(EventStatus) - {"EventMovedOnline"}
        assert {"few", "sold_out"} <= set(dates.values_list("seats", flat=True))
        assert dates.filter(venue__isnull=False).exclude(reason="").exists()
        assert dates.filter(attendance__isnull=False, event__afterwards__isnull=False).exists()
        assert changes_soon(dates, at=now, days=7)
        assert len({event.series_id for event in events} - {None}) == 1
        assert Occurrence.objects.filter(event__series__in=pages(SeriesPage, site)).upcoming(now).count() >= 3
        assert {row.role for event in events for row in event.roles.all()} >= {"co_organizer", "patron", "funder"}
        assert events.filter(is_donation=True).exists()
        assert events.filter(discounts__isnull=False).exists()
        assert events.filter(observes__isnull=False, plan__interval=2).exists()
        assert events.filter(plan__repetition="MONTHLY").exists()
        assert {len(venue.above) for venue in pages(VenuePage, site)} == {0, 1, 2}
        assert pages(VenuePage, site).filter(opening_hours__isnull=False, access__checked_on__isnull=False).exists()
        assert ProgrammeSettings.for_site(site).event_kinds.filter(access__isnull=False).exists()

    @pytest.mark.parametrize("centre", ["gok", "mok"])
    def test_each_centre_has_sections_news_projects_and_a_village_clubroom(self, demonstration, centre):
        site = demonstration[centre]
        availabilities = {group.availability for section in pages(SectionPage, site) for group in section.groups.all()}
        assert pages(SectionPage, site).count() == 8
        assert availabilities == {"free", "few", "full"}
        assert pages(NewsPage, site).count() == 4
        assert len(set(pages(NewsPage, site).values_list("first_published_at", flat=True))) == 4
        assert pages(ProjectPage, site).count() == 2
        assert pages(VenuePage, site).filter(title__startswith="Świetlica wiejska", access__isnull=False).exists()
        assert not site.root_page.get_descendants().filter(live=False).exists()

    @pytest.mark.parametrize("centre", ["gok", "mok"])
    def test_a_goal_without_any_action_stays_to_be_seen(self, demonstration, centre):
        goals = pages(GoalPage, demonstration[centre])
        assert goals.filter(events__isnull=True, sections__isnull=True, projects__isnull=True).exists()

    def test_the_declared_barrier_exists(self, client, demonstration):
        full, partial = (pages(DeclarationPage, demonstration[centre]).get() for centre in ("gok", "mok"))
        assert not full.barriers.exists()
        barrier = partial.barriers.get()
        response = client.get(barrier.address, headers={"host": "mok.localhost"})
        plan = get_document_model().objects.get(title="Plan widowni (rysunek)")
        assert plan.url in response.content.decode()
        # A picture and no text: there is no font in the file.
        with plan.file.open() as file:
            assert b"/Font" not in file.read()

    @pytest.mark.parametrize("centre", ["gok", "mok"])
    def test_pictures_are_described_credited_and_the_centres_own(self, demonstration, centre):
        images = CentreImage.objects.filter(collection=CentreSettings.for_site(demonstration[centre]).collection)
        assert images.count() == len(DRAWINGS)
        for image in images:
            assert image.description.startswith("Rysunek: ")
            assert image.credit == media.CREDIT
            assert image.licence == "CC0-1.0"

    @pytest.mark.parametrize("centre", ["gok", "mok"])
    def test_no_first_visitor_waits_for_a_picture(self, client, demonstration, centre):
        site, before = demonstration[centre], CentreRendition.objects.count()
        event = next(page for page in pages(EventPage, site) if has_block(page, "gallery"))
        news = next(page for page in pages(NewsPage, site) if has_block(page, "figure"))
        for page in (site.root_page, event, news, pages(SectionPage, site).first(), pages(VenuePage, site).first()):
            client.get(page.get_url().replace(site.root_url, "") or "/", headers={"host": site.hostname})
        assert CentreRendition.objects.count() == before


class TestLoading:
    def test_a_second_run_changes_nothing(self, demonstration):
        def state():
            models = [model for model in apps.get_models() if model._meta.managed]
            rows = {model._meta.label: model.objects.count() for model in models if hasattr(model, "objects")}
            return rows, list(Page.objects.order_by("pk").values_list("pk", "last_published_at", "latest_revision"))

        before = state()
        assert loader.load(timezone.now()) is False
        assert state() == before

    @pytest.mark.django_db
    def test_it_refuses_a_database_that_a_centre_uses(self):
        create_centre(
            name="Prawdziwy dom kultury", short_name="DK", hostname="dk.example.org", kind="dk", at=timezone.now()
        )
        pages_before = Page.objects.count()
        with pytest.raises(CommandError):
            call_command("load_demonstration", verbosity=0)
        assert Page.objects.count() == pages_before

    @pytest.mark.django_db
    def test_it_loads_on_any_day_with_dates_counted_from_it(self, monkeypatch):
        monkeypatch.setattr(media, "copies_needed", lambda content: dict.fromkeys(DRAWINGS, ()))
        # One centre is enough: the demonstration of the other tests has both.
        monkeypatch.setattr(texts, "CENTRES", texts.CENTRES[:1])
        at = datetime(2028, 2, 29, 22, 30, tzinfo=UTC)  # the last half an hour of a leap day in Warsaw
        monkeypatch.setattr(timezone, "now", lambda: at)
        assert loader.load(at, port=8123) is True
        assert loader.load(at) is False
        sites = {settings.site.hostname: settings.site for settings in CentreSettings.objects.select_related("site")}
        assert sites["localhost"].is_default_site
        assert {site.port for site in sites.values()} == {8123}
        for site in sites.values():
            assert Occurrence.objects.in_site(site).on_day(date(2028, 2, 29)).exists()
            assert set(Page.objects.descendant_of(site.root_page, inclusive=True).values_list("live", flat=True)) == {
                True
            }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("dziś", date(2026, 11, 22)),
        ("niedziela +0", date(2026, 11, 22)),
        ("poniedziałek +1", date(2026, 11, 23)),
        ("sobota +2", date(2026, 12, 5)),
        ("piątek -1", date(2026, 11, 13)),
    ],
)
def test_days_are_counted_in_whole_weeks(words, expected):
    assert Days(date(2026, 11, 22)).day(words) == expected


@pytest.mark.parametrize(
    ("today", "name"),
    [(date(2026, 6, 30), "2025/2026"), (date(2026, 7, 1), "2026/2027"), (date(2027, 1, 5), "2026/2027")],
)
def test_a_season_is_a_school_year(today, name):
    assert Days(today).season()[0] == name

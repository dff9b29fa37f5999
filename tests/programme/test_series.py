"""A series or festival shows its programme by day; its events and lists name it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.models import EventIndexPage, EventStatus, SeriesPage, VenueAccess
from tests.factories import make_date, make_event, make_site, make_venue, under, warsaw

pytestmark = pytest.mark.django_db


@pytest.fixture
def festival(clock):
    clock("2026-05-01 12:00")
    page = SeriesPage(title="Festiwal Stodół", slug="festiwal", form="festival")
    return under(EventIndexPage, make_site()).add_child(instance=page)


def shown(visitor, page):
    response = visitor.get(page.url)
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2]


def test_the_programme_stands_under_its_days_in_order_of_time(visitor, festival):
    venue = make_venue("Stodoła")
    make_event("Późno", start=warsaw("2026-05-09 20:00"), series=festival, venue=venue)
    make_event("Rano", start=warsaw("2026-05-08 10:00"), series=festival)
    make_event("Wieczorem", start=warsaw("2026-05-08 18:00"), series=festival)
    make_event("Obcy", start=warsaw("2026-05-08 12:00"))
    text = shown(visitor, festival)
    order = ['datetime="2026-05-08"', "Rano", "Wieczorem", 'datetime="2026-05-09"', "Późno", "Stodoła"]
    places = [text.index(word) for word in order]
    assert places == sorted(places)
    assert "Obcy" not in text
    assert text.count('class="day"') == 2


def test_what_has_been_stands_below_and_what_is_off_says_so(visitor, festival):
    event = make_event("Koncert", series=festival)
    make_date(event, warsaw("2026-04-01 18:00"))
    make_date(event, warsaw("2026-05-08 18:00"), status=EventStatus.CANCELLED, reason="Burza")
    text = shown(visitor, festival)
    days, _, past = text.partition("<details")
    assert "Odwołane:" in days
    assert "Burza" in days
    assert 'datetime="2026-04-01"' in past


def test_a_series_without_events_answers_and_says_so(visitor, festival):
    text = shown(visitor, festival)
    assert 'class="day"' not in text
    assert 'class="lead page-end"' in text


def test_drafts_do_not_show(visitor, festival):
    make_event("Tajny", start=warsaw("2026-05-08 18:00"), series=festival, live=False)
    assert "Tajny" not in shown(visitor, festival)


@pytest.mark.parametrize("is_live", [True, False])
def test_lists_name_a_series_that_is_published(visitor, festival, is_live):
    SeriesPage.objects.filter(pk=festival.pk).update(live=is_live)
    event = make_event("Koncert", start=warsaw("2026-05-08 18:00"), series=festival)
    assert ("Festiwal Stodół" in shown(visitor, event.get_parent())) == is_live
    assert (f'href="{festival.url}"' in shown(visitor, event)) == is_live


def test_html_in_the_title_stays_text(visitor, festival):
    SeriesPage.objects.filter(pk=festival.pk).update(title="<b>Festiwal</b>")
    make_event("<i>Koncert</i>", start=warsaw("2026-05-08 18:00"), series=festival)
    text = shown(visitor, festival)
    assert "<b>Festiwal" not in text
    assert "<i>Koncert" not in text


def test_a_full_festival_costs_as_much_as_one_event(visitor, festival):
    building = make_venue("Dom")
    building.access = [VenueAccess(provision="step_free")]
    building.save()
    room, other = make_venue("Sala", part_of=building), make_venue("Plac")

    def add(numbers):
        for number in numbers:
            event = make_event(f"Koncert {number}", start=warsaw("2026-04-08 18:00"), series=festival, venue=room)
            make_date(event, warsaw("2026-05-08 18:00"))
            make_date(event, warsaw("2026-05-09 18:00"), venue=other)

    add([0])
    shown(visitor, festival)
    with CaptureQueriesContext(connection) as one:
        shown(visitor, festival)
    add(range(1, 10))
    with CaptureQueriesContext(connection) as many:
        shown(visitor, festival)
    assert len(many) == len(one) < 40

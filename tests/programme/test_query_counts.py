"""A full programme costs as many questions to the database as an empty one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.signal_handlers import disable_reference_index_auto_update

from programme.models import EventAccess, Offer, VenueAccess
from tests.factories import make_event, make_goal, make_section, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/",
    "/program/",
    "/program/?kiedy=7dni&wiek=9&bezplatne=1&q=koncert",
    "/program/?dostepnosc=step_free&dostepnosc=captions&miejsce=dom&cel=cel-1&dataod=2026-05-01&wolne=1",
    "/program/?widok=miesiac",
    "/program/?widok=tydzien&wiek=9",
    "/program/wydarzenie-0/",
    "/program/archiwum/",
    "/program/archiwum/2026/04/",
    "/program/kalendarz.ics",
    "/program/kalendarz.ics?dostepnosc=captions&miejsce=dom",
    "/miejsca/sala/kalendarz.ics",
    "/misja/cele/cel-1/kalendarz.ics",
    "/program/kanal.rss",
    "/api/events/",
    "/api/events.csv",
    "/miejsca/",
    "/miejsca/sala/",
    "/zajecia/",
    "/zajecia/sekcja-0/",
    "/zajecia/plan/",
    "/misja/",
    "/misja/cele/",
    "/misja/cele/cel-1/",
]


def add(numbers, *, venue, goal):
    for number in numbers:
        make_event(
            f"Wydarzenie {number}",
            start=warsaw(f"2026-05-{7 + number % 20:02} {8 + number % 12:02}:00"),
            venue=venue,
            goals=[goal],
            summary="Koncert",
            is_accessible_for_free=True,
            offers=[Offer(name="Normalny", price="10")],
            access=[EventAccess(provision="captions")],
        )
        make_event(f"Było {number}", start=warsaw("2026-04-07 18:00"), venue=venue, goals=[goal])
        if number % 10 == 0:
            make_section(f"Sekcja {number}", groups=[{"meetings": [{"venue": venue}]}], goals=[goal])


@pytest.fixture
def without_indexes(settings):
    """Making two hundred pages is not what is measured."""
    backend = settings.WAGTAILSEARCH_BACKENDS["default"]
    settings.WAGTAILSEARCH_BACKENDS = {"default": backend | {"AUTO_UPDATE": False}}
    with disable_reference_index_auto_update():
        yield


def costs(visitor):
    found = {}
    for address in ADDRESSES:
        visitor.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert visitor.get(address).status_code == 200, address
        found[address] = len(queries)
    return found


def test_every_page_costs_the_same_with_one_event_and_with_two_hundred(clock, visitor, without_indexes):
    make_site()
    clock("2026-05-06 12:00")
    building = make_venue("Dom", slug="dom", street="Rynek 1")
    venue = make_venue("Sala", slug="sala", kind="room", part_of=building)
    venue.access = [VenueAccess(provision="step_free")]
    venue.save()
    goal = make_goal()
    add([0], venue=venue, goal=goal)
    with_one = costs(visitor)
    add(range(1, 100), venue=venue, goal=goal)  # an event ahead and one past for each number
    assert costs(visitor) == with_one
    assert max(with_one.values()) < 45

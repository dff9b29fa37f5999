"""Places stand in a tree; a place's page says what is on there, what has changed and how to get in."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.models import EventStatus, VenueHours, VenueIndexPage, VenuePage
from tests.factories import make_date, make_event, make_section, make_venue, under, warsaw

pytestmark = pytest.mark.django_db

#: What a place is, what it is put into, and whether that makes sense.
TREE = [
    ("room", "building", True),
    ("building", "place", True),
    ("room", "place", False),
    ("room", "room", False),
    ("building", "building", False),
    ("building", "room", False),
    ("place", "place", False),
    ("place", "building", False),
]


@pytest.fixture(autouse=True)
def now(clock):
    return clock("2026-05-01 12:00")


@pytest.fixture
def tree():
    village = make_venue("Wieś", kind="place", town="Lipiny", postal_code="00-000", latitude="50.1", longitude="18.2")
    building = make_venue("Świetlica", part_of=village, street="Lipiny 1", town="Lipiny", telephone="+48 000 000 000")
    return village, building, make_venue("Izba", part_of=building)


def shown(visitor, page):
    response = visitor.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def part(text, section_id):
    return text.partition(f'id="{section_id}"')[2].partition("</section>")[0]


def notice(text):
    return text.partition('<section class="notice notice--alert"')[2].partition("</section>")[0]


@pytest.mark.parametrize(("kind", "outer", "is_right"), TREE)
def test_a_room_is_part_of_a_building_and_a_building_of_a_place(kind, outer, is_right):
    outer = make_venue("Zewnętrzne", kind=outer)
    venue = VenuePage(title="Wewnętrzne", slug="wewnetrzne", kind=kind, part_of=outer)
    if is_right:
        venue.clean()
        return
    with pytest.raises(ValidationError) as told:
        venue.clean()
    assert list(told.value.message_dict) == ["part_of"]


def test_no_circle_can_close(tree):
    village, building, room = tree
    village.part_of = room
    with pytest.raises(ValidationError):
        village.clean()
    building.kind, building.part_of = "room", None
    with pytest.raises(ValidationError) as told:
        building.clean()
    assert list(told.value.message_dict) == ["kind"]
    room.part_of = room
    with pytest.raises(ValidationError):
        room.clean()


def test_a_room_takes_address_coordinates_and_contact_from_where_it_is(tree):
    village, building, room = tree
    assert [place.full_address for place in tree] == ["00-000 Lipiny", "Lipiny 1, Lipiny", "Lipiny 1, Lipiny"]
    fresh = VenuePage.objects.get(pk=room.pk)
    assert fresh.above == [village, building]
    assert fresh.building == building
    assert fresh.contact == "+48 000 000 000"
    assert [float(number) for number in fresh.coordinates] == [50.1, 18.2]


def test_the_list_of_places_shows_the_tree_and_no_drafts(visitor, tree):
    _village, building, room = tree
    make_venue("Piwnica", part_of=building, live=False)
    text = shown(visitor, under(VenueIndexPage, room.get_site()))
    order = [text.index(title) for title in ("Wieś", "Świetlica", "Izba")]
    assert order == sorted(order)
    assert "Piwnica" not in text
    assert text.count('class="card"') == 1


def test_a_place_says_hours_keeper_coordinates_and_what_is_in_it(visitor, tree):
    village, building, _room = tree
    building.keeper = "Zofia"
    building.opening_hours = [VenueHours(weekday=2, opens="15:00", closes="19:00", note="latem do 20:00")]
    building.save()
    text = shown(visitor, VenuePage.objects.get(pk=building.pk))
    for said in ["Zofia", "15:00–19:00", "latem do", "50.1", "18.2", f'href="{village.url}"', "Izba"]:
        assert said in text, said


def test_what_is_on_in_a_part_is_on_in_the_whole(visitor, tree):
    village, building, room = tree
    make_event("Izbowe granie", venue=room, start=warsaw("2026-05-08 18:00"))
    make_event("Wiejski taniec", venue=village, start=warsaw("2026-05-09 18:00"))
    expected = {village: (True, True), building: (True, False), room: (True, False)}
    for place, titles in expected.items():
        listed = part(shown(visitor, place), "tutaj")
        assert ("Izbowe granie" in listed, "Wiejski taniec" in listed) == titles, place


def test_a_date_that_moved_elsewhere_is_on_there_and_told_here(visitor, tree):
    _village, building, room = tree
    other = make_venue("Sala", kind="building")
    event = make_event("Koncert", venue=room)
    make_date(event, warsaw("2026-05-08 18:00"), venue=other, reason="Remont pieca")
    assert "Koncert" in part(shown(visitor, other), "tutaj")
    here = shown(visitor, building)
    assert "Koncert" not in part(here, "tutaj")
    assert "Koncert" in notice(here)
    assert "Remont pieca" in notice(here)


@pytest.mark.parametrize(
    ("start", "fields", "is_told"),
    [
        ("2026-05-03 18:00", {"status": EventStatus.CANCELLED}, True),
        ("2026-05-03 18:00", {"status": EventStatus.POSTPONED}, True),
        ("2026-05-03 18:00", {"status": EventStatus.MOVED_ONLINE}, True),
        ("2026-05-03 18:00", {"status": EventStatus.RESCHEDULED}, True),
        ("2026-05-03 18:00", {}, False),
        ("2026-05-03 18:00", {"seats": "full"}, False),
        ("2026-05-20 18:00", {"status": EventStatus.CANCELLED}, False),
        ("2026-04-30 18:00", {"status": EventStatus.CANCELLED}, False),
        # Moved away from tomorrow to a far day: whoever means to come tomorrow has to hear of it.
        ("2026-06-20 18:00", {"status": EventStatus.RESCHEDULED, "original_start": warsaw("2026-05-02 18:00")}, True),
        ("2026-06-20 18:00", {"status": EventStatus.RESCHEDULED, "original_start": warsaw("2026-04-02 18:00")}, False),
    ],
)
def test_the_home_page_tells_of_what_has_changed_in_the_next_days(visitor, start, fields, is_told):
    event = make_event("Koncert")
    make_date(event, warsaw(start), reason="Bo tak", **fields)
    told = notice(visitor.get("/").content.decode())
    assert ("Koncert" in told) == is_told
    assert ("Bo tak" in told) == is_told


def test_nothing_hidden_is_told(visitor):
    make_date(make_event("Tajny", live=False), warsaw("2026-05-03 18:00"), status=EventStatus.CANCELLED)
    assert "Tajny" not in visitor.get("/").content.decode()


def test_html_in_texts_of_a_place_stays_text(visitor):
    evil = "<script>alert(1)</script>"
    venue = make_venue(f"Sala {evil}", street=evil, keeper=evil, directions=evil, slug="sala")
    make_event(evil, venue=venue, start=warsaw("2026-05-03 18:00"), slug="zly")
    assert evil not in shown(visitor, venue)
    assert evil not in visitor.get("/miejsca/").content.decode()


def test_a_busy_place_costs_as_much_as_a_quiet_one(visitor, tree):
    village, _building, room = tree
    other = make_venue("Plac", kind="place")

    def add(numbers):
        for number in numbers:
            make_event(f"Koncert {number}", venue=room, start=warsaw("2026-05-08 18:00"))
            moved = make_event(f"Spacer {number}", venue=other)
            make_date(moved, warsaw("2026-05-04 18:00"), venue=village, status=EventStatus.CANCELLED)
            make_section(f"Ceramika {number}", groups=[{"meetings": [{"venue": room}]}])

    add([0])
    shown(visitor, village)
    with CaptureQueriesContext(connection) as one:
        shown(visitor, village)
    add(range(1, 8))
    with CaptureQueriesContext(connection) as many:
        shown(visitor, village)
    assert len(many) == len(one) < 45


def test_a_class_in_many_rooms_of_a_village_costs_as_much_as_in_one(visitor, tree):
    _village, building, room = tree

    def make(name, rooms):
        return make_section(name, groups=[{"meetings": [{"venue": venue} for venue in rooms]}])

    rooms = [make_venue(f"Sala {number}", part_of=building) for number in range(5)]
    costs = []
    for section in (make("Mała", [room]), make("Duża", rooms)):
        shown(visitor, section)
        with CaptureQueriesContext(connection) as queries:
            shown(visitor, section)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_timetable_of_a_village_has_what_is_in_its_rooms(visitor, tree):
    village, _building, room = tree
    make_section("Ceramika", groups=[{"meetings": [{"venue": room}]}])
    make_section("Szachy", groups=[{"meetings": [{"venue": make_venue("Plac", kind="place")}]}])
    text = visitor.get(f"/zajecia/plan/?miejsce={village.slug}").content.decode()
    assert "Ceramika" in text
    assert "Szachy" not in text

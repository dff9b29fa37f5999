"""The access card: what is inherited, what overrides, whom to ask and until which day."""

from datetime import date

import pytest

from accessibility.card import SHORT, Provision
from mission.models import CentreSettings
from programme.events.access import asking_about, begin_card
from programme.models import EventAccess, EventPage, KindAccess, Occurrence, ProgrammeSettings, VenueAccess
from tests.factories import make_date, make_event, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db

PROVIDED, ON_REQUEST, NOT_AVAILABLE = "provided", "on_request", "not_available"
#: What the place, the building, the room and the event say of one provision, and what the card says.
INHERITANCE = [
    ((None, None, None, None), None),
    ((PROVIDED, None, None, None), PROVIDED),
    ((None, PROVIDED, None, None), PROVIDED),
    ((None, None, ON_REQUEST, None), ON_REQUEST),
    ((None, None, None, PROVIDED), PROVIDED),
    ((PROVIDED, NOT_AVAILABLE, None, None), NOT_AVAILABLE),
    ((PROVIDED, NOT_AVAILABLE, ON_REQUEST, None), ON_REQUEST),
    ((PROVIDED, PROVIDED, PROVIDED, NOT_AVAILABLE), NOT_AVAILABLE),
    ((NOT_AVAILABLE, None, None, ON_REQUEST), ON_REQUEST),
]


def make_tree():
    """A village, a building in it, a room in that."""
    village = make_venue("Wieś", kind="place", town="Lipiny")
    building = make_venue("Świetlica", part_of=village, street="Lipiny 1")
    return village, building, make_venue("Izba", part_of=building)


def state(page, model, value):
    if value:
        page.access = [model(provision="step_free", state=value)]
        page.save()


@pytest.mark.parametrize(("states", "expected"), INHERITANCE)
def test_the_nearest_statement_counts(states, expected):
    tree = make_tree()
    event = make_event(venue=tree[-1], start=warsaw("2030-05-01 18:00"))
    for place, value in zip(tree, states, strict=False):
        state(place, VenueAccess, value)
    state(event, EventAccess, states[-1])
    fresh = EventPage.objects.get(pk=event.pk)
    assert [row.state for row in fresh.access_card] == ([expected] if expected else [])
    (listed,) = Occurrence.objects.for_listing()
    assert [row.state for row in listed.access_card] == ([expected] if expected else [])


def test_a_date_at_another_place_has_the_card_of_that_place_and_of_the_event():
    here, there = make_venue("Tu"), make_venue("Tam")
    state(here, VenueAccess, PROVIDED)
    there.access = [VenueAccess(provision="quiet_room")]
    there.save()
    event = make_event(venue=here, access=[EventAccess(provision="captions")])
    moved = make_date(event, warsaw("2030-05-01 18:00"), venue=there)
    assert [row.provision for row in moved.access_card] == ["captions", "quiet_room"]


def test_what_nobody_has_stated_is_not_printed(visitor):
    text = visitor.get(make_event(start=warsaw("2030-05-01 18:00")).url).content.decode()
    card = text.partition('id="karta-dostepnosci"')[2].partition("</section>")[0]
    assert not any(label in card for label in map(str, Provision.labels))


def test_a_fact_of_a_place_says_when_somebody_looked(visitor):
    venue = make_venue(access_checked_on=date(2026, 3, 1))
    venue.access = [
        VenueAccess(provision="step_free", checked_on=date(2026, 4, 2)),
        VenueAccess(provision="quiet_room"),
    ]
    venue.save()
    text = visitor.get(venue.url).content.decode()
    assert [f'datetime="{day}"' in text for day in ("2026-04-02", "2026-03-01")] == [True, True]


@pytest.mark.parametrize(
    ("start", "days", "now", "until", "is_late"),
    [
        ("2026-12-17 18:00", 5, "2026-12-12 23:59", date(2026, 12, 12), False),
        ("2026-12-17 18:00", 5, "2026-12-13 00:00", date(2026, 12, 12), True),
        ("2026-12-17 00:30", 5, "2026-12-12 00:00", date(2026, 12, 12), False),
        ("2026-03-30 00:30", 1, "2026-03-29 12:00", date(2026, 3, 29), False),  # 23 hours long
        ("2026-10-26 00:30", 1, "2026-10-25 23:30", date(2026, 10, 25), False),  # 25 hours long
        ("2027-01-02 18:00", 5, "2026-12-01 12:00", date(2026, 12, 28), False),
        ("2026-05-01 18:00", 0, "2026-05-01 12:00", date(2026, 5, 1), False),
    ],
)
def test_the_deadline_is_counted_in_days_of_the_calendar(start, days, now, until, is_late):
    site = make_site()
    event = make_event(access_request_days=days)
    sitting = make_date(event, warsaw(start))
    asking = asking_about(event, sitting, centre=CentreSettings.for_site(site), at=warsaw(now))
    assert (asking.until, asking.is_late) == (until, is_late)


@pytest.mark.parametrize(
    ("fields", "contact", "days"),
    [
        ({}, "+48 000 000 000, biuro@example.org", 5),
        ({"access_contact": "Anna", "access_request_days": 14}, "Anna", 14),
        ({"access_request_days": 0}, "+48 000 000 000, biuro@example.org", 0),
    ],
)
def test_every_card_says_whom_to_ask_and_how_long_before(fields, contact, days):
    site = make_site(telephone="+48 000 000 000", email="biuro@example.org")
    asking = asking_about(make_event(**fields), None, centre=CentreSettings.for_site(site), at=warsaw("2026-05-01"))
    assert (asking.contact, asking.days, asking.until) == (contact, days, None)


def test_a_centre_without_telephone_and_address_points_at_its_form(visitor):
    text = visitor.get(make_event(start=warsaw("2030-05-01 18:00")).url).content.decode()
    card = text.partition('id="karta-dostepnosci"')[2].partition("</section>")[0]
    assert 'href="/dostepnosc/zgloszenie/"' in card


def test_what_is_on_request_says_until_when_and_afterwards_to_ask_anyway(visitor, clock):
    event = make_event(start=warsaw("2026-12-17 18:00"), access=[EventAccess(provision="captions", state=ON_REQUEST)])
    clock("2026-12-01 12:00")
    assert visitor.get(event.url).content.decode().count("12 grudnia") == 2
    clock("2026-12-14 12:00")
    assert visitor.get(event.url).content.decode().count("12 grudnia") == 1


def test_lists_say_in_short_words_what_one_can_count_on(visitor, clock):
    clock("2026-12-01 12:00")
    make_event(
        start=warsaw("2026-12-17 18:00"),
        access=[
            EventAccess(provision="captions"),
            EventAccess(provision="touch_tour", state=ON_REQUEST),
            EventAccess(provision="quiet_room", state=NOT_AVAILABLE),
        ],
    )
    text = visitor.get("/program/").content.decode()
    words = text.partition('<ul class="event__access"')[2].partition("</ul>")[0]
    assert str(SHORT[Provision.CAPTIONS]) in words
    assert f"{SHORT[Provision.TOUCH_TOUR]} (" in words
    assert str(SHORT[Provision.QUIET_ROOM]) not in words
    assert (words.count("<li"), words.count('class="on-request"')) == (2, 1)


def test_every_provision_has_its_short_words():
    assert set(SHORT) == set(Provision)


@pytest.fixture
def concert():
    kind = ProgrammeSettings.for_site(make_site()).event_kinds.first()
    kind.access = [KindAccess(provision="induction_loop", state=ON_REQUEST, note="Poproś.")]
    kind.save()
    return kind


def test_a_new_event_that_states_nothing_begins_with_the_lines_of_its_kind(concert):
    event = EventPage(title="Koncert", kind=concert)
    assert [str(row) for row in begin_card(event)] == [str(row) for row in concert.access.all()]
    assert [(row.provision, row.state, row.note) for row in event.access.all()] == [
        ("induction_loop", ON_REQUEST, "Poproś.")
    ]


def test_an_event_that_states_something_keeps_just_that(concert):
    event = EventPage(title="Koncert", kind=concert, access=[EventAccess(provision="captions")])
    assert begin_card(event) == []
    assert [row.provision for row in event.access.all()] == ["captions"]

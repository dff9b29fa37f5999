"""What search engines read: the next date, its status, nothing that runs."""

import json
import re

import pytest

from programme.models import (
    BreakCalendar,
    BreakPeriod,
    EventAccess,
    EventDate,
    EventIndexPage,
    EventRole,
    EventStatus,
    Offer,
    ProgrammeSettings,
    Seats,
    SeriesPage,
    VenueAccess,
    VenueHours,
)
from tests.factories import make_date, make_event, make_section, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db

NOW = "2026-05-06 12:00"


@pytest.fixture
def data(clock, visitor):
    """A function: the JSON-LD of a page, as the page prints it."""
    make_site(name="Ośrodek", street="Rynek 1")
    clock(NOW)

    def read(page):
        html = visitor.get(page.get_url()).content.decode()
        (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        return json.loads(script)

    return read


def test_a_series_announces_its_next_date_and_not_the_first_for_ever(data):
    event = make_event("Próby", start=warsaw("2026-04-29 18:00"))
    event.plan = [EventDate(day="2026-04-29", start_time="18:00", repetition="WEEKLY", repeat_until="2026-05-13")]
    event.save()
    make_date(event, warsaw("2026-05-13 18:00"))
    found = data(event)
    assert found["startDate"] == "2026-05-13T18:00+02:00"
    assert found["superEvent"]["@type"] == "EventSeries"
    assert (found["superEvent"]["startDate"], found["superEvent"]["endDate"]) == ("2026-04-29", "2026-05-13")
    assert found["superEvent"]["eventSchedule"][0]["byDay"] == "https://schema.org/Wednesday"


def test_an_event_that_is_over_says_its_last_date(data):
    event = make_event(start=warsaw("2026-04-29 18:00"))
    assert data(event)["startDate"] == "2026-04-29T18:00+02:00"


@pytest.mark.parametrize("status", EventStatus)
def test_the_status_is_schema_orgs_own_word(data, status):
    event = make_event(start=warsaw("2026-05-07 18:00"))
    event.occurrences.get().change(at=warsaw(NOW), status=status, start=warsaw("2026-05-07 19:00"))
    found = data(event)
    assert found["eventStatus"] == f"https://schema.org/{status.value}"
    assert ("previousStartDate" in found) is (status == EventStatus.RESCHEDULED)


def test_place_price_ages_and_access_are_told(data):
    venue = make_venue(street="Rynek 1", postal_code="00-000", town="Miasto", latitude="50.1", longitude="18.5")
    venue.access = [VenueAccess(provision="step_free"), VenueAccess(provision="captions", state="on_request")]
    venue.save()
    event = make_event(start=warsaw("2026-05-07 18:00"), venue=venue, age_from=7, age_to=12)
    event.offers = [Offer(name="Normalny", price="30")]
    event.access = [EventAccess(provision="induction_loop")]
    event.save()
    found = data(event)
    assert found["location"]["address"]["addressLocality"] == "Miasto"
    assert found["offers"][0] | {"url": ""} == {
        "@type": "Offer", "name": "Normalny", "price": "30.00", "priceCurrency": "PLN", "url": "",
    }  # fmt: skip
    assert found["typicalAgeRange"] == "7-12"
    assert len(found["accessibilityFeature"]) == 2
    assert data(venue)["amenityFeature"][0]["value"] is True
    assert len(data(venue)["amenityFeature"]) == 1


def test_a_date_elsewhere_is_located_there_and_nobody_is_sent_to_a_draft(data):
    park = make_venue("Park", live=False)
    event = make_event(venue=make_venue("Sala", slug="sala"))
    make_date(event, warsaw("2026-05-07 18:00"), venue=park, room="altana")
    location = data(event)["location"]
    assert location["name"] == "altana, Park"
    assert not {"url", "@id"} & set(location)


@pytest.mark.parametrize(
    ("mode", "status", "kinds", "word"),
    [
        ("OfflineEventAttendanceMode", EventStatus.SCHEDULED, ["Place"], "Offline"),
        ("OnlineEventAttendanceMode", EventStatus.SCHEDULED, ["VirtualLocation"], "Online"),
        ("MixedEventAttendanceMode", EventStatus.SCHEDULED, ["Place", "VirtualLocation"], "Mixed"),
        ("OfflineEventAttendanceMode", EventStatus.MOVED_ONLINE, ["VirtualLocation"], "Online"),
    ],
)
def test_where_one_attends_is_a_place_an_address_or_both(data, mode, status, kinds, word):
    event = make_event(venue=make_venue(), attendance_mode=mode, online_url="https://example.org/s")
    make_date(event, warsaw("2026-05-07 18:00"), status=status)
    found = data(event)
    locations = found["location"] if isinstance(found["location"], list) else [found["location"]]
    assert [each["@type"] for each in locations] == kinds
    assert found["eventAttendanceMode"] == f"https://schema.org/{word}EventAttendanceMode"
    if "VirtualLocation" in kinds:
        assert locations[-1]["url"] == "https://example.org/s"


@pytest.mark.parametrize(("seats", "word"), [("", None), ("few", "LimitedAvailability"), ("sold_out", "SoldOut")])
def test_availability_is_told_only_when_it_was_stated(data, seats, word):
    event = make_event(offers=[Offer(name="Normalny", price="30")])
    make_date(event, warsaw("2026-05-07 18:00"), seats=Seats(seats))
    (offer,) = data(event)["offers"]
    assert offer.get("availability") == (word and f"https://schema.org/{word}")


def test_those_who_stand_behind_an_event_have_their_roles(data):
    roles = ["co_organizer", "funder", "patron", "partner"]
    event = make_event(start=warsaw("2026-05-07 18:00"), roles=[EventRole(role=role, name=role) for role in roles])
    found = data(event)
    assert [each["name"] for each in found["organizer"]] == ["Ośrodek", "co_organizer"]
    assert found["funder"][0]["name"] == "funder"
    assert found["sponsor"][0]["name"] == "patron"
    assert found["contributor"][0]["name"] == "partner"
    assert "performer" not in found


def test_an_event_of_a_festival_says_so_while_the_festival_is_published(data):
    festival = EventIndexPage.objects.get().add_child(instance=SeriesPage(title="Dni", slug="dni", form="festival"))
    event = make_event(start=warsaw("2026-05-07 18:00"), series=festival)
    above = data(event)["superEvent"]
    assert (above["@type"], above["name"]) == ("Festival", "Dni")
    make_date(event, warsaw("2026-05-14 18:00"))
    assert data(event)["superEvent"]["superEvent"]["@type"] == "Festival"
    festival.unpublish()
    assert "superEvent" not in data(event)["superEvent"]


def test_a_festival_lists_what_is_ahead_in_it(data):
    festival = EventIndexPage.objects.get().add_child(instance=SeriesPage(title="Dni", slug="dni", form="festival"))
    assert "subEvent" not in data(festival)
    event = make_event("Próby", series=festival, venue=make_venue())
    for day in range(1, 32):
        make_date(event, warsaw(f"2026-05-{day:02} 18:00"))
        make_date(event, warsaw(f"2026-05-{day:02} 20:00"))
    found = data(festival)
    assert (found["@type"], found["startDate"], found["endDate"]) == ("Festival", "2026-05-01", "2026-05-31")
    assert len(found["subEvent"]) == 50
    assert found["subEvent"][0]["startDate"] == "2026-05-06T18:00+02:00"
    assert found["subEvent"][0]["location"]["name"]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (
            {"repetition": "WEEKLY", "interval": 2, "weekdays": "13", "repeat_until": "2026-06-30"},
            {
                "repeatFrequency": "P2W",
                "byDay": ["https://schema.org/Monday", "https://schema.org/Wednesday"],
                "endDate": "2026-06-30",
            },
        ),
        (
            {"repetition": "MONTHLY", "nth": -1, "count": 3},
            {"repeatFrequency": "P1M", "byDay": "-1TH", "repeatCount": 3},
        ),
        ({"repetition": "MONTHLY", "count": 3}, {"repeatFrequency": "P1M", "byDay": "1TH"}),
        (
            {"repetition": "WEEKLY", "count": 4, "except_days": "2026-05-14"},
            {"repeatFrequency": "P1W", "exceptDate": ["2026-05-14", "2026-05-28"]},
        ),
    ],
)
def test_a_repetition_is_a_schedule_with_its_own_end_and_exceptions(data, plan, words):
    calendar = BreakCalendar(name="Wolne", settings=ProgrammeSettings.objects.get())
    calendar.save()
    BreakPeriod.objects.create(calendar=calendar, first_day="2026-05-28", last_day="2026-05-29")
    row = {"day": "2026-05-07", "start_time": "18:00"} | plan
    event = make_event(plan=[row], observes=[calendar] if "except_days" in plan else [])
    (schedule,) = data(event)["superEvent"]["eventSchedule"]
    assert {name: schedule[name] for name in words} == words
    assert schedule["startTime"] == "18:00"
    assert not {"endDate", "exceptDate", "repeatCount"} & set(data(event))


def test_a_place_says_its_hours_what_it_has_and_what_it_has_not_and_what_it_is_in(data):
    building = make_venue("Dom", slug="dom", street="Rynek 1")
    room = make_venue("Sala", slug="sala", kind="room", part_of=building)
    room.access = [
        VenueAccess(provision="step_free"),
        VenueAccess(provision="induction_loop", state="not_available"),
        VenueAccess(provision="captions", state="on_request"),
    ]
    room.opening_hours = [
        VenueHours(weekday=1, opens="08:00", closes="16:00"),
        VenueHours(weekday=7, note="zamknięte"),
    ]
    room.save()
    found = data(room)
    assert [row["value"] for row in found["amenityFeature"]] == [True, False]
    assert found["openingHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": "https://schema.org/Monday",
            "opens": "08:00",
            "closes": "16:00",
        }
    ]
    assert found["containedInPlace"]["name"] == "Dom"
    building.unpublish()
    assert "url" not in data(room)["containedInPlace"]


def test_days_without_hours_are_days(data):
    event = make_event()
    make_date(event, warsaw("2026-05-07 00:00"), warsaw("2026-05-10 00:00"), is_all_day=True)
    found = data(event)
    assert (found["startDate"], found["endDate"]) == ("2026-05-07", "2026-05-09")


def test_an_assumed_end_is_not_told(data):
    event = make_event()
    make_date(event, warsaw("2026-05-07 18:00"), is_end_confirmed=False)
    assert "endDate" not in data(event)


def test_a_title_cannot_end_the_script(data, visitor):
    title = "</script><script>alert(1)</script><!--"
    event = make_event(title, start=warsaw("2026-05-07 18:00"), slug="x", summary=title)
    assert data(event)["name"] == title
    assert "<script>alert" not in visitor.get("/program/x/").content.decode()


def test_an_event_without_a_date_says_nothing_to_machines(data, visitor):
    event = make_event()
    assert "ld+json" not in visitor.get(event.get_url()).content.decode()


def test_a_class_is_a_course_with_its_groups_and_hours(data):
    venue = make_venue()
    section = make_section(groups=[{"name": "Dzieci", "age_from": 7, "meetings": [{"venue": venue}]}])
    found = data(section)
    assert found["@type"] == "Course"
    (instance,) = found["hasCourseInstance"]
    assert instance["courseSchedule"][0]["startTime"] == "16:00"
    assert instance["location"][0]["name"] == venue.title


def test_a_demonstration_says_so_to_machines(clock, visitor):
    make_site(is_demonstration=True)
    clock(NOW)
    event = make_event(start=warsaw("2026-05-07 18:00"))
    for page in [event, make_venue(), make_section()]:
        response = visitor.get(page.get_url())
        assert response.context["structured_data"]["disambiguatingDescription"]

"""What search engines read: the next date, its status, nothing that runs."""

import json
import re

import pytest

from programme.models import EventAccess, EventDate, EventStatus, Offer, VenueAccess
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

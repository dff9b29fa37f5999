"""The calendars, read as a calendar client reads them."""

from datetime import date, datetime

import pytest
from icalendar import Calendar

from programme.events import ical
from programme.models import EventStatus, Occurrence
from tests.factories import make_date, make_event, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db

NOW = "2026-05-06 12:00"
NASTY = "Koncert\r\nATTENDEE:mailto:x@example.org\r\nX-EVIL:1\x0b; a, b \\ „ż”"


@pytest.fixture
def feed(clock, visitor):
    """A function: the VEVENTs of a calendar's address, by title."""
    make_site()
    clock(NOW)

    def read(address="/program/kalendarz.ics"):
        response = visitor.get(address)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return Calendar.from_ical(response.content).walk("VEVENT")

    return read


def one(entries):
    (entry,) = entries
    return entry


def test_a_date_has_its_times_in_the_zone_and_a_name_for_ever(feed):
    make_event("Koncert", start=warsaw("2026-05-07 18:00"), end=warsaw("2026-05-07 20:00"))
    entry = one(feed())
    assert entry["SUMMARY"] == "Koncert"
    assert entry["UID"] == str(Occurrence.objects.get().uid)
    assert entry["DTSTART"].params["TZID"] == "Europe/Warsaw"
    assert entry.decoded("DTSTART") == warsaw("2026-05-07 18:00")
    assert entry.decoded("DTEND") == warsaw("2026-05-07 20:00")
    assert {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "STATUS", "URL"} <= set(entry)


def test_every_date_of_a_series_has_a_uid_of_its_own(feed):
    event = make_event(start=warsaw("2026-05-07 18:00"))
    make_date(event, warsaw("2026-05-14 18:00"))
    assert len({entry["UID"] for entry in feed()}) == 2


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2027-03-28", "2026-05-07"])
def test_a_whole_day_is_one_day_without_hours(feed, day):
    event = make_event()
    start = warsaw(f"{day} 00:00")
    next_day = date.fromisoformat(day).replace(day=date.fromisoformat(day).day + 1)
    make_date(event, start, warsaw(f"{next_day} 00:00"), is_all_day=True)
    entry = one(feed(f"/program/{event.slug}/kalendarz.ics"))
    assert entry["DTSTART"].params["VALUE"] == "DATE"
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date.fromisoformat(day), next_day)


def test_an_hour_to_be_confirmed_is_a_whole_day_with_a_note(feed):
    event = make_event()
    make_date(event, warsaw("2026-05-07 00:00"), warsaw("2026-05-08 00:00"), is_time_confirmed=False)
    entry = one(feed())
    assert not isinstance(entry.decoded("DTSTART"), datetime)
    assert ical.gettext("The hour is still to be confirmed.") in entry["DESCRIPTION"]


def test_an_assumed_end_is_not_told_but_the_last_day_of_an_exhibition_is(feed):
    evening = make_event("Wieczór")
    make_date(evening, warsaw("2026-05-07 18:00"), is_end_confirmed=False)
    exhibition = make_event("Wystawa")
    make_date(exhibition, warsaw("2026-05-07 18:00"), warsaw("2026-06-01 00:00"), is_end_confirmed=False)
    by_title = {str(entry["SUMMARY"]): entry for entry in feed()}
    assert "DTEND" not in by_title["Wieczór"]
    assert by_title["Wystawa"].decoded("DTEND") == warsaw("2026-06-01 00:00")


def test_a_cancelled_date_says_so_in_status_title_and_sequence(feed):
    event = make_event("Koncert", start=warsaw("2026-05-07 18:00"))
    event.occurrences.get().change(at=warsaw(NOW), status=EventStatus.CANCELLED, reason="Burza")
    entry = one(feed())
    assert entry["STATUS"] == "CANCELLED"
    assert entry["SUMMARY"] != "Koncert"
    assert entry["SEQUENCE"] == 1
    assert "Burza" in entry["DESCRIPTION"]
    assert entry.decoded("LAST-MODIFIED") == warsaw(NOW)


def test_line_breaks_and_control_characters_add_no_property(feed):
    venue = make_venue("Sala\r\nX-EVIL:2", directions="x")
    event = make_event(start=warsaw("2026-05-07 18:00"), venue=venue, summary=NASTY, slug="koncert")
    type(event).objects.filter(pk=event.pk).update(title=NASTY)
    entry = one(feed())
    assert not {"ATTENDEE", "X-EVIL"} & set(entry)
    assert "\x0b" not in entry["SUMMARY"]
    assert "„ż”" in entry["SUMMARY"]


def test_one_bad_event_does_not_cost_the_others(feed, monkeypatch, caplog):
    make_event("Dobry", start=warsaw("2026-05-07 18:00"))
    make_event("Zły", start=warsaw("2026-05-07 19:00"))
    real = ical.sitting

    def failing(occurrence, **words):
        if occurrence.event.title == "Zły":
            raise ValueError("no")
        return real(occurrence, **words)

    monkeypatch.setattr(ical, "sitting", failing)
    assert [str(entry["SUMMARY"]) for entry in feed()] == ["Dobry"]
    assert "left out" in caplog.text


def test_the_feed_looks_thirty_days_back_and_eighteen_months_ahead(feed):
    for name, start in [
        ("dawno", "2026-04-05 18:00"),
        ("niedawno", "2026-04-07 18:00"),
        ("za rok", "2027-11-05 18:00"),
        ("za dwa lata", "2027-11-07 18:00"),
    ]:
        make_event(name, start=warsaw(start))
    assert [str(entry["SUMMARY"]) for entry in feed()] == ["niedawno", "za rok"]


def test_an_empty_programme_is_still_a_calendar(feed):
    assert feed() == []


def test_the_feed_takes_the_filters_of_the_page(feed):
    make_event("Dla dzieci", start=warsaw("2026-05-07 18:00"), age_to=10)
    make_event("Dla dorosłych", start=warsaw("2026-05-07 18:00"), age_from=18)
    assert str(one(feed("/program/kalendarz.ics?wiek=7"))["SUMMARY"]) == "Dla dzieci"


def test_one_event_has_a_calendar_with_its_past_dates(feed, visitor):
    event = make_event("Koncert", start=warsaw("2020-05-07 18:00"))
    assert len(feed(f"/program/{event.slug}/kalendarz.ics")) == 1
    make_event("Szkic", start=warsaw("2026-05-07 18:00"), live=False, slug="szkic")
    assert visitor.get("/program/szkic/kalendarz.ics").status_code == 404


def test_a_demonstration_says_so_in_every_entry(clock, visitor):
    make_site(is_demonstration=True)
    clock(NOW)
    make_event(start=warsaw("2026-05-07 18:00"))
    content = visitor.get("/program/kalendarz.ics").content
    calendar = Calendar.from_ical(content)
    (entry,) = calendar.walk("VEVENT")
    assert calendar["X-WR-CALDESC"] in entry["DESCRIPTION"]


def test_the_zone_keeps_the_rule_of_the_clock_changes(feed, visitor):
    calendar = Calendar.from_ical(visitor.get("/program/kalendarz.ics").content)
    (zone,) = calendar.walk("VTIMEZONE")
    warsaw_zone = zone.to_tz(lookup_tzid=False)
    for moment, hours in [
        ("2026-03-29 01:59", 1),
        ("2026-03-29 03:00", 2),
        ("2027-03-28 12:00", 2),
        ("2040-12-01 12:00", 1),
    ]:
        offset = datetime.fromisoformat(moment).replace(tzinfo=warsaw_zone).utcoffset()
        assert offset.total_seconds() == hours * 3600, moment


def test_an_unchanged_calendar_is_not_sent_twice(feed, visitor):
    make_event(start=warsaw("2026-05-07 18:00"))
    first = visitor.get("/program/kalendarz.ics")
    assert "max-age" in first.headers["Cache-Control"]
    again = visitor.get("/program/kalendarz.ics", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    Occurrence.objects.get().change(at=warsaw(NOW), note="Weź kalosze")
    changed = visitor.get("/program/kalendarz.ics", headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200

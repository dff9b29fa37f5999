"""The calendars, read as a calendar client reads them."""

import uuid
from datetime import date, datetime

import pytest
from icalendar import Calendar

from programme.events import ical
from programme.models import (
    CardDiscount,
    EventAccess,
    EventRole,
    EventStatus,
    Occurrence,
    Offer,
    ProgrammeSettings,
    Seats,
)
from tests.factories import make_date, make_event, make_site, make_venue, the_site, warsaw

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


def test_every_date_of_a_series_has_a_uid_of_its_own_and_no_rule_stands_outside_a_rule(feed):
    make_event(plan=[{"day": "2026-05-07", "start_time": "18:00", "repetition": "WEEKLY", "count": 4}])
    entries = feed()
    assert len({entry["UID"] for entry in entries}) == 4
    assert not {"RRULE", "RDATE", "EXDATE", "UNTIL", "COUNT", "INTERVAL"} & {name for each in entries for name in each}


def test_a_uid_is_not_a_bare_row_number_and_outlives_a_new_name_of_the_site(feed):
    make_event(start=warsaw("2026-05-07 18:00"))
    before = one(feed())["UID"]
    assert uuid.UUID(before) != uuid.UUID(int=Occurrence.objects.get().pk)
    site = the_site()
    site.port = 8080
    site.save()
    assert one(feed())["UID"] == before


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


def test_a_moved_date_is_the_same_entry_at_another_time(feed):
    event = make_event("Koncert", start=warsaw("2026-05-07 18:00"))
    before = one(feed())
    event.occurrences.get().change(
        at=warsaw(NOW),
        status=EventStatus.RESCHEDULED,
        start=warsaw("2026-05-21 19:00"),
        end=warsaw("2026-05-21 21:00"),
    )
    entry = one(feed())
    assert entry["UID"] == before["UID"]
    assert entry["SEQUENCE"] > before["SEQUENCE"]
    assert entry["STATUS"] == "CONFIRMED"
    assert entry.decoded("DTSTART") == warsaw("2026-05-21 19:00")
    assert "7 maja 2026" in entry["DESCRIPTION"]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (EventStatus.SCHEDULED, "CONFIRMED"),
        (EventStatus.CANCELLED, "CANCELLED"),
        (EventStatus.POSTPONED, "TENTATIVE"),
        (EventStatus.RESCHEDULED, "CONFIRMED"),
        (EventStatus.MOVED_ONLINE, "CONFIRMED"),
    ],
)
def test_every_status_has_its_word(feed, status, word):
    event = make_event("Koncert")
    make_date(event, warsaw("2026-05-07 18:00"), status=status)
    entry = one(feed())
    assert entry["STATUS"] == word
    assert (entry["SUMMARY"] == "Koncert") is (status == EventStatus.SCHEDULED)


def test_sold_out_is_said_in_the_title_but_not_of_a_date_that_is_off(feed):
    event = make_event("Koncert")
    date = make_date(event, warsaw("2026-05-07 18:00"), seats=Seats.SOLD_OUT)
    entry = one(feed())
    assert str(Seats.SOLD_OUT.label) in str(entry["SUMMARY"]).lower()
    assert str(Seats.SOLD_OUT.label) in entry["DESCRIPTION"].lower()
    date.change(at=warsaw(NOW), status=EventStatus.CANCELLED)
    assert str(Seats.SOLD_OUT.label) not in (str(one(feed())["SUMMARY"]) + one(feed())["DESCRIPTION"]).lower()


def test_a_date_elsewhere_is_told_where_it_is(feed):
    hall = make_venue("Sala", street="Rynek 1", town="Miasto", latitude="50.1", longitude="18.5", slug="sala")
    park = make_venue("Park", street="Leśna 2", town="Wieś", latitude="51.5", longitude="19.5", slug="park")
    event = make_event(start=warsaw("2026-05-07 18:00"), venue=hall, room="parter")
    make_date(event, warsaw("2026-05-14 18:00"), venue=park, room="altana")
    here, there = feed()
    assert here["LOCATION"] == "parter, Sala, Rynek 1, Miasto"
    assert here["GEO"].to_ical() == "50.1;18.5"
    assert there["LOCATION"] == "altana, Park, Leśna 2, Wieś"
    assert there["GEO"].to_ical() == "51.5;19.5"


def test_price_people_and_access_are_told(feed):
    event = make_event(
        start=warsaw("2026-05-27 18:00"),
        organizer="Koło Gospodyń",
        access_contact="Pani Anna, 000",
        bad_weather="w sali, decyzja do 14:00",
        access_request_days=7,
        offers=[Offer(name="Normalny", price="7.50"), Offer(name="Ulgowy", price="5")],
        discounts=[CardDiscount(card="Karta Dużej Rodziny", terms="połowa ceny")],
        roles=[EventRole(role="funder", name="Ministerstwo")],
        access=[EventAccess(provision="induction_loop"), EventAccess(provision="sign_language", state="on_request")],
    )
    assert event.pk
    text = one(feed())["DESCRIPTION"]
    for words in [
        "Normalny: 7,50",
        "Ulgowy: 5\N{NO-BREAK SPACE}",
        "Karta Dużej Rodziny: połowa ceny",
        "Koło Gospodyń",
        ": Ministerstwo",
        "w sali, decyzja do 14:00",
        "pętla indukcyjna",
        "20 maja 2026",
        "Pani Anna, 000",
        "/dostepnosc/zgloszenie/",
    ]:
        assert words in text


def test_until_when_to_ask_about_access_comes_from_the_centre_unless_the_event_says(feed):
    ProgrammeSettings.objects.update(access_request_days=3)
    make_event(start=warsaw("2026-05-27 18:00"), access=[EventAccess(provision="captions")])
    assert "24 maja 2026" in one(feed())["DESCRIPTION"]


def test_an_organizer_is_named_only_with_an_address(clock, visitor):
    make_site(name='Ośrodek "U"\r\nX-EVIL:1', email="biuro@example.org")
    clock(NOW)
    make_event("Własny", start=warsaw("2026-05-07 18:00"))
    make_event("Cudzy", start=warsaw("2026-05-08 18:00"), organizer="Parafia")
    own, foreign = Calendar.from_ical(visitor.get("/program/kalendarz.ics").content).walk("VEVENT")
    assert own["ORGANIZER"] == "mailto:biuro@example.org"
    assert own["ORGANIZER"].params["CN"] == "Ośrodek 'U' X-EVIL:1"
    assert "ORGANIZER" not in foreign
    assert "Parafia" in foreign["DESCRIPTION"]


def test_what_is_online_has_the_address_of_the_meeting_until_it_is_cancelled(feed):
    event = make_event(
        start=warsaw("2026-05-07 18:00"),
        venue=make_venue("Sala"),
        attendance_mode="MixedEventAttendanceMode",
        online_url="https://example.org/spotkanie",
    )
    entry = one(feed())
    assert entry["CONFERENCE"] == "https://example.org/spotkanie"
    assert "https://example.org/spotkanie" in entry["DESCRIPTION"]
    assert entry["LOCATION"] == "Sala"
    date = event.occurrences.get()
    date.change(at=warsaw(NOW), status=EventStatus.MOVED_ONLINE)
    assert "Sala" not in one(feed())["LOCATION"]
    date.change(at=warsaw(NOW), status=EventStatus.CANCELLED)
    assert "CONFERENCE" not in one(feed())


def test_the_hour_that_october_repeats_is_told_apart(feed):
    event = make_event()
    first, second = (warsaw("2026-10-25 02:30").replace(fold=fold) for fold in (0, 1))
    for start in (first, second):
        make_date(event, start, start.astimezone(ical.UTC) + ical.timedelta(minutes=20))
    starts = [entry.decoded("DTSTART").astimezone(ical.UTC) for entry in feed()]
    assert starts == [first.astimezone(ical.UTC), second.astimezone(ical.UTC)]


def test_a_cancelled_event_keeps_its_page_and_its_calendar(feed, visitor):
    event = make_event("Koncert", start=warsaw("2026-05-07 18:00"))
    event.occurrences.get().change(at=warsaw(NOW), status=EventStatus.CANCELLED, reason="Burza")
    answer = visitor.get(event.get_url())
    assert answer.status_code == 200
    assert "Burza" in answer.content.decode()
    assert one(feed(f"/program/{event.slug}/kalendarz.ics"))["STATUS"] == "CANCELLED"


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

"""What an event's page says: its state in words, its dates, what it costs and who stands behind it."""

import re
from datetime import date, time

import pytest
from django.test import RequestFactory

from programme.events.preview import dates_once_published
from programme.models import (
    CardDiscount,
    EventAccess,
    EventDate,
    EventPage,
    EventRole,
    EventStatus,
    Offer,
    ProgrammeSettings,
    Seats,
    SeriesPage,
)
from tests.factories import make_date, make_event, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db

FIRST, SECOND = warsaw("2026-05-01 18:00"), warsaw("2026-05-08 18:00")


@pytest.fixture(autouse=True)
def now(clock):
    return clock("2026-04-20 12:00")


def shown(visitor, page):
    response = visitor.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def in_words(text):
    """What a page's HTML says, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("\N{NO-BREAK SPACE}", " ").replace(" ,", ",")


def heading(text):
    return in_words(re.search(r"<h1.*?</h1>", text, re.DOTALL)[0]).strip()


def notice(text):
    found = re.search(r'<div class="notice.*?<div class="frame band', text, re.DOTALL)
    return in_words(found[0]) if found else ""


def facts(text):
    """The facts of the page by their name."""
    names = re.findall(r"<div><dt>(.*?)</dt>(.*?)</div>", text, re.DOTALL)
    return {in_words(name).strip(): in_words(value).strip() for name, value in names}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": EventStatus.CANCELLED, "reason": "Burza"}, "Odwołane"),
        ({"status": EventStatus.POSTPONED, "reason": "Burza"}, "Przełożone"),
        ({"seats": Seats.SOLD_OUT}, None),
        ({"status": EventStatus.MOVED_ONLINE, "reason": "Burza"}, None),
    ],
)
def test_the_heading_and_the_notice_say_what_is_true_of_the_only_date(visitor, fields, words):
    event = make_event()
    sitting = make_date(event, FIRST, **fields)
    text = shown(visitor, event)
    said = ", ".join(sitting.words_of_change).capitalize()
    assert words is None or said == words
    assert heading(text) == f"{said}: Koncert"
    assert f"{said}:" in notice(text)
    assert fields.get("reason", "") in notice(text)


def test_what_is_off_once_is_not_said_of_the_whole_event(visitor):
    event = make_event()
    make_date(event, FIRST, status=EventStatus.CANCELLED, reason="Burza")
    make_date(event, SECOND)
    text = shown(visitor, event)
    assert heading(text) == "Koncert"
    assert "Burza" in notice(text)
    assert "8 maja 2026" in notice(text)
    assert "band--deep hero" not in text


def test_a_moved_date_says_from_when_and_never_an_hour_that_nobody_gave(visitor):
    event = make_event()
    make_date(event, SECOND, status=EventStatus.RESCHEDULED, original_start=warsaw("2026-05-01 00:00"))
    assert "1 maja" in notice(shown(visitor, event))
    assert " 0:00" not in notice(shown(visitor, event))


def test_a_date_at_another_place_says_which_and_instead_of_which(visitor):
    here, there = make_venue("Sala"), make_venue("Plac", street="Rynek 1")
    event = make_event(venue=here, room="scena")
    make_date(event, FIRST, venue=there)
    text = shown(visitor, event)
    assert "Plac" in notice(text)
    assert "Sala" in notice(text)
    assert "Rynek 1" in text
    assert "scena" not in text


def test_each_date_says_its_own_status_place_doors_places_and_note(visitor):
    event = make_event()
    make_date(event, FIRST)
    make_date(
        event,
        SECOND,
        seats=Seats.FEW,
        note="Weź kalosze",
        door_time=warsaw("2026-05-08 17:15"),
        venue=make_venue("Plac"),
        room="pod lipą",
    )
    row = in_words(shown(visitor, event).split('id="terminy"')[1].split("<li>")[2])
    assert "8 maja 2026" in row
    for said in ["Plac", "pod lipą", "17:15", "Weź kalosze", str(Seats.FEW.label)[1:]]:
        assert said in row


def test_a_cancelled_event_that_is_over_still_answers_and_says_what_happened(visitor, clock):
    event = make_event()
    make_date(event, FIRST, status=EventStatus.CANCELLED, reason="Burza")
    clock("2027-01-01 12:00")
    text = shown(visitor, event)
    assert heading(text) == "Odwołane: Koncert"
    assert "Burza" in notice(text)
    assert "To wydarzenie już się odbyło" not in text


def test_an_event_that_is_over_shows_first_how_it_was_and_how_many_came(visitor, clock):
    event = make_event(afterwards=[("text", "<p>Śpiewał cały plac.</p>")], body=[("text", "<p>Przyjdź!</p>")])
    make_date(event, FIRST, attendance=120, attendance_method="counted")
    before = shown(visitor, event)
    assert "Śpiewał" not in before
    clock("2026-05-02 12:00")
    text = shown(visitor, event)
    assert text.index("Śpiewał cały plac") < text.index("Przyjdź!")
    assert "120" in in_words(text)


@pytest.mark.parametrize(
    ("fields", "says", "says_not"),
    [
        ({}, "zapytaj", "wolny"),
        ({"is_accessible_for_free": True}, "wstęp wolny", "zapytaj"),
        ({"is_donation": True}, None, "zapytaj"),
        ({"price_note": "Cennik w kasie"}, "Cennik w kasie", "zapytaj"),
        ({"offers": [Offer(name="Normalny", price="20.00")]}, "Normalny: 20", "wolny"),
        (
            {"discounts": [CardDiscount(card="Karta Dużej Rodziny", terms="za 5 zł")]},
            "Karta Dużej Rodziny: za 5 zł",
            None,
        ),
        ({"access": [EventAccess(provision="companion_free", note="Powiedz w kasie.")]}, "Powiedz w kasie.", None),
        (
            {"access": [EventAccess(provision="companion_free", state="not_available", note="Sala mała.")]},
            None,
            "Sala mała.",
        ),
    ],
)
def test_the_price_says_what_is_known_and_nothing_false(visitor, fields, says, says_not):
    event = make_event(start=FIRST, **fields)
    price = facts(shown(visitor, event))["Cena"]
    assert says is None or says in price
    assert says_not is None or says_not not in price


@pytest.mark.parametrize("fields", [{"seats": Seats.SOLD_OUT}, {"status": EventStatus.CANCELLED}])
def test_tickets_are_not_offered_for_what_nobody_can_enter(visitor, fields):
    address = "https://bilety.example.org/"
    event = make_event(ticket_url=address)
    make_date(event, FIRST, **fields)
    assert address not in in_words(shown(visitor, event))
    assert f'href="{address}"' not in shown(visitor, event)
    make_date(event, SECOND)
    assert f'href="{address}"' in shown(visitor, event)


def test_an_online_event_says_how_to_take_part_and_hides_the_address_afterwards(visitor, clock):
    address = "https://transmisja.example.org/"
    event = make_event(start=FIRST, attendance_mode="OnlineEventAttendanceMode", online_url=address)
    assert f'href="{address}"' in shown(visitor, event)
    clock("2026-06-01 12:00")
    assert f'href="{address}"' not in shown(visitor, event)


def test_the_plan_for_bad_weather_the_series_and_the_ages_are_told(visitor):
    event = make_event(
        start=FIRST, bad_weather="Gramy w sali, decyzja o 14:00.", age_from=7, age_to=15, audience="rodziny"
    )
    series = event.get_parent().add_child(instance=SeriesPage(title="Lato w parku", slug="lato"))
    event.series = series
    event.save()
    text = shown(visitor, event)
    assert "decyzja o 14:00" in in_words(text)
    assert "7–15" in text
    assert f'href="{series.url}"' in text


def test_html_in_any_text_stays_text(visitor):
    evil = "<script>alert(1)</script>"
    event = make_event(
        f"Koncert {evil}",
        audience=evil,
        room=evil,
        bad_weather=evil,
        price_note=evil,
        offers=[Offer(name=evil, price="1")],
        discounts=[CardDiscount(card=evil, terms=evil)],
        roles=[EventRole(role="funder", name=evil, note=evil)],
        access=[EventAccess(provision="captions", note=evil)],
        access_contact=evil,
    )
    make_date(event, FIRST, status=EventStatus.CANCELLED, reason=evil, note=evil, room=evil)
    assert evil not in shown(visitor, event)
    assert evil not in visitor.get("/").content.decode()


def test_a_preview_shows_the_dates_of_the_plan_that_is_on_the_screen(now):
    site = make_site()
    event = EventPage(title="Nowy", slug="nowy", kind=ProgrammeSettings.for_site(site).event_kinds.first())
    event.plan = [EventDate(day=date(2026, 5, 1), start_time=time(18), repetition="WEEKLY", count=3)]
    parent = site.root_page.get_children().get(slug="program")
    event.set_url_path(parent)
    event.path, event.depth = parent.path + "0001", parent.depth + 1
    response = event.make_preview_request(RequestFactory().get("/", headers={"host": "localhost"}), "")
    text = response.content.decode()
    assert response.status_code == 200
    assert "1 maja 2026" in in_words(text)
    assert "15 maja 2026" in in_words(text)


def test_a_preview_of_a_changed_plan_keeps_the_rows_and_adds_what_publishing_would(now):
    event = make_event(plan=[{"day": date(2026, 5, 1), "start_time": time(18)}])
    row = event.occurrences.get()
    row.change(at=now, status=EventStatus.CANCELLED, reason="Burza")
    event.plan = [EventDate(day=date(2026, 5, day), start_time=time(18)) for day in (1, 8)]
    dates = dates_once_published(event, at=now)
    assert [(each.pk is None, each.is_off) for each in dates] == [(False, True), (True, False)]
    assert event.occurrences.count() == 1

"""What one can ask of the programme: every question alone, any of them together, and nonsense."""

from itertools import cycle

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from accessibility.card import Provision
from programme.models import EventAccess, EventStatus, Occurrence, Seats, VenueAccess
from tests.factories import make_date, make_event, make_goal, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db

NOW = "2026-05-06 12:00"  # a Wednesday
START = warsaw("2026-05-07 18:00")
MOST_QUERIES = 45


@pytest.fixture
def read(clock, visitor):
    """A function: the context of /program/ with a query string."""
    make_site()
    clock(NOW)

    def read(query=""):
        response = visitor.get(f"/program/{query}")
        assert response.status_code == 200
        return response.context

    return read


def titles(context):
    if context["view"]:
        return [showing.date.event.title for day in context["shown"].days for showing in day.showings]
    under_way = [date.event.title for date in context["under_way"]]
    return under_way + [date.event.title for _day, dates in context["days"] for date in dates]


@pytest.fixture
def tree():
    """A village with a building with a room."""
    village = make_venue("Wieś", slug="wies", kind="place")
    building = make_venue("Dom", slug="dom", kind="building", part_of=village)
    room = make_venue("Sala", slug="sala", kind="room", part_of=building)
    return village, building, room


def test_a_place_includes_its_buildings_and_their_rooms(read, tree):
    village, building, room = tree
    make_event("Na łące", start=START, venue=village)
    make_event("W domu", start=START, venue=building)
    make_event("W sali", start=START, venue=room)
    make_event("Gdzie indziej", start=START)
    assert titles(read("?miejsce=wies")) == ["Na łące", "W domu", "W sali"]
    assert titles(read("?miejsce=dom")) == ["W domu", "W sali"]
    assert titles(read("?miejsce=sala")) == ["W sali"]


def test_a_date_with_a_place_of_its_own_is_only_there(read, tree):
    village, _building, room = tree
    make_venue("Park", slug="park")
    event = make_event("Koncert", start=START, venue=room)
    make_date(event, warsaw("2026-05-08 18:00"), venue=village)
    assert [day.day for day, _dates in read("?miejsce=sala")["days"]] == [7]
    assert [day.day for day, _dates in read("?miejsce=wies")["days"]] == [7, 8]
    assert titles(read("?miejsce=park")) == []


# (what the place, the building, the room and the event say of captions, whether one can count on them)
CARDS = [
    ("", "", "", "", False),
    ("provided", "", "", "", True),
    ("", "provided", "", "", True),
    ("", "", "provided", "", True),
    ("", "", "", "provided", True),
    ("", "", "", "on_request", True),
    ("on_request", "", "", "", True),
    ("", "", "", "not_available", False),
    ("provided", "not_available", "", "", False),
    ("provided", "", "not_available", "", False),
    ("not_available", "", "on_request", "", True),
    ("provided", "provided", "provided", "not_available", False),
    ("not_available", "not_available", "not_available", "provided", True),
]


@pytest.mark.parametrize("is_own_place", [False, True])
@pytest.mark.parametrize((*("place", "building", "room", "event"), "is_there"), CARDS)
def test_the_inner_line_of_the_access_card_overrides_the_outer(
    read, tree, place, building, room, event, is_there, is_own_place
):
    for venue, state in zip(tree, (place, building, room), strict=True):
        venue.access = [VenueAccess(provision="captions", state=state)] if state else []
        venue.save()
    lines = [EventAccess(provision="captions", state=event)] if event else []
    concert = make_event(venue=make_venue("Park") if is_own_place else tree[-1], access=lines)
    date = make_date(concert, START, venue=tree[-1] if is_own_place else None)
    assert titles(read("?dostepnosc=captions")) == (["Koncert"] if is_there else [])
    card = {row.provision: row.state for row in Occurrence.objects.get(pk=date.pk).access_card}
    assert is_there is (card.get("captions") in {"provided", "on_request"}), "the list and the card must agree"


def test_several_provisions_must_all_be_there(read):
    lines = [EventAccess(provision="captions"), EventAccess(provision="sign_language", state="on_request")]
    make_event("Z napisami", start=START, access=[EventAccess(provision="captions")])
    make_event("Z napisami i PJM", start=START, access=lines)
    make_event("W parku bez miejsca", start=START)
    assert titles(read("?dostepnosc=captions")) == ["Z napisami", "Z napisami i PJM"]
    assert titles(read("?dostepnosc=captions&dostepnosc=sign_language")) == ["Z napisami i PJM"]


def test_goals_kinds_and_free_admission_narrow_the_list(read):
    goal = make_goal()
    make_event("Dla celu", start=START, goals=[goal, make_goal(2)], is_accessible_for_free=True)
    make_event("Bez celu", start=START, is_accessible_for_free=True)
    assert titles(read("?cel=cel-1")) == ["Dla celu"]
    assert titles(read("?cel=cel-1&bezplatne=1&kiedy=7dni")) == ["Dla celu"]
    assert titles(read("?cel=cel-1&kiedy=dzis")) == []


def test_full_class_vanishes_from_the_list_only_for_those_who_ask(read, visitor):
    """What is full, sold out or cancelled stays in every view and says so in words."""
    event = make_event("Ceramika")
    for hour, values in [(10, {"seats": Seats.FULL}), (12, {"seats": Seats.SOLD_OUT}), (14, {"seats": Seats.FEW})]:
        make_date(event, warsaw(f"2026-05-07 {hour}:00"), **values)
    make_date(event, START, status=EventStatus.CANCELLED, reason="Awaria")
    assert titles(read()) == ["Ceramika"] * 4
    for view in ["", "?widok=miesiac", "?widok=tydzien"]:
        page = visitor.get(f"/program/{view}").content.decode().lower()
        for word in [Seats.FULL.label, Seats.SOLD_OUT.label, EventStatus.CANCELLED.label, "awaria"]:
            assert str(word).lower() in page, (view, word)
    assert titles(read("?wolne=1")) == ["Ceramika"]


# (query, the days of May on which something is listed)
RANGES = [
    ("?dataod=2026-05-09", [9, 10, 20]),
    ("?datado=2026-05-09", [7, 9]),
    ("?dataod=2026-05-09&datado=2026-05-10", [9, 10]),
    ("?dataod=2026-05-10&datado=2026-05-10", [10]),
    ("?dataod=2020-01-01", [7, 9, 10, 20]),
    ("?dataod=2020-01-01&datado=2020-12-31", []),
    ("?miesiac=2026-05", [7, 9, 10, 20]),
    ("?miesiac=2026-06", []),
    ("?miesiac=2026-05&dataod=2026-05-10", [10, 20]),
    ("?kiedy=weekend&dataod=2026-05-10", [10]),
    ("?kiedy=dzis&dataod=2026-05-10", []),
]


@pytest.mark.parametrize(("query", "days"), RANGES)
def test_days_asked_for_are_those_on_which_all_questions_agree(read, query, days):
    event = make_event("Koncert")
    for day in (7, 9, 10, 20):
        make_date(event, warsaw(f"2026-05-{day:02} 18:00"))
    context = read(query)
    assert [day.day for day, _dates in context["days"]] == days
    assert context["count"] == len(days)


def test_what_runs_for_weeks_is_not_on_when_the_days_asked_for_do_not_meet(read):
    make_event("Wystawa", start=warsaw("2026-05-01 10:00"), end=warsaw("2026-06-30 18:00"))
    assert titles(read("?kiedy=dzis")) == ["Wystawa"]
    assert titles(read("?kiedy=dzis&dataod=2026-05-10")) == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?dataod=2026-05-10&datado=2026-05-08", "datado"),
        ("?dataod=2026-02-30", "dataod"),
        ("?dataod=0001-01-01", "dataod"),
        ("?datado=9999-12-31", "datado"),
        ("?datado=jutro", "datado"),
        ("?datado=2026-05-07T12:00", "datado"),
        ("?dataod=٢٠٢٦-٠٥-٠٧", "dataod"),
        ("?miesiac=2026-13", "miesiac"),
        ("?miesiac=9999-12", "miesiac"),
        ("?tydzien=2027-W53", "tydzien"),
        ("?tydzien=2026-W00", "tydzien"),
        ("?widok=rok", "widok"),
        ("?cel=nie-ma", "cel"),
        ("?dostepnosc=winda", "dostepnosc"),
        ("?dostepnosc=captions&dostepnosc=%00", "dostepnosc"),
    ],
)
def test_nonsense_is_said_in_words_and_otherwise_ignored(read, visitor, query, name):
    make_event("Koncert", start=START)
    context = read(query)
    assert titles(context) == ["Koncert"]
    (message,) = context["form"].errors[name]
    page = visitor.get(f"/program/{query}").content.decode().replace("\xa0", " ")
    assert message in page
    assert '<details class="fold fold--filters" open>' in page


def test_the_addresses_of_views_periods_and_machines_keep_the_questions(read):
    context = read("?wiek=9&dostepnosc=captions&dostepnosc=step_free&kiedy=weekend&obce=1")
    asked = "dostepnosc=captions&dostepnosc=step_free"
    for addresses in (context["views"], context["quick"]):
        assert all("wiek=9" in url and asked in url and "obce" not in url for _label, url, _is_chosen in addresses)
    month = read(f"?wiek=9&{asked}&widok=miesiac&miesiac=2026-05")
    assert asked in month["calendar_url"]
    assert "widok" not in month["calendar_url"] + month["api_url"] + month["csv_url"]


def test_the_form_keeps_the_view_and_its_month_unseen(read, visitor):
    page = visitor.get("/program/?widok=miesiac&miesiac=2026-07").content.decode()
    assert '<input type="hidden" name="widok" value="miesiac">' in page
    assert '<input type="hidden" name="miesiac" value="2026-07">' in page
    assert 'type="hidden"' not in visitor.get("/program/").content.decode().partition('class="filters"')[2]


def test_the_count_is_announced(read, visitor):
    make_event("Koncert", start=START)
    page = visitor.get("/program/?kiedy=7dni").content.decode()
    assert f'role="status">{read("?kiedy=7dni")["count_text"]}' in page


@pytest.mark.parametrize(
    "path", ["/program/", "/program/?widok=miesiac&wiek=9", "/api/events/", "/program/kalendarz.ics"]
)
@pytest.mark.parametrize(
    "unknown",
    [
        "utm_source=x",
        "page=1e9",
        "title__regex=(a%2B)%2B%24",
        "event__path=0001",
        "order_by=-pk",
        "wiek__gte=1",
        "x=%00",
    ],
)
def test_unknown_parameters_never_change_an_answer(read, visitor, path, unknown):
    make_event("Koncert", start=START)
    plain = visitor.get(path)
    more = visitor.get(f"{path}{'&' if '?' in path else '?'}{unknown}")
    assert (more.status_code, more.content) == (plain.status_code, plain.content)


def asked():
    """Any of the questions, each with an answer that makes sense or with none."""
    odd = st.sampled_from(["", "%00", "1e9", "-1", "a" * 300, "' OR 1=1 --", "<b>", "٣"])
    known = {
        "q": st.sampled_from(["koncert", "Łodzi dla", "%"]),
        "kiedy": st.sampled_from(["dzis", "weekend", "7dni", "miesiac"]),
        "dataod": st.dates().map(str),
        "datado": st.dates().map(str),
        "miesiac": st.dates().map(lambda day: str(day)[:7]),
        "tydzien": st.builds("{:04}-W{:02}".format, st.integers(1, 9999), st.integers(0, 54)),
        "widok": st.sampled_from(["miesiac", "tydzien"]),
        "miejsce": st.sampled_from(["wies", "dom", "sala"]),
        "wiek": st.integers(0, 130).map(str),
        "cel": st.just("cel-1"),
        "bezplatne": st.just("1"),
        "wolne": st.just("1"),
        "dostepnosc": st.lists(st.sampled_from(Provision.values), max_size=4),
        "rodzaj": st.integers(0, 20).map(str),
        "od": st.dates().map(str),
        "page": st.just("1e9"),
    }
    return st.fixed_dictionaries({}, optional={name: values | odd for name, values in known.items()})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked())
def test_any_questions_together_answer_within_the_budget_of_queries(programme, visitor, query):
    for path in ["/program/", "/api/events/", "/program/kalendarz.ics"]:
        with CaptureQueriesContext(connection) as queries:
            response = visitor.get(path, query)
        assert response.status_code in ({200, 400} if path == "/api/events/" else {200}), path
        assert len(queries) <= MOST_QUERIES, path


@pytest.fixture
def programme(clock, tree):
    clock(NOW)
    goal = make_goal()
    for number, venue in enumerate(tree):
        lines = [EventAccess(provision="captions")]
        event = make_event(f"Koncert {number}", start=START, venue=venue, goals=[goal], access=lines, age_from=number)
        make_date(event, warsaw("2026-06-01 18:00"), warsaw("2026-06-03 20:00"), is_time_confirmed=False)


@pytest.mark.parametrize("value", ["1e9", "%00", "9" * 30, "x" * 100_000, "%ff%fe"])
def test_odd_values_never_break_an_answer(programme, visitor, value):
    names = ["q", "dataod", "miesiac", "tydzien", "widok", "dostepnosc", "cel", "od", "page"]
    paths = ["/program/?", "/program/?widok=miesiac&", "/api/events/?", "/program/archiwum/?"]
    # Each parameter alone, on one list in turn; then all of them at once on every list.
    questions = [f"{path}{name}={value}" for name, path in zip(names, cycle(paths), strict=False)]
    short = value[:1000]  # nine long ones together are more than a server takes in
    for question in [*questions, *(path + "&".join(f"{name}={short}" for name in names) for path in paths)]:
        assert visitor.get(question).status_code in {200, 400}, question[:80]


def test_thousands_of_repeated_provisions_are_one(read):
    make_event("Koncert", start=START, access=[EventAccess(provision="captions")])
    assert titles(read(f"?{'&'.join(['dostepnosc=captions'] * 2000)}")) == ["Koncert"]


def entries(visitor, address):
    response = visitor.get(address)
    assert response.status_code == 200, address
    return [str(entry["SUMMARY"]) for entry in Calendar.from_ical(response.content).walk("VEVENT")]


def test_the_calendar_takes_every_question(read, visitor, tree):
    make_event("W sali", start=START, venue=tree[-1], access=[EventAccess(provision="captions")], age_to=12)
    make_event("W parku", start=warsaw("2026-06-07 18:00"))
    for query, expected in [
        ("", ["W sali", "W parku"]),
        ("?miejsce=wies&dostepnosc=captions&wiek=9&q=sala&miesiac=2026-05", ["W sali"]),
        ("?kiedy=7dni", ["W sali"]),
        ("?dataod=2026-06-01&datado=2026-06-30", ["W parku"]),
        ("?wiek=13", ["W parku"]),
    ]:
        assert entries(visitor, f"/program/kalendarz.ics{query}") == expected, query


def test_places_and_goals_have_calendars_of_a_month_back_and_eighteen_ahead(read, visitor, tree):
    _village, _building, room = tree
    goal = make_goal()
    event = make_event("Koncert", start=START, venue=room, goals=[goal])
    for moment in ["2026-04-05 18:00", "2026-04-07 18:00", "2027-11-01 18:00", "2027-11-08 18:00"]:
        make_date(event, warsaw(moment))
    make_event("Gdzie indziej", start=START)
    make_event("Cudzy", site=make_site("mok.localhost"), start=START)
    for address in ["/miejsca/wies/kalendarz.ics", "/miejsca/sala/kalendarz.ics", "/misja/cele/cel-1/kalendarz.ics"]:
        assert entries(visitor, address) == ["Koncert"] * 3, address
    for address in ["/miejsca/nie-ma/kalendarz.ics", "/misja/cele/nie-ma/kalendarz.ics"]:
        assert visitor.get(address).status_code == 404

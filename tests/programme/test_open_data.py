"""JSON, table, news feed: what machines are promised."""

import csv
import json
from datetime import timedelta
from io import StringIO
from xml.etree import ElementTree

import pytest

from mission.spreadsheets import inert
from programme.events.filters import DataFilter
from programme.events.open_data import COLUMNS, LICENCE
from programme.models import (
    CardDiscount,
    EventAccess,
    EventIndexPage,
    EventRole,
    EventStatus,
    Offer,
    Seats,
    SeriesPage,
    VenueAccess,
)
from tests.factories import make_date, make_event, make_goal, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db

NOW = "2026-05-06 12:00"


@pytest.fixture
def api(clock, visitor):
    make_site()
    clock(NOW)

    def read(query="", status=200):
        response = visitor.get(f"/api/events/{query}")
        assert response.status_code == status
        assert response.headers["Content-Type"] == "application/json"
        return response.json()

    return read


def full_event():
    venue = make_venue(street="Rynek 1", postal_code="00-000", town="Miasto", latitude="50.1", longitude="18.5")
    event = make_event("Koncert", start=warsaw("2026-05-07 18:00"), venue=venue, goals=[make_goal()], age_from=7)
    event.offers = [Offer(name="Normalny", price="30.00")]
    event.access = [EventAccess(provision="induction_loop", state="provided")]
    event.discounts = [CardDiscount(card="Karta Dużej Rodziny", terms="połowa ceny")]
    event.roles = [EventRole(role="funder", name="Ministerstwo", note="Program „Kultura”")]
    event.series = make_series()
    event.save()
    return event


def make_series(**fields):
    index = EventIndexPage.objects.first()
    return index.add_child(instance=SeriesPage(**{"title": "Dni Miasta", "slug": "dni", "form": "festival"} | fields))


def test_json_comes_without_being_asked_for_and_says_what_people_ask(api, visitor):
    full_event()
    data = api()
    (row,) = data["events"]
    assert row["title"] == "Koncert"
    assert row["start"] == "2026-05-07T18:00:00+02:00"
    assert row["place"]["address"] == "Rynek 1, 00-000 Miasto"
    assert row["offers"] == [{"name": "Normalny", "price": "30.00", "currency": "PLN"}]
    assert row["access"][0]["provision"] == "induction_loop"
    assert row["goals"][0]["title"] == "Cel 1"
    assert data["licence"]["url"].startswith("https://")
    assert data["notice"] == ""


def described(schema, value, way=""):
    """Every name that the description and a value disagree about, at any depth, with the way to it."""
    if isinstance(value, list):
        return [wrong for each in value for wrong in described(schema["items"], each, f"{way}[]")]
    if not isinstance(value, dict):
        return []
    properties = schema["properties"]
    wrong = [f"{way}.{name}" for name in set(properties) ^ set(value)]
    return wrong + [
        each
        for name in set(properties) & set(value)
        for each in described(properties[name], value[name], f"{way}.{name}")
    ]


def test_the_description_names_every_field_at_every_depth_and_no_other(api, visitor):
    full_event()
    data = api()
    schemas = json.loads(visitor.get("/api/openapi.json").content)["components"]["schemas"]
    (event,) = data.pop("events")
    assert described(schemas["Event"], event) == []
    assert set(schemas["Event"]["required"]) == set(event)
    page = {name: schema for name, schema in schemas["Page"]["properties"].items() if name != "events"}
    assert described({"properties": page}, data) == []


def test_what_the_description_lists_as_possible_is_all_there_is(api, visitor):
    full_event()
    properties = json.loads(visitor.get("/api/openapi.json").content)["components"]["schemas"]["Event"]["properties"]
    assert properties["status"]["enum"] == EventStatus.values
    assert properties["seats"]["enum"] == [None, "few", "full", "sold_out"]
    (event,) = api()["events"]
    for name, schema in properties.items():
        if "enum" in schema:
            assert event[name] in schema["enum"], name


def test_the_description_names_every_parameter_with_what_it_accepts(api, visitor):
    document = json.loads(visitor.get("/api/openapi.json").content)
    assert set(document["paths"]) == {"/api/events/", "/api/events.csv"}
    rows = {row["name"]: row for row in document["paths"]["/api/events/"]["get"]["parameters"]}
    assert set(rows) == set(DataFilter.base_fields)
    assert rows["ile"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 200}
    assert rows["po"]["schema"] == {"type": "string", "format": "uuid"}
    assert rows["dataod"]["schema"] == {"type": "string", "format": "date"}
    assert rows["miesiac"]["schema"] == {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}
    assert "induction_loop" in rows["dostepnosc"]["schema"]["items"]["enum"]
    assert rows["dostepnosc"]["explode"] is True
    assert rows["bezplatne"]["schema"]["enum"] == ["1"]
    assert "" not in rows["rodzaj"]["schema"]["enum"]
    for name, row in rows.items():
        assert row["description"].strip("."), name


def test_people_prices_series_and_places_left_are_told(api):
    event = full_event()
    event.occurrences.get().change(at=warsaw(NOW), seats=Seats.FEW)
    (row,) = api()["events"]
    assert (row["seats"], row["seats_label"]) == ("few", str(Seats.FEW.label))
    assert row["discounts"] == [{"card": "Karta Dużej Rodziny", "terms": "połowa ceny"}]
    assert row["roles"][0] | {"label": ""} == {
        "role": "funder", "label": "", "name": "Ministerstwo", "note": "Program „Kultura”", "url": None,
    }  # fmt: skip
    assert row["series"]["form"] == "festival"
    assert row["series"]["url"].endswith("/program/dni/")
    SeriesPage.objects.get().unpublish()
    assert api()["events"][0]["series"] is None


def test_a_date_elsewhere_has_its_own_place_and_that_places_access(api):
    hall = make_venue("Sala", slug="sala", access=[VenueAccess(provision="step_free", checked_on="2026-03-01")])
    park = make_venue("Park", slug="park", latitude="51.5", longitude="19.5", live=False)
    event = make_event(venue=hall, room="parter")
    make_date(event, warsaw("2026-05-07 18:00"))
    make_date(event, warsaw("2026-05-08 18:00"), venue=park, room="altana")
    here, there = api()["events"]
    assert (here["place"]["name"], here["place"]["room"]) == ("Sala", "parter")
    assert here["access"][0]["checked_on"] == "2026-03-01"
    assert here["access_request_until"] == "2026-05-02"
    assert here["access_request_url"].endswith("/dostepnosc/zgloszenie/")
    assert (there["place"]["name"], there["place"]["room"], there["place"]["latitude"]) == ("Park", "altana", 51.5)
    assert there["access"] == []
    assert there["place"]["url"] is None  # a draft


def test_what_moved_online_is_attended_online(api):
    event = make_event(online_url="https://example.org/s", attendance_mode="MixedEventAttendanceMode")
    make_date(event, warsaw("2026-05-07 18:00"))
    make_date(event, warsaw("2026-05-08 18:00"), status=EventStatus.MOVED_ONLINE)
    make_date(event, warsaw("2026-05-09 18:00"), status=EventStatus.CANCELLED)
    modes = [(row["attendance_mode"], row["online_url"]) for row in api()["events"]]
    assert modes == [
        ("MixedEventAttendanceMode", "https://example.org/s"),
        ("OnlineEventAttendanceMode", "https://example.org/s"),
        ("MixedEventAttendanceMode", ""),
    ]


def test_following_next_reads_every_date_once(api):
    event = make_event()
    for number in range(7):
        make_date(event, warsaw("2026-05-07 18:00") + timedelta(hours=number // 2, minutes=number))
    seen, query = [], "?ile=3"
    while query:
        data = api(query)
        seen += [row["id"] for row in data["events"]]
        query = data["next"] and "?" + data["next"].partition("?")[2]
    assert len(seen) == len(set(seen)) == 7
    assert data["count"] == 7


def test_the_same_filters_as_on_the_page(api):
    make_event("Dziś", start=warsaw("2026-05-06 18:00"), is_accessible_for_free=True)
    make_event("Jutro", start=warsaw("2026-05-07 18:00"))
    assert [row["title"] for row in api("?kiedy=dzis")["events"]] == ["Dziś"]
    assert [row["title"] for row in api("?bezplatne=1")["events"]] == ["Dziś"]
    assert [row["title"] for row in api("?q=jutro")["events"]] == ["Jutro"]


@pytest.mark.parametrize(
    "query", ["?wiek=abc", "?ile=1e9", "?ile=0", "?po=x", "?po=%00", "?kiedy=zawsze", "?rodzaj=%00"]
)
def test_a_known_parameter_that_makes_no_sense_is_refused_by_name(api, visitor, query):
    name = query[1:].partition("=")[0]
    assert name in api(query, status=400)["errors"]
    refused = visitor.get(f"/api/events.csv{query}")
    assert refused.status_code == 400
    assert name in refused.content.decode()


def test_unknown_parameters_and_an_unknown_place_to_go_on_change_nothing(api):
    make_event(start=warsaw("2026-05-07 18:00"))
    plain = api()
    assert api("?title__regex=x&limit=1e9&offset=-1&format=xml") == plain
    assert api("?po=00000000-0000-4000-8000-000000000000")["events"] == plain["events"]


def test_status_and_unknown_hours_are_told_and_not_guessed(api):
    event = make_event()
    make_date(event, warsaw("2026-05-07 00:00"), warsaw("2026-05-08 00:00"), is_time_confirmed=False)
    make_date(event, warsaw("2026-05-08 18:00"), is_end_confirmed=False, status=EventStatus.CANCELLED, reason="Burza")
    unknown, cancelled = api()["events"]
    assert (unknown["start"], unknown["end"], unknown["is_time_confirmed"]) == (None, None, False)
    assert unknown["first_day"] == unknown["last_day"] == "2026-05-07"
    assert (cancelled["status"], cancelled["reason"], cancelled["end"]) == ("EventCancelled", "Burza", None)


def test_another_centres_events_are_not_in_the_data(api):
    make_event("Cudzy", site=make_site("mok.localhost"), start=warsaw("2026-05-07 18:00"))
    assert api()["events"] == []


def test_a_demonstration_says_so(clock, visitor):
    make_site(is_demonstration=True)
    clock(NOW)
    make_event(start=warsaw("2026-05-07 18:00"))
    notice = visitor.get("/api/events/").json()["notice"]
    assert notice
    for address in ["/api/events.csv", "/api/openapi.json", "/program/kanal.rss"]:
        assert notice in visitor.get(address).content.decode(), address


@pytest.mark.parametrize("address", ["/api/events/", "/api/events.csv", "/api/openapi.json", "/program/kanal.rss"])
def test_answers_can_be_kept_and_asked_for_again(api, visitor, address):
    full_event()
    first = visitor.get(address)
    assert "public" in first.headers["Cache-Control"]
    assert not first.cookies
    assert visitor.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/api/events/", "/api/events.csv", "/program/kalendarz.ics", "/zajecia/plan/"])
def test_what_is_only_read_cannot_be_sent_to(api, visitor, address):
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(visitor, method)(address)
        assert refused.status_code == 405
        assert refused.headers["Allow"] == "GET, HEAD"
        assert refused.content


@pytest.mark.parametrize("address", ["/api/events/", "/api/events.csv"])
def test_the_licence_is_named(api, visitor, address):
    assert visitor.get(address).headers["Link"] == f'<{LICENCE["url"]}>; rel="license"'


def read_table(visitor):
    content = visitor.get("/api/events.csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_table_has_the_same_dates(api, visitor):
    full_event()
    (row,) = read_table(visitor)
    assert row["title"] == "Koncert"
    assert row["prices"] == "Normalny: 30.00 PLN"
    assert row["id"] == api()["events"][0]["id"]
    assert row["series"] == "Dni Miasta"
    assert row["roles"].endswith(": Ministerstwo")
    assert list(row) == list(COLUMNS)


@pytest.mark.parametrize("text", ["=1+1", "+48", "-1", "@SUM(A1)", "=HYPERLINK(1)", "＝1+1"])
def test_no_cell_runs_as_a_formula(api, visitor, text):
    make_event(text, start=warsaw("2026-05-07 18:00"), slug="formula")
    (row,) = read_table(visitor)
    assert row["title"] == f"'{text}"
    assert inert("\tx").startswith("'")
    assert inert(None) == ""


def items(visitor):
    channel = ElementTree.fromstring(visitor.get("/program/kanal.rss").content).find("channel")  # noqa: S314 - our own
    return channel.findall("item")


def test_the_news_feed_has_what_is_ahead_and_says_what_is_off(api, visitor):
    make_event("Był", start=warsaw("2026-05-01 18:00"))
    event = make_event("Koncert", start=warsaw("2026-05-07 18:00"))
    (item,) = items(visitor)
    before = item.findtext("guid")
    assert item.findtext("title") == "Koncert"
    event.occurrences.get().change(at=warsaw(NOW), status=EventStatus.CANCELLED)
    (item,) = items(visitor)
    assert item.findtext("title") != "Koncert"
    assert item.findtext("guid") != before


def test_a_date_that_was_moved_is_news_again_and_comes_first(api, visitor):
    event = make_event("Próby", first_published_at=warsaw("2026-01-01 12:00"))
    for day in ("2026-05-07", "2026-05-14", "2026-05-21"):
        make_date(event, warsaw(f"{day} 18:00"))
    make_event("Nowy", start=warsaw("2026-06-01 18:00"), first_published_at=warsaw("2026-05-01 12:00"))
    assert [item.findtext("title") for item in items(visitor)] == ["Nowy", "Próby"]
    last = event.occurrences.last()
    for hour in (19, 20):
        last.change(at=warsaw(NOW), status=EventStatus.RESCHEDULED, start=warsaw(f"2026-05-20 {hour}:00"))
        moved, *others = items(visitor)
        assert "Próby" in moved.findtext("title")
        assert moved.findtext("title") != "Próby"
        assert f"{hour}:00" in moved.findtext("description")
        assert moved.findtext("guid") not in {item.findtext("guid") for item in others}
        assert f"20260520T{hour}00" in moved.findtext("guid")


def test_an_act_that_calls_off_many_dates_is_one_piece_of_news(api, visitor):
    event = make_event("Próby")
    for day in range(7, 27):
        make_date(event, warsaw(f"2026-05-{day:02} 18:00"), status=EventStatus.CANCELLED, changed_at=warsaw(NOW))
    assert len(items(visitor)) == 1


def test_the_news_feed_says_where_and_whether_there_is_room(api, visitor):
    event = make_event(venue=make_venue("Dom Ludowy"), summary="Zagra kapela.")
    make_date(event, warsaw("2026-05-07 18:00"), seats=Seats.FEW)
    (item,) = items(visitor)
    for words in ["7 maja 2026, 18:00", "Dom Ludowy", str(Seats.FEW.label), "Zagra kapela"]:
        assert words.lower() in item.findtext("description").lower()


def test_control_characters_do_not_break_the_news_feed(api, visitor):
    event = make_event("Koncert", start=warsaw("2026-05-07 18:00"), summary="a\x0bb\x1bc ]]> <script>")
    type(event).objects.filter(pk=event.pk).update(title="Kon\x0bcert\ufffe")
    (item,) = items(visitor)
    assert item.findtext("title") == "Kon cert"

"""JSON, table, news feed: what machines are promised."""

import csv
import json
from datetime import timedelta
from io import StringIO
from xml.etree import ElementTree

import pytest

from programme.events.open_data import inert
from programme.models import EventAccess, EventStatus, Offer
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
    event.save()
    return event


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


def test_the_description_names_every_field_and_every_parameter(api, visitor):
    full_event()
    data = api()
    document = json.loads(visitor.get("/api/openapi.json").content)
    schemas = document["components"]["schemas"]
    assert set(schemas["Page"]["properties"]) == set(data)
    assert set(schemas["Event"]["properties"]) == set(data["events"][0])
    for name in ("place", "offers", "access", "goals"):
        value = data["events"][0][name]
        described = schemas["Event"]["properties"][name]
        described = described.get("items", described)["properties"]
        assert set(described) == set(value[0] if isinstance(value, list) else value)
    assert set(document["paths"]) == {"/api/events/", "/api/events.csv"}
    named = {row["name"] for row in document["paths"]["/api/events/"]["get"]["parameters"]}
    assert named == {"q", "kiedy", "rodzaj", "miejsce", "wiek", "bezplatne", "po", "ile"}


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


@pytest.mark.parametrize("text", ["=1+1", "+48", "-1", "@SUM(A1)", "=HYPERLINK(1)"])
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


def test_control_characters_do_not_break_the_news_feed(api, visitor):
    event = make_event("Koncert", start=warsaw("2026-05-07 18:00"), summary="a\x0bb\x1bc ]]> <script>")
    type(event).objects.filter(pk=event.pk).update(title="Kon\x0bcert\ufffe")
    (item,) = items(visitor)
    assert item.findtext("title") == "Kon cert"

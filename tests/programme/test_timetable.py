"""The season's week: one set of meetings, as a table with headers and as lists by day."""

from datetime import time

import pytest

from programme.sections.models import Availability
from tests.factories import make_section, make_site, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def timetable(visitor):
    """A function: the context of the timetable with a query string."""
    make_site()
    building = make_venue("Dom", slug="dom")
    room = make_venue("Sala", slug="sala", part_of=building)
    children = {"name": "Dzieci", "age_from": 7, "age_to": 10, "meetings": [{"weekday": 2, "venue": room}]}
    adults = {
        "name": "Dorośli",
        "age_from": 18,
        "meetings": [{"weekday": 4, "start": "18:30", "end": "20:00", "venue": building}, {"weekday": 2}],
    }
    make_section("Ceramika", groups=[children, adults])
    make_section("Szkic", live=False)
    make_section("Cudze", site=make_site("mok.localhost"))

    def read(query=""):
        response = visitor.get(f"/zajecia/plan/{query}")
        assert response.status_code == 200
        return response.context

    return read


def names(context):
    return [(number, meeting.group.name) for number, _label, meetings in context["days"] for meeting in meetings]


def test_table_and_list_have_the_same_meetings(timetable):
    context = timetable()
    assert names(context) == [(2, "Dzieci"), (2, "Dorośli"), (4, "Dorośli")]
    table = context["table"]
    assert [number for number, _label in table.days] == [2, 4]
    assert [hour for hour, _cells in table.rows] == [time(16), time(18)]
    in_table = sorted(each.pk for _hour, cells in table.rows for cell in cells for each in cell)
    in_list = sorted(each.pk for _number, _label, meetings in context["days"] for each in meetings)
    assert in_table == in_list


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?wiek=8", [(2, "Dzieci")]),
        ("?wiek=18", [(2, "Dorośli"), (4, "Dorośli")]),
        ("?dzien=4", [(4, "Dorośli")]),
        ("?miejsce=sala", [(2, "Dzieci")]),
        ("?miejsce=dom", [(2, "Dzieci"), (4, "Dorośli")]),
        ("?miejsce=dom&wiek=40", [(4, "Dorośli")]),
        ("?wiek=14", []),
    ],
)
def test_age_day_and_place_narrow_it(timetable, query, expected):
    context = timetable(query)
    assert names(context) == expected
    assert context["count"] == len(expected)
    assert context["is_filtered"]
    assert bool(context["table"]) is bool(expected)


@pytest.mark.parametrize(
    "query",
    ["?dzien=9", "?dzien=%00", "?wiek=abc", "?wiek=9" + "9" * 5000, "?miejsce=x", "?group__name=Dzieci", "?page=1e9"],
)
def test_what_makes_no_sense_changes_nothing(timetable, query):
    assert len(names(timetable(query))) == 3


def test_the_table_has_headers_for_days_and_hours(timetable, visitor):
    html = visitor.get("/zajecia/plan/").content.decode()
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 2


def test_a_full_group_stays_visible_and_offers_whom_to_ask_instead_of_an_empty_waiting_list(visitor):
    full = {"name": "Pełna", "availability": Availability.FULL, "meetings": [{}]}
    section = make_section("Balet", groups=[full], how_to_join="<p>Napisz do nas.</p>", whom_to_ask="Biuro, pokój 3")
    for address in ("/zajecia/", section.url, "/zajecia/plan/"):
        assert "Balet" in visitor.get(address).content.decode(), address
    page = visitor.get(section.url).content.decode()
    for said in (str(Availability.FULL.label), "Napisz do nas.", "Biuro, pokój 3"):
        assert said.lower() in page.lower(), said
    # Nobody keeps a waiting list here, so nothing may invite to one.
    assert "rezerwow" not in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]

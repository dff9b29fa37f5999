"""What has been keeps its place: by year and month, for ever."""

import pytest

from tests.factories import make_event, make_site, warsaw

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(clock):
    make_site()
    clock("2026-05-06 12:00")
    make_event("Styczeń", start=warsaw("2025-01-31 23:30"), end=warsaw("2025-02-01 02:00"))
    make_event("Sylwester", start=warsaw("2025-12-31 22:00"), end=warsaw("2026-01-01 04:00"))
    make_event("Wczoraj", start=warsaw("2026-05-05 18:00"))
    make_event("Jutro", start=warsaw("2026-05-07 18:00"))
    make_event("Cudzy", site=make_site("mok.localhost"), start=warsaw("2024-05-05 18:00"))


def titles(context):
    return [date.event.title for _day, dates in context["days"] for date in dates]


@pytest.mark.parametrize(
    ("month", "expected"),
    [("2025/01", ["Styczeń"]), ("2025/02", []), ("2025/12", ["Sylwester"]), ("2026/01", []), ("2026/05", ["Wczoraj"])],
)
def test_a_sitting_belongs_to_the_month_in_which_it_began(past, visitor, month, expected):
    response = visitor.get(f"/program/archiwum/{month}/")
    assert response.status_code == 200
    assert titles(response.context) == expected


def test_years_and_months_lead_to_each_other(past, visitor):
    context = visitor.get("/program/archiwum/").context
    assert [(year, is_current) for year, _url, is_current in context["years"]] == [(2026, True), (2025, False)]
    assert [(f"{month:%m}", count) for month, count, _url in context["months"]] == [("05", 1)]
    context = visitor.get("/program/archiwum/2025/").context
    assert [(f"{month:%m}", count) for month, count, _url in context["months"]] == [("12", 1), ("01", 1)]
    context = visitor.get("/program/archiwum/2025/12/").context
    assert context["earlier"][1] == "/program/archiwum/2025/01/"
    assert context["later"][1] == "/program/archiwum/2026/05/"


def test_an_empty_archive_says_so(clock, visitor):
    make_site()
    assert visitor.get("/program/archiwum/").status_code == 200


@pytest.mark.parametrize(
    "path", ["2026/06", "2026/13", "2026/00", "9999/12", "0000/01", "2027", "1899", "2026/5", "26/05"]
)
def test_months_that_have_not_been_are_not_there(past, visitor, path):
    assert visitor.get(f"/program/archiwum/{path}/").status_code == 404

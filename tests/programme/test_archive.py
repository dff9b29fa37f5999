"""What has been keeps its place: by year and month, for ever."""

import pytest

from tests.factories import make_date, make_event, make_site, warsaw

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


def test_a_huge_month_is_read_in_pages_of_whole_days(clock, visitor):
    make_site()
    clock("2026-05-06 12:00")
    event = make_event("Maraton")
    for day in range(1, 29):
        for hour in range(8, 18):
            make_date(event, warsaw(f"2025-02-{day:02} {hour:02}:00"))
    seen, address, addresses = [], "/program/archiwum/2025/02/", []
    while address:
        addresses.append(address)
        context = visitor.get(address).context
        assert context["count_text"] == visitor.get(addresses[0]).context["count_text"]
        seen += [day.day for day, dates in context["days"] if len(dates) == 10]
        address = context["next_url"]
    assert seen == list(range(1, 29))
    assert len(addresses) == 3
    assert context["previous_url"] == addresses[1]
    assert visitor.get(addresses[1]).context["previous_url"] == addresses[0]


@pytest.mark.parametrize("day", ["2025-02-31", "2025-03-01", "2025-01-02", "%00", "1e9", "x"])
def test_a_page_that_is_not_there_is_the_first(past, visitor, day):
    context = visitor.get(f"/program/archiwum/2025/01/?od={day}").context
    assert titles(context) == ["Styczeń"]
    assert context["previous_url"] is None


def test_long_exhibitions_hide_no_month(clock, visitor):
    """The neighbouring months are found by the index of ends: what lasts long must not stand in the way."""
    make_site()
    clock("2026-05-06 12:00")
    make_event("Wystawa", start=warsaw("2024-01-10 10:00"), end=warsaw("2025-06-30 18:00"))
    make_event("Luty", start=warsaw("2025-02-05 18:00"))
    make_event("Lipiec", start=warsaw("2025-07-05 18:00"))
    make_event("Długo", start=warsaw("2025-08-05 18:00"), end=warsaw("2026-04-30 18:00"))
    make_event("Marzec", start=warsaw("2026-03-05 18:00"))
    months = ["2024/01", "2025/02", "2025/07", "2025/08", "2026/03"]
    for number, month in enumerate(months):
        context = visitor.get(f"/program/archiwum/{month}/").context
        earlier, later = context["earlier"], context["later"]
        assert (earlier and earlier[1][-8:-1]) == (months[number - 1] if number else None), month
        assert (later and later[1][-8:-1]) == (months[number + 1] if number < 4 else None), month
    context = visitor.get("/program/archiwum/").context
    assert [year for year, _url, _is_current in context["years"]] == [2026, 2025, 2024]

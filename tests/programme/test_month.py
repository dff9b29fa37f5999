"""The programme as a month's table and as a week of seven days."""

import re
from html.parser import HTMLParser

import pytest

from programme.models import EventStatus
from tests.factories import make_date, make_event, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db

NOW = "2026-12-02 12:00"  # a Wednesday
MONTH, WEEK = "/program/?widok=miesiac", "/program/?widok=tydzien"


@pytest.fixture
def read(clock, visitor):
    """A function: the context of an address."""
    make_site()
    clock(NOW)

    def read(address):
        response = visitor.get(address)
        assert response.status_code == 200
        return response.context

    return read


def days(context):
    """The days on which something is shown, as "mm-dd", with the titles."""
    shown = {
        f"{day.day:%m-%d}": [showing.date.event.title for showing in day.showings] for day in context["shown"].days
    }
    return {day: titles for day, titles in shown.items() if titles}


class Table(HTMLParser):
    """The one table of a page: its caption, its column headers, and for each row the text of its cells."""

    def __init__(self, text):
        super().__init__()
        self.caption, self.headers, self.rows, self.into = "", [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        elif tag == "th":
            assert dict(attributes) == {"scope": "col"}
            self.headers.append("")
        elif tag == "td":
            self.rows[-1].append("")
        self.into = tag if tag in {"caption", "th", "td"} else self.into

    def handle_endtag(self, tag):
        self.into = None if tag in {"caption", "th", "td"} else self.into

    def handle_data(self, text):
        if self.into == "caption":
            self.caption += text
        elif self.into == "th":
            self.headers[-1] += text
        elif self.into == "td":
            self.rows[-1][-1] += f" {text.strip()}" if text.strip() else ""


def main(visitor, address):
    return visitor.get(address).content.decode().replace("\xa0", " ").partition("<main")[2].partition("</main>")[0]


def test_month_is_a_table_with_a_caption_headers_and_empty_cells_outside_the_month(read, visitor):
    make_event("Koncert", start=warsaw("2026-12-05 18:00"))
    read(MONTH)
    table = Table(main(visitor, MONTH))
    assert "grudzień 2026" in table.caption
    assert table.headers == ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"]
    head, *weeks = table.rows
    assert head == []
    assert [len(week) for week in weeks] == [7] * 5
    assert weeks[0][0] == ""
    assert weeks[0][1].split()[0] == "1"
    assert weeks[-1][3].split()[0] == "31"
    assert weeks[-1][4:] == ["", "", ""]
    assert "18:00" in weeks[0][5]
    assert "Koncert" in weeks[0][5]


def test_today_is_said_in_words_and_only_in_its_own_month(read, visitor):
    page = main(visitor, MONTH)
    read(MONTH)
    assert page.count('aria-current="date"') == 1
    assert "2 grudnia, środa</span></time> <strong>" in re.sub(r"<b>2</b> <span[^>]*>", "2 ", page)
    assert 'aria-current="date"' not in main(visitor, f"{MONTH}&miesiac=2026-11")


def test_two_more_are_never_hidden(read, visitor):
    """A day with many dates lists every one of them as a link: no "+2 more" that a keyboard cannot reach."""
    for number in range(25):
        make_event(f"Koncert {number}", start=warsaw(f"2026-12-05 {8 + number % 12:02}:00"))
    read(MONTH)
    for address in (MONTH, f"{WEEK}&tydzien=2026-W49"):
        assert len(re.findall(r'<a href="/program/koncert-\d+/">', main(visitor, address))) == 25


def test_exhibition_is_there_on_its_last_day_and_on_each_before(read):
    make_event("Wystawa", start=warsaw("2026-11-20 10:00"), end=warsaw("2026-12-04 00:00"))
    make_event("Jarmark", start=warsaw("2026-12-30 10:00"), end=warsaw("2027-01-02 18:00"))
    assert list(days(read(MONTH))) == ["12-01", "12-02", "12-03", "12-30", "12-31"]
    assert list(days(read(f"{MONTH}&miesiac=2027-01"))) == ["01-01", "01-02"]
    assert list(days(read(f"{WEEK}&tydzien=2026-W53"))) == ["12-30", "12-31", "01-01", "01-02"]


@pytest.mark.parametrize(
    ("name", "start", "end", "expected"),
    [
        ("end at 00:00 spills into the next day", "2026-12-05 20:00", "2026-12-06 00:00", ["12-05"]),
        ("all-day shows two days", "2026-12-05 00:00", "2026-12-06 00:00", ["12-05"]),
        ("one night is two evenings", "2026-12-05 22:00", "2026-12-06 03:00", ["12-05"]),
        ("two whole days are one", "2026-12-05 00:00", "2026-12-07 00:00", ["12-05", "12-06"]),
        ("the night before the month", "2026-11-30 22:00", "2026-12-01 02:00", []),
    ],
)
def test_traps_of_a_days_edge(read, name, start, end, expected):
    make_event(start=warsaw(start), end=warsaw(end))
    assert list(days(read(MONTH))) == expected, name


@pytest.mark.parametrize("address", [MONTH, WEEK])
def test_unknown_time_is_never_printed_as_midnight(read, visitor, address):
    event = make_event("Koncert")
    make_date(event, warsaw("2026-12-03 00:00"), warsaw("2026-12-04 00:00"), is_time_confirmed=False)
    make_date(event, warsaw("2026-12-04 00:00"), warsaw("2026-12-05 00:00"), is_all_day=True)
    make_date(event, warsaw("2026-12-05 00:00"), warsaw("2026-12-07 00:00"), is_all_day=True)
    assert list(days(read(address))) == ["12-03", "12-04", "12-05", "12-06"]
    assert not re.search(r"\b0?0[:.]00\b", re.sub(r'datetime="[^"]*"', "", main(visitor, address)))


def test_what_has_passed_today_stays_on_its_day_and_says_so(read, visitor):
    make_event("Poranek", start=warsaw("2026-12-02 08:00"))
    for address in (MONTH, WEEK):
        assert days(read(address)) == {"12-02": ["Poranek"]}
        assert '<span class="small">(' in main(visitor, address)


def test_what_begins_stands_before_what_goes_on(read):
    make_event("Wystawa", start=warsaw("2026-11-01 10:00"), end=warsaw("2026-12-31 18:00"))
    make_event("Koncert", start=warsaw("2026-12-05 18:00"))
    assert days(read(MONTH))["12-05"] == ["Koncert", "Wystawa"]


def test_a_cancelled_date_stays_and_says_so(read, visitor):
    event = make_event("Koncert", start=warsaw("2026-12-05 18:00"))
    event.occurrences.get().change(at=warsaw(NOW), status=EventStatus.CANCELLED, reason="Burza")
    read(MONTH)
    for address in (MONTH, f"{WEEK}&tydzien=2026-W49"):
        page = main(visitor, address)
        assert str(EventStatus.CANCELLED.label) in page.lower()
        assert "Burza" in page


@pytest.mark.parametrize(
    ("week", "first", "last", "later"),
    [
        ("2026-W53", "2026-12-28", "2027-01-03", "2027-W01"),
        ("2025-W01", "2024-12-30", "2025-01-05", "2025-W02"),
        ("2028-W09", "2028-02-28", "2028-03-05", "2028-W10"),  # 29 February
        ("2026-W13", "2026-03-23", "2026-03-29", "2026-W14"),  # the clocks change on its Sunday
        ("2026-W43", "2026-10-19", "2026-10-25", "2026-W44"),
    ],
)
def test_weeks_are_those_of_iso_8601(read, week, first, last, later):
    make_event("Dawno", start=warsaw("2020-05-05 18:00"))
    make_event("Kiedyś", start=warsaw("2030-05-05 18:00"))
    context = read(f"{WEEK}&tydzien={week}&wiek=7")
    assert (str(context["shown"].first), str(context["shown"].last)) == (first, last)
    assert len(context["shown"].days) == 7
    assert context["later"][1] == f"/program/?wiek=7&widok=tydzien&tydzien={later}"
    assert week not in context["earlier"][1]


def test_neighbouring_months_are_offered_where_something_is_on(read):
    make_event("Koncert", start=warsaw("2026-12-05 18:00"))
    context = read(MONTH)
    assert (context["earlier"], context["later"]) == (None, None)
    make_event("Dawno", start=warsaw("2020-05-05 18:00"))
    make_event("Wystawa", start=warsaw("2026-12-20 10:00"), end=warsaw("2027-01-20 18:00"))
    context = read(f"{MONTH}&wiek=7")
    assert context["earlier"][1] == "/program/?wiek=7&widok=miesiac&miesiac=2026-11"
    assert context["later"][1] == "/program/?wiek=7&widok=miesiac&miesiac=2027-01"


def test_filters_narrow_the_month_and_the_week(read):
    place = make_venue("Dom", slug="dom")
    make_event("Dla dzieci", start=warsaw("2026-12-03 10:00"), age_to=12, venue=place)
    make_event("Dla dorosłych", start=warsaw("2026-12-05 18:00"), age_from=18, venue=place)
    for address in (MONTH, WEEK):
        assert days(read(f"{address}&wiek=9&miejsce=dom&q=dzieci")) == {"12-03": ["Dla dzieci"]}
        assert days(read(f"{address}&kiedy=weekend")) == {"12-05": ["Dla dorosłych"]}
        assert days(read(f"{address}&dataod=2026-12-04&datado=2026-12-06")) == {"12-05": ["Dla dorosłych"]}
        assert read(f"{address}&wiek=9")["count"] == 1


def test_days_asked_for_open_the_month_and_the_week_in_which_they_are(read):
    for query, month, monday in [
        ("", "2026-12-01", "2026-11-30"),
        ("&dataod=2027-03-10", "2027-03-01", "2027-03-08"),
        ("&datado=2026-10-10", "2026-10-01", "2026-10-05"),
        ("&dataod=2026-11-01&datado=2027-01-31", "2026-12-01", "2026-11-30"),
    ]:
        assert str(read(f"{MONTH}{query}")["shown"].first) == month
        assert str(read(f"{WEEK}{query}")["shown"].first) == monday


def test_a_month_that_is_over_keeps_its_address(read):
    make_event("Dawno", start=warsaw("2020-05-05 18:00"))
    assert days(read(f"{MONTH}&miesiac=2020-05")) == {"05-05": ["Dawno"]}


def test_the_title_of_the_page_names_the_month_and_the_week(read, visitor):
    read(MONTH)
    for address, words in [(MONTH, "grudzień 2026"), (f"{WEEK}&tydzien=2026-W49", "49")]:
        title = visitor.get(address).content.decode().partition("<title>")[2].partition("</title>")[0]
        assert words in title

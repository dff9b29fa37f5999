"""The programme's page: under day headings, narrowed by plain GET, paged by date."""

import re
from datetime import timedelta

import pytest
from wagtail.models import PageViewRestriction

from programme.models import EventStatus
from tests.factories import make_date, make_event, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db

NOW = "2026-05-06 12:00"  # a Wednesday


@pytest.fixture
def listing(clock, visitor):
    """A function: the context of /program/ with a query string, and the titles it lists."""
    make_site()
    clock(NOW)

    def read(query=""):
        response = visitor.get(f"/program/{query}")
        assert response.status_code == 200
        return response.context

    return read


def titles(context):
    return [date.event.title for _day, dates in context["days"] for date in dates]


def test_sittings_stand_under_their_days_and_what_is_under_way_comes_first(listing):
    make_event("Wystawa", start=warsaw("2026-05-01 00:00"), end=warsaw("2026-06-01 00:00"))
    make_event("Wieczór", start=warsaw("2026-05-06 18:00"))
    make_event("Był rano", start=warsaw("2026-05-06 08:00"))
    weekly = make_event("Co tydzień", start=warsaw("2026-05-07 10:00"))
    make_date(weekly, warsaw("2026-05-14 10:00"))
    context = listing()
    assert [date.event.title for date in context["under_way"]] == ["Wystawa"]
    assert [day.isoformat() for day, _dates in context["days"]] == ["2026-05-06", "2026-05-07", "2026-05-14"]
    assert titles(context) == ["Wieczór", "Co tydzień", "Co tydzień"]
    assert context["count"] == 4


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("", ["dziś", "sobota", "niedziela", "wtorek", "maj", "czerwiec"]),
        ("dzis", ["dziś"]),
        ("weekend", ["sobota", "niedziela"]),
        ("7dni", ["dziś", "sobota", "niedziela", "wtorek"]),
        ("miesiac", ["dziś", "sobota", "niedziela", "wtorek", "maj"]),
    ],
)
def test_a_period_means_what_people_mean_by_it(listing, period, expected):
    days = {"dziś": "06", "sobota": "09", "niedziela": "10", "wtorek": "12", "maj": "31"}
    for name, day in days.items():
        make_event(name, start=warsaw(f"2026-05-{day} 20:00"))
    make_event("czerwiec", start=warsaw("2026-06-01 00:00"))
    assert titles(listing(f"?kiedy={period}")) == expected


def test_on_sunday_the_weekend_is_the_one_that_is_under_way(listing, clock):
    for name, day in [("dziś", 10), ("za tydzień", 16)]:
        make_event(name, start=warsaw(f"2026-05-{day} 18:00"))
    clock("2026-05-10 12:00")
    assert titles(listing("?kiedy=weekend")) == ["dziś"]


def test_what_began_before_the_weekend_and_goes_on_is_part_of_it(listing):
    make_event("Wystawa", start=warsaw("2026-05-01 10:00"), end=warsaw("2026-05-20 18:00"))
    assert [date.event.title for date in listing("?kiedy=weekend")["under_way"]] == ["Wystawa"]


def test_place_age_price_and_kind_narrow_the_list_together(listing):
    building = make_venue("Dom kultury", slug="dom")
    room = make_venue("Pracownia", slug="pracownia", kind="room", part_of=building)
    start = warsaw("2026-05-07 18:00")
    make_event("Dla dzieci", start=start, venue=room, age_from=6, age_to=10, is_accessible_for_free=True)
    make_event("Dla dorosłych", start=start, venue=building, age_from=18)
    make_event("Dla wszystkich", start=start)
    assert titles(listing("?miejsce=dom")) == ["Dla dzieci", "Dla dorosłych"]
    assert titles(listing("?miejsce=pracownia")) == ["Dla dzieci"]
    assert titles(listing("?wiek=10")) == ["Dla dzieci", "Dla wszystkich"]
    assert titles(listing("?wiek=11")) == ["Dla wszystkich"]
    assert titles(listing("?bezplatne=1&miejsce=dom&wiek=6")) == ["Dla dzieci"]
    kinds = dict(listing()["form"].fields["rodzaj"].choices)
    other = next(pk for pk, name in kinds.items() if name == "wystawy")
    assert titles(listing(f"?rodzaj={other}")) == []


@pytest.mark.parametrize("query", ["lodz", "Łodzi", "o łodzi", "warsztaty łódź"])
def test_words_are_found_in_any_form_and_without_accents(listing, query):
    make_event("Warsztaty", summary="Rejs po mieście Łódź", start=warsaw("2026-05-07 18:00"))
    make_event("Koncert", start=warsaw("2026-05-07 18:00"))
    assert titles(listing(f"?q={query}")) == ["Warsztaty"]


def test_pages_are_whole_days_and_meet_without_gap_or_overlap(listing):
    event = make_event("Maraton")
    for day in range(7, 20):
        for hour in range(8, 14):
            make_date(event, warsaw(f"2026-05-{day:02} {hour:02}:00"))
    seen, url = [], ""
    while url is not None:
        context = listing(url.removeprefix("/program/"))
        days = [day for day, _dates in context["days"]]
        assert not set(days) & set(seen)
        seen += days
        assert context["count"] == 13 * 6
        url = context["next_url"]
    assert len(seen) == 13
    assert context["previous_url"]
    back = listing(context["previous_url"].removeprefix("/program/"))
    assert back["days"][0][0] < context["days"][0][0]


@pytest.mark.parametrize(("exhibitions", "sittings"), [(0, 20), (3, 17), (15, 10)])
def test_what_is_under_way_makes_the_first_page_shorter_and_never_empty(listing, exhibitions, sittings):
    for number in range(exhibitions):
        make_event(f"Wystawa {number}", start=warsaw("2026-05-01 00:00"), end=warsaw("2026-09-01 00:00"))
    event = make_event("Maraton")
    for day in range(40):
        make_date(event, warsaw("2026-05-07 10:00") + timedelta(days=day))
    first = listing()
    assert len(first["under_way"]) == exhibitions
    assert len(titles(first)) == sittings
    second = listing(first["next_url"].removeprefix("/program/"))
    assert (len(second["under_way"]), len(titles(second))) == (0, 20)
    assert second["days"][0][0] == first["days"][-1][0] + timedelta(days=1)
    assert listing(second["previous_url"].removeprefix("/program/"))["days"] == first["days"]


def test_a_full_programme_says_over_five_hundred(listing):
    event = make_event("Maraton")
    for day in range(1, 22):
        for minute in range(24):
            make_date(event, warsaw(f"2026-06-{day:02} {minute:02}:00"))
    context = listing()
    assert context["count_is_over"]
    assert context["count"] == 500
    assert "500" in context["count_text"]


@pytest.mark.parametrize(
    "query",
    [
        "?page=1e9",
        "?title__regex=(a+)%2B$",
        "?event__title__contains=x&order_by=pk",
        "?od=9999-12-31",
        "?od=2026-13-45",
        "?od=%00",
        "?od=1000-01-01",
        "?kiedy=zawsze",
        "?rodzaj=1e9",
        "?rodzaj=%00",
        "?miejsce=%00",
        "?miejsce=../../etc",
        "?wiek=99999999999999999999",
        "?wiek=-1",
        "?wiek=%00",
        "?q=%00",
        "?q=%ff%fe",
        f"?q={'a' * 100_000}",
        "?bezplatne=",
    ],
)
def test_what_makes_no_sense_changes_nothing(listing, query):
    make_event("Koncert", start=warsaw("2026-05-07 18:00"))
    context = listing(query)
    assert titles(context) == ["Koncert"]
    assert context["clear_url"] == "/program/"
    assert not any("regex" in url for _label, url, _is_current in context["quick"])


def test_a_parameter_that_makes_no_sense_is_pointed_out(listing):
    assert listing("?wiek=abc")["form"].errors["wiek"]


def test_quick_links_keep_the_other_questions(listing):
    links = {label: url for label, url, _is_current in listing("?wiek=7&kiedy=dzis&obce=1")["quick"]}
    assert "/program/?wiek=7" in links.values()
    assert "/program/?wiek=7&kiedy=weekend" in {
        re.sub("kiedy=weekend&wiek=7", "wiek=7&kiedy=weekend", url) for url in links.values()
    }


def test_another_centres_events_drafts_and_private_pages_are_not_listed(listing):
    make_event("Cudzy", site=make_site("mok.localhost"), start=warsaw("2026-05-07 18:00"))
    make_event("Szkic", start=warsaw("2026-05-07 18:00"), live=False)
    private = make_event("Prywatny", start=warsaw("2026-05-07 18:00"))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert titles(listing()) == []


def test_a_cancelled_date_stays_in_the_list_and_says_so_in_words(listing, visitor):
    event = make_event("Koncert", start=warsaw("2026-05-07 18:00"))
    event.occurrences.get().change(at=warsaw(NOW), status=EventStatus.CANCELLED, reason="Burza")
    ((_day, (date,)),) = listing()["days"]
    assert date.headline != "Koncert"
    assert date.headline.endswith("Koncert")
    assert str(date.get_status_display()) in visitor.get("/program/").content.decode().lower()
    response = visitor.get("/program/koncert/")
    assert response.status_code == 200
    assert response.context["is_off"]
    assert response.context["headline"] == date.headline
    assert "Burza" in response.content.decode()


def test_a_past_event_keeps_its_address_and_says_that_it_is_over(listing, visitor):
    make_event("Koncert", start=warsaw("2020-05-07 18:00"))
    response = visitor.get("/program/koncert/")
    assert response.status_code == 200
    assert response.context["is_over"]
    assert response.context["next_date"] is None


def test_an_hour_that_is_not_confirmed_is_never_printed(listing, visitor):
    event = make_event("Koncert")
    make_date(event, warsaw("2026-05-07 00:00"), warsaw("2026-05-08 00:00"), is_time_confirmed=False)
    for address in ["/program/", "/program/koncert/", "/"]:
        main = visitor.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
        assert "Koncert" in main, address
        assert not re.search(r"\b0?0[:.]00\b", re.sub(r'datetime="[^"]*"', "", main).partition("ld+json")[0]), address


def test_a_festival_of_several_days_is_listed_with_the_hour_at_which_it_begins(clock, visitor):
    make_site()
    clock(NOW)
    make_event("Festiwal", start=warsaw("2026-05-08 18:00"), end=warsaw("2026-05-10 22:00"))
    page = visitor.get("/program/").content.decode()
    block = page.partition('class="hour"')[2].partition("</div>")[0]
    assert "<b>18:00</b>" in block
    assert "22:00" not in block

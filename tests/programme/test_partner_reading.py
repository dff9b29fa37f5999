"""What is read from a partner's calendar: moments, repetitions, plain words; and that nothing in it can explode."""

import time as stopwatch
from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from programme.partner_calendars import adopting, reading
from programme.partner_calendars.reading import ReadingError, read
from programme.partner_calendars.repetition import Effort, Rule
from tests.programme.partner_feeds import AT, entry, feed


def only(*entries, head=""):
    """The one proposal of a feed."""
    (proposal,) = read(feed(*entries, head=head), at=AT).proposals
    return proposal


def starts(*lines, start="20260510T180000"):
    return [row["start"] for row in only(entry("a", start, *lines)).dates]


@pytest.mark.parametrize(
    ("start", "lines", "expected"),
    [
        (
            "20260510T180000",
            ["DTEND;TZID=Europe/Warsaw:20260510T200000"],
            ("2026-05-10T18:00+02:00", "2026-05-10T20:00+02:00"),
        ),
        (":20260510T160000Z", ["DURATION:PT90M"], ("2026-05-10T18:00+02:00", "2026-05-10T19:30+02:00")),
        (":20261210T170000Z", [], ("2026-12-10T18:00+01:00", "")),
        (";TZID=Europe/London:20260510T170000", [], ("2026-05-10T18:00+02:00", "")),
        (";TZID=Central European Standard Time:20260510T180000", [], ("2026-05-10T18:00+02:00", "")),
        (";TZID=/freeassociation.sourceforge.net/Europe/Warsaw:20260510T180000", [], ("2026-05-10T18:00+02:00", "")),
        (';TZID="(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb":20260510T180000', [], ("2026-05-10T18:00+02:00", "")),
        (":20260510T180000", [], ("2026-05-10T18:00+02:00", "")),
        (";TZID=Mars/Olympus:20260510T180000", [], ("2026-05-10T18:00+02:00", "")),
        (";VALUE=DATE:20260510", [], ("2026-05-10", "2026-05-11")),
        (";VALUE=DATE:20260510", ["DTEND;VALUE=DATE:20260513"], ("2026-05-10", "2026-05-13")),
        (";TZID=../../etc/passwd:20260510T180000", [], ("2026-05-10T18:00+02:00", "")),
        (";tzid=Europe/\r\n Warsaw:20260510T180000", [], ("2026-05-10T18:00+02:00", "")),
        (";VALUE=DATE:20260510", ["DURATION:P2D"], ("2026-05-10", "2026-05-12")),
        (";VALUE=DATE:20260510", ["DTEND;VALUE=DATE:20260510"], ("2026-05-10", "2026-05-11")),
        ("20260510T180000", ["DTEND;TZID=Europe/Warsaw:20260510T170000"], ("2026-05-10T18:00+02:00", "")),
        ("20260510T180000", ["DTEND;TZID=Europe/Warsaw:20260510T180000"], ("2026-05-10T18:00+02:00", "")),
        (";TZID=Europe/Warsaw:20270328T023000", [], ("2027-03-28T03:30+02:00", "")),
    ],
)
def test_a_moment_is_understood_as_its_zone_means_it(start, lines, expected):
    (row,) = only(entry("a", start, *lines)).dates
    assert (row["start"], row["end"]) == expected
    assert row["is_all_day"] == ("T" not in expected[0])


@pytest.mark.parametrize(
    ("start", "is_guessed"),
    [(":20260510T180000", True), (";TZID=Mars/Olympus:20260510T180000", True), (":20260510T180000Z", False)],
)
def test_a_guessed_zone_is_said(start, is_guessed):
    found = read(feed(entry("a", start)), at=AT)
    assert found.has_guessed_zone == is_guessed
    assert bool(found.note) == is_guessed


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["RRULE:FREQ=WEEKLY;COUNT=3"], ["05-10", "05-17", "05-24"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20260524T160000Z"], ["05-10", "05-17", "05-24"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20260524T155959Z"], ["05-10", "05-17"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20260524"], ["05-10", "05-17", "05-24"]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Warsaw:20260517T180000"], ["05-10", "05-24"]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260517T160000Z,20260524T160000Z"], ["05-10"]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20260517"], ["05-10", "05-24"]),
        (["RDATE;TZID=Europe/Warsaw:20260601T180000,20260602T180000"], ["05-10", "06-01", "06-02"]),
        (["RDATE;VALUE=PERIOD:20260601T160000Z/PT1H"], ["05-10", "06-01"]),
        (["RRULE:FREQ=MONTHLY;BYDAY=2SU;COUNT=3"], ["05-10", "06-14", "07-12"]),
        (["RRULE:FREQ=MONTHLY;BYDAY=-1SU;COUNT=2"], ["05-10", "05-31", "06-28"]),
        (["RRULE:FREQ=DAILY;INTERVAL=2;COUNT=3"], ["05-10", "05-12", "05-14"]),
    ],
)
def test_a_repetition_gives_its_dates(lines, days):
    assert [start[5:10] for start in starts(*lines)] == days


def test_a_weekly_evening_keeps_its_hour_when_the_clocks_change():
    assert [start[11:] for start in starts("RRULE:FREQ=WEEKLY;COUNT=3", start="20261018T180000")] == [
        "18:00+02:00",
        "18:00+01:00",
        "18:00+01:00",
    ]


def test_a_changed_a_moved_and_a_cancelled_sitting_replace_the_one_of_the_rule():
    proposal = only(
        entry("a", "20260510T180000", "RRULE:FREQ=WEEKLY;COUNT=4"),
        entry("a", "20260518T190000", "RECURRENCE-ID;TZID=Europe/Warsaw:20260517T180000"),
        entry("a", "20260524T180000", "RECURRENCE-ID:20260524T160000Z", "STATUS:CANCELLED"),
    )
    assert [row["start"][5:16] for row in proposal.dates] == ["05-10T18:00", "05-18T19:00", "05-31T18:00"]
    assert not proposal.is_cancelled


FREQUENCIES = {
    "DAILY": ["", ";BYDAY=MO,FR", ";BYMONTH=6,7", ";BYMONTHDAY=1,-1"],
    "WEEKLY": ["", ";BYDAY=MO,WE,SU", ";BYDAY=TU;WKST=SU", ";BYMONTH=5,9"],
    "MONTHLY": [
        "",
        ";BYDAY=2TU",
        ";BYDAY=-1FR,1MO",
        ";BYMONTHDAY=13,-1",
        ";BYDAY=FR;BYMONTHDAY=13",
        ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ";BYMONTH=1,5;BYDAY=SA",
    ],
    "YEARLY": ["", ";BYMONTH=5,6", ";BYMONTH=5;BYDAY=2SU", ";BYDAY=20MO", ";BYMONTH=2;BYMONTHDAY=29", ";BYMONTHDAY=1"],
}


@settings(max_examples=50, deadline=None)
@given(
    rule=st.sampled_from([(name, more) for name, parts in FREQUENCIES.items() for more in parts]),
    interval=st.integers(1, 4),
    count=st.none() | st.integers(1, 30),
    first=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    begin=st.integers(0, 700),
)
def test_a_repetition_agrees_with_an_independent_reader_of_the_rule(rule, interval, count, first, begin):
    text = f"FREQ={rule[0]};INTERVAL={interval}{rule[1]}" + (f";COUNT={count}" if count else "")
    begin, end = first + timedelta(days=begin), first + timedelta(days=1200)
    expected = rrulestr(text, dtstart=datetime.combine(first, time())).between(
        datetime.combine(begin, time()), datetime.combine(end, time()), inc=True
    )
    found = Rule(vRecur.from_ical(text), first).days(begin, end, Effort())
    assert list(found) == [moment.date() for moment in expected]


@pytest.mark.parametrize(
    "lines",
    [
        ["RRULE:FREQ=SECONDLY"],
        ["RRULE:FREQ=SECONDLY;COUNT=1000000000"],
        ["RRULE:FREQ=MINUTELY;BYHOUR=3"],
        ["RRULE:FREQ=DAILY;COUNT=1000000000;INTERVAL=1"],
        ["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"],
        ["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5"],
        ["RRULE:FREQ=YEARLY;INTERVAL=999999999"],
        ["RRULE:FREQ=WEEKLY;INTERVAL=99999999999999999999"],
        ["RRULE:FREQ=DAILY;INTERVAL=0"],
        ["RRULE:FREQ=DAILY"] * 50,
        [
            "RDATE:"
            + ",".join(
                f"2026{month:02}{day:02}T1{hour}0000Z"
                for month in range(6, 12)
                for day in range(1, 29)
                for hour in range(8)
            )
        ],
        ["DURATION:P999999999999999D"],
        ["DESCRIPTION:" + "x" * 99_000],
        ["DESCRIPTION:" + "<b>" * 30_000],
        ["DESCRIPTION:" + "&amp;<a " * 10_000],
        ["DESCRIPTION:" + "<script>" * 10_000],
    ],
)
@pytest.mark.parametrize("start", ["20260510T180000", "00010101T180000", "99991231T235900"])
def test_a_rule_or_text_made_to_explode_is_bounded(lines, start):
    begun = stopwatch.monotonic()
    for proposal in read(feed(entry("a", start, *lines)), at=AT).proposals:
        assert len(proposal.dates) <= 200
        assert len(proposal.summary) <= 5000
        assert proposal.dates[-1]["start"] < "2027-11-07"
    assert stopwatch.monotonic() - begun < 2


def test_a_feed_of_many_rules_is_left_when_the_effort_is_spent(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 600)  # the effort is to end it, and not a slow machine
    rules = [entry(str(number), "20160510T180000", "RRULE:FREQ=DAILY;COUNT=4900") for number in range(150)]
    assert read(feed(*rules), at=AT).skipped > 50


def test_of_many_events_the_next_500_are_suggested_and_the_rest_is_counted():
    many = [entry(str(number), f"2026{6 + number % 6:02}{1 + number % 28:02}T180000") for number in range(520)]
    found = read(feed(*many), at=AT)
    assert len(found.proposals) == 500
    assert found.beyond == 20
    moments = [proposal.first_start for proposal in found.proposals]
    assert moments == sorted(moments)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"<!DOCTYPE html><html><body>Zaloguj</body></html>",
        b'{"events": []}',
        feed(entry()).decode().encode("utf-16"),
        feed(entry(title="Święto")).decode().encode("cp1250"),
        feed(entry()) + b"x" * 2_200_000,
        feed(entry())[:-20],
        feed(*[entry(str(number)) for number in range(5001)]),
        b"BEGIN:VCALENDAR",
    ],
    ids=["empty", "zeros", "web page", "json", "utf-16", "windows-1250", "large", "broken off", "5001", "head"],
)
def test_what_is_no_readable_calendar_is_a_sentence(content):
    with pytest.raises(ReadingError) as refused:
        read(content, at=AT)
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    "bad",
    [
        "BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT",
        "BEGIN:VEVENT\r\nUID:x\r\nDTSTART:yesterday\r\nEND:VEVENT",
        "BEGIN:VEVENT\r\nUID:x\r\nDTSTART:20261341T250000\r\nEND:VEVENT",
        "BEGIN:VEVENT\r\nUID:x\r\nno colon at all\r\nEND:VEVENT",
        "BEGIN:VEVENT\r\nUID:x\r\nDTSTART:20260510T180000Z",
        "BEGIN:VEVENT\r\n" + "BEGIN:VALARM\r\n" * 50 + "END:VEVENT",
        entry("x", "20260510T180000", "DTEND:garbage"),
        entry("x", "20260510T180000", "RRULE:FREQ=SOMETIMES"),
        entry("x", "20260510T180000", "RDATE:" + ",".join(["20260601T160000Z"] * 9000)),
    ],
)
def test_one_bad_entry_is_left_out_and_counted_and_costs_no_other(bad):
    found = read(feed(entry("good-1"), bad, entry("good-2")), at=AT)
    assert len(found.proposals) == 2
    assert found.skipped == 1
    assert "1" in found.note


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("Koncert <b>jazzowy</b>", "Koncert jazzowy"),
        ("<script>alert(1)</script>Koncert", "Koncert"),
        ("Koncert <3 rocka", "Koncert <3 rocka"),
        ("Dzieci &amp\\; rodzice", "Dzieci & rodzice"),
        ("5 < 7 i 9 > 3", "5 < 7 i 9 > 3"),
        ("Zażółć\x00\x07 gęślą\\njaźń", "Zażółć gęślą jaźń"),
        ("", "Wydarzenie bez tytułu"),
        ("x" * 400, "x" * 255),
    ],
)
def test_titles_are_plain_text_of_one_line(raw, title):
    found = only(entry(title=raw)).title
    assert found == title or (raw == "" and found)


def test_a_description_keeps_its_lines_and_loses_its_markup_and_odd_links():
    proposal = only(
        entry(
            "a",
            "20260510T180000",
            "DESCRIPTION:<p>Pierwszy</p><ul><li>drugi</li></ul><img src=x onerror=alert(1)>",
            "LOCATION:Sala\\, ul. Kwiatowa 1",
            "URL:javascript:alert(1)",
        )
    )
    assert proposal.summary.split() == ["Pierwszy", "drugi"]
    assert "\n" in proposal.summary
    assert proposal.place == "Sala, ul. Kwiatowa 1"
    assert proposal.url == ""


def test_a_calendar_that_takes_too_long_is_refused_and_not_read_by_half(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0)
    with pytest.raises(ReadingError):
        read(feed(entry()), at=AT)


def test_an_alarm_and_whatever_else_stands_in_an_entry_is_passed_over():
    alarm = ["BEGIN:VALARM", "DESCRIPTION:Budzik", "DURATION:PT5M", "END:VALARM", "X-BIG:" + "x" * 200_000, "COMMENT"]
    proposal = only(entry("a", "20260510T180000", *alarm))
    assert (proposal.title, proposal.summary) == ("Koncert", "")
    assert proposal.dates[0]["end"] == ""


VALUES = st.sampled_from(
    ["", "20260510", "20260510T180000", "20260510T180000Z", "PT1H", "-P1D", "FREQ=DAILY", "1", "x,y"]
)
NAMES = ["UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SUMMARY", "SEQUENCE"]
LINES = st.tuples(
    st.sampled_from([*NAMES, "STATUS", "URL", "DTSTAMP", "BEGIN", "END", ""]),
    st.sampled_from(["", ";VALUE=DATE", ";TZID=Europe/Warsaw", ";TZID=x", ";VALUE=PERIOD", ";="]),
    VALUES | st.text(max_size=30),
)


@settings(max_examples=50, deadline=None)
@given(lines=st.lists(LINES, max_size=12))
def test_whatever_lines_an_entry_has_the_good_one_beside_it_is_read(lines):
    odd = ["".join([name, parameter, ":", value]).replace("VCALENDAR", "") for name, parameter, value in lines]
    odd = [line for line in odd if "EVENT" not in line.upper()]
    broken = "\r\n".join(["BEGIN:VEVENT", *odd, "END:VEVENT"])
    titles = [proposal.title for proposal in read(feed(broken, entry("good", title="Dobre")), at=AT).proposals]
    assert "Dobre" in titles


def test_what_is_over_is_not_suggested_and_what_is_still_on_is():
    past = entry("past", "20260506T090000", "DTEND;TZID=Europe/Warsaw:20260506T120000")
    on_now = entry("now", "20260506T090000", "DTEND;TZID=Europe/Warsaw:20260506T120100")
    exhibition = entry("show", ";VALUE=DATE:20260401", "DTEND;VALUE=DATE:20260601")
    course = entry("course", "20200106T180000", "RRULE:FREQ=WEEKLY")
    far = entry("far", "20290106T180000")
    found = read(feed(past, on_now, exhibition, course, far), at=AT).proposals
    assert len(found) == 3
    weekly = next(proposal for proposal in found if len(proposal.dates) > 1)
    assert weekly.dates[0]["start"] == "2026-05-11T18:00+02:00"


@pytest.mark.parametrize(
    ("lines", "start", "expected"),
    [
        (
            ["DTEND;TZID=Europe/Warsaw:20260510T200000"],
            "20260510T180000",
            [(date(2026, 5, 10), time(18), time(20), None, "")],
        ),
        ([], "20260510T180000", [(date(2026, 5, 10), time(18), None, None, "")]),
        (
            ["DTEND;TZID=Europe/Warsaw:20260511T020000"],
            "20260510T210000",
            [(date(2026, 5, 10), time(21), time(2), None, "")],
        ),
        (
            ["DTEND;TZID=Europe/Warsaw:20260512T160000"],
            "20260510T100000",
            [(date(2026, 5, 10), time(10), time(16), date(2026, 5, 12), "")],
        ),
        (
            ["DTEND;VALUE=DATE:20260513"],
            ";VALUE=DATE:20260510",
            [(date(2026, 5, 10), None, None, date(2026, 5, 12), "")],
        ),
        (
            ["RRULE:FREQ=WEEKLY;COUNT=3"],
            "20260430T180000",
            [(date(2026, 5, 7), time(18), None, None, "2026-05-14")],
        ),
        (
            ["RDATE;TZID=Europe/Warsaw:20260511T180000,20260512T190000"],
            "20260510T180000",
            [(date(2026, 5, 10), time(18), None, None, "2026-05-11"), (date(2026, 5, 12), time(19), None, None, "")],
        ),
    ],
)
def test_the_dates_become_the_plan_one_line_for_equal_hours(lines, start, expected):
    plan = adopting.plan_of(only(entry("a", start, *lines)).dates, at=AT)
    found = [(line.day, line.start_time, line.end_time, line.end_day, line.listed_days) for line in plan]
    assert found == expected
    for line in plan:
        line.clean()

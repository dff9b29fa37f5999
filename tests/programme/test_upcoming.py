"""An event is upcoming until its last sitting ends, and past from that instant: never both, never neither."""

import pytest

from programme.models import EventPage, Occurrence
from tests.factories import make_date, make_event, warsaw

pytestmark = pytest.mark.django_db

# (what it is, start, end, moments at which it is upcoming, moments at which it is past)
CASES = [
    ("an evening", "2026-05-01 18:00", "2026-05-01 20:00",
     ["2026-05-01 00:00", "2026-05-01 17:59", "2026-05-01 18:00", "2026-05-01 19:59"],
     ["2026-05-01 20:00", "2026-05-01 23:59"]),
    ("over midnight", "2026-12-31 21:00", "2027-01-01 02:00",
     ["2026-12-31 23:59", "2027-01-01 00:00", "2027-01-01 01:59"], ["2027-01-01 02:00"]),
    ("the night of the spring change", "2026-03-28 22:00", "2026-03-29 04:00",
     ["2026-03-29 01:59", "2026-03-29 03:00", "2026-03-29 03:59"], ["2026-03-29 04:00"]),
    ("the night of the autumn change", "2026-10-24 22:00", "2026-10-25 03:00",
     ["2026-10-25 01:59", "2026-10-25 02:30"], ["2026-10-25 03:00"]),
    ("the spring change of 2027", "2027-03-28 01:00", "2027-03-28 05:00",
     ["2027-03-28 00:59", "2027-03-28 03:00", "2027-03-28 04:59"], ["2027-03-28 05:00"]),
    ("a whole day", "2026-06-04 00:00", "2026-06-05 00:00",
     ["2026-06-03 23:59", "2026-06-04 23:59"], ["2026-06-05 00:00"]),
    ("an exhibition on its last day", "2026-05-01 00:00", "2026-06-01 00:00",
     ["2026-05-15 12:00", "2026-05-31 23:59"], ["2026-06-01 00:00"]),
    ("29 February", "2028-02-29 10:00", "2028-02-29 12:00", ["2028-02-29 11:59"], ["2028-02-29 12:00"]),
    ("the end at midnight", "2026-05-01 20:00", "2026-05-02 00:00",
     ["2026-05-01 23:59"], ["2026-05-02 00:00"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "start", "end", "upcoming", "past"), CASES, ids=[case[0] for case in CASES])
def test_an_event_is_always_in_exactly_one_list(name, start, end, upcoming, past):
    event = make_event(start=warsaw(start), end=warsaw(end))
    for moments, is_ahead in [(upcoming, True), (past, False)]:
        for moment in moments:
            at = warsaw(moment)
            assert EventPage.objects.upcoming(at).contains(event) is is_ahead, moment
            assert EventPage.objects.past(at).contains(event) is not is_ahead, moment
            assert Occurrence.objects.upcoming(at).exists() is is_ahead, moment
            assert Occurrence.objects.past(at).exists() is not is_ahead, moment


def test_an_event_with_several_dates_is_past_only_after_the_last():
    event = make_event(start=warsaw("2026-05-01 18:00"))
    make_date(event, warsaw("2026-05-08 18:00"))
    at = warsaw("2026-05-02 12:00")
    (ahead,) = EventPage.objects.upcoming(at)
    assert ahead.next_start == warsaw("2026-05-08 18:00")
    assert not EventPage.objects.past(at).exists()


@pytest.mark.parametrize(
    ("start", "end", "days", "other_days"),
    [
        ("2026-05-01 20:00", "2026-05-02 00:00", ["2026-05-01"], ["2026-04-30", "2026-05-02"]),
        ("2026-12-31 21:00", "2027-01-01 02:00", ["2026-12-31", "2027-01-01"], ["2027-01-02"]),
        ("2026-06-04 00:00", "2026-06-05 00:00", ["2026-06-04"], ["2026-06-03", "2026-06-05"]),
        ("2026-03-29 00:00", "2026-03-30 00:00", ["2026-03-29"], ["2026-03-28", "2026-03-30"]),
        ("2026-10-25 00:00", "2026-10-26 00:00", ["2026-10-25"], ["2026-10-24", "2026-10-26"]),
    ],
)
def test_a_sitting_is_on_the_days_that_it_touches(start, end, days, other_days):
    make_event(start=warsaw(start), end=warsaw(end))
    for day in days:
        assert Occurrence.objects.on_day(warsaw(f"{day} 12:00").date()).exists(), day
    for day in other_days:
        assert not Occurrence.objects.on_day(warsaw(f"{day} 12:00").date()).exists(), day


@pytest.mark.parametrize(
    ("start", "end", "last_day", "spans_days"),
    [
        ("2026-05-01 20:00", "2026-05-02 00:00", "2026-05-01", False),
        ("2026-05-01 20:00", "2026-05-02 03:00", "2026-05-02", False),
        ("2026-05-01 20:00", "2026-05-02 10:00", "2026-05-02", True),
        ("2026-05-01 00:00", "2026-05-04 00:00", "2026-05-03", True),
    ],
)
def test_an_end_at_midnight_belongs_to_the_day_before_and_a_night_is_one_evening(start, end, last_day, spans_days):
    date = Occurrence(start=warsaw(start), end=warsaw(end))
    assert date.last_day.isoformat() == last_day
    assert date.spans_days is spans_days

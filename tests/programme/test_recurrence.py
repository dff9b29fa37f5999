"""Repetition: the same days as counted one by one, hours that no clock change moves, bounds, and what is refused."""

from datetime import UTC, date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.events import repetition, wall_time
from programme.events.breaks import BreakPeriod
from programme.events.schedule import sittings
from programme.models import EventDate
from tests.factories import warsaw

FAR = warsaw("2031-01-01 00:00")
EVENING = {"start_time": time(18), "end_time": time(20)}


def planned(until=FAR, breaks=(), **fields):
    return sittings([EventDate(**EVENING | fields)], until=until, breaks=breaks)


def day_list(found):
    return [f"{each.start:%Y-%m-%d}" for each in found]


def a_break(first, last=None):
    return BreakPeriod(first_day=date.fromisoformat(first), last_day=date.fromisoformat(last) if last else None)


# A second, slow way to count, that shares nothing with the first.


def counted_day_by_day(row, last, breaks):
    listed = {date.fromisoformat(text) for text in row.listed_days.split()}
    excepted = {date.fromisoformat(text) for text in row.except_days.split()}
    day, times, found = min([row.day, *listed]), 0, []
    while day <= last:
        if falls_on(row, day, listed):
            times += 1
            if (row.count and times > row.count) or (row.repeat_until and day > row.repeat_until):
                break
            is_off = row.repetition and any(
                each.first_day <= day <= (each.last_day or each.first_day) for each in breaks
            )
            if day not in excepted and not is_off:
                found.append(day)
        day += timedelta(days=1)
    return found


def falls_on(row, day, listed):
    chosen = row.weekdays or str(row.day.isoweekday())
    if row.repetition == "WEEKLY":
        weeks = (monday(day) - monday(row.day)).days // 7
        return day >= row.day and str(day.isoweekday()) in chosen and weeks % row.interval == 0
    if row.repetition == "MONTHLY":
        months = (day.year - row.day.year) * 12 + day.month - row.day.month
        is_month = day >= row.day and months % row.interval == 0
        return is_month and str(day.isoweekday()) in chosen and is_nth(day, row.nth or (row.day.day + 6) // 7)
    return day == row.day or (row.repetition == "DATES" and day in listed)


def monday(day):
    return day - timedelta(days=day.weekday())


def is_nth(day, nth):
    return (day + timedelta(days=7)).month != day.month if nth == -1 else (day.day + 6) // 7 == nth


@st.composite
def lines(draw):
    """(line, last day, breaks) such as an editor may write between 1970 and 2100."""
    day = draw(st.dates(date(1970, 1, 1), date(2098, 12, 31)))
    near = st.integers(0, 420).map(lambda days: day + timedelta(days=days))
    kind = draw(st.sampled_from(["", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "DATES"]))
    fields = {"except_days": " ".join(sorted({each.isoformat() for each in draw(st.lists(near, max_size=30))}))}
    if kind == "DATES":
        fields["listed_days"] = " ".join(each.isoformat() for each in draw(st.lists(near, max_size=8)))
    elif kind:
        fields |= {
            "interval": draw(st.sampled_from([1, 1, 2, 3, 5, 52])),
            "weekdays": "".join(sorted(draw(st.sets(st.sampled_from("1234567"), max_size=4)))),
            "repeat_until": draw(st.none() | near),
            "count": draw(st.none() | st.integers(1, 60)),
        }
        if kind == "MONTHLY":
            fields["nth"] = draw(st.sampled_from([None, 1, 2, 3, 4, -1]))
    hours = draw(
        st.sampled_from([(time(0, 30), time(3)), (time(2, 30), time(4)), (time(18), time(20)), (time(23), time(1))])
    )
    row = EventDate(day=day, repetition=kind, start_time=hours[0], end_time=hours[1], **fields)
    spans = draw(st.lists(st.tuples(near, st.integers(0, 40)), max_size=5))
    breaks = [
        BreakPeriod(first_day=first, last_day=first + timedelta(days=more) if more else None) for first, more in spans
    ]
    return row, draw(near), breaks


@settings(max_examples=50, deadline=None)
@given(lines())
def test_a_repetition_falls_on_the_days_that_one_counts_one_by_one(line):
    row, last, breaks = line
    expected = counted_day_by_day(row, last, breaks)
    assert repetition.days(row, last=last, breaks=breaks) == expected
    since = row.day + (last - row.day) // 2
    assert repetition.days(row, since=since, last=last, breaks=breaks) == [day for day in expected if day >= since]
    found = sittings([row], until=wall_time.local(last + timedelta(days=1), time.min), breaks=breaks)
    assert [each.start.date() for each in found] == expected
    for each in found:
        skipped = not wall_time.exists(each.start.date(), row.start_time)
        wanted = time(row.start_time.hour + 1, row.start_time.minute) if skipped else row.start_time
        assert each.start.time() == wanted
        assert each.end.astimezone(UTC) > each.start.astimezone(UTC)


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [("2026-03-29", 1, 2), ("2026-10-25", 2, 1), ("2027-03-28", 1, 2), ("2027-10-31", 2, 1)],
)
@pytest.mark.parametrize("hour", [10, 18])
def test_weekly_at_ten_stays_at_ten_and_as_long_over_every_clock_change(change, before, after, hour):
    middle = date.fromisoformat(change)
    fields = {"start_time": time(hour), "end_time": time(hour + 2), "door_time": time(hour - 1, 30)}
    found = planned(day=middle - timedelta(days=7), repetition="WEEKLY", count=3, **fields)
    assert [each.start.time() for each in found] == [time(hour)] * 3
    assert [each.door_time.time() for each in found] == [time(hour - 1, 30)] * 3
    assert [each.end.astimezone(UTC) - each.start.astimezone(UTC) for each in found] == [timedelta(hours=2)] * 3
    offsets = [each.start.utcoffset() for each in found]
    assert offsets == [timedelta(hours=before), timedelta(hours=after), timedelta(hours=after)]


@pytest.mark.parametrize(
    ("day", "start", "end", "starts_utc", "hours"),
    [
        ("2026-03-29", "02:30", "04:00", "01:30", 0.5),  # the clocks skip the start: the moment after the gap
        ("2026-03-29", "02:15", "03:10", "01:15", 55 / 60),  # both would coincide: the length stays
        ("2026-03-29", "01:00", "02:30", "00:00", 1.5),
        ("2026-03-28", "22:00", "04:00", "21:00", 5),
        ("2026-10-24", "22:00", "04:00", "20:00", 7),
        ("2026-10-25", "02:30", "03:30", "00:30", 2),  # the hour that comes twice: its first time
        ("2026-03-29", "00:30", None, "23:30", 2),  # no end said: two real hours
    ],
)
def test_a_night_of_the_clock_change_has_its_real_length(day, start, end, starts_utc, hours):
    day = date.fromisoformat(day)
    end_time = time.fromisoformat(end) if end else None
    (found,) = planned(day=day, start_time=time.fromisoformat(start), end_time=end_time)
    assert f"{found.key:%H:%M}" == starts_utc
    assert found.end.astimezone(UTC) - found.key == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"day": date(2026, 12, 28), "repetition": "WEEKLY", "count": 2}, ["2026-12-28", "2027-01-04"]),  # week 53
        (
            {"day": date(2026, 12, 30), "repetition": "WEEKLY", "weekdays": "13", "interval": 2, "count": 4},
            ["2026-12-30", "2027-01-11", "2027-01-13", "2027-01-25"],
        ),
        ({"day": date(2028, 2, 29), "repetition": "WEEKLY", "interval": 52, "count": 2}, ["2028-02-29", "2029-02-27"]),
        (
            {"day": date(2028, 1, 25), "repetition": "MONTHLY", "nth": -1, "weekdays": "2", "count": 3},
            ["2028-01-25", "2028-02-29", "2028-03-28"],
        ),
        (
            {"day": date(2026, 11, 6), "repetition": "MONTHLY", "count": 3},
            ["2026-11-06", "2026-12-04", "2027-01-01"],
        ),
        (
            {"day": date(2026, 12, 31), "repetition": "DATES", "listed_days": "2027-01-02 2026-12-30"},
            ["2026-12-30", "2026-12-31", "2027-01-02"],
        ),
        # The day from which one counts need not be one of the days.
        ({"day": date(2026, 5, 5), "repetition": "WEEKLY", "weekdays": "1", "count": 1}, ["2026-05-11"]),
        # The count is of the rule: an exception makes the course shorter. Whichever end comes first is the end.
        (
            {"day": date(2026, 5, 5), "repetition": "WEEKLY", "count": 3, "except_days": "2026-05-12"},
            ["2026-05-05", "2026-05-19"],
        ),
        (
            {"day": date(2026, 5, 5), "repetition": "WEEKLY", "count": 9, "repeat_until": date(2026, 5, 12)},
            ["2026-05-05", "2026-05-12"],
        ),
    ],
)
def test_a_repetition_over_the_edges_of_the_calendar(fields, days):
    assert day_list(planned(**fields)) == days


def test_a_repeated_night_or_weekend_keeps_its_shape():
    fields = {"day": date(2026, 12, 24), "repetition": "WEEKLY", "count": 2}
    nights = planned(start_time=time(22), end_time=time(2), **fields)
    assert [each.end for each in nights] == [warsaw("2026-12-25 02:00"), warsaw("2027-01-01 02:00")]
    weekends = planned(end_day=date(2026, 12, 26), **fields)
    assert [each.end for each in weekends] == [warsaw("2026-12-26 20:00"), warsaw("2027-01-02 20:00")]
    unsaid = planned(start_time=None, end_time=None, **fields)
    assert [(each.is_time_confirmed, each.is_all_day) for each in unsaid] == [(False, False)] * 2


def test_deleting_one_date_leaves_its_neighbours():
    fields = {"day": date(2026, 5, 1), "repetition": "WEEKLY", "weekdays": "56", "count": 4}
    assert day_list(planned(**fields)) == ["2026-05-01", "2026-05-02", "2026-05-08", "2026-05-09"]
    assert day_list(planned(**fields, except_days="2026-05-02")) == ["2026-05-01", "2026-05-08", "2026-05-09"]


def test_a_break_takes_out_what_repeats_and_not_the_day_that_somebody_chose():
    ferie = [a_break("2026-05-04", "2026-05-17"), a_break("2026-05-10"), a_break("2026-05-22")]
    weekly = {"day": date(2026, 5, 1), "repetition": "WEEKLY", "count": 4}
    assert day_list(planned(breaks=ferie, **weekly)) == ["2026-05-01"]
    listed = {"day": date(2026, 5, 1), "repetition": "DATES", "listed_days": "2026-05-08 2026-05-20"}
    assert day_list(planned(breaks=ferie, **listed)) == ["2026-05-01", "2026-05-20"]
    assert day_list(planned(breaks=ferie, day=date(2026, 5, 8))) == ["2026-05-08"]


def test_hundreds_of_exceptions_and_thousands_of_breaks_cost_next_to_nothing():
    first = date(2026, 1, 1)
    excepted = " ".join((first + timedelta(days=number)).isoformat() for number in range(0, 800, 2))
    breaks = [BreakPeriod(first_day=first + timedelta(days=number)) for number in range(1, 5000, 4)]
    found = planned(day=first, repetition="WEEKLY", weekdays="1234567", except_days=excepted, breaks=breaks)
    assert {(each.start.date() - first).days % 4 for each in found if each.start.date() < date(2028, 3, 1)} == {3}


def test_a_line_without_end_has_a_bounded_number_of_dates_the_latest_ones():
    found = repetition.days(
        EventDate(day=date(1970, 1, 1), repetition="WEEKLY", weekdays="1234567"), last=date(2026, 5, 1)
    )
    assert len(found) == repetition.MOST_DAYS
    assert found[-1] == date(2026, 5, 1)


def test_the_edge_of_the_horizon_is_a_local_day():
    """23:30 in UTC is the next day in Warsaw already."""
    until = warsaw("2026-05-09 00:45").astimezone(UTC)
    fields = {"day": date(2026, 5, 2), "repetition": "WEEKLY", "start_time": time(0, 30), "end_time": time(1)}
    assert day_list(planned(until, **fields)) == ["2026-05-02", "2026-05-09"]


def listed(count):
    return " ".join((date(2026, 5, 1) + timedelta(days=number)).isoformat() for number in range(count))


WEEKLY = {"repetition": "WEEKLY"}
REFUSED = [
    ({"day": date(1969, 12, 31)}, "day"),
    ({"day": date(2101, 1, 1)}, "day"),
    ({"end_day": date(9999, 12, 31)}, "end_day"),
    ({"end_day": date(2026, 4, 30)}, "end_day"),
    ({"end_time": time(18)}, "end_time"),
    ({"end_time": time(17)}, "end_time"),
    ({"end_time": time(2), "end_day": date(2026, 5, 1)}, "end_time"),
    ({"day": date(2026, 3, 28), "end_time": time(2, 30)}, "end_time"),
    (WEEKLY | {"repeat_until": date(2026, 4, 30)}, "repeat_until"),
    (WEEKLY | {"repeat_until": date(9999, 12, 31)}, "repeat_until"),
    (WEEKLY | {"interval": 0}, "interval"),
    (WEEKLY | {"interval": 53}, "interval"),
    (WEEKLY | {"count": 0}, "count"),
    (WEEKLY | {"count": 1001}, "count"),
    (WEEKLY | {"weekdays": "0"}, "weekdays"),
    (WEEKLY | {"weekdays": "Mo"}, "weekdays"),
    (WEEKLY | {"nth": 2}, "nth"),
    (WEEKLY | {"listed_days": "2026-05-09"}, "listed_days"),
    ({"repeat_until": date(2026, 6, 1)}, "repeat_until"),
    ({"count": 3}, "count"),
    ({"repetition": "DATES", "weekdays": "1"}, "weekdays"),
    ({"repetition": "DATES", "listed_days": "8.12.2026 jutro"}, "listed_days"),
    ({"repetition": "DATES", "listed_days": "31.02.2026"}, "listed_days"),
    ({"repetition": "DATES", "listed_days": "2026-05-09 0001-01-01"}, "listed_days"),
    ({"repetition": "DATES", "listed_days": listed(401)}, "listed_days"),
    (WEEKLY | {"except_days": "w czwartki"}, "except_days"),
    (WEEKLY | {"except_days": listed(5000)}, "except_days"),
    (WEEKLY | {"except_days": "x " * 5000}, "except_days"),
    ({"repetition": "MONTHLY", "day": date(2026, 5, 29)}, "nth"),
    # A rule without dates.
    ({"except_days": "2026-05-01"}, "repetition"),
    (WEEKLY | {"weekdays": "1", "repeat_until": date(2026, 5, 3)}, "repetition"),
    (WEEKLY | {"count": 2, "except_days": "2026-05-01 2026-05-08"}, "repetition"),
    ({"repetition": "MONTHLY", "nth": 2, "repeat_until": date(2026, 5, 7)}, "repetition"),
]


@pytest.mark.parametrize(("fields", "wrong"), REFUSED)
def test_a_repetition_that_makes_no_sense_is_refused_at_its_field(fields, wrong):
    with pytest.raises(ValidationError) as refusal:
        EventDate(**{"day": date(2026, 5, 1), "start_time": time(18)} | fields).clean()
    assert list(refusal.value.message_dict) == [wrong]
    assert all(len(message) < 200 for message in refusal.value.messages)


@pytest.mark.parametrize(
    "fields",
    [
        WEEKLY,
        WEEKLY | {"count": 1000, "repeat_until": date(2100, 12, 31), "interval": 52, "weekdays": "1234567"},
        {"repetition": "MONTHLY", "nth": -1, "day": date(2026, 5, 29)},
        {"repetition": "DATES", "listed_days": listed(400), "except_days": listed(400) + " "},
        {"repetition": "DATES"},
    ],
)
def test_a_repetition_that_makes_sense_is_taken(fields):
    if "except_days" in fields:
        fields = fields | {"day": date(2028, 1, 1)}
    EventDate(**{"day": date(2026, 5, 1), "start_time": time(18)} | fields).clean()

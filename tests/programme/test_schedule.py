"""From the plan to the dates: wall time stays wall time, and nothing is invented."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from programme.events.changes import as_planned
from programme.events.schedule import sitting, sittings
from programme.events.wall_time import exists
from programme.models import EventDate, Occurrence
from tests.factories import warsaw

FAR = warsaw("2031-01-01 00:00")


def planned(until=FAR, **fields):
    return sittings([EventDate(**fields)], until=until)


def walls(found):
    return [f"{each.start:%Y-%m-%d %H:%M}" for each in found]


@pytest.mark.parametrize(
    ("first", "last"), [("2026-03-22", "2026-04-05"), ("2026-10-18", "2026-11-01"), ("2027-03-21", "2027-04-04")]
)
def test_a_weekly_evening_stays_at_its_hour_across_the_clock_change(first, last):
    found = planned(
        day=date.fromisoformat(first),
        start_time=time(18),
        end_time=time(20),
        repetition="WEEKLY",
        repeat_until=date.fromisoformat(last),
    )
    assert [each.start.time() for each in found] == [time(18)] * 3
    assert [each.end.time() for each in found] == [time(20)] * 3
    assert len({each.start.utcoffset() for each in found}) == 2


def test_a_whole_day_of_the_clock_change_is_one_day():
    for day in ["2026-03-29", "2026-10-25", "2027-03-28"]:
        (found,) = planned(day=date.fromisoformat(day), is_all_day=True)
        assert found.start.date() == date.fromisoformat(day)
        assert (found.end.date() - found.start.date()).days == 1


def test_an_end_before_the_start_is_on_the_next_day():
    (found,) = planned(day=date(2026, 12, 31), start_time=time(21), end_time=time(2))
    assert found.end == warsaw("2027-01-01 02:00")


def test_several_days_have_one_sitting():
    (found,) = planned(day=date(2026, 5, 1), start_time=time(10), end_day=date(2026, 5, 3), end_time=time(16))
    assert (found.start, found.end) == (warsaw("2026-05-01 10:00"), warsaw("2026-05-03 16:00"))


def test_no_hour_means_to_be_confirmed_and_not_midnight():
    (found,) = planned(day=date(2026, 5, 1))
    assert not found.is_time_confirmed
    assert not found.is_all_day


def test_no_end_is_remembered_as_not_known():
    (found,) = planned(day=date(2026, 5, 1), start_time=time(18))
    assert not found.is_end_confirmed


def test_every_week_from_29_february_over_the_years_edge():
    found = planned(day=date(2028, 2, 29), start_time=time(18), repetition="WEEKLY", repeat_until=date(2028, 3, 14))
    assert walls(found) == ["2028-02-29 18:00", "2028-03-07 18:00", "2028-03-14 18:00"]
    found = planned(day=date(2026, 12, 28), start_time=time(18), repetition="WEEKLY", repeat_until=date(2027, 1, 4))
    assert walls(found) == ["2026-12-28 18:00", "2027-01-04 18:00"]


def test_lines_that_mean_the_same_moment_make_one_date():
    rows = [EventDate(day=date(2026, 5, 1), start_time=time(18)) for _ in range(2)]
    assert len(sittings(rows, until=FAR)) == 1


def test_nothing_is_written_beyond_the_horizon():
    until = warsaw("2026-05-15 00:00")
    found = planned(
        until, day=date(2026, 5, 1), start_time=time(18), repetition="WEEKLY", repeat_until=date(2030, 1, 1)
    )
    assert walls(found) == ["2026-05-01 18:00", "2026-05-08 18:00"]


@pytest.mark.parametrize(("day", "hour", "is_there"), [
    ("2026-03-29", "02:30", False), ("2026-03-29", "03:00", True), ("2027-03-28", "02:00", False),
    ("2026-10-25", "02:30", True), ("2026-05-01", "02:30", True),
])  # fmt: skip
def test_the_hour_that_clocks_skip_does_not_exist(day, hour, is_there):
    assert exists(date.fromisoformat(day), time.fromisoformat(hour)) is is_there


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"start_time": time(2, 30), "day": date(2026, 3, 29)}, "start_time"),
        ({"start_time": time(1), "end_time": time(2, 30), "day": date(2026, 3, 29)}, "end_time"),
        ({"end_day": date(2026, 4, 30)}, "end_day"),
        ({"repetition": "WEEKLY", "repeat_until": date(2026, 4, 30)}, "repeat_until"),
        ({"start_time": time(18), "is_all_day": True}, "is_all_day"),
        ({"end_time": time(18)}, "start_time"),
        ({"start_time": time(18), "door_time": time(19)}, "door_time"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused_at_its_field(fields, wrong):
    with pytest.raises(ValidationError) as refusal:
        EventDate(**{"day": date(2026, 5, 1)} | fields).clean()
    assert list(refusal.value.message_dict) == [wrong]


@pytest.mark.parametrize(
    "fields",
    [
        {"start_time": time(18), "end_time": time(20)},
        {"start_time": time(21), "end_time": time(2)},
        {"start_time": time(18), "end_time": time(0)},
        {"start_time": time(10), "end_day": date(2026, 5, 3), "end_time": time(16)},
        {"start_time": time(10), "end_day": date(2026, 5, 3), "end_time": time(0)},
        {"start_time": time(10), "end_day": date(2026, 5, 3)},
        {"end_day": date(2026, 5, 3), "is_all_day": True},
        {},
    ],
)
def test_a_date_that_staff_open_and_save_stays_as_it_was(fields):
    (planned_once,) = planned(day=date(2026, 5, 1), **fields)
    said = as_planned(Occurrence(**vars(planned_once)))
    assert sitting(EventDate(**said), said["day"]) == planned_once

"""A client that shares no code with us reads the calendar and shows what the page shows."""

import re
from datetime import datetime

import pytest
from ics import Calendar

from programme.models import EventStatus
from tests.factories import WARSAW, make_date, make_event, make_site, warsaw

pytestmark = pytest.mark.django_db

#: name: (the moment it is, how the date is made)
CASES = {
    "an evening": ("2026-05-06 12:00", {"start": "2026-05-07 18:00", "end": "2026-05-07 20:00"}),
    "the night clocks go forward": ("2026-03-27 12:00", {"start": "2026-03-29 01:30", "end": "2026-03-29 03:30"}),
    "the evening after they did": ("2026-03-27 12:00", {"start": "2026-03-29 18:00", "end": "2026-03-29 20:00"}),
    "the night they go back": ("2026-10-23 12:00", {"start": "2026-10-24 23:00", "end": "2026-10-25 04:00"}),
    "the evening after they went back": ("2026-10-23 12:00", {"start": "2026-10-25 18:00", "end": "2026-10-25 20:00"}),
    "over midnight": ("2026-05-06 12:00", {"start": "2026-05-07 22:00", "end": "2026-05-08 02:00"}),
    "New Year": ("2026-12-30 12:00", {"start": "2026-12-31 20:00", "end": "2027-01-01 04:00"}),
    "a leap day": ("2028-02-27 12:00", {"start": "2028-02-29 10:00", "end": "2028-02-29 11:00"}),
    "until midnight": ("2026-05-06 12:00", {"start": "2026-05-07 22:00", "end": "2026-05-08 00:00"}),
    "a whole day": (
        "2026-05-06 12:00",
        {"start": "2026-05-07 00:00", "end": "2026-05-08 00:00", "is_all_day": True},
    ),
    "a whole day of 23 hours": (
        "2026-03-27 12:00",
        {"start": "2026-03-29 00:00", "end": "2026-03-30 00:00", "is_all_day": True},
    ),
    "three whole days over the change of clocks": (
        "2026-10-23 12:00",
        {"start": "2026-10-24 00:00", "end": "2026-10-27 00:00", "is_all_day": True},
    ),
    "an hour to be confirmed": (
        "2026-05-06 12:00",
        {"start": "2026-05-07 00:00", "end": "2026-05-08 00:00", "is_time_confirmed": False},
    ),
    "moved": (
        "2026-05-06 12:00",
        {
            "start": "2026-05-21 19:00",
            "end": "2026-05-21 21:00",
            "original_start": warsaw("2026-05-07 18:00"),
            "status": EventStatus.RESCHEDULED,
        },
    ),
    "cancelled": (
        "2026-05-06 12:00",
        {"start": "2026-05-07 18:00", "end": "2026-05-07 20:00", "status": EventStatus.CANCELLED, "reason": "Burza"},
    ),
}


def on_page(html):
    """Every moment and every day that the page marks as one."""
    found = re.findall(r'<time datetime="([^"]+)"', html)
    moments = {datetime.fromisoformat(text) for text in found if "T" in text}
    return moments, {text for text in found if "T" not in text} | {f"{at:%Y-%m-%d}" for at in moments}


def on_the_wall(moment):
    """Weekday and hour of the client's own kind of moment, as a clock in Warsaw shows them."""
    local = moment.datetime.astimezone(WARSAW)
    return f"{local:%a}", f"{local:%H:%M}"


@pytest.mark.parametrize("name", CASES)
def test_a_client_shows_the_days_and_hours_of_the_page(clock, visitor, name):
    now, row = CASES[name][0], dict(CASES[name][1])
    make_site()
    clock(now)
    event = make_event("Koncert")
    start, end = warsaw(row.pop("start")), warsaw(row.pop("end"))
    date = make_date(event, start, end, **row)

    (shown,) = Calendar(visitor.get("/program/kalendarz.ics").content.decode()).events
    html = visitor.get(event.get_url()).content.decode()
    moments, days = on_page(html)
    assert f"{start:%Y-%m-%d}" in days
    if date.has_hours:
        assert not shown.all_day
        assert (shown.begin.datetime, shown.end.datetime) == (start, end)
        assert on_the_wall(shown.begin) == (f"{start:%a}", f"{start:%H:%M}")
        assert start in moments
        assert end in moments or date.spans_days
    else:
        assert shown.all_day
        # Of a whole day the client keeps the first day that is no longer part of it.
        assert (shown.begin.date(), shown.end.date()) == (start.date(), end.date())
        assert not any(f"{at:%H:%M}" == "00:00" for at in moments)
    assert (shown.status == "CANCELLED") is (date.status == EventStatus.CANCELLED)
    assert (shown.name == "Koncert") is (date.status == EventStatus.SCHEDULED)
    assert shown.uid == str(date.uid)


def test_a_weekly_hour_stays_the_same_on_the_clients_wall_in_winter_and_summer(clock, visitor):
    make_site()
    clock("2026-03-16 12:00")
    plan = {"day": "2026-03-17", "start_time": "18:00", "end_time": "19:30", "repetition": "WEEKLY", "count": 40}
    event = make_event("Próby", plan=[plan])
    shown = Calendar(visitor.get(f"/program/{event.slug}/kalendarz.ics").content.decode()).events
    assert {on_the_wall(each.begin) for each in shown} == {("Tue", "18:00")}
    assert {on_the_wall(each.end) for each in shown} == {("Tue", "19:30")}
    assert len({each.uid for each in shown}) == 40

"""What a centre's data say at a given moment."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from mission.models import CentreSettings, OpeningHours, Weekday
from tests.mission.builders import make_centre


def warsaw(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Warsaw"))


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [
        ("2026-03-28 23:59", False),
        ("2026-03-29 00:00", True),  # the first instant is inside, also on the night of the clock change
        ("2026-03-29 23:59", True),
        ("2026-03-30 00:00", False),  # the end itself is outside
    ],
)
def test_a_notice_is_shown_from_its_start_until_just_before_its_end(moment, is_shown):
    centre = CentreSettings(
        notice_text="Dziś nieczynne.",
        notice_start=warsaw("2026-03-29 00:00"),
        notice_end=warsaw("2026-03-30 00:00"),
    )
    assert centre.notice_at(warsaw(moment)) is is_shown


def test_a_notice_without_dates_is_shown_until_it_is_cleared():
    assert CentreSettings(notice_text="Remont.").notice_at(warsaw("2030-01-01 12:00"))
    assert not CentreSettings(notice_text="").notice_at(warsaw("2030-01-01 12:00"))


def test_a_notice_cannot_end_before_it_starts():
    centre = CentreSettings(name="GOK", notice_start=warsaw("2026-03-30 00:00"), notice_end=warsaw("2026-03-29 00:00"))
    with pytest.raises(ValidationError) as refusal:
        centre.clean()
    assert "notice_end" in refusal.value.message_dict


@pytest.mark.django_db
def test_the_week_lists_seven_days_and_a_day_without_hours_is_closed():
    centre = make_centre()
    centre.opening_hours = [
        OpeningHours(weekday=Weekday.MONDAY, opens=time(8), closes=time(12)),
        OpeningHours(weekday=Weekday.MONDAY, opens=time(14), closes=time(20)),
        OpeningHours(weekday=Weekday.SUNDAY),
    ]
    centre.save()
    week = centre.week()
    assert len(week) == 7
    assert [row.opens for row in week[0][1]] == [time(8), time(14)]
    assert week[6][1] == []
    assert [row.opens for row in centre.hours_on(date(2026, 11, 23))] == [time(8), time(14)]
    assert centre.hours_on(date(2026, 11, 22)) == []


@pytest.mark.django_db
def test_opening_hours_close_later_than_they_open():
    with pytest.raises(ValidationError):
        OpeningHours(weekday=1, opens=time(12), closes=time(8)).validate_constraints()


def test_an_address_leaves_out_what_is_not_known():
    assert CentreSettings(street="ul. Przykładowa 1", town="Rudziniec").full_address == "ul. Przykładowa 1, Rudziniec"
    assert CentreSettings().full_address == ""

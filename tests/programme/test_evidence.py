"""What events and classes show for the goals."""

import pytest

from mission.evidence import evidence_for
from programme.models import EventStatus, ProgrammeSettings
from tests.factories import make_date, make_event, make_goal, make_section, make_site, warsaw

pytestmark = pytest.mark.django_db

NOW = warsaw("2026-05-06 12:00")


def totals(goal):
    found = evidence_for([goal], NOW)[goal.pk]
    return sum(each.done for each in found), sum(each.ahead for each in found)


def test_dates_count_once_by_the_rule_of_past_and_ahead():
    make_site()
    goal, other = make_goal(1), make_goal(2)
    event = make_event(goals=[goal, other])
    make_date(event, warsaw("2025-12-31 18:00"))  # last year
    make_date(event, warsaw("2026-01-01 00:30"))
    make_date(event, warsaw("2026-05-06 09:00"))
    make_date(event, warsaw("2026-05-06 11:00"))  # under way
    make_date(event, warsaw("2026-06-01 18:00"))
    assert totals(goal) == totals(other) == (2, 2)


def test_what_did_not_take_place_is_no_evidence():
    make_site()
    goal = make_goal()
    event = make_event(goals=[goal])
    for start in ["2026-04-01 18:00", "2026-06-01 18:00"]:
        make_date(event, warsaw(start), status=EventStatus.CANCELLED)
        make_date(event, warsaw(start).replace(hour=20), status=EventStatus.POSTPONED)
    assert totals(goal) == (0, 0)
    assert evidence_for([goal], NOW)[goal.pk] == []


def test_drafts_are_no_evidence():
    make_site()
    goal = make_goal()
    make_event(goals=[goal], start=warsaw("2026-06-01 18:00"), live=False)
    make_section(goals=[goal], live=False)
    assert totals(goal) == (0, 0)


def test_the_next_three_events_are_named_each_once_with_its_next_date():
    make_site()
    goal = make_goal()
    for number in (3, 1, 4, 2):
        event = make_event(f"Wydarzenie {number}", goals=[goal], start=warsaw(f"2026-06-0{number} 18:00"))
        make_date(event, warsaw(f"2026-07-0{number} 18:00"))
    (events,) = evidence_for([goal], NOW)[goal.pk]
    assert [item.title for item in events.items] == ["Wydarzenie 1", "Wydarzenie 2", "Wydarzenie 3"]
    assert events.items[0].start == warsaw("2026-06-01 18:00")
    assert events.calendar_url == f"/misja/cele/{goal.slug}/kalendarz.ics"


def test_classes_count_as_what_one_can_come_to():
    make_site()
    goal = make_goal()
    make_section("Ceramika", goals=[goal])
    make_section("Taniec", goals=[goal])
    (classes,) = evidence_for([goal], NOW)[goal.pk]
    assert (classes.done, classes.ahead) == (0, 2)
    assert [item.title for item in classes.items] == ["Ceramika", "Taniec"]


@pytest.mark.parametrize(("last_day", "ahead"), [("2026-05-05", 0), ("2026-05-06", 1), (None, 1)])
def test_classes_of_a_season_that_is_over_are_nothing_to_come_to(last_day, ahead):
    site, goal = make_site(), make_goal()
    ProgrammeSettings.objects.filter(site=site).update(season_end=last_day)
    make_section("Ceramika", goals=[goal])
    assert totals(goal) == (0, ahead)

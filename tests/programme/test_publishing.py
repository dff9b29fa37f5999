"""Publishing, reverting and the clock write dates; they never remove, move, recreate or un-cancel one."""

from datetime import date, time

import pytest

from programme.events import schedule
from programme.models import EventDate, EventPage, EventStatus
from tests.factories import make_event, warsaw

pytestmark = pytest.mark.django_db

PLAN = {"day": date(2026, 5, 1), "start_time": time(18), "end_time": time(20)}
WEEKLY = PLAN | {"repetition": "WEEKLY", "repeat_until": date(2026, 5, 15)}


@pytest.fixture
def now(clock):
    return clock("2026-04-01 12:00")


def publish_plan(event, *rows):
    """As an editor does: change the plan in a draft, publish it."""
    page = EventPage.objects.get(pk=event.pk)
    page.plan = [EventDate(**row) for row in rows]
    revision = page.save_revision()
    revision.publish()
    return revision


def local_starts(event):
    return [f"{warsaw_time(date.start):%d.%m %H:%M}" for date in event.occurrences.order_by("start")]


def warsaw_time(moment):
    return moment.astimezone(warsaw("2026-01-01").tzinfo)


def test_publishing_writes_the_dates_of_the_plan_once(now):
    event = make_event(plan=[WEEKLY])
    uids = set(event.occurrences.values_list("uid", flat=True))
    assert local_starts(event) == ["01.05 18:00", "08.05 18:00", "15.05 18:00"]
    publish_plan(event, WEEKLY)
    publish_plan(event, WEEKLY)
    assert set(event.occurrences.values_list("uid", flat=True)) == uids
    assert set(event.occurrences.values_list("sequence", flat=True)) == {0}


def test_a_draft_changes_nothing_that_visitors_see(now):
    event = make_event(plan=[PLAN])
    page = EventPage.objects.get(pk=event.pk)
    page.plan = [EventDate(**WEEKLY)]
    page.save_revision()
    assert local_starts(event) == ["01.05 18:00"]


def test_reverting_to_an_old_revision_does_not_bring_back_a_cancelled_evening(now):
    event = make_event(plan=[WEEKLY])
    first = event.latest_revision
    cancelled = event.occurrences.first()
    cancelled.change(at=now, status=EventStatus.CANCELLED, reason="Burza")
    publish_plan(event, PLAN)
    first.publish()
    cancelled.refresh_from_db()
    assert (cancelled.status, cancelled.reason) == (EventStatus.CANCELLED, "Burza")
    assert event.occurrences.count() == 3


def test_shortening_the_plan_removes_no_date_but_points_it_out(now):
    event = make_event(plan=[WEEKLY])
    publish_plan(event, PLAN)
    assert event.occurrences.count() == 3
    strays = schedule.not_in_plan(EventPage.objects.get(pk=event.pk), at=now)
    assert [f"{warsaw_time(date.start):%d.%m}" for date in strays] == ["08.05", "15.05"]


def test_past_dates_are_no_strays(clock, now):
    event = make_event(plan=[WEEKLY])
    publish_plan(event, PLAN)
    later = clock("2026-06-01 12:00")
    assert schedule.not_in_plan(EventPage.objects.get(pk=event.pk), at=later) == []


def test_a_corrected_end_is_adopted_and_calendars_learn_of_it(now):
    event = make_event(plan=[PLAN])
    before = event.occurrences.get()
    publish_plan(event, PLAN | {"end_time": time(21)})
    after = event.occurrences.get()
    assert (after.uid, after.end, after.sequence) == (before.uid, warsaw("2026-05-01 21:00"), 1)


def test_what_was_changed_by_hand_stays(now):
    event = make_event(plan=[PLAN])
    row = event.occurrences.get()
    row.change(at=now, start=warsaw("2026-05-02 17:00"), end=warsaw("2026-05-02 19:00"))
    publish_plan(event, PLAN | {"end_time": time(21)})
    row.refresh_from_db()
    assert (row.start, row.end) == (warsaw("2026-05-02 17:00"), warsaw("2026-05-02 19:00"))
    assert event.occurrences.count() == 1


def test_removing_one_date_keeps_its_neighbours_and_publishing_does_not_write_it_again(now):
    event = make_event(plan=[WEEKLY])
    event.occurrences.order_by("start")[1].remove()
    assert local_starts(event) == ["01.05 18:00", "15.05 18:00"]
    publish_plan(event, WEEKLY)
    assert local_starts(event) == ["01.05 18:00", "15.05 18:00"]


def test_unpublishing_and_publishing_again_keeps_every_date(now):
    event = make_event(plan=[WEEKLY])
    uids = set(event.occurrences.values_list("uid", flat=True))
    event.unpublish()
    publish_plan(event, WEEKLY)
    assert set(event.occurrences.values_list("uid", flat=True)) == uids


def test_the_clock_fills_what_comes_within_eighteen_months_once(now):
    event = make_event(plan=[PLAN | {"repetition": "WEEKLY", "repeat_until": date(2029, 1, 1)}])
    written = event.occurrences.count()
    assert event.occurrences.latest("start").start < now + schedule.HORIZON
    schedule.fill_ahead(EventPage.objects.all(), at=now)
    assert event.occurrences.count() == written
    schedule.fill_ahead(EventPage.objects.all(), at=warsaw("2026-06-10 12:00"))
    assert event.occurrences.count() == written + 10


def test_a_copied_event_has_dates_of_its_own(now):
    event = make_event(plan=[WEEKLY])
    copy = event.copy(update_attrs={"title": "Kopia", "slug": "kopia"})
    assert not set(copy.occurrences.values_list("uid", flat=True)) & set(
        event.occurrences.values_list("uid", flat=True)
    )
    assert event.occurrences.count() == 3

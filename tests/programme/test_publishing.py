"""Publishing, reverting and the clock write dates; they never remove, move, recreate or un-cancel one."""

from datetime import date, time

import pytest
from django.core.management import call_command
from django.db import transaction

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


def test_reverting_and_a_scheduled_old_revision_change_no_row(now):
    """A rule that is changed back and forth: rows are added, none is removed, written anew or un-cancelled."""
    event = make_event(plan=[WEEKLY])
    old = event.latest_revision
    first, second, third = event.occurrences.order_by("start")
    first.change(at=now, status=EventStatus.CANCELLED, reason="Burza")
    second.remove()
    publish_plan(event, PLAN | {"repetition": "MONTHLY", "nth": 1, "count": 3})
    before = rows(event)
    assert local_starts(event) == ["01.05 18:00", "15.05 18:00", "05.06 18:00", "03.07 18:00"]
    page = EventPage.objects.get(pk=event.pk)
    page.save_revision(approved_go_live_at=warsaw("2026-04-02 12:00"))
    old.as_object().save_revision().publish()  # as "revert" does
    old.publish()
    EventPage.objects.get(pk=event.pk).latest_revision.publish()
    assert rows(event) == before
    assert not event.occurrences.filter(original_start=second.original_start).exists()
    third.refresh_from_db()
    assert third.sequence == 0


def rows(event):
    return list(event.occurrences.order_by("start").values_list("uid", "start", "status", "reason", "sequence"))


@pytest.mark.parametrize(
    "hours", [("02:30", "03:30"), ("01:00", "02:30"), ("02:15", "02:45")], ids=["start", "end", "both"]
)
def test_publishing_twice_in_the_hour_that_october_has_twice_writes_one_date_and_changes_nothing(now, hours):
    start, end = map(time.fromisoformat, hours)
    plan = {"day": date(2026, 10, 25), "start_time": start, "end_time": end, "door_time": start}
    event = make_event(plan=[plan])
    publish_plan(event, plan)
    assert list(event.occurrences.values_list("sequence", flat=True)) == [0]
    assert schedule.not_in_plan(EventPage.objects.get(pk=event.pk), at=now) == []


def test_a_weekly_night_passes_the_hour_that_march_skips(now):
    plan = {
        "day": date(2027, 3, 21),
        "start_time": time(2, 30),
        "end_time": time(4),
        "repetition": "WEEKLY",
        "count": 3,
    }
    event = make_event(plan=[plan])
    publish_plan(event, plan)
    assert local_starts(event) == ["21.03 02:30", "28.03 03:30", "04.04 02:30"]


ENDLESS = [
    PLAN | {"repetition": "WEEKLY"},
    PLAN | {"repetition": "WEEKLY", "weekdays": "56", "interval": 3},
    PLAN | {"repetition": "MONTHLY", "nth": -1},
    PLAN | {"repetition": "WEEKLY", "count": 1000},
    PLAN | {"repetition": "DATES", "listed_days": "2027-11-02 2028-02-01"},
    PLAN | {"day": date(2027, 12, 1)},
]


@pytest.mark.parametrize("plan", ENDLESS)
def test_the_clock_keeps_eighteen_months_filled_whatever_the_repetition(now, plan):
    event = make_event(plan=[plan])
    later = warsaw("2026-08-20 12:00")
    schedule.fill_ahead(EventPage.objects.all(), at=later)
    wanted = schedule.sittings([EventDate(**plan)], until=later + schedule.HORIZON)
    assert list(event.occurrences.order_by("start").values_list("start", flat=True)) == [each.key for each in wanted]


def test_the_clock_writes_nothing_that_was_removed_and_nothing_for_drafts(now):
    event = make_event(plan=[PLAN | {"repetition": "WEEKLY"}])
    draft = make_event("Szkic", plan=[PLAN | {"repetition": "WEEKLY"}])
    draft.unpublish()
    event.occurrences.order_by("start").last().remove()
    before = rows(event), rows(draft)
    schedule.fill_ahead(EventPage.objects.all(), at=now)
    assert (rows(event), rows(draft)) == before
    schedule.fill_ahead(EventPage.objects.all(), at=warsaw("2026-04-20 12:00"))
    assert len(rows(event)) == len(before[0]) + 3
    assert rows(draft) == before[1]


def test_the_clock_asks_few_questions_when_there_is_nothing_to_write(now, django_assert_max_num_queries):
    for number in range(4):
        make_event(f"Próby {number}", plan=[PLAN | {"repetition": "WEEKLY"}, PLAN | {"repetition": "MONTHLY"}])
    with django_assert_max_num_queries(6):
        schedule.fill_ahead(EventPage.objects.all(), at=now)


def test_one_broken_event_does_not_stop_the_others_and_the_log_names_no_one(now, caplog, monkeypatch):
    broken, whole = (make_event(title, plan=[PLAN | {"repetition": "WEEKLY"}]) for title in ("Pani Anna", "Próby"))
    write, written = schedule.write_occurrences, whole.occurrences.count()

    def fail_for_one(event, *, at):
        write(event, at=at)
        if event.pk == broken.pk:
            raise ValueError(event.title)

    monkeypatch.setattr(schedule, "write_occurrences", transaction.atomic(fail_for_one))
    schedule.fill_ahead(EventPage.objects.all(), at=warsaw("2026-04-20 12:00"))
    assert (whole.occurrences.count(), broken.occurrences.count()) == (written + 3, written)
    (record,) = caplog.records
    assert str(broken.pk) in record.getMessage()
    assert "Anna" not in record.getMessage()
    assert record.exc_info is None


def test_two_who_write_at_once_write_each_date_once(now, monkeypatch):
    """The clock and an editor: the second does not see the rows of the first before it writes."""
    event = make_event(plan=[WEEKLY])
    monkeypatch.setattr(schedule, "planned_by", lambda event, until: twice(event, until))

    def twice(event, until):
        found = schedule.sittings(event.plan.all(), until=until)
        event.occurrences.model.objects.filter(event=event).delete()
        for each in found:
            event.occurrences.create(original_start=each.key, start=each.key, end=each.end, changed_at=now)
        return found

    event.occurrences.all().delete()
    schedule.write_occurrences(EventPage.objects.get(pk=event.pk), at=now)
    assert event.occurrences.count() == 3


def test_a_draft_whose_hour_comes_adds_its_dates_and_leaves_the_others(clock, now):
    """As Wagtail's clock does: the plan was scheduled before an evening was called off and another moved."""
    event = make_event(plan=[WEEKLY])
    page = EventPage.objects.get(pk=event.pk)
    page.plan = [EventDate(**PLAN), EventDate(**PLAN | {"day": date(2026, 5, 20)})]
    page.go_live_at = warsaw("2026-04-10 12:00")
    page.save_revision(approved_go_live_at=page.go_live_at)
    first, second, _third = event.occurrences.order_by("start")
    first.change(at=now, status=EventStatus.CANCELLED, reason="Burza")
    second.change(at=now, start=warsaw("2026-05-09 17:00"), end=warsaw("2026-05-09 19:00"))
    before = rows(event)
    at = clock("2026-04-10 12:01")
    call_command("publish_scheduled")
    assert [row for row in rows(event) if row in before] == before
    assert local_starts(event) == ["01.05 18:00", "09.05 17:00", "15.05 18:00", "20.05 18:00"]
    strays = schedule.not_in_plan(EventPage.objects.get(pk=event.pk), at=at)
    assert [f"{warsaw_time(date.start):%d.%m}" for date in strays] == ["09.05", "15.05"]

"""The staff's screen of dates and their lists: what they may do, what it does, what they are told."""

import re
from datetime import date, time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import GroupPagePermission, PageLogEntry

from programme.models import EventDate, EventIndexPage, EventPage, EventStatus
from programme.wagtail_hooks import tell_of_dates
from tests.factories import make_date, make_event, make_section, make_site, under, warsaw

pytestmark = pytest.mark.django_db

NOW = "2026-05-06 12:00"
WEEKLY = {
    "day": date(2026, 5, 7),
    "start_time": time(18),
    "end_time": time(20),
    "repetition": "WEEKLY",
    "repeat_until": date(2026, 5, 21),
}


def make_editor(site, name="redakcja", permissions=("add", "change", "publish")):
    """Somebody who works for one centre only."""
    group = Group.objects.create(name=f"{name} {site.hostname}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for kind in permissions:
        permission = Permission.objects.get(codename=f"{kind}_page", content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=site.root_page, permission=permission)
    user = get_user_model().objects.create_user(f"{name}-{site.hostname}", password="x")
    user.groups.add(group)
    return user


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(clock):
    """A centre, its editor's browser, a weekly event with three dates."""
    clock(NOW)
    site = make_site()
    event = make_event("Próby", plan=[WEEKLY])
    return site, signed_in(make_editor(site)), event


def dates_url(event):
    return reverse("programme_dates:index", args=[event.pk])


def date_url(row):
    return reverse("programme_dates:edit", args=[row.event_id, row.pk])


def test_calling_off_chosen_dates_is_one_step_with_a_reason_and_a_log_entry(desk):
    _site, client, event = desk
    first, _second, third = event.occurrences.order_by("start")
    chosen = {"dates": [first.pk, third.pk], "action": EventStatus.CANCELLED, "reason": "Burza"}
    assert client.post(dates_url(event), chosen).status_code == 302
    found = list(event.occurrences.order_by("start").values_list("status", "reason", "sequence", "is_changed_by_hand"))
    off = (EventStatus.CANCELLED, "Burza", 1, True)
    assert found == [off, (EventStatus.SCHEDULED, "", 0, False), off]
    assert event.occurrences.order_by("start").first().changed_at == warsaw(NOW)
    entry = PageLogEntry.objects.get(action="programme.change_dates")
    assert len(entry.data["dates"]) == 2
    assert entry.user is not None
    history = client.get(reverse("wagtailadmin_pages:history", args=[event.pk])).content.decode()
    assert "2026-05-07" in history


def test_removing_a_date_leaves_its_neighbours_and_can_be_taken_back(desk):
    _site, client, event = desk
    second = event.occurrences.order_by("start")[1]
    client.post(dates_url(event), {"dates": [second.pk], "action": "remove"})
    assert event.occurrences.count() == 2
    client.post(dates_url(event), {"restore": event.removed_dates.get().pk})
    assert event.occurrences.count() == 3
    assert not event.removed_dates.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"action": "remove"}, {"dates": ["1e9"], "action": "remove"}, {"dates": ["\x00"]}]
)
def test_an_incomplete_step_changes_nothing_and_says_what_is_missing(desk, sent):
    _site, client, event = desk
    response = client.post(dates_url(event), sent)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert event.occurrences.filter(sequence=0).count() == 3


@pytest.mark.parametrize("sent", ["x", "", "9" * 30, "\x00", "٣"])
def test_bringing_back_what_was_never_removed_is_not_found(desk, sent):
    _site, client, event = desk
    assert client.post(dates_url(event), {"restore": sent}).status_code == 404


def test_one_date_can_be_moved_without_the_plan(desk):
    _site, client, event = desk
    row = event.occurrences.order_by("start").first()
    sent = {"day": "2026-05-08", "start_time": "17:00", "status": EventStatus.RESCHEDULED, "reason": "Remont"}
    assert client.post(date_url(row), sent).status_code == 302
    row.refresh_from_db()
    assert row.start == warsaw("2026-05-08 17:00")
    assert row.original_start == warsaw("2026-05-07 18:00")
    assert not row.is_end_confirmed
    assert row.is_changed_by_hand
    event.save_revision().publish()
    assert event.occurrences.count() == 3


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"start": warsaw("2026-05-07 00:00"), "end": warsaw("2026-05-08 00:00"), "is_all_day": True},
        {"start": warsaw("2026-05-07 00:00"), "end": warsaw("2026-05-10 00:00"), "is_all_day": True},
        {"start": warsaw("2026-05-07 00:00"), "end": warsaw("2026-05-08 00:00"), "is_time_confirmed": False},
        {"start": warsaw("2026-05-07 21:00"), "end": warsaw("2026-05-08 02:00")},
        {"start": warsaw("2026-05-07 10:00"), "end": warsaw("2026-05-09 16:00")},
        {"is_end_confirmed": False, "door_time": warsaw("2026-05-07 17:30")},
    ],
)
def test_saving_a_date_as_it_stands_does_not_change_when_it_is(desk, fields):
    _site, client, event = desk
    row = make_date(event, **{"start": warsaw("2026-05-07 18:30")} | fields)
    initial = client.get(date_url(row)).context["form"].initial
    sent = {name: value for name, value in initial.items() if value not in (None, False)}
    assert client.post(date_url(row), sent).status_code == 302
    saved = type(row).objects.get(pk=row.pk)
    for name in ["start", "end", "is_all_day", "is_time_confirmed", "is_end_confirmed", "door_time"]:
        assert getattr(saved, name) == getattr(row, name), name


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"day": ""}, "day"),
        ({"day": "2027-03-28", "start_time": "02:30"}, "start_time"),
        ({"end_day": "2026-05-01"}, "end_day"),
        ({"door_time": "19:00"}, "door_time"),
        ({"status": "EventMaybe"}, "status"),
    ],
)
def test_a_date_that_makes_no_sense_is_refused_at_its_field(desk, sent, wrong):
    _site, client, event = desk
    row = event.occurrences.first()
    complete = {"day": "2026-05-08", "start_time": "18:00", "status": EventStatus.SCHEDULED}
    response = client.post(date_url(row), complete | sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [wrong]
    row.refresh_from_db()
    assert row.sequence == 0


def test_dates_that_the_plan_has_left_behind_are_pointed_out_after_publishing_and_on_the_screen(desk):
    _site, client, event = desk
    page = EventPage.objects.get(pk=event.pk)
    page.plan = [EventDate(**WEEKLY | {"start_time": time(19), "end_time": time(21)})]
    page.save_revision().publish()
    response = client.get(dates_url(event))
    assert response.context["strays"] == 3
    assert [row.is_stray for row in response.context["ahead"]] == [True, False] * 3


def test_the_screen_works_with_no_dates_and_with_past_ones(desk):
    _site, client, _event = desk
    empty, over = make_event("Puste"), make_event("Było", start=warsaw("2026-01-01 18:00"))
    for event in (empty, over):
        assert client.get(dates_url(event)).status_code == 200


def test_only_who_may_publish_the_page_reaches_its_dates(desk):
    site, _client, event = desk
    row = event.occurrences.first()
    other = make_site("mok.localhost")
    writer = make_editor(site, "autorka", permissions=("add", "change"))
    for user in [make_editor(other), writer]:
        for url in (dates_url(event), date_url(row)):
            assert signed_in(user).get(url).status_code in {302, 403, 404}
            answer = signed_in(user).post(url, {"dates": [row.pk], "action": EventStatus.CANCELLED})
            assert answer.status_code in {302, 403, 404}
    assert Client().get(dates_url(event)).status_code == 302
    row.refresh_from_db()
    assert row.status == EventStatus.SCHEDULED


def test_a_date_of_another_event_is_not_found_under_this_one(desk):
    _site, client, event = desk
    other = make_event("Inne", start=warsaw("2026-05-07 18:00")).occurrences.get()
    assert client.get(reverse("programme_dates:edit", args=[event.pk, other.pk])).status_code == 404
    sent = {"dates": [other.pk], "action": EventStatus.CANCELLED}
    assert client.post(dates_url(event), sent).status_code == 422


def test_the_lists_show_what_is_next_and_only_the_own_centre(desk):
    _site, client, event = desk
    event.occurrences.order_by("start").first().change(at=warsaw(NOW), status=EventStatus.CANCELLED)
    other = make_site("mok.localhost")
    make_event("Cudze", site=other, start=warsaw("2026-05-07 18:00"))
    make_section("Cudza ceramika", site=other)
    make_section("Nasza ceramika")
    make_event("Było", start=warsaw("2026-01-01 18:00"))
    page = client.get(reverse("event_listing:index")).content.decode()
    assert "7 maja 2026, 18:00" in page
    assert "Cudze" not in page
    over = client.get(reverse("event_listing:index") + "?when=over").content.decode()
    assert "Było" in over
    assert "Próby" not in over
    everything = client.get(reverse("event_listing:index")).content.decode()
    assert everything.index("Próby") < everything.index("Było")
    for query in ["?q=pr%C3%B3by&ordering=next_start", "?ordering=-next_start", "?when=undated", "?when=x", "?p=1e9"]:
        assert client.get(reverse("event_listing:index") + query).status_code in {200, 404}, query
    sections = client.get(reverse("section_listing:index")).content.decode()
    assert "Nasza ceramika" in sections
    assert "Cudza ceramika" not in sections


def test_the_editor_links_to_the_dates_and_publishing_tells_of_them(desk):
    site, client, event = desk
    assert dates_url(event) in client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).content.decode()
    index = under(EventIndexPage, site)
    assert "/admin/terminy/" not in client.get(reverse("wagtailadmin_pages:edit", args=[index.pk])).content.decode()


@pytest.mark.parametrize(
    ("plan", "expected"),
    [(WEEKLY, ["3", "21"]), ({"day": date(2026, 5, 7)}, ["1", "7"]), ({"day": date(2026, 5, 1)}, [])],
)
def test_publishing_says_how_many_dates_are_ahead_and_warns_when_none_is(desk, plan, expected):
    event = make_event("Inne", plan=[plan])
    request = RequestFactory().get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    tell_of_dates(request, event)
    (message,) = request._messages
    assert re.findall(r"\d+", strip_tags(message.message.split("2026")[0])) == expected
    assert message.level_tag == ("info" if expected else "warning")


def test_the_list_of_many_events_costs_as_many_queries_as_that_of_few(desk):
    _site, client, _event = desk
    make_event("Drugie", start=warsaw("2026-05-07 18:00"))
    address = reverse("event_listing:index")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(8):
        make_event(f"Inne {number}", start=warsaw("2026-05-07 18:00"))
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few)

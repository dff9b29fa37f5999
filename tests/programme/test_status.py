"""What staff change about published dates: how far it reaches, what it says, what no draft takes back."""

from datetime import date, time

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from programme.events.dates import say_status
from programme.models import EventDate, EventPage, EventStatus, Occurrence, Seats
from tests.factories import make_date, make_event, make_site, make_venue, warsaw
from tests.programme.test_staff import date_url, dates_url, make_editor, signed_in

pytestmark = pytest.mark.django_db

NOW = "2026-10-06 12:00"
# Two Wednesdays on each side of the clock change of 25 October 2026.
WEEKLY = {
    "day": date(2026, 10, 14),
    "start_time": time(18),
    "end_time": time(20),
    "repetition": "WEEKLY",
    "repeat_until": date(2026, 11, 4),
}


@pytest.fixture
def desk(clock):
    """A centre, its editor's browser, a weekly event with four dates ahead and one past."""
    clock(NOW)
    site = make_site()
    event = make_event("Próby", plan=[WEEKLY], venue=make_venue("Sala"))
    make_date(event, warsaw("2026-09-30 18:00"))
    return site, signed_in(make_editor(site)), event


def ahead(event):
    return list(event.occurrences.upcoming(warsaw(NOW)))


def starts(event):
    return [f"{row.start.astimezone(warsaw(NOW).tzinfo):%m-%d %H:%M}" for row in event.occurrences.order_by("pk")]


def as_shown(client, row):
    """What the form of one date holds before anything is changed."""
    initial = client.get(date_url(row)).context["form"].initial
    return {name: value for name, value in initial.items() if value not in (None, False)}


def step_url(event, step):
    return reverse("programme_dates:status", args=[event.pk, step])


# How far a change of one date reaches


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("this", ["10-14 18:00", "10-21 19:00", "10-28 18:00", "11-04 18:00", "09-30 18:00"]),
        ("following", ["10-14 18:00", "10-21 19:00", "10-28 19:00", "11-04 19:00", "09-30 18:00"]),
        ("ahead", ["10-14 19:00", "10-21 19:00", "10-28 19:00", "11-04 19:00", "09-30 18:00"]),
    ],
)
def test_a_new_hour_reaches_as_far_as_was_said_stays_on_the_wall_and_spares_the_past(desk, scope, expected):
    _site, client, event = desk
    second = ahead(event)[1]
    sent = as_shown(client, second) | {"start_time": "19:00", "end_time": "21:00", "scope": scope}
    assert client.post(date_url(second), sent).status_code == 302
    assert starts(event) == expected
    for row in event.occurrences.all():
        assert (row.end - row.start).total_seconds() == 7200


def test_all_dates_follow_a_shift_of_days_across_both_clock_changes_and_keep_what_is_their_own(desk):
    _site, client, event = desk
    first, second, *_rest = ahead(event)
    spring = make_date(event, warsaw("2027-03-24 18:00"))
    second.change(at=warsaw(NOW), note="Próba generalna", seats=Seats.FEW)
    sent = as_shown(client, first) | {"day": "2026-10-18", "scope": "ahead"}
    assert client.post(date_url(first), sent).status_code == 302
    assert starts(event)[:4] == ["10-18 18:00", "10-25 18:00", "11-01 18:00", "11-08 18:00"]
    spring.refresh_from_db()
    assert spring.start == warsaw("2027-03-28 18:00")
    second.refresh_from_db()
    assert (second.note, second.seats) == ("Próba generalna", Seats.FEW)
    assert second.status == EventStatus.RESCHEDULED


def test_the_form_says_before_how_many_dates_it_concerns_and_afterwards_how_many_changed(desk):
    _site, client, event = desk
    second = ahead(event)[1]
    page = client.get(date_url(second))
    labels = [str(label) for _value, label in page.context["form"].fields["scope"].choices]
    assert "3" in labels[1]
    assert "4" in labels[2]
    sent = as_shown(client, second) | {"note": "Wejście od podwórza", "scope": "following"}
    answer = client.post(date_url(second), sent, follow=True)
    assert "3" in str(next(iter(answer.context["messages"])))
    assert [row.note for row in ahead(event)] == ["", *["Wejście od podwórza"] * 3]
    entry = PageLogEntry.objects.get(action="programme.change_dates")
    assert len(entry.data["dates"]) == 3


def test_place_places_left_and_status_reach_the_other_dates_too_and_the_events_own_place_is_no_other_place(desk):
    _site, client, event = desk
    first, *_rest = ahead(event)
    park = make_venue("Park")
    sent = as_shown(client, first)
    sent |= {
        "venue": park.pk,
        "room": "scena",
        "seats": Seats.FULL,
        "status": EventStatus.MOVED_ONLINE,
        "scope": "ahead",
    }
    assert client.post(date_url(first), sent).status_code == 302
    found = [(row.venue_id, row.room, row.seats, row.status, row.sequence) for row in ahead(event)]
    assert found == [(park.pk, "scena", Seats.FULL, EventStatus.MOVED_ONLINE, 1)] * 4
    sent = as_shown(client, first) | {"venue": event.venue.pk, "scope": "this"}
    client.post(date_url(first), sent)
    first.refresh_from_db()
    assert first.venue_id is None


def test_saving_without_a_change_raises_no_calendars_sequence_and_logs_nothing(desk):
    _site, client, event = desk
    first, *_rest = ahead(event)
    assert client.post(date_url(first), as_shown(client, first) | {"scope": "ahead"}).status_code == 302
    assert set(event.occurrences.values_list("sequence", "is_changed_by_hand")) == {(0, False)}
    assert not PageLogEntry.objects.filter(action="programme.change_dates").exists()


def test_one_date_that_refuses_the_change_keeps_all_as_they_were_and_is_named(desk):
    _site, client, event = desk
    first, *_rest = ahead(event)
    make_date(event, warsaw("2027-03-28 18:00"))
    sent = as_shown(client, first) | {"start_time": "02:30", "end_time": "04:00", "scope": "ahead"}
    answer = client.post(date_url(first), sent)
    assert answer.status_code == 422
    assert "28 marca 2027" in str(answer.context["form"].non_field_errors())
    assert not event.occurrences.filter(sequence__gt=0).exists()


def test_an_error_in_the_middle_leaves_nothing_half_saved(desk, monkeypatch):
    _site, client, event = desk
    first, *_rest = ahead(event)
    change, done = Occurrence.change, []

    def fail_at_the_third(self, **values):
        if len(done) == 2:
            raise RuntimeError("power cut")
        done.append(self)
        change(self, **values)

    monkeypatch.setattr(Occurrence, "change", fail_at_the_third)
    with pytest.raises(RuntimeError):
        client.post(step_url(event, "odwolaj"), {"which": "event", "reason": "Burza"})
    assert len(done) == 2
    assert set(event.occurrences.values_list("status", "sequence")) == {(EventStatus.SCHEDULED, 0)}
    done.clear()
    with pytest.raises(RuntimeError):
        client.post(date_url(first), as_shown(client, first) | {"note": "x", "scope": "ahead"})
    assert not event.occurrences.exclude(note="").exists()


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"end_time": "17:00"}, "end_time"),
        ({"end_day": "2026-10-14", "end_time": "02:00"}, "end_time"),
        ({"day": "1066-10-14"}, "day"),
        ({"status": EventStatus.CANCELLED, "reason": " "}, "reason"),
        ({"status": EventStatus.POSTPONED}, "reason"),
        ({"seats": "many"}, "seats"),
        ({"scope": "yesterday"}, "scope"),
        ({"venue": "x"}, "venue"),
        ({"venue": 10**30}, "venue"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field_and_nothing_is_saved(desk, sent, wrong):
    _site, client, event = desk
    first, *_rest = ahead(event)
    answer = client.post(date_url(first), as_shown(client, first) | {"scope": "ahead"} | sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [wrong]
    assert not event.occurrences.filter(sequence__gt=0).exists()


def test_neither_a_draft_nor_the_neighbours_place_can_be_chosen(desk):
    _site, client, event = desk
    first, *_rest = ahead(event)
    foreign = make_venue("Cudza sala", site=make_site("mok.localhost"))
    draft = make_venue("Szkic", live=False)
    assert "Cudza sala" not in client.get(date_url(first)).content.decode()
    for venue in (foreign, draft):
        sent = as_shown(client, first) | {"venue": venue.pk, "scope": "this"}
        assert list(client.post(date_url(first), sent).context["form"].errors) == ["venue"]
        assert list(
            client.post(step_url(event, "przenies"), {"which": "event", "venue": venue.pk}).context["form"].errors
        )
    assert not event.occurrences.exclude(venue=None).exists()


def test_whoever_comes_second_is_told_and_overwrites_nothing(desk):
    _site, client, event = desk
    first, *_rest = ahead(event)
    sent = as_shown(client, first) | {"seen": first.sequence, "note": "Moja uwaga"}
    first.change(at=warsaw(NOW), reason="Burza", status=EventStatus.CANCELLED)
    assert client.post(date_url(first), sent).status_code == 422
    first.refresh_from_db()
    assert (first.status, first.note) == (EventStatus.CANCELLED, "")


def test_pasted_control_characters_and_lines_do_not_reach_the_feeds(desk):
    _site, client, event = desk
    client.post(step_url(event, "odwolaj"), {"which": "event", "reason": "Burza\r\nSTATUS:CONFIRMED\x0b"})
    assert {row.reason for row in ahead(event)} == {"Burza STATUS:CONFIRMED"}


# What a new start says by itself


@pytest.mark.parametrize(
    ("before", "sent", "status"),
    [
        ({}, {"day": "2026-10-15"}, EventStatus.RESCHEDULED),
        ({}, {"start_time": "17:00"}, EventStatus.RESCHEDULED),
        ({}, {"end_time": "21:00"}, EventStatus.SCHEDULED),
        ({}, {"day": "2026-10-15", "is_correction": "on"}, EventStatus.SCHEDULED),
        ({}, {"day": "2026-10-15", "status": EventStatus.MOVED_ONLINE}, EventStatus.MOVED_ONLINE),
        ({"status": EventStatus.POSTPONED, "reason": "Burza"}, {"day": "2026-10-15"}, EventStatus.RESCHEDULED),
        ({"status": EventStatus.CANCELLED, "reason": "Burza"}, {"day": "2026-10-15"}, EventStatus.CANCELLED),
        (
            {"start": warsaw("2026-10-15 18:00"), "status": EventStatus.RESCHEDULED},
            {"day": "2026-10-14"},
            EventStatus.SCHEDULED,
        ),
    ],
)
def test_a_published_date_that_gets_another_start_says_so_unless_the_editor_says_otherwise(desk, before, sent, status):
    _site, client, _event = desk
    event = make_event("Koncert")
    row = make_date(event, **{"start": warsaw("2026-10-14 18:00"), "end": warsaw("2026-10-15 20:00")} | before)
    if row.start == warsaw("2026-10-14 18:00"):
        row.end = warsaw("2026-10-14 20:00")
    row.original_start = warsaw("2026-10-14 18:00")
    row.save()
    assert client.post(date_url(row), as_shown(client, row) | sent).status_code == 302
    row.refresh_from_db()
    assert row.status == status
    assert row.original_start == warsaw("2026-10-14 18:00")


def test_an_hour_that_becomes_known_is_not_a_move(desk):
    _site, client, _event = desk
    event = make_event("Koncert")
    start, end = warsaw("2026-10-14 00:00"), warsaw("2026-10-15 00:00")
    row = make_date(event, start, end, is_time_confirmed=False)
    client.post(date_url(row), as_shown(client, row) | {"start_time": "18:00"})
    row.refresh_from_db()
    assert (row.status, row.is_time_confirmed) == (EventStatus.SCHEDULED, True)
    assert not row.has_new_start


def test_an_event_that_is_not_published_has_nothing_to_announce(desk):
    _site, client, _event = desk
    event = make_event("Szkic", live=False)
    row = make_date(event, warsaw("2026-10-14 18:00"))
    client.post(date_url(row), as_shown(client, row) | {"day": "2026-10-15"})
    row.refresh_from_db()
    assert row.status == EventStatus.SCHEDULED


# One step for the event


@pytest.mark.parametrize(
    ("step", "status", "reason"),
    [("odwolaj", EventStatus.CANCELLED, "Burza"), ("przeloz", EventStatus.POSTPONED, "Choroba solistki")],
)
def test_the_whole_event_is_off_in_one_step_with_a_reason_and_comes_back_in_one(desk, step, status, reason):
    _site, client, event = desk
    page = client.get(step_url(event, step))
    assert page.status_code == 200
    assert "14 października 2026" in page.content.decode()
    for sent in ({"which": "event"}, {"reason": reason}, {"which": "event", "reason": " \n"}, {"which": "1e9"}):
        assert client.post(step_url(event, step), sent).status_code == 422
    assert client.post(step_url(event, step), {"which": "event", "reason": reason}).status_code == 302
    assert {(row.status, row.reason) for row in ahead(event)} == {(status, reason)}
    assert event.occurrences.order_by("start").first().status == EventStatus.SCHEDULED
    assert client.post(step_url(event, "przywroc"), {"which": "event"}).status_code == 302
    assert {(row.status, row.reason) for row in ahead(event)} == {(EventStatus.SCHEDULED, "")}
    log = PageLogEntry.objects.filter(action="programme.change_dates").order_by("pk").first()
    assert log.data["reason"] == reason
    history = client.get(reverse("wagtailadmin_pages:history", args=[event.pk])).content.decode()
    assert "odwolaj" not in history


def test_one_date_of_an_event_can_be_called_off_and_its_neighbours_stay(desk):
    _site, client, event = desk
    first, second, *_rest = ahead(event)
    twin = make_date(event, first.start, original_start=warsaw("2026-10-14 17:59"))
    assert client.get(step_url(event, "odwolaj") + f"?date={second.pk}").context["form"]["which"].value() == str(
        second.pk
    )
    client.post(step_url(event, "odwolaj"), {"which": second.pk, "reason": "Burza"})
    assert [row.status for row in ahead(event)].count(EventStatus.CANCELLED) == 1
    twin.remove()
    assert event.occurrences.filter(pk=first.pk).exists()


def test_the_events_move_keeps_lengths_doors_and_distances(desk):
    _site, client, event = desk
    first, *_rest, last = ahead(event)
    last.change(at=warsaw(NOW), door_time=warsaw("2026-11-04 17:30"), end=warsaw("2026-11-05 00:30"))
    sent = {"which": "event", "day": "2026-10-24", "start_time": "20:15", "reason": "Remont"}
    assert client.post(step_url(event, "przenies"), sent).status_code == 302
    assert starts(event)[:4] == ["10-24 20:15", "10-31 20:15", "11-07 20:15", "11-14 20:15"]
    last.refresh_from_db()
    assert last.end == warsaw("2026-11-15 02:45")
    assert last.door_time == warsaw("2026-11-14 19:45")
    assert {(row.status, row.reason) for row in ahead(event)} == {(EventStatus.RESCHEDULED, "Remont")}
    client.post(step_url(event, "odwolaj"), {"which": first.pk, "reason": "Burza"})
    client.post(step_url(event, "przywroc"), {"which": first.pk})
    first.refresh_from_db()
    assert first.status == EventStatus.RESCHEDULED, "what was moved stays moved when it is held after all"


def test_a_move_to_another_place_alone_is_no_new_date(desk):
    _site, client, event = desk
    park = make_venue("Park")
    assert client.post(step_url(event, "przenies"), {"which": "event"}).status_code == 422
    assert client.post(step_url(event, "przenies"), {"which": "event", "venue": park.pk}).status_code == 302
    assert {(row.status, row.venue_id) for row in ahead(event)} == {(EventStatus.SCHEDULED, park.pk)}
    assert ahead(event)[0].headline != "Próby"


@pytest.mark.parametrize("sent", [{"day": "9999-12-31"}, {"day": "0001-01-01"}, {"day": "x"}, {"start_time": "25:00"}])
def test_a_move_to_nowhere_is_refused(desk, sent):
    _site, client, event = desk
    assert client.post(step_url(event, "przenies"), {"which": "event"} | sent).status_code == 422
    assert not event.occurrences.filter(sequence__gt=0).exists()


def test_a_step_offers_only_the_dates_that_it_would_change(desk):
    _site, client, event = desk
    first, *_rest = ahead(event)
    first.change(at=warsaw(NOW), status=EventStatus.CANCELLED, reason="Burza")
    for step, count in [("odwolaj", 3), ("przeloz", 3), ("przenies", 3), ("przywroc", 1)]:
        page = client.get(step_url(event, step))
        assert len(page.context["form"].dates) == count, step
        assert len(page.context["done"]) == 4 - count, step
    assert client.post(step_url(event, "odwolaj"), {"which": first.pk, "reason": "x"}).status_code == 422
    empty = make_event("Puste")
    assert client.get(step_url(empty, "odwolaj")).status_code == 200
    assert client.post(step_url(empty, "odwolaj"), {"which": "event", "reason": "x"}).status_code == 422
    assert client.get(step_url(event, "usun")).status_code == 404


def test_a_date_of_another_event_and_a_past_one_cannot_be_named(desk):
    _site, client, event = desk
    other = make_event("Inne", start=warsaw("2026-10-14 18:00")).occurrences.get()
    past = event.occurrences.order_by("start").first()
    for row in (other, past):
        assert client.post(step_url(event, "odwolaj"), {"which": row.pk, "reason": "x"}).status_code == 422
        row.refresh_from_db()
        assert row.status == EventStatus.SCHEDULED


def test_neither_contributors_nor_the_neighbour_reach_the_step(desk):
    site, _client, event = desk
    writer = make_editor(site, "autorka", permissions=("add", "change"))
    neighbour = make_editor(make_site("mok.localhost"))
    for user in (writer, neighbour):
        for url in [step_url(event, "odwolaj"), date_url(ahead(event)[0]), dates_url(event)]:
            sent = {"which": "event", "reason": "x", "action": "EventCancelled", "came": "1"}
            assert signed_in(user).post(url, sent).status_code in {302, 403, 404}
    assert not event.occurrences.filter(sequence__gt=0).exists()


def test_the_steps_are_one_click_from_the_editor_and_from_the_list(desk):
    _site, client, event = desk
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).content.decode()
    listing = client.get(reverse("event_listing:index")).content.decode()
    for step in ("odwolaj", "przeloz", "przenies"):
        assert step_url(event, step) in editor
        assert step_url(event, step) in listing
    assert reverse("programme_dates:duplicate", args=[event.pk]) in editor


# What no draft takes back


def test_no_draft_and_no_older_revision_brings_back_or_moves_a_date(desk):
    _site, client, event = desk
    old = event.latest_revision
    draft = EventPage.objects.get(pk=event.pk)
    draft.title = "Próby otwarte"
    revision = draft.save_revision()
    first, second, third, _fourth = ahead(event)
    client.post(step_url(event, "odwolaj"), {"which": first.pk, "reason": "Burza"})
    client.post(step_url(event, "przenies"), {"which": second.pk, "day": "2026-10-22"})
    client.post(date_url(third), as_shown(client, third) | {"seats": Seats.SOLD_OUT, "scope": "this"})
    before = list(event.occurrences.order_by("pk").values())
    for each in (revision, old, draft.save_revision()):
        each.publish()
        assert list(event.occurrences.order_by("pk").values()) == before
    changed = EventPage.objects.get(pk=event.pk)
    changed.plan = [EventDate(**WEEKLY | {"end_time": time(21)})]
    changed.save_revision().publish()
    first.refresh_from_db()
    assert (first.status, first.end) == (EventStatus.CANCELLED, warsaw("2026-10-14 20:00"))
    assert event.occurrences.get(original_start=warsaw("2026-11-04 18:00")).end == warsaw("2026-11-04 21:00")


# What the heading says


@pytest.mark.parametrize(
    ("status", "fields", "words"),
    [
        (EventStatus.SCHEDULED, {}, 0),
        (EventStatus.SCHEDULED, {"seats": Seats.FEW}, 0),
        (EventStatus.CANCELLED, {"seats": Seats.FULL, "is_elsewhere": True}, 1),
        (EventStatus.POSTPONED, {}, 1),
        (EventStatus.RESCHEDULED, {}, 1),
        (EventStatus.MOVED_ONLINE, {}, 1),
        (EventStatus.SCHEDULED, {"is_elsewhere": True}, 1),
        (EventStatus.SCHEDULED, {"seats": Seats.FULL}, 1),
        (EventStatus.SCHEDULED, {"seats": Seats.SOLD_OUT}, 1),
        (EventStatus.RESCHEDULED, {"seats": Seats.SOLD_OUT, "is_elsewhere": True}, 3),
    ],
)
def test_the_title_is_led_by_every_change_that_still_matters(status, fields, words):
    said = say_status("Koncert", status, **fields)
    assert said.endswith("Koncert")
    lead = said.removesuffix("Koncert")
    assert len([word for word in lead.split(",") if word.strip()]) == words
    assert bool(lead) == lead.endswith(": ")


# How many came


def test_a_recent_date_asks_how_many_came_and_takes_number_and_method_together(desk):
    _site, client, event = desk
    past = event.occurrences.order_by("start").first()
    shown = client.get(dates_url(event))
    assert [figure.date.pk for figure in shown.context["figures"]] == [past.pk]
    number, method = f"came-{past.pk}-attendance", f"came-{past.pk}-attendance_method"
    for sent in [{number: 5}, {method: "counted"}, {number: -1, method: "counted"}, {number: "x"}, {number: 10**12}]:
        assert client.post(dates_url(event), sent | {"came": "1"}).status_code == 422, sent
    assert client.post(dates_url(event), {"came": "1"}).status_code == 302
    past.refresh_from_db()
    assert past.attendance is None
    assert client.post(dates_url(event), {"came": "1", number: 0, method: "estimated"}).status_code == 302
    past.refresh_from_db()
    assert (past.attendance, past.attendance_method) == (0, "estimated")
    assert (past.sequence, past.is_changed_by_hand) == (0, False)
    assert not client.get(dates_url(event)).context["figures"]


def test_how_many_came_is_asked_on_the_form_only_once_the_date_has_begun(desk):
    _site, client, event = desk
    past = event.occurrences.order_by("start").first()
    first, *_rest = ahead(event)
    assert "attendance" not in client.get(date_url(first)).context["form"].fields
    sent = as_shown(client, past) | {"attendance": 40}
    assert list(client.post(date_url(past), sent).context["form"].errors) == ["attendance_method"]
    assert client.post(date_url(past), sent | {"attendance_method": "counted"}).status_code == 302
    past.refresh_from_db()
    assert (past.attendance, past.sequence) == (40, 0)
    assert "scope" not in client.get(date_url(past)).context["form"].fields


def test_what_was_off_is_older_or_is_the_neighbours_is_not_asked_about(desk):
    _site, client, event = desk
    past = event.occurrences.order_by("start").first()
    past.change(at=warsaw(NOW), status=EventStatus.CANCELLED, reason="Burza")
    make_date(event, warsaw("2026-09-01 18:00"))
    make_event("Cudze", site=make_site("mok.localhost"), start=warsaw("2026-10-05 18:00"))
    assert not client.get(dates_url(event)).context["figures"]
    home = client.get("/admin/").content.decode()
    assert "/#attendance" not in home
    make_event("Wczoraj", start=warsaw("2026-10-05 18:00"))
    assert client.get("/admin/").content.decode().count("/#attendance") == 1

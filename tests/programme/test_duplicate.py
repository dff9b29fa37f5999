"""An event once more, on other days."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from programme.events.duplicate import duplicate, move_line, source
from programme.models import BreakCalendar, EventDate, EventPage, Nth, Offer, ProgrammeSettings
from tests.factories import make_event, make_goal, make_site, make_venue, warsaw
from tests.programme.test_staff import make_editor, signed_in

pytestmark = pytest.mark.django_db

NOW = "2026-05-06 12:00"
FESTIVAL = [
    {"day": date(2026, 5, 8), "start_time": time(18), "end_time": time(20), "door_time": time(17, 30)},
    {"day": date(2026, 5, 9), "start_time": time(10), "end_time": time(1), "end_day": date(2026, 5, 10)},
]


@pytest.fixture
def desk(clock):
    clock(NOW)
    site = make_site()
    return site, signed_in(make_editor(site))


def url(event):
    return reverse("programme_dates:duplicate", args=[event.pk])


def the_copy(event):
    return EventPage.objects.exclude(pk=event.pk).get()


def test_the_copy_is_a_draft_with_everything_but_what_belongs_to_the_one_that_was(desk):
    site, client = desk
    settings = ProgrammeSettings.for_site(site)
    calendar = BreakCalendar.objects.create(settings=settings, name="Ferie")
    event = make_event(
        "Przegląd",
        plan=FESTIVAL,
        venue=make_venue(),
        goals=[make_goal()],
        afterwards=[("text", "<p>Było pięknie.</p>")],
        reviewed_by="dyrektorka",
        go_live_at=warsaw("2026-01-01 10:00"),
        expire_at=warsaw("2026-06-01 10:00"),
    )
    event.observes = [calendar]
    event.offers = [Offer(name="normalny", price=20)]
    event.save_revision().publish()
    event.occurrences.first().record_attendance(100, "counted")
    answer = client.post(url(event), {"title": "Przegląd 2027", "day": "2027-05-14"})
    copy = the_copy(event)
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert client.get(answer["Location"]).status_code == 200
    assert (copy.live, copy.title, copy.draft_title, copy.slug) == (
        False,
        "Przegląd 2027",
        "Przegląd 2027",
        "przeglad-2027",
    )
    assert copy.get_parent().pk == event.get_parent().pk
    assert not copy.occurrences.exists()
    draft = copy.get_latest_revision_as_object()
    for page in (copy, draft):
        assert (page.slug, page.venue, len(page.afterwards)) == ("przeglad-2027", event.venue, 0)
        assert (page.reviewed_by, page.go_live_at, page.expire_at) == ("", None, None)
        assert [offer.name for offer in page.offers.all()] == ["normalny"]
        assert list(page.observes.all()) == [calendar]
        assert len(page.goals.all()) == 1
        assert [(line.day, line.end_day) for line in page.plan.all()] == [
            (date(2027, 5, 14), None),
            (date(2027, 5, 15), date(2027, 5, 16)),
        ]
    event.refresh_from_db()
    assert [line.day for line in event.plan.all()] == [date(2026, 5, 8), date(2026, 5, 9)]
    assert event.occurrences.count() == 2
    draft.save_revision().publish()
    assert copy.occurrences.count() == 2
    assert copy.occurrences.first().start == warsaw("2027-05-14 18:00")


def test_other_hours_take_the_end_and_the_doors_along(desk):
    _site, client = desk
    event = make_event("Koncert", plan=FESTIVAL[:1])
    client.post(url(event), {"title": "Koncert", "day": "2026-05-08", "start_time": "19:30"})
    line = the_copy(event).plan.get()
    assert (line.start_time, line.end_time, line.door_time) == (time(19, 30), time(21, 30), time(19))
    assert the_copy(event).slug == "koncert-1"


@pytest.mark.parametrize(
    ("fields", "shift", "expected"),
    [
        ({"weekdays": "135"}, 7, {"weekdays": "135"}),
        ({"weekdays": "157"}, 1, {"weekdays": "126"}),
        ({"weekdays": ""}, 3, {"weekdays": ""}),
        ({"listed_days": "2026-05-12 2026-05-31"}, 1, {"listed_days": "2026-05-13 2026-06-01"}),
        ({"except_days": "2026-12-31"}, 1, {"except_days": "2027-01-01"}),
        ({"repeat_until": date(2026, 6, 30)}, 364, {"repeat_until": date(2027, 6, 29)}),
        ({"repetition": "MONTHLY", "nth": Nth.SECOND}, 7, {"nth": None}),
        ({"repetition": "MONTHLY", "nth": Nth.SECOND}, 28, {"nth": None}),
        ({"repetition": "MONTHLY", "nth": Nth.SECOND}, 371, {"nth": Nth.SECOND}),
        ({"repetition": "MONTHLY", "nth": None}, 21, {"nth": Nth.LAST}),
        ({"repetition": "MONTHLY", "nth": Nth.LAST}, 21, {"nth": Nth.LAST}),
    ],
)
def test_the_whole_plan_moves_by_the_same_days(fields, shift, expected):
    line = EventDate(**{"day": date(2026, 5, 8), "start_time": time(18)} | fields)
    move_line(line, timedelta(days=shift))
    assert line.day == date(2026, 5, 8) + timedelta(days=shift)
    assert {name: getattr(line, name) for name in expected} == expected


@pytest.mark.parametrize(
    "sent",
    [
        {"title": "", "day": "2027-05-14"},
        {"title": "x" * 256, "day": "2027-05-14"},
        {"title": "Koncert", "day": ""},
        {"title": "Koncert", "day": "9999-12-31"},
        {"title": "Koncert", "day": "0001-01-01"},
        {"title": "Koncert", "day": "2027-03-28", "start_time": "02:30"},
        {"title": "Koncert", "day": "2027-05-14", "start_time": "x"},
        {"title": "Koncert", "day": "2027-05-14", "start_time": "18:00", "end_time": "18:00"},
    ],
)
def test_what_cannot_be_meant_makes_no_copy_and_says_why(desk, sent):
    _site, client = desk
    event = make_event("Koncert", plan=FESTIVAL[:1])
    answer = client.post(url(event), sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert EventPage.objects.count() == 1


def test_an_event_without_a_plan_says_that_there_is_nothing_to_move(desk):
    _site, client = desk
    event = make_event("Puste")
    assert client.get(url(event)).status_code == 200
    assert client.post(url(event), {"title": "Puste", "day": "2027-05-14"}).status_code == 422
    assert EventPage.objects.count() == 1


def test_titles_that_give_no_address_or_a_taken_one_get_a_free_one(desk):
    _site, client = desk
    event = make_event("Koncert", plan=FESTIVAL[:1])
    for title, slug in [("Archiwum", "archiwum-2"), ("♫", "wydarzenie"), ("Żółw", "zolw"), ("Żółw", "zolw-1")]:
        client.post(url(event), {"title": title, "day": "2027-05-14"})
        assert EventPage.objects.latest("pk").slug == slug


def test_of_a_draft_the_newest_text_is_copied_of_a_published_event_the_public_one(desk):
    event = make_event("Koncert", plan=FESTIVAL[:1])
    event.summary = "Szkic"
    event.save_revision()
    assert source(EventPage.objects.get(pk=event.pk)).summary == ""
    EventPage.objects.filter(pk=event.pk).update(live=False)
    assert source(EventPage.objects.get(pk=event.pk)).summary == "Szkic"
    copy = duplicate(source(EventPage.objects.get(pk=event.pk)), title="Kopia", shift=timedelta(days=7))
    assert copy.summary == "Szkic"
    assert copy.get_latest_revision_as_object().plan.get().day == date(2026, 5, 15)


def test_who_may_add_events_may_duplicate_them_and_nobody_else(desk):
    site, _client = desk
    event = make_event("Koncert", plan=FESTIVAL[:1])
    draft = make_event("Szkic", plan=FESTIVAL[:1])
    draft.unpublish()
    sent = {"title": "Kopia", "day": "2027-05-14"}
    contributor = signed_in(make_editor(site, "autorka", permissions=("add",)))
    assert contributor.post(url(draft), sent).status_code in {302, 403}
    assert not EventPage.objects.filter(title="Kopia").exists()
    neighbour = signed_in(make_editor(make_site("mok.localhost")))
    for response in (neighbour.get(url(event)), neighbour.post(url(event), sent)):
        assert response.status_code in {302, 403, 404}
    assert not EventPage.objects.filter(title="Kopia").exists()
    assert url(event) in contributor.get(reverse("event_listing:index")).content.decode()
    made = contributor.post(url(event), sent)
    assert contributor.get(made["Location"]).status_code == 200
    assert EventPage.objects.get(title="Kopia").owner.username.startswith("autorka")

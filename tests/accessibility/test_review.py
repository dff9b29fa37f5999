"""The yearly review: a list, a date, a warning in time; no other way sets the date."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from wagtail import hooks
from wagtail.models import PageLogEntry

from accessibility.models import DeclarationPage, DeclarationReview
from accessibility.review import reminders
from accessibility.review.items import ITEMS
from accessibility.wagtail_hooks import state_of

from .builders import coordinators_client, make_centre, make_coordinator, make_declaration, make_finding
from .test_declaration_page import form_data

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
RIGHT = {item.key: "right" for item in ITEMS}


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def client(centre):
    return coordinators_client(centre)


def published_long_ago(centre, **fields):
    """A declaration that was right and published three years ago, and never reviewed since."""
    page = make_declaration(centre, **fields)
    old = TODAY.replace(year=TODAY.year - 3, day=1)
    revision = page.get_latest_revision()
    dates = dict.fromkeys(("site_published_on", "site_updated_on", "drawn_up_on", "last_review_on"), old)
    revision.content |= {name: day.isoformat() for name, day in dates.items()}
    revision.save()
    PageLogEntry.objects.filter(page=page).update(timestamp=timezone.now() - timedelta(days=3 * 365))
    DeclarationPage.objects.filter(pk=page.pk).update(**dates)
    return DeclarationPage.objects.get(pk=page.pk)


def url(page):
    return f"/admin/przeglad-deklaracji/{page.pk}/"


def test_a_review_without_remarks_dates_and_publishes_the_declaration(centre, client):
    page = published_long_ago(centre)
    assert client.get(url(page)).status_code == 200
    answer = client.post(url(page), RIGHT | {"apps": "none", "note": "Z dyrektorką."})
    assert answer.status_code == 302
    published = DeclarationPage.objects.get()
    assert published.last_review_on == TODAY
    assert not published.has_unpublished_changes
    assert f'datetime="{TODAY}"' in client.get("/deklaracja-dostepnosci/").content.decode()
    review = DeclarationReview.objects.get()
    assert (review.site, review.reviewed_on, review.note) == (centre.site, TODAY, "Z dyrektorką.")
    assert [item["item"] for item in review.items] == [item.key for item in ITEMS]
    assert "Z dyrektorką." in client.get(url(page)).content.decode()


def test_every_question_has_to_be_answered(centre, client):
    page = published_long_ago(centre)
    answer = client.post(url(page), {key: value for key, value in RIGHT.items() if key != "contact"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"contact"}
    assert not DeclarationReview.objects.exists()


@pytest.mark.parametrize("reason", ["an item", "a finding", "a draft with a gap"])
def test_a_review_that_found_something_keeps_the_draft_and_says_why(centre, client, reason):
    page = published_long_ago(centre)
    answers = dict(RIGHT)
    if reason == "an item":
        answers["links"], word = "change", str(next(item.text for item in ITEMS if item.key == "links"))
    elif reason == "a finding":
        word = make_finding(centre).message
    else:
        page.telephone, word = "", "telefon"
        page.save_revision()
    answer = client.post(url(page), answers, follow=True)
    assert word in BeautifulSoup(answer.content, "html.parser").get_text(" ")
    page = DeclarationPage.objects.get()
    assert page.last_review_on.year == TODAY.year - 3
    assert page.get_latest_revision_as_object().last_review_on == TODAY
    assert DeclarationReview.objects.count() == 1


def test_no_other_way_sets_the_date_of_a_published_declaration(centre, client):
    page = published_long_ago(centre)
    page.last_review_on = TODAY
    assert "last_review_on" in [problem.field for problem in page.problems(TODAY)]
    with pytest.raises(ValidationError):
        page.save_revision().publish()
    with pytest.raises(ValidationError):
        page.save()
    page.unpublish()
    with pytest.raises(ValidationError):
        page.save_revision().publish()

    edit = f"/admin/pages/{page.pk}/edit/"
    data = form_data(client.get(edit)) | {"last_review_on": TODAY.isoformat(), "drawn_up_on": TODAY.isoformat()}
    assert client.post(edit, data).status_code == 302
    draft = DeclarationPage.objects.get().get_latest_revision_as_object()
    assert (draft.last_review_on.year, draft.drawn_up_on.year) == (TODAY.year - 3, TODAY.year - 3)


def test_a_review_stays_proved_when_its_draft_is_published_later(centre, client):
    page = published_long_ago(centre)
    client.post(url(page), RIGHT | {"links": "change"})
    DeclarationPage.objects.get().get_latest_revision().publish()
    assert DeclarationPage.objects.get().last_review_on == TODAY


@pytest.mark.parametrize(
    ("reviewed", "at", "expected"),
    [
        (date(2025, 3, 30), date(2026, 1, 31), "done"),
        (date(2025, 3, 30), date(2026, 2, 1), "due"),
        (date(2025, 3, 30), date(2026, 3, 31), "due"),
        (date(2025, 3, 30), date(2026, 4, 1), "overdue"),
        (date(2025, 12, 31), date(2026, 4, 1), "overdue"),
        (date(2026, 1, 1), date(2026, 12, 31), "done"),
        (date(2024, 12, 31), date(2026, 1, 1), "overdue"),
        (None, date(2026, 6, 1), "overdue"),
    ],
)
def test_staff_are_reminded_from_february_and_warned_after_march(centre, reviewed, at, expected):
    page = DeclarationPage(drawn_up_on=date(2020, 9, 1), last_review_on=reviewed)
    assert reminders.review_state(page, at) == expected
    make_declaration(centre)
    DeclarationPage.objects.update(drawn_up_on=date(2020, 9, 1), last_review_on=reviewed)
    noon = datetime(at.year, at.month, at.day, 12, tzinfo=UTC)
    codes = ["declaration-review-overdue"] if expected == "overdue" else []
    assert reminders.warnings_for_health(noon) == codes


def test_drawing_up_counts_as_the_first_review_and_a_draft_is_not_reminded_of(centre, django_assert_num_queries):
    page = DeclarationPage(drawn_up_on=date(2026, 2, 5))
    assert reminders.review_state(page, date(2026, 6, 1)) == "done"
    make_declaration(centre, is_published=False)
    DeclarationPage.objects.update(drawn_up_on=date(2020, 9, 1), last_review_on=None)
    with django_assert_num_queries(1):
        assert reminders.warnings_for_health(timezone.now()) == []


def test_the_health_check_carries_the_warning_and_stays_well(centre, client):
    assert client.get("/healthz").json() == {"status": "ok", "warnings": []}
    published_long_ago(centre)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "warnings": ["declaration-review-overdue"]}


def test_another_room_can_add_a_warning_of_its_own(client):
    with hooks.register_temporarily("register_health_warnings", lambda at: ["outbox-stuck"] if at else []):
        assert client.get("/healthz").json()["warnings"] == ["outbox-stuck"]


def test_the_reminder_on_the_admin_home_is_yellow_before_it_is_red(centre):
    page = make_declaration(centre)
    assert state_of(page, timezone.now()) is None
    february = datetime(TODAY.year + 1, 2, 1, 12, tzinfo=UTC)
    state = state_of(page, february)
    assert (state["review"], state["problems"], state["review_url"]) == ("due", [], url(page))
    html = render_to_string("accessibility/admin/declaration_panel.html", {"states": [state]})
    assert ("help-warning" in html, "help-critical" in html) == (True, False)
    assert state_of(page, february.replace(month=4))["review"] == "overdue"


def test_staff_see_the_overdue_review_in_red_with_the_way_to_it(centre, client):
    page = published_long_ago(centre)
    red = BeautifulSoup(client.get("/admin/").content, "html.parser").find(class_="help-critical")
    assert red.find("a", href=url(page))


def test_who_may_not_publish_the_declaration_does_not_review_it(centre):
    page = make_declaration(centre)
    stranger = Client(SERVER_NAME="localhost")
    stranger.force_login(make_coordinator(make_centre("mok.localhost")))
    assert stranger.post(url(page), RIGHT)["Location"] == "/admin/"
    assert not DeclarationReview.objects.exists()

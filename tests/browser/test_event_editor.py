"""The dates in the editor of an event: nobody's typing is replaced, and nothing stands in the way that is not needed."""

import re
import secrets

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from programme.models import EventIndexPage
from tests.addresses import Address
from tests.browser.parts import log_in

TYPED = {"day": ["12.12.2026", "2026-12-12", "w sobotę"], "start_time": ["18:15", "18.15", "po obiedzie"]}
OPEN_CALENDARS = ".xdsoft_datetimepicker:visible"


@pytest.fixture(scope="module")
def account(site_server):
    """Name and password of an administrator; every worker has its own on the server that they share."""
    name = f"terminy-{secrets.token_hex(4)}"
    return name, site_server.add_administrator(name)


@pytest.fixture
def editor(open_page, demonstration, account):
    """The form of a new event, open in a browser."""
    index = EventIndexPage.objects.descendant_of(demonstration["gok"].root_page).get()
    path = reverse("wagtailadmin_pages:add", args=["programme", "eventpage", index.pk])
    with open_page(Address("gok", "new event", path)) as visit:
        log_in(visit.page, *account)
        visit.page.locator("[name=plan-0-day]").wait_for()
        yield visit.page


def test_what_was_typed_stays_as_it_was_typed(editor):
    for name, texts in TYPED.items():
        field = editor.locator(f"[name=plan-0-{name}]")
        for text in texts:
            field.fill("")
            editor.keyboard.type(text)
            editor.keyboard.press("Tab")
            assert field.input_value() == text


def test_a_time_to_publish_stays_as_it_was_typed(editor):
    editor.get_by_role("button", name="Przełącz status").click()
    editor.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").click()
    field = editor.locator("[name=go_live_at]")
    for text in ["12.12.2026 18:00", "12.12.2026 18.00", "w sobotę o osiemnastej"]:
        field.fill("")
        editor.keyboard.type(text)
        editor.keyboard.press("Tab")
        assert field.input_value() == text


def test_a_day_in_the_filter_of_a_report_stays_as_it_was_typed(editor):
    editor.goto(editor.url.partition("/pages/")[0] + "/reports/aging-pages/")
    editor.get_by_role("button", name="Filtr").click()
    editor.get_by_role("button", name="Ostatnio opublikowane przed").click()
    field = editor.locator("[name=last_published_at]")
    field.click()
    editor.keyboard.type("w sobotę")
    editor.keyboard.press("Tab")
    assert field.input_value() == "w sobotę"


def test_whoever_holds_tab_down_leaves_no_calendar_open(editor):
    editor.locator("[name=plan-0-day]").focus()
    for _stop in range(6):
        editor.keyboard.press("Tab")
    editor.wait_for_timeout(500)
    assert editor.evaluate("document.activeElement.name") == "plan-0-repetition"
    assert editor.locator(OPEN_CALENDARS).count() == 0


def test_a_day_can_still_be_taken_from_the_calendar_of_another_month(editor):
    field = editor.locator("[name=plan-0-day]")
    field.click()
    calendar = editor.locator(OPEN_CALENDARS)
    month = calendar.locator(".xdsoft_month span")
    shown = month.inner_text()
    calendar.locator(".xdsoft_next").first.click()
    expect(month).not_to_have_text(shown)
    editor.wait_for_timeout(500)  # longer than a calendar that lost the focus would stay
    calendar.locator("td.xdsoft_date:not(.xdsoft_other_month)").first.click()
    assert re.fullmatch(r"\d{4}-\d{2}-01", field.input_value())


def test_how_an_event_repeats_is_asked_of_one_that_repeats(editor):
    repeats, weekdays = editor.locator("[name=plan-0-repetition]"), editor.locator("[name=plan-0-weekdays]")
    expect(repeats).to_be_visible()
    expect(weekdays.first).to_be_hidden()
    repeats.select_option("WEEKLY")
    expect(weekdays.first).to_be_visible()
    repeats.select_option("")
    expect(weekdays.first).to_be_hidden()


def test_what_is_wrong_with_a_repetition_is_shown_even_when_the_event_takes_place_once(editor):
    editor.locator("[name=plan-0-day]").fill("12.12.2026")
    editor.locator("[name=plan-0-repetition]").select_option("WEEKLY")
    editor.locator("[name=plan-0-except_days]").fill("12.12.2026 i jeszcze raz")
    editor.locator("[name=plan-0-repetition]").select_option("")
    with editor.expect_navigation():
        editor.locator("[name=action-publish]").dispatch_event("click")
    expect(editor.locator("[name=plan-0-except_days]")).to_be_visible()

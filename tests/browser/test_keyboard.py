"""The keyboard reaches everything, in order, and what it reaches can be seen."""

import pytest

from tests.addresses import Address
from tests.browser import parts
from tests.browser.parts import script

MOST_STOPS = 150
PAGES = ["HomePage", "EventIndexPage", "EventPage", "SectionIndexPage", "DeclarationPage"]

# What has the focus: where it stands in the document, and whether an eye can find it.
STOP = script("focused.js")


def walk(page):
    """Press Tab until the document ends; return every stop."""
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["index"] == stops[0]["index"]):
            return stops
        stops.append(stop)
    return stops


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("page_type", PAGES)
def test_tab_goes_through_the_page_in_order_and_is_always_seen(open_page, address_of, page_type, width):
    with open_page(address_of("gok", page_type), width=width, height=700) as visit:
        stops = walk(visit.page)
        assert len(stops) > 5
        assert [stop["index"] for stop in stops] == sorted(stop["index"] for stop in stops)
        assert [stop["name"] for stop in stops if not stop["isUncovered"]] == []
        assert [stop["name"] for stop in stops if not stop["hasOutline"]] == []


@pytest.mark.parametrize("site", ["gok", "mok"])
def test_the_first_stop_skips_to_the_content_and_the_second_is_the_declaration(open_page, site):
    with open_page(Address(site, "home", "/")) as visit:
        page = visit.page
        page.keyboard.press("Tab")
        skip = page.evaluate(STOP)
        assert skip["isUncovered"]
        assert skip["href"].startswith("#")
        page.keyboard.press("Tab")
        assert page.evaluate(STOP)["href"].endswith("/deklaracja-dostepnosci/")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        in_main = "() => document.querySelector('main').contains(document.activeElement)"
        assert page.evaluate(in_main)


def test_reader_settings_work_by_keyboard_and_give_the_focus_back(open_page):
    with open_page(Address("gok", "home", "/")) as visit:
        page = visit.page
        parts.reader_settings_button(page).focus()
        page.keyboard.press("Enter")
        parts.reader_settings_panel(page).wait_for()
        in_panel = "() => !!document.activeElement.closest('dialog, [popover]')"
        assert page.evaluate(in_panel)
        page.keyboard.press("Escape")
        parts.reader_settings_panel(page).wait_for(state="hidden")
        assert parts.reader_settings_button(page).evaluate("button => button === document.activeElement")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("page_type", ["HomePage", "EventPage", "SectionPage"])
def test_targets_are_large_enough(open_page, address_of, page_type, width):
    """WCAG 2.2 SC 2.5.8: 24 px, links within a sentence excepted."""
    with open_page(address_of("gok", page_type), width=width) as visit:
        small = visit.page.evaluate(script("small_targets.js"))
        assert small == []

"""Without JavaScript the site is complete; only the reader settings are absent."""

from itertools import cycle

import pytest

from tests.addresses import HOSTS, Address
from tests.browser import parts

PAGES = ["HomePage", "EventIndexPage", "EventPage", "SectionIndexPage", "GoalPage", "DeclarationPage"]


def words(visit):
    return " ".join(visit.page.locator("main").inner_text().split())


# The sites share their templates and stand for both in turn.
@pytest.mark.parametrize(("site", "page_type"), list(zip(cycle(HOSTS), PAGES, strict=False)))
def test_the_content_is_the_same(open_page, address_of, site, page_type):
    address = address_of(site, page_type)
    with open_page(address) as visit:
        with_scripts = words(visit)
    with open_page(address, java_script_enabled=False) as visit:
        assert words(visit) == with_scripts


@pytest.mark.parametrize("width", [320, 1280])
def test_the_menu_leads_on_and_the_reader_settings_are_absent(open_page, width):
    with open_page(Address("gok", "home", "/"), width=width, java_script_enabled=False) as visit:
        page = visit.page
        assert not parts.reader_settings_button(page).is_visible()
        parts.open_menu(page)
        page.locator("header nav a[href='/program/']").click()
        page.wait_for_load_state()
        assert page.url.endswith("/program/")


def test_search_works(open_page):
    with open_page(Address("gok", "home", "/szukaj/"), java_script_enabled=False) as visit:
        page = visit.page
        page.locator("main input[name=q]").fill("warsztaty")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=warsztaty**")
        assert page.locator("ol#wyniki > li").count() > 0

"""What axe cannot see: the page bends to the reader's width, spacing, text size and colours."""

import pytest

from tests.addresses import VIEWS, Address, in_turn
from tests.browser.axe import violations_of_colour
from tests.browser.parts import script

# WCAG 2.2 SC 1.4.12, word for word.
TEXT_SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""
LARGE_TEXT = "html { font-size: 200% !important; }"

# Text that a box hides is lost; a box that scrolls sideways must say so by being a scroller itself.
LOST = script("lost.js")


@pytest.fixture
def address(address_of):
    return lambda site, name: Address(site, name, VIEWS[name]) if name in VIEWS else address_of(site, name)


@pytest.mark.parametrize(("site", "name"), in_turn())
def test_nothing_is_lost_at_320_px_with_wide_spacing_or_large_text(open_page, address, site, name):
    # Styles of the reader's own stand above the page's policy; a test needs its leave.
    with open_page(address(site, name), width=320, height=800, bypass_csp=True) as visit:
        page = visit.page
        assert page.evaluate(LOST) == []
        spacing = page.add_style_tag(content=TEXT_SPACING)
        assert page.evaluate(LOST) == []
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page.evaluate(LOST) == []
        spacing.evaluate("style => style.remove()")
        page.add_style_tag(content=LARGE_TEXT)
        assert page.evaluate(LOST) == []
        page.set_viewport_size({"width": 640, "height": 900})
        assert page.evaluate(LOST) == []


@pytest.mark.parametrize("name", ["HomePage", "EventIndexPage", "EventPage", "timetable", "DeclarationPage"])
def test_forced_colours_keep_text_and_the_shape_of_controls(open_page, address, name):
    with open_page(address("gok", name), forced_colors="active") as visit:
        page = visit.page
        assert violations_of_colour(page) == []
        shapeless = page.evaluate(script("shapeless_controls.js"))
        assert shapeless == []


@pytest.mark.parametrize("name", ["HomePage", "EventIndexPage", "EventPage"])
def test_in_forced_colours_the_ground_of_a_large_number_covers_no_word_beside_it(open_page, address, name):
    with open_page(address("gok", name), forced_colors="active") as visit:
        page = visit.page
        words = page.locator(":is(.date, .hour, .day__name) span:not(.visually-hidden)").all()[:8]
        seen = [word.screenshot() for word in words]
        for number in page.locator(":is(.date, .hour, .day__name) b").all():
            number.evaluate("number => { number.style.visibility = 'hidden'; }")
        assert words
        for word, picture in zip(words, seen, strict=True):
            assert word.screenshot() == picture, word.inner_text()


@pytest.mark.parametrize("name", ["HomePage", "EventPage", "timetable"])
def test_reduced_motion_stills_everything(open_page, address, name):
    with open_page(address("gok", name)) as visit:
        moving = visit.page.evaluate("""() => document.getAnimations()
            .filter(animation => animation.effect.getComputedTiming().duration > 10).length""")
        assert moving == 0

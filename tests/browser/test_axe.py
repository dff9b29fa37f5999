"""axe finds nothing on any page type of either site, at both widths, in both colour schemes.

A page is loaded once; its width and scheme change in place. Both scripts and styles answer to that. The scheme changes
colours only and the width everything but colours, as the last tests prove: so each rule is asked at both widths, and
the slow ones, about colour, once in each scheme.
"""

import re
from itertools import cycle
from pathlib import Path

import pytest
from django.conf import settings

from tests.addresses import ABSENT, HOSTS, VIEWS, Address, page_type_names
from tests.browser import parts
from tests.browser.axe import RULES_OF_COLOUR, violations

WIDTHS = [320, 1280]
SCHEMES = ["light", "dark"]


def in_every_state(page):
    """All violations of the open page, told by width and scheme."""
    found = []
    for width, scheme, options in (
        (320, "light", {}),
        (1280, "light", {"without": RULES_OF_COLOUR}),
        (1280, "dark", {"rules": RULES_OF_COLOUR}),
    ):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{width} px, {scheme}: {line}" for line in violations(page, **options)]
    return found


@pytest.mark.parametrize("page_type", page_type_names())
@pytest.mark.parametrize("site", HOSTS)
def test_page_types_have_no_violation(open_page, address_of, site, page_type):
    if (site, page_type) in ABSENT:
        return
    with open_page(address_of(site, page_type)) as visit:
        assert in_every_state(visit.page) == []


# The sites share the templates of views and each shows its colours on every page type: they stand for both in turn.
@pytest.mark.parametrize(("site", "view"), list(zip(cycle(HOSTS), VIEWS, strict=False)))
def test_views_have_no_violation(open_page, site, view):
    with open_page(Address(site, view, VIEWS[view])) as visit:
        assert in_every_state(visit.page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_open_menu_and_reader_settings_have_no_violation(open_page, width, scheme):
    home = Address("gok", "home", "/")
    with open_page(home, width=width, color_scheme=scheme) as visit:
        parts.open_menu(visit.page)
        assert violations(visit.page) == []
    with open_page(home, width=width, color_scheme=scheme) as visit:
        parts.open_reader_settings(visit.page)
        assert violations(visit.page) == []


@pytest.mark.parametrize("path", parts.FORMS)
def test_forms_that_were_sent_back_have_no_violation(open_page, path):
    with open_page(Address("gok", "form", path)) as visit:
        parts.send_empty_form(visit.page)
        assert visit.page.locator("[aria-invalid=true]").count() > 0
        assert in_every_state(visit.page) == []


def sheets():
    return (Path(settings.BASE_DIR) / "static" / "css").glob("*.css")


def test_the_dark_scheme_changes_nothing_but_colours():
    # The centre's own sheet, made by mission/theme.py, sets custom properties only.
    assert [sheet.name for sheet in sheets() if "prefers-color-scheme" in sheet.read_text()] == []


def rules_by_width(css):
    """What stands in the blocks of a style sheet that ask for a width."""
    for query in re.finditer(r"@media[^{]*width[^{]*\{", css):
        depth, end = 1, query.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[query.end() : end - 1]


def test_the_width_changes_no_colour():
    colours = re.compile(
        r"[\s{;](color|background|opacity|filter|mix-blend-mode|fill|stroke)[a-z-]*\s*:\s*(?!none|transparent|0\b)"
    )
    blocks = [(sheet.name, block) for sheet in sheets() for block in rules_by_width(sheet.read_text())]
    assert blocks
    assert [(name, found[0]) for name, block in blocks if (found := colours.search(block))] == []

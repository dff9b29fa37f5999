"""axe finds nothing on any page type of either site, at both widths, in both colour schemes.

The scheme changes colours only and the width everything but colours, as the last tests prove. Both sites share the
templates: of each type one site shows its richest page narrow and light, the other wide and dark, in turn. What only
one site has, and every view, is seen in both states. `manage.py audit_accessibility` looks at all pages in all states.
"""

import re
from itertools import cycle
from pathlib import Path

import pytest
from django.conf import settings

from tests.addresses import ABSENT, HOSTS, VIEWS, Address, page_type_names
from tests.browser import parts
from tests.browser.axe import violations_but_of_colour, violations_of_colour

STATES = [(320, "light"), (1280, "dark")]


def in_states(page, states):
    """All violations of the open page, told by width and scheme; both change in place, as in a visitor's hand."""
    found = []
    for width, scheme in states:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for line in violations_but_of_colour(page) + violations_of_colour(page):
            found.append(f"{width} px, {scheme}: {line}")
    return found


def cases():
    """Each page type of each site with its states, so that every type is seen in every state."""
    found = []
    for turn, page_type in enumerate(page_type_names()):
        sites = [site for site in HOSTS if (site, page_type) not in ABSENT]
        for place, site in enumerate(sites):
            states = [STATES[(turn + place) % 2]] if len(sites) == 2 else STATES
            found.append(pytest.param(site, page_type, states, id=f"{site}-{page_type}"))
    return found


def test_every_page_type_is_seen_in_every_state():
    seen = {(page_type, state) for case in cases() for page_type, states in [case.values[1:]] for state in states}
    assert seen == {(page_type, state) for page_type in page_type_names() for state in STATES}


@pytest.mark.parametrize(("site", "page_type", "states"), cases())
def test_page_types_have_no_violation(open_page, address_of, site, page_type, states):
    with open_page(address_of(site, page_type)) as visit:
        assert in_states(visit.page, states) == []


# Each site shows its colours on every page type: for the views they stand in turn.
@pytest.mark.parametrize(("site", "view"), list(zip(cycle(HOSTS), VIEWS, strict=False)))
def test_views_have_no_violation(open_page, site, view):
    with open_page(Address(site, view, VIEWS[view])) as visit:
        assert in_states(visit.page, STATES) == []


@pytest.mark.parametrize(("width", "scheme"), STATES)
def test_open_menu_and_reader_settings_have_no_violation(open_page, width, scheme):
    home = Address("gok", "home", "/")
    for open_part in (parts.open_menu, parts.open_reader_settings):
        with open_page(home, width=width, color_scheme=scheme) as visit:
            open_part(visit.page)
            assert in_states(visit.page, [(width, scheme)]) == []


@pytest.mark.parametrize("path", parts.FORMS)
def test_forms_that_were_sent_back_have_no_violation(open_page, path):
    with open_page(Address("gok", "form", path)) as visit:
        parts.send_empty_form(visit.page)
        assert visit.page.locator("[aria-invalid=true]").count() > 0
        assert in_states(visit.page, STATES) == []


def test_the_one_of_many_that_is_painted_otherwise_is_found(open_page, address_of):
    with open_page(address_of("gok", "EventIndexPage")) as visit:
        assert violations_of_colour(visit.page) == []
        visit.page.evaluate("""() => {
            const titles = document.querySelectorAll("main li h3 a, main li h2 a");
            if (titles.length < 5) throw new Error("no list");
            titles[4].style.color = "#bbb";
        }""")
        assert ["color-contrast" in line for line in violations_of_colour(visit.page)] == [True]


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

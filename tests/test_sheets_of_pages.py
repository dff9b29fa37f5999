"""Pages link the style sheets that their pieces need, and no other."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.addresses import ABSENT, HOSTS, VIEWS, Address, page_type_names

SHEETS = settings.BASE_DIR / "static" / "css"
TEMPLATES = settings.BASE_DIR / "templates"
FOR_FEW = ["programme", "mission", "grid"]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Printed under a day's heading, and in the frame's block of breadcrumbs: the home page has neither.
NEVER_AT_HOME = {"components/hour_block.html", "components/breadcrumbs.html"}


def classes_in(sheet):
    """The names of classes that a sheet, or one that it imports, says anything of."""
    text = COMMENT.sub("", (SHEETS / sheet).read_text(encoding="utf-8"))
    found = set(re.findall(r"\.([a-z][a-z_-]*)", re.sub(r'"[^"]*"', "", text)))
    return found.union(*map(classes_in, re.findall(r'^@import "([^"]+)";$', text, re.MULTILINE)))


def words_in(text):
    """The words of the class attributes of HTML, or of a template, whose tags' words are among them."""
    return {
        word for value in re.findall(r'\bclass="([^"]*)"', text) for word in re.findall(r"[a-z][a-z_-]*[a-z]", value)
    }


def printed_by(template):
    """The names of a template and of all it can extend or include, blocks of the body too."""
    found, waiting = set(), {template, *(f"mission/blocks/{path.name}" for path in TEMPLATES.glob("mission/blocks/*"))}
    while waiting:
        name = waiting.pop()
        found.add(name)
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        named = re.findall(r'{% (?:extends|include) "([^"]+)"', text)
        waiting |= {each for each in named if (TEMPLATES / each).exists()} - found - NEVER_AT_HOME
    return found


def test_the_home_page_needs_no_class_of_sheets_that_it_does_not_link():
    others = set().union(*(classes_in(f"{sheet}.css") for sheet in ["inner", *FOR_FEW])) - classes_in("public.css")
    assert {"opening", "day", "area", "breadcrumbs"} <= others
    names = printed_by("gok_site/home_page.html")
    assert "components/event_item.html" in names
    needed = {name: words_in((TEMPLATES / name).read_text(encoding="utf-8")) & others for name in names}
    assert {name: words for name, words in needed.items() if words} == {}


@pytest.fixture(scope="module")
def pages(site_server, address_of):
    """Address → HTML of the richest page of each type and of every view, of both sites."""
    last_month = timezone.localdate().replace(day=1) - timedelta(days=1)
    views = {**VIEWS, "archive": "/program/archiwum/", "month": f"/program/archiwum/{last_month:%Y/%m}/"}
    wanted = [
        *(address_of(site, name) for site in HOSTS for name in page_type_names() if (site, name) not in ABSENT),
        *(Address(site, name, path) for site in HOSTS for name, path in views.items()),
    ]
    return {address: site_server.get(address).body.decode() for address in wanted}


def linking(pages, sheet):
    """The addresses of pages that link a sheet."""
    return {str(at) for at, html in pages.items() if re.search(rf'rel="stylesheet" href="/static/css/{sheet}\.', html)}


def test_every_page_but_home_links_the_sheet_of_inner_pages(pages):
    everything = set(map(str, pages))
    assert linking(pages, "public") == everything
    assert everything - linking(pages, "inner") == {str(address) for address in pages if address.name == "HomePage"}


@pytest.mark.parametrize("sheet", FOR_FEW)
def test_a_sheet_for_few_pages_is_linked_where_its_classes_are_and_nowhere_else(pages, sheet):
    own = classes_in(f"{sheet}.css") - classes_in("public.css") - classes_in("inner.css")
    needing = {str(address) for address, html in pages.items() if own & words_in(html)}
    assert needing
    assert linking(pages, sheet) == needing

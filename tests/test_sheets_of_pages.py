"""The home page goes without the style sheet of the others, and needs nothing of it."""

import re

import pytest
from django.conf import settings

from tests.addresses import ABSENT, HOSTS, VIEWS, Address, page_type_names

SHEETS = settings.BASE_DIR / "static" / "css"
TEMPLATES = settings.BASE_DIR / "templates"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Printed under a day's heading only, which the home page has not.
NEVER_AT_HOME = {"components/hour_block.html", "components/breadcrumbs.html"}


def classes_in(sheet):
    """The names of classes that a sheet, or one that it imports, says anything of."""
    text = COMMENT.sub("", (SHEETS / sheet).read_text(encoding="utf-8"))
    found = set(re.findall(r"\.([a-z][a-z_-]*)", re.sub(r'"[^"]*"', "", text)))
    return found.union(*map(classes_in, re.findall(r'^@import "([^"]+)";$', text, re.MULTILINE)))


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


def test_the_home_page_needs_no_class_of_the_other_pages_sheet():
    others = classes_in("inner.css") - classes_in("public.css")
    assert {"opening", "day", "area", "breadcrumbs"} <= others
    names = printed_by("gok_site/home_page.html")
    assert "components/event_item.html" in names
    needed = {}
    for name in names:
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        words = {
            word for value in re.findall(r'\bclass="([^"]*)"', text) for word in re.findall(r"[a-z][a-z_-]*", value)
        }
        needed[name] = words & others
    assert {name: words for name, words in needed.items() if words} == {}


@pytest.mark.parametrize("site", HOSTS)
def test_every_page_but_home_links_both_sheets(site_server, address_of, site):
    wanted = [address_of(site, name) for name in page_type_names() if (site, name) not in ABSENT]
    wanted += [Address(site, name, path) for name, path in VIEWS.items()]
    linked = {}
    for address in wanted:
        html = site_server.get(address).body.decode()
        linked[address] = re.findall(r'<link rel="stylesheet" href="/static/css/(public|inner)\.', html)
    assert {address.name for address, sheets in linked.items() if sheets == ["public"]} == {"HomePage"}
    assert {tuple(sheets) for sheets in linked.values()} == {("public",), ("public", "inner")}

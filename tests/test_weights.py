"""What a first visit costs: the home page and an event page stay within the weights that were promised."""

import gzip
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from fontTools.ttLib import TTFont

from tests.addresses import ABSENT, HOSTS, page_type_names
from tests.databases import ROOT

KB = 1000
LIMITS = {"document": 14 * KB, "stylesheet": 14 * KB, "script": 6 * KB, "font": 70 * KB}
MOST_FONT_FILES = 2


class Tags(HTMLParser):
    """All start tags with their attributes, and whether they stand inside a `picture`."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def named(self, name):
        return [attributes for tag, attributes in self.found if tag == name]


def transferred(open_page, server, address):
    """Bytes on the wire by kind of resource, and the number of font files.

    The HTML is compressed by the proxy in front, so its weight is taken after gzip at its usual level.
    """
    weights, counts = Counter(), Counter()
    with open_page(address, wait_until="networkidle", is_first_visit=True) as visit:
        for request in visit.finished:
            counts[request.resource_type] += 1
            weights[request.resource_type] += request.sizes()["responseBodySize"]
    weights["document"] = len(gzip.compress(server.get(address).body, 6))
    return weights, counts


@pytest.mark.parametrize("page_type", ["HomePage", "EventPage"])
@pytest.mark.parametrize("site", HOSTS)
def test_first_visit_is_light(open_page, site_server, address_of, site, page_type):
    weights, counts = transferred(open_page, site_server, address_of(site, page_type))
    assert weights["stylesheet"] > 0
    assert {kind: weights[kind] for kind, limit in LIMITS.items() if weights[kind] > limit} == {}
    assert counts["font"] <= MOST_FONT_FILES


@pytest.mark.parametrize("site", HOSTS)
def test_no_script_blocks_and_every_picture_keeps_its_place(site_server, address_of, site):
    wrong = []
    for name in page_type_names():
        if (site, name) in ABSENT:
            continue
        tags = Tags(site_server.get(address_of(site, name)).text)
        wrong += [
            f"{name}: blocking script {script}"
            for script in tags.named("script")
            if script.get("type") not in {"module", "application/ld+json"} and not {"defer", "async"} & set(script)
        ]
        wrong += [
            f"{name}: picture without {missing}: {image}"
            for image in tags.named("img")
            for missing in ("width", "height", "alt")
            if missing not in image
        ]
    assert wrong == []


def test_own_static_files_keep_for_a_year_and_are_compressed(site_server):
    home = site_server.get("/").text
    css = re.search(r'href="(/static/[^"]+\.css)"', home)[1]
    answer = site_server.get(css, headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]


def test_the_fonts_fetched_early_hold_every_letter_of_polish():
    preloaded = re.findall(r"rel=\"preload\" href=\"{% static '([^']+)'", (ROOT / "templates/base.html").read_text())
    faces = re.findall(r"@font-face \{(.*?)\}", (ROOT / "static/css/tokens.css").read_text(encoding="utf-8"), re.S)
    ranges = {
        re.search(r'"\.\./([^"]+)"', face)[1]: [
            (int(first, 16), int(last or first, 16))
            for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face)
        ]
        for face in faces
    }
    assert len(preloaded) == MOST_FONT_FILES
    known = {name: TTFont(ROOT / "static" / name).getBestCmap() for name in ranges}
    for letter in "AaĄąBbCcĆćEeĘęLlŁłNnŃńOoÓóSsŚśZzŹźŻż0123456789„”–—…§€\N{NO-BREAK SPACE}":
        # Browsers ask the last face that has the letter in its range.
        asked = [name for name, spans in ranges.items() if any(low <= ord(letter) <= high for low, high in spans)][-1]
        assert ord(letter) in known[asked], letter
        assert asked in preloaded, letter

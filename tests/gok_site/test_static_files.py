"""Collected style sheets: the parts that developers edit, without comments and with what they import."""

import os
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

from gok_site.storage import StaticStorage

PARTS = {"css/public.css": '@import "one.css";\n@import "two.css";\n', "css/one.css": "a{}", "css/two.css": "b{}"}


@pytest.fixture
def collect(tmp_path):
    """A function that collects files (name → text) as `collectstatic` does; the text that `public.css` is served with."""

    def collected(files):
        source, target = tmp_path / "source", tmp_path / "target"
        for name, text in files.items():
            for place in (source, target):
                (place / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text)
            # What has not changed is not copied again: there the joined sheet of the last time lies still.
            if name != "css/public.css" or not (target / name).exists():
                (target / name).write_text(text)
        storage = StaticStorage(location=target, base_url="/static/")
        paths = {name: (FileSystemStorage(location=source), name) for name in files}
        assert [error for *_, error in storage.post_process(paths) if isinstance(error, Exception)] == []
        return (target / os.path.relpath(storage.url("css/public.css"), "/static/")).read_text()

    return collected


def test_a_style_sheet_is_joined_with_what_it_imports_in_order(collect):
    assert re.sub(r"\s", "", collect(PARTS)) == "a{}b{}"


def test_a_changed_part_is_served_though_the_joining_sheet_stayed_the_same(collect):
    collect(PARTS)
    assert re.sub(r"\s", "", collect({**PARTS, "css/two.css": "c{}"})) == "a{}c{}"


def test_addresses_in_parts_lead_to_hashed_files(collect):
    text = collect({**PARTS, "css/one.css": 'a{background:url("../fonts/a.woff2")}', "fonts/a.woff2": "font"})
    assert re.search(r'url\("\.\./fonts/a\.[0-9a-f]{12}\.woff2"\)', text)


def test_comments_and_spare_space_stay_behind_and_strings_stay_whole(collect):
    text = collect({**PARTS, "css/one.css": '/* why */\na::before { content: "/* \\" */"; } /* more\nlines */\nc {}'})
    assert text == 'a::before{content:"/* \\" */"}c{}b{}'


def test_the_sheet_of_every_page_imports_only_parts_that_exist():
    parts = re.findall(r'^@import "([^"]+)";$', (settings.BASE_DIR / "static/css/public.css").read_text(), re.MULTILINE)
    found = [name for name, _storage in FileSystemFinder().list([])]
    assert parts
    assert [part for part in parts if f"css/{part}" not in found] == []

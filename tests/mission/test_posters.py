"""Posters are drawn the same way everywhere, for every subject, in few bytes, without any style or text."""

import re
from xml.etree import ElementTree

import pytest

from mission import posters
from mission.templatetags.mission_tags import json_ld, nbsp, poster

TITLES = ["Koncert", "Ceramika dla każdego", "Święto pieroga", "Łódź", "404", ""]


@pytest.mark.parametrize("name", posters.DRAWINGS)
def test_every_drawing_is_well_formed_small_and_paints_with_classes_alone(name):
    for title in TITLES:
        shapes = posters.DRAWINGS[name](posters.Dice(title))
        ElementTree.fromstring(f"<svg>{shapes}</svg>")  # noqa: S314 - drawn by ourselves
        assert len(shapes) < 1400
        assert not re.search(r"style=|fill=|stroke=|<text|#[0-9a-f]{3}", shapes)
        assert re.search(r'class="f2"|class="f4"', shapes)


def test_the_same_title_is_drawn_the_same_way_for_ever():
    assert posters.draw("Koncert noworoczny", "koncerty") == posters.draw("Koncert noworoczny", "koncerty")
    drawn, _ = posters.draw("Koncert noworoczny")
    assert drawn.startswith('<path class="f1" d="M0 0h300v400H0z"/><circle class="f4" cx="')


def test_every_stem_leads_to_a_drawing_and_different_titles_look_different():
    assert {name for name, _ in posters.SUBJECTS} <= set(posters.DRAWINGS)
    assert len({posters.draw(f"Koncert {number}") for number in range(20)}) > 12


@pytest.mark.parametrize(
    ("title", "kind", "name"),
    [
        ("Sobota z gliną", "warsztaty", "vase"),
        ("Ostatni seans", "seanse filmowe", "projector"),
        ("Łyżka dziegciu", "konkursy", "cup"),
        ("Wieczór", "prelekcje, spotkania, wykłady", "talk"),
        ("Kino dla dzieci", "seanse filmowe", "cat"),
    ],
)
def test_the_title_decides_before_the_kind(title, kind, name):
    assert posters.subject(title, kind) == name


def test_a_poster_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in poster("Koncert", None, "wide")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i w domu", "i\xa0w\xa0domu"),
        ("Kawa i ciasto u sąsiadów", "Kawa i\xa0ciasto u\xa0sąsiadów"),
        ("idzie do domu", "idzie do domu"),
        ("<b>", "&lt;b&gt;"),
        ("", ""),
    ],
)
def test_one_letter_words_stay_with_the_next_word(text, expected):
    assert nbsp(text) == expected


def test_finished_html_keeps_its_tags():
    from django.utils.safestring import mark_safe

    html = mark_safe('<p>Zajrzyj <a href="/a/" class="x">w piątek</a> i <i lang="en">now</i> o szóstej</p>')
    assert nbsp(html) == ('<p>Zajrzyj <a href="/a/" class="x">w\xa0piątek</a> i <i lang="en">now</i> o\xa0szóstej</p>')


def test_no_text_breaks_out_of_linked_data():
    assert "</script><" not in json_ld({"name": "</script><img src=x>&"})
    assert json_ld(None) == ""

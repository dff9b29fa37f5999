"""Broken HTML never breaks the validator."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessibility.declaration.encoding import decode
from accessibility.declaration.reading import Reading
from accessibility.declaration.validator import check
from accessibility.declaration.words import parse_date

from .samples import AT, CORRECT

MESSY = {
    "nothing": "",
    "not HTML": "Deklaracja dostępności",
    "NUL": CORRECT.replace("Menu", "\x00"),
    "unclosed": "<h1>Deklaracja dostępności<section id=a11y-wstep><p><span id=a11y-podmiot>GOK",
    "crossed": "<b><i>Deklaracja</b></i><h2 id='a11y-status'><p></h2></p>",
    "Word": '<![if !supportLists]><p class="MsoNormal"><o:p>&nbsp;</o:p><![endif]><!--[if gte mso 9]><xml></xml><![endif]-->',
    "marked section": "<![CDATA[ a ]]><![foo bar",
    "ids on wrong elements": '<br id="a11y-data-publikacja"><img id="a11y-email"><html id="a11y-status">',
    "frameset": "<frameset><frame id=a11y-wstep></frameset>",
    "bad address": '<a id="a11y-url" href="http://[">x</a><section id="a11y-procedura"><a href="//[x">y</a>7 dni</section>',
    "deep": "<div>" * 3000 + CORRECT,
    "heading in heading": "<h1>Deklaracja dostępności<h2><h3><h4></h1>",
}


@pytest.mark.parametrize("document", MESSY.values(), ids=MESSY.keys())
def test_messy_html_gets_a_report(document):
    for content in (document, document.encode()):
        report = check(content, at=AT)
        assert report.findings or "Deklaracja" in document


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400)))
def test_any_bytes_get_a_report(content):
    assert check(content, at=AT).findings


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_declaration_cut_and_pasted_at_random_gets_a_report(data):
    start = data.draw(st.integers(0, len(CORRECT)))
    end = data.draw(st.integers(0, len(CORRECT)))
    check(CORRECT[:start] + CORRECT[end:], at=AT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso-8859-2"])
def test_the_encoding_is_found(encoding):
    declared = (
        CORRECT.replace("<head>", f'<head><meta charset="{encoding}">') if encoding.startswith("iso") else CORRECT
    )
    assert "częś" not in declared
    assert "dostępności" in decode(declared.encode(encoding))


def test_templates_and_scripts_are_no_part_of_the_document_but_shadow_trees_are():
    hidden = '<template><p id="a11y-kontakt">x</p></template><script>var id="a11y-email"</script>'
    assert Reading(hidden).tags_by_id == {}
    shown = '<div><template shadowrootmode="open"><p id="a11y-kontakt">x</p></template></div>'
    assert list(Reading(shown).tags_by_id) == ["a11y-kontakt"]


def test_a_megabyte_is_checked_in_good_time():
    filler = "<p>Wydarzenie <b>kulturalne</b> na <a href='/x/'>stronie</a>.</p>" * 17_000
    document = CORRECT.replace("</footer>", f"</footer>{filler}")
    assert len(document) > 1_000_000
    started = time.process_time()
    assert check(document, at=AT).findings == []
    assert time.process_time() - started < 5  # seconds of work; alone it takes about two


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 lutego 2020 r.", "2020-02-05"),
        ("05.02.2020", "2020-02-05"),
        ("2020-02-05", "2020-02-05"),
        ("31 lutego 2020 r.", None),
        ("wczoraj", None),
    ],
)
def test_dates_are_read_in_every_customary_form(text, expected):
    assert str(parse_date(text)) == str(expected)

"""Broken HTML never breaks the validator, and what a browser would still show right is still read right."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessibility.declaration.encoding import decode
from accessibility.declaration.markup import Document, Element
from accessibility.declaration.reading import Reading
from accessibility.declaration.uploads import LIMIT
from accessibility.declaration.validator import check
from accessibility.declaration.words import parse_date

from .samples import AT, COMPLETE, CORRECT, PARTIAL, swap

MESSY = {
    "nothing": "",
    "not HTML": "Deklaracja dostępności",
    "NUL": CORRECT.replace("Menu", "\x00"),
    "unclosed": "<h1>Deklaracja dostępności<section id=a11y-wstep><p><span id=a11y-podmiot>GOK",
    "crossed": "<b><i>Deklaracja</b></i><h2 id='a11y-status'><p></h2></p>",
    "Word": '<![if !supportLists]><p class="MsoNormal"><o:p>&nbsp;</o:p><![endif]><!--[if gte mso 9]><xml></xml><![endif]-->',
    "marked section": "<![CDATA[ a ]]><![foo bar",
    "ids on wrong elements": '<br id="a11y-data-publikacja"><img id="a11y-email"><html id="a11y-status">',
    "every id on the root": '<html id="a11y-wstep"><body id="a11y-architektura"><a id="a11y-url">',
    "frameset": "<frameset><frame id=a11y-wstep></frameset>",
    "bad address": '<a id="a11y-url" href="http://[">x</a><section id="a11y-procedura"><a href="//[x">y</a>7 dni</section>',
    "torn tag": '<p id="a11y-status" class="',
    "torn comment": "<p id=a11y-wstep>x<!-- nigdy",
    "torn script": "<p id=a11y-wstep>x</p><script>var a = '</p>'",
    "only ends": "</p></div></html></body></td></h1></li>",
    "table": "<table><li id=a11y-wstep><td><tr><p><td></table><th>x</tr>",
    "heading in heading": "<h1>Deklaracja dostępności<h2><h3><h4></h1>",
    "references": "<p id='a11y-status'>&#0;&#x110000;&#xD800;&niema;&amp&lt&#27;[31m</p>",
    "attributes": "<p id=a11y-wstep id=a11y-status ==\"'x'' a='b=\"c>",
    "twice": CORRECT + CORRECT,
    "end before the beginning": CORRECT[::-1],
}


@pytest.mark.parametrize("document", MESSY.values(), ids=MESSY.keys())
def test_messy_html_gets_a_report(document):
    for content in (document, document.encode()):
        report = check(content, at=AT)
        assert report.findings or "Deklaracja" in document


def test_a_declaration_pasted_twice_is_told_so():
    assert {finding.rule for finding in check(CORRECT + CORRECT, at=AT).errors} == {"R1", "R2", "R11"}


WORD = (
    CORRECT.replace("<p>", "<p class=MsoNormal style='mso-margin-top-alt:auto;font-family:\"Times New Roman\"'>")
    .replace("Każdy może", "<![if !supportLists]><span style='mso-list:Ignore'>·</span><![endif]>Każdy może")
    .replace("Lipowa. Wejście", '<st1:place w:st="on">Lipowa</st1:place>.<o:p>&nbsp;</o:p> Wejście')
    .replace("</head>", "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><style>p{}</style></head>")
    .replace('<html lang="pl">', '<html xmlns:o="urn:schemas-microsoft-com:office:office" lang=PL>')
    .replace("dostępności cyfrowej", "dostępno&#347;ci\u00ad cyfro\u00adwej")
)
SOUND = {
    "Word": WORD,
    "no end tags of paragraphs and items": re.sub("</(p|li|body|html)>", "", COMPLETE),
    "no end tag of the root alone": PARTIAL.replace("</main>", "").replace("</body>", ""),
    "capitals": re.sub("<(/?)([a-z0-9]+)", lambda tag: f"<{tag[1]}{tag[2].upper()}", COMPLETE),
    "attributes without quotes": re.sub('(id|datetime)="([^" ]+)"', r"\1=\2", COMPLETE),
    "attributes in apostrophes": COMPLETE.replace('"', "'"),
    "Windows lines": COMPLETE.replace("\n", "\r\n"),
    "one line": COMPLETE.replace("\n", " "),
    "no-break spaces": COMPLETE.replace("z dnia\n4 kwietnia", "z&nbsp;dnia 4&nbsp;kwietnia"),
    "shadow tree": COMPLETE.replace("<main>", '<x-page><template shadowrootmode="open"><main>').replace(
        "</main>", "</main></template></x-page>"
    ),
    "another page in a template": COMPLETE.replace("<main>", "<template>" + CORRECT + "</template><main>"),
    "commented copy": COMPLETE.replace("<main>", '<!-- <p id="a11y-status">x</p> > --><main>'),
    "script that writes ids": COMPLETE.replace("<main>", "<script>'<p id=\"a11y-status\">'</script><main>"),
    "cut by formatting": COMPLETE.replace("częściowo zgodna", "częś<b></b>ciowo <i>zgodna</i>"),
    "crossed formatting": swap("Każdy może zażądać", "<b>Każdy <i>może</b> zażądać</i>", COMPLETE),
    "stray end tags": COMPLETE.replace("<h2>", "</span></b></td></p><h2>"),
    "control characters": COMPLETE.replace("zgodna", "zgo\x00d\x0bna").replace("sekretariat", "sekre\x1btariat"),
    "one hundred thousand divs deep": COMPLETE.replace("<main>", "<div>" * 100_000 + "<main>"),
    "one hundred thousand spans deep": COMPLETE.replace("<nav>", "<span>" * 100_000 + "<nav>"),
}


@pytest.mark.parametrize("document", SOUND.values(), ids=SOUND.keys())
def test_untidy_html_that_a_browser_shows_right_passes(document):
    assert check(document, at=AT).findings == []


@pytest.mark.parametrize(
    "declared", ["", "utf-8", "iso-8859-2", "windows-1250", "iso-8859-1", "punycode", "hex", "nic"]
)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "iso-8859-2", "iso-8859-16"]
)
def test_the_encoding_is_found_whatever_is_declared(encoding, declared):
    if encoding == "iso-8859-16":
        declared = encoding
    document = PARTIAL.replace("<head>", f'<head><meta charset="{declared}">' if declared else "<head>")
    assert check(document.encode(encoding), at=AT).findings == []
    assert check(PARTIAL.encode(encoding), at=AT, charset=declared).findings == []


def test_one_broken_byte_does_not_cost_the_others():
    content = PARTIAL.encode().replace(b"Menu", b"Men\xff")
    assert check(content, at=AT).findings == []
    assert "\ufffd" in decode(content)


def test_templates_and_scripts_are_no_part_of_the_document_but_shadow_trees_are():
    hidden = '<template><p id="a11y-kontakt">x</p></template><script>var id="a11y-email"</script>'
    assert Reading(hidden).tags_by_id == {}
    shown = '<div><template shadowrootmode="open"><p id="a11y-kontakt">x</p></template></div>'
    assert list(Reading(shown).tags_by_id) == ["a11y-kontakt"]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>a<p>b", {"p": ["a", "b"]}),
        ("<ul><li>a<li>b<ul><li>c</ul>d</ul>", {"li": ["a", "b c d", "c"]}),
        ("<dl><dt>a<dd>b<dt>c</dl>", {"dt": ["a", "c"], "dd": ["b"]}),
        ("<table><tr><td>a<td>b<tr><td>c</table>", {"td": ["a", "b", "c"], "tr": ["a b", "c"]}),
        ("<td><p>a</tr></td>b", {"p": ["a"]}),
        ("<h2>a<h3>b</h2>c", {"h2": ["a"], "h3": ["b"]}),
        ("<a href=1>a<a href=2>b</a>", {"a": ["a", "b"]}),
        ("<span>a<div>b</span>c</div>", {"div": ["bc"]}),
        ("<p>a<br>b<b>c</b></p>d", {"p": ["a bc"]}),
        ("a</ b>c<>d<3</>e", {"b": []}),
    ],
)
def test_elements_end_where_a_browser_ends_them(html, texts):
    document = Document(html)
    for name, expected in texts.items():
        assert [" ".join(tag.text.split()) for tag in document.elements(name)] == expected


PIECES = st.sampled_from(
    [
        f"<{name}>"
        for name in ("p", "div", "b", "li", "ul", "table", "td", "tr", "h1", "a", "template", "br", "html", "script")
    ]
    + [f"</{name}>" for name in ("p", "div", "b", "ul", "table", "h2", "a", "template", "html", "script")]
    + ["x", "<"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_element_lies_inside_its_parent(html):
    nodes = Document(html).nodes
    for place, node in enumerate(nodes):
        if isinstance(node, Element):
            assert node.start == place
            assert place < node.end <= len(nodes)
            if node.parent is not None and node.parent in nodes:
                assert node.parent.start < place
                assert node.end <= node.parent.end


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400)))
def test_any_bytes_get_a_report(content):
    assert check(content, at=AT).findings


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_declaration_cut_and_pasted_at_random_gets_a_report_that_is_safe_to_print(data):
    places = st.integers(0, len(COMPLETE))
    start, end, other = data.draw(places), data.draw(places), data.draw(places)
    content = (COMPLETE[:start] + data.draw(st.text(max_size=20)) + COMPLETE[end:other]).encode("utf-8", "replace")
    for finding in check(content, at=AT).findings:
        for sentence in (finding.message, finding.place, finding.mend):
            assert 0 < len(sentence) <= 300
            assert not re.search(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]", sentence)


def test_a_megabyte_is_checked_in_good_time():
    filler = "<p>Wydarzenie <b>kulturalne</b> na <a href='/x/'>stronie</a>.</p>" * 17_000
    document = CORRECT.replace("</footer>", f"</footer>{filler}")
    assert len(document) > 1_000_000
    started = time.process_time()
    assert check(document, at=AT).findings == []
    assert time.process_time() - started < 5  # seconds of work; alone it takes about one


def test_the_largest_page_is_checked():
    words = "Program wydarzeń na najbliższy miesiąc. " * 25
    document = CORRECT.replace("</footer>", "</footer>" + f"<p>{words}</p>" * (LIMIT // 1050))
    assert len(document.encode()) > 0.9 * LIMIT
    assert check(document, at=AT).findings == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 lutego 2020 r.", "2020-02-05"),
        ("05.02.2020", "2020-02-05"),
        ("2020-02-05", "2020-02-05"),
        ("31 lutego 2020 r.", None),
        ("12020-02-05", None),
        ("wczoraj", None),
    ],
)
def test_dates_are_read_in_every_customary_form(text, expected):
    assert str(parse_date(text)) == str(expected)

"""Each rule finds the declaration that breaks it, and leaves a correct one alone."""

import pytest

from accessibility.declaration import spec
from accessibility.declaration.rules import ALL_RULES
from accessibility.declaration.validator import Severity, SiteContext, check

from .samples import AT, CORRECT, INACCESSIBLE, PARTIAL

REAL_SITE = SiteContext(
    url="https://gok.lipowa.pl",
    subject="Gminny Ośrodek Kultury w Lipowej",
    is_demonstration=False,
    pages={"/": '<a href="/deklaracja-dostepnosci/">Deklaracja dostępności</a>'},
)
E, W = Severity.ERROR, Severity.WARNING


def swap(old, new, document=CORRECT):
    """The document with one passage replaced; the passage must be there."""
    assert old in document, old
    return document.replace(old, new)


def partial(old, new):
    return swap(old, new, PARTIAL)


def found(html, context=None):
    return [(finding.rule, finding.severity) for finding in check(html, at=AT, context=context).findings]


@pytest.mark.parametrize("document", [CORRECT, PARTIAL], ids=["full", "partial"])
def test_a_correct_declaration_has_no_finding(document):
    report = check(document, at=AT, context=REAL_SITE)
    assert report.findings == []
    assert report.not_checked == ["R19", "R22"]


CASES = [
    ("R1 missing", "R1", E, swap(' id="a11y-kontakt"', "")),
    ("R1 doubled", "R1", E, swap("<p>Lipowa</p>", '<p id="a11y-zakres">strony internetowej</p>')),
    ("R1 empty", "R1", E, swap(">sekretariat<", "> <")),
    ("R2 assessment without costs", "R2", E, swap("</main>", '<a id="a11y-ocena" href="/a/">Analiza</a></main>')),
    ("R2 apps without heading", "R2", E, swap("<!-- aplikacje -->", '<div id="a11y-aplikacje">Aplikacja</div>')),
    ("R2 apps without id", "R2", E, swap("<!-- aplikacje -->", "<h3>Aplikacje mobilne</h3><p>Aplikacja</p>")),
    ("R2 review date without id", "R2", E, swap(' id="a11y-data-przeglad"', "").replace('2020-09-20">20 września 2020', '2026-09-20">20 września 2026')),
    ("R3 obsolete", "R3", W, swap("<h2>Kontakt</h2>", '<h2 id="a11y-osoba">Kontakt</h2>')),
    ("R3 invented", "R3", W, swap("<h2>Kontakt</h2>", '<h2 id="a11y-tresci-niedostepne">Kontakt</h2>')),
    ("R3 typing slip", "R3", W, swap("<h2>Kontakt</h2>", '<h2 id="a11-podmiot">Kontakt</h2>')),
    ("R4 space", "R4", E, swap('"a11y-kontakt"', '"a11y-kontakt "')),
    ("R5 not time", "R5", E, swap('<time id="a11y-data-publikacja" datetime="2020-02-05">5 lutego 2020 r.</time>', '<span id="a11y-data-publikacja">5 lutego 2020 r.</span>')),
    ("R5 month 22", "R5", E, swap("2020-09-20", "2020-22-09")),
    ("R5 text differs", "R5", E, swap("5 lutego 2020 r.", "6 lutego 2020 r.")),
    ("R5 two full stops", "R5", E, swap("5 lutego 2020 r.</time>", "5 lutego 2020 r.</time>.")),
    ("R6 update before publication", "R6", E, swap('2025-09-01">1 września 2025', '2019-09-01">1 września 2019')),
    ("R6 review before drawing up", "R6", E, swap('2020-09-20">20 września 2020', '2026-09-20">20 września 2026')),
    ("R6 future", "R6", E, swap('2025-09-01">1 września 2025', '2027-09-01">1 września 2027')),
    ("R7 overdue", "R7", E, swap('2026-03-12">12 marca 2026', '2025-03-12">12 marca 2025')),
    ("R8 misspelt", "R8", E, swap("w pełni zgodna", "całkowicie zgodna")),
    ("R8 without its ending", "R8", E, partial(" z powodu niezgodności lub wyłączeń wymienionych poniżej.", ".")),
    ("R9 full with list", "R9", E, swap("<!-- niedostępne -->", INACCESSIBLE)),
    ("R9 partial without list", "R9", E, partial(INACCESSIBLE, "")),
    ("R9 empty part", "R9", E, partial("<li>Kronika z lat 60., /kronika/: przepisanie pisma jest zbyt drogie, czytamy ją na życzenie przez telefon.", "<li>").replace(">Analiza nadmiernych kosztów<", ">Analiza<")),
    ("R10 costs without assessment", "R10", E, partial('<a id="a11y-ocena" href="/analiza/">Analiza nadmiernych kosztów</a>', "")),
    ("R11 missing heading", "R11", E, swap("<h2>Pozostałe informacje</h2>", "<p>Pozostałe informacje</p>")),
    ("R11 skipped level", "R11", E, swap("<h4>Siedziba</h4>", "<h5>Siedziba</h5>")),
    ("R11 wrong level", "R11", E, swap("<h2>Stan dostępności cyfrowej</h2>", "<h3>Stan dostępności cyfrowej</h3>")),
    ("R11 case", "R11", W, swap("Stan dostępności cyfrowej", "Stan Dostępności Cyfrowej:")),
    ("R12 relative", "R12", E, swap('href="https://gok.lipowa.pl/"', 'href="/"')),
    ("R13 e-mail", "R13", E, swap("mailto:biuro@", "mailto:sekretariat@")),
    ("R13 telephone", "R13", E, swap("tel:+48331112233", "tel:+48339998877")),
    ("R14 no 7 days", "R14", E, swap("7 dni", "14 dni")),
    ("R14 no 2 months", "R14", E, swap("2 miesięcy", "3 miesięcy")),
    ("R14 no ombudsman", "R14", E, swap("https://bip.brpo.gov.pl/", "https://rpo.gov.pl.example/")),
    ("R15 no address", "R15", W, swap("34-324 ", "")),
    ("R15 no dog", "R15", W, swap("Można wejść z psem asystującym.", "")),
    ("R16 no interpreter", "R16", E, swap("Nie ma tłumacza języka migowego online.", "Można napisać albo zadzwonić.")),
    ("R16 only a link", "R16", W, swap("Nie ma tłumacza języka migowego online.", '<a href="/k/">Opis komunikacji</a>')),
    ("R17 brackets", "R17", E, swap("ul. Polna 1,", "[ulica],")),
    ("R17 lorem", "R17", E, swap("Wejście bez stopni", "Lorem ipsum dolor")),
    ("R17 template", "R17", E, swap("sekretariat", "{{ kontakt }}")),
    ("R17 person", "R17", E, swap("sekretariat", "Jan Kowalski")),
    ("R17 name and surname", "R17", E, swap("sekretariat", "imię i nazwisko")),
    ("R17 ministry", "R17", E, swap("ul. Polna 1, 34-324 Lipowa", "ul. Królewska 27, 00-060 Warszawa")),
    ("R20 no language", "R20", E, swap('<html lang="pl">', "<html>")),
    ("R20 other language", "R20", E, swap('<html lang="pl">', '<html lang="en">')),
    ("R21 vague", "R21", W, partial("Film z dożynek", "Nie wszystkie filmy")),
    ("R21 no address", "R21", W, partial(", https://gok.lipowa.pl/dozynki/", "")),
    ("R23 too new", "R23", E, partial("3 maja 2019 r.", "3 maja 2021 r.")),
    ("R24 abbreviation", "R24", W, swap("Wejście bez stopni.", "Wejście bez stopni, opis na BIP gminy.")),
    ("R25 audit without link", "R25", E, swap("samooceny przeprowadzonej z użyciem listy kontrolnej", "audytu firmy Audyt")),
    ("R25 no basis", "R25", W, swap("Deklarację sporządzono na podstawie samooceny przeprowadzonej z użyciem listy kontrolnej.", "")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "severity", "document"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_document_that_breaks_one_rule_breaks_only_that_one(rule, severity, document):
    assert found(document) == [(rule, severity)]


CONTEXT_CASES = [
    ("R12", SiteContext(url="https://gok.inna.pl/"), CORRECT),
    ("R17", SiteContext(subject="Gminny Ośrodek Kultury w Dębowej"), CORRECT),
    ("R18", SiteContext(pages={"/kontakt/": '<a href="/d/">Dostępność</a>'}), CORRECT),
    ("R26", SiteContext(is_demonstration=False), CORRECT.replace("tel:+48331112233", "tel:+48000000000").replace("33 111 22 33", "+48 000 000 000")),
    ("R26", SiteContext(is_demonstration=False), CORRECT.replace("biuro@gok.lipowa.pl", "biuro@example.org")),
    ("R26", SiteContext(is_demonstration=False), CORRECT.replace("<h1>", f"<p>{spec.DEMONSTRATION_NOTICE}</p><h1>")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "context", "document"), CONTEXT_CASES)
def test_what_the_site_knows_is_checked_when_it_is_told(rule, context, document):
    assert found(document, context) == [(rule, E)]


def test_sample_data_are_right_on_a_demonstration_site():
    document = CORRECT.replace("biuro@gok.lipowa.pl", "biuro@example.org")
    assert found(document, SiteContext(is_demonstration=True)) == []


def test_without_a_context_the_rules_that_need_one_are_not_checked():
    assert check(CORRECT, at=AT).not_checked == ["R18", "R19", "R22", "R26"]


def test_rules_are_numbered_from_one_to_twenty_six():
    assert [rule.id for rule in ALL_RULES] == [f"R{number}" for number in range(1, 27)]


@pytest.mark.parametrize(
    ("day", "is_overdue"),
    [("2027-03-31", False), ("2027-04-01", True), ("2026-03-31", False), ("2026-12-31", False)],
)
def test_the_review_becomes_overdue_after_31_march(day, is_overdue):
    at = AT.fromisoformat(day)
    assert ("R7" in [finding.rule for finding in check(CORRECT, at=at).findings]) is is_overdue


def test_accepted_variants_pass():
    shifted = CORRECT
    for level in (4, 3, 2, 1):
        shifted = shifted.replace(f"<h{level}>", f"<h{level + 1}>").replace(f"</h{level}>", f"</h{level + 1}>")
    for document in [
        shifted,
        swap("Przygotowanie deklaracji dostępności", "Przygotowanie deklaracji dostępności i jej aktualizacja"),
        swap('<html lang="pl">', '<html lang="pl-PL">'),
        swap("Strona internetowa jest", "Aplikacja mobilna jest"),
    ]:
        assert found(document) == []


def test_every_finding_says_what_where_and_how_to_mend_it():
    for name, _rule, _severity, document in CASES:
        for finding in check(document, at=AT).findings:
            assert finding.message, name
            assert finding.place, name
            assert finding.mend, name

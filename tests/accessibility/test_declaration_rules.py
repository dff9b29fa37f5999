"""Each rule finds the declaration that breaks it, and leaves a correct one alone."""

from dataclasses import replace

import pytest

from accessibility.declaration import spec
from accessibility.declaration.rules import ALL_RULES
from accessibility.declaration.validator import Severity, SiteContext, check

from .samples import AT, COMPLETE, CORRECT, INACCESSIBLE, KNOWN, PARTIAL, swap

E, W = Severity.ERROR, Severity.WARNING
RULES = [f"R{number}" for number in range(1, 27)]


def partial(old, new):
    return swap(old, new, PARTIAL)


def complete(old, new):
    return swap(old, new, COMPLETE)


def found(html, context=None):
    return [(finding.rule, finding.severity) for finding in check(html, at=AT, context=context).findings]


@pytest.mark.parametrize("document", [CORRECT, PARTIAL, COMPLETE], ids=["full", "partial", "complete"])
def test_a_correct_declaration_passes_all_twenty_six_rules(document):
    report = check(document, at=AT, context=KNOWN)
    assert report.findings == []
    assert report.checked == RULES
    assert report.not_checked == []


CASES = [
    ("R1 missing", "R1", E, swap(' id="a11y-kontakt"', "")),
    ("R1 doubled", "R1", E, swap("<p>Lipowa</p>", '<p id="a11y-zakres">strony internetowej</p>')),
    ("R1 empty", "R1", E, swap(">sekretariat<", "> <")),
    ("R1 outside the introduction", "R1", E, swap("</section>\n<h2>Stan", '</section><section id="x"></section>\n<h2>Stan').replace('<section id="a11y-wstep">', '<section><div id="a11y-wstep">Wstęp</div>').replace('<span id="a11y-podmiot">', '<span>').replace("<div id=\"a11y-wstep\">Wstęp</div>", '<div id="a11y-wstep"><span id="a11y-podmiot">Gminny Ośrodek Kultury w Lipowej</span> <span id="a11y-zakres">strony internetowej</span> <a id="a11y-url" href="https://gok.lipowa.pl/">GOK w Lipowej</a> <time id="a11y-data-publikacja" datetime="2020-02-05">5 lutego 2020 r.</time></div>').replace('<span id="a11y-zakres">strony internetowej</span> zgodnie', "strony internetowej zgodnie").replace('<a id="a11y-url" href="https://gok.lipowa.pl/">Ośrodek Kultury w Lipowej</a>', "GOK").replace('<time id="a11y-data-publikacja" datetime="2020-02-05">5 lutego 2020 r.</time></p>', "5 lutego 2020 r.</p>").replace("GOK", "ośrodka")),
    ("R1 on another element", "R1", W, swap('<span id="a11y-podmiot">Gminny Ośrodek Kultury w Lipowej</span>', '<strong id="a11y-podmiot">Gminny Ośrodek Kultury w Lipowej</strong>')),
    ("R2 assessment without costs", "R2", E, swap("</main>", '<a id="a11y-ocena" href="/a/">Analiza</a></main>')),
    ("R2 apps without heading", "R2", E, complete("<h3>Aplikacje mobilne</h3>", "")),
    ("R2 apps without id", "R2", E, swap("<!-- aplikacje -->", "<h3>Aplikacje mobilne</h3><p>Aplikacja</p>")),
    ("R2 review date without id", "R2", E, swap(' id="a11y-data-przeglad"', "").replace('2020-09-20">20 września 2020', '2026-09-20">20 września 2026')),
    ("R2 app without its declaration", "R2", E, complete('<a href="https://gok.lipowa.pl/spacer/">deklaracja dostępności aplikacji Spacer</a>', "deklaracja w aplikacji")),
    ("R2 architecture elsewhere without id", "R2", E, swap("ul. Polna 1, 34-324 Lipowa. Wejście bez stopni. Można wejść z psem asystującym. Na miejscu nie ma tłumacza.", '<a href="/budynek/">Opis budynku</a>')),
    ("R2 assessment twice", "R2", E, partial("</main>", '<p id="a11y-ocena">Analiza</p></main>')),
    ("R3 obsolete", "R3", W, swap("<h2>Kontakt</h2>", '<h2 id="a11y-osoba">Kontakt</h2>')),
    ("R3 invented", "R3", W, swap("<h2>Kontakt</h2>", '<h2 id="a11y-tresci-niedostepne">Kontakt</h2>')),
    ("R3 typing slip", "R3", W, swap("<h2>Kontakt</h2>", '<h2 id="a11-podmiot">Kontakt</h2>')),
    ("R3 quotation marks of a word processor", "R3", W, swap("<h2>Kontakt</h2>", "<h2 id=”a11y-kontakt”>Kontakt</h2>")),
    ("R4 space", "R4", E, swap('"a11y-kontakt"', '"a11y-kontakt "')),
    ("R4 space before", "R4", E, swap('"a11y-kontakt"', '" a11y-kontakt"')),
    ("R4 no-break space", "R4", E, swap('"a11y-kontakt"', '"a11y-kontakt&nbsp;"')),
    ("R5 not time", "R5", E, swap('<time id="a11y-data-publikacja" datetime="2020-02-05">5 lutego 2020 r.</time>', '<span id="a11y-data-publikacja">5 lutego 2020 r.</span>')),
    ("R5 month 22", "R5", E, swap("2020-09-20", "2020-22-09")),
    ("R5 text differs", "R5", E, swap("5 lutego 2020 r.", "6 lutego 2020 r.")),
    ("R5 more than a date", "R5", E, swap("5 lutego 2020 r.", "około 5 lutego 2020 r.")),
    ("R5 no machine date", "R5", E, swap(' datetime="2020-02-05"', "")),
    ("R5 two full stops", "R5", E, swap("5 lutego 2020 r.</time>", "5 lutego 2020 r.</time>.")),
    ("R6 update before publication", "R6", E, swap('2025-09-01">1 września 2025', '2019-09-01">1 września 2019')),
    ("R6 review before drawing up", "R6", E, swap('2020-09-20">20 września 2020', '2026-09-20">20 września 2026')),
    ("R6 future", "R6", E, swap('2025-09-01">1 września 2025', '2027-09-01">1 września 2027')),
    ("R7 overdue", "R7", E, swap('2026-03-12">12 marca 2026', '2025-03-12">12 marca 2025')),
    ("R8 misspelt", "R8", E, swap("w pełni zgodna", "całkowicie zgodna")),
    ("R8 without its ending", "R8", E, partial(" z powodu niezgodności lub wyłączeń wymienionych poniżej.", ".")),
    ("R8 not conforming", "R8", E, swap("jest <strong>w pełni zgodna</strong>", "nie jest <strong>zgodna</strong>")),
    ("R9 full with list", "R9", E, swap("<!-- niedostępne -->", INACCESSIBLE)),
    ("R9 full with a part of the list", "R9", E, swap("<!-- niedostępne -->", "<h3>Niezgodność z załącznikiem</h3><ul><li>Film z dożynek, /dozynki/, nie ma napisów.</li></ul>")),
    ("R9 partial without list", "R9", E, partial(INACCESSIBLE, "")),
    ("R9 empty part", "R9", E, partial("<li>Kronika z lat 60., /kronika/: przepisanie pisma jest zbyt drogie, czytamy ją na życzenie przez telefon.", "<li>").replace(">Analiza nadmiernych kosztów<", ">Analiza<")),
    ("R10 costs without assessment", "R10", E, partial('<a id="a11y-ocena" href="/analiza/">Analiza nadmiernych kosztów</a>', "")),
    ("R10 assessment that leads nowhere", "R10", E, partial('href="/analiza/"', 'href="#"')),
    ("R11 missing heading", "R11", E, swap("<h2>Pozostałe informacje</h2>", "<p>Pozostałe informacje</p>")),
    ("R11 skipped level", "R11", E, swap("<h4>Siedziba</h4>", "<h5>Siedziba</h5>")),
    ("R11 wrong level", "R11", E, swap("<h2>Stan dostępności cyfrowej</h2>", "<h3>Stan dostępności cyfrowej</h3>")),
    ("R11 case", "R11", W, swap("Stan dostępności cyfrowej", "Stan Dostępności Cyfrowej:")),
    ("R11 doubled", "R11", E, swap("<h4>Siedziba</h4>", "<h3>Dostępność architektoniczna</h3>")),
    ("R11 order", "R11", E, swap("<h2>Pozostałe informacje</h2>", "").replace("<h2>Obsługa", "<h2>Pozostałe informacje</h2>\n<h2>Obsługa")),
    ("R12 relative", "R12", E, swap('href="https://gok.lipowa.pl/"', 'href="/"')),
    ("R12 several services", "R12", E, swap("Ośrodek Kultury w Lipowej</a>.", 'Ośrodek Kultury w Lipowej</a> i <a href="https://www.facebook.com/gok">profilu</a>.')),
    ("R12 scope", "R12", E, swap('"a11y-zakres">strony internetowej', '"a11y-zakres">stron internetowych')),
    ("R13 e-mail", "R13", E, swap("mailto:biuro@", "mailto:sekretariat@")),
    ("R13 telephone", "R13", E, swap("tel:+48331112233", "tel:+48339998877")),
    ("R13 part of a number", "R13", E, swap(">33 111 22 33<", ">22 33<")),
    ("R13 no link", "R13", E, swap('href="mailto:biuro@gok.lipowa.pl"', "")),
    ("R14 no 7 days", "R14", E, swap("7 dni", "14 dni")),
    ("R14 no 2 months", "R14", E, swap("2 miesięcy", "3 miesięcy")),
    ("R14 no ombudsman", "R14", E, swap("https://bip.brpo.gov.pl/", "https://rpo.gov.pl.example/")),
    ("R15 no address", "R15", W, swap("34-324 ", "")),
    ("R15 no dog", "R15", W, swap("Można wejść z psem asystującym.", "")),
    ("R15 no interpreter", "R15", W, swap("Na miejscu nie ma tłumacza.", "")),
    ("R16 no interpreter", "R16", E, swap("Nie ma tłumacza języka migowego online.", "Można napisać albo zadzwonić.")),
    ("R16 only a link", "R16", W, swap("Nie ma tłumacza języka migowego online.", '<a href="/k/">Opis komunikacji</a>')),
    ("R16 not said whether online", "R16", W, swap("Nie ma tłumacza języka migowego online.", "Tłumacz języka migowego przychodzi na umówione spotkanie.")),
    ("R17 brackets", "R17", E, swap("ul. Polna 1,", "[ulica],")),
    ("R17 lorem", "R17", E, swap("Wejście bez stopni", "Lorem ipsum dolor")),
    ("R17 template", "R17", E, swap("sekretariat", "{{ kontakt }}")),
    ("R17 across elements", "R17", E, swap("sekretariat", "Jan <b>Kowalski</b>")),
    ("R17 person", "R17", E, swap("sekretariat", "Jan Kowalski")),
    ("R17 name and surname", "R17", E, swap("sekretariat", "imię i nazwisko")),
    ("R17 ministry", "R17", E, swap("ul. Polna 1, 34-324 Lipowa", "ul. Królewska 27, 00-060 Warszawa")),
    ("R20 no language", "R20", E, swap('<html lang="pl">', "<html>")),
    ("R20 other language", "R20", E, swap('<html lang="pl">', '<html lang="en">')),
    ("R20 empty language", "R20", E, swap('<html lang="pl">', '<html lang="">')),
    ("R21 vague", "R21", W, partial("Film z dożynek", "Nie wszystkie filmy")),
    ("R21 no address", "R21", W, partial(", https://gok.lipowa.pl/dozynki/", "")),
    ("R23 too new", "R23", E, partial("3 maja 2019 r.", "3 maja 2021 r.")),
    ("R23 on the very day", "R23", E, partial("3 maja 2019 r.", "23 września 2020 r.")),
    ("R23 by the words of the exemption", "R23", E, partial("3 maja 2019 r., /jubileusz/: art. 3 ust. 2 pkt 2 ustawy (multimedia opublikowane", "3 maja 2022 r., /jubileusz/: art. 3 ust. 2 pkt 2 ustawy (multimedia opublikowane")),
    ("R23 intranet", "R23", E, partial("3 maja 2019 r., /jubileusz/: art. 3 ust. 2 pkt 2", "1 października 2019 r., /jubileusz/: art. 3 ust. 2 pkt 6")),
    ("R23 no provision", "R23", W, partial("art. 3 ust. 2 pkt 2 ustawy (multimedia", "wyłączone (multimedia")),
    ("R24 abbreviation", "R24", W, swap("Wejście bez stopni.", "Wejście bez stopni, opis na BIP gminy.")),
    ("R25 audit without link", "R25", E, swap("samooceny przeprowadzonej z użyciem listy kontrolnej", "audytu firmy Audyt")),
    ("R25 no basis", "R25", W, swap("Deklarację sporządzono na podstawie samooceny przeprowadzonej z użyciem listy kontrolnej.", "")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "severity", "document"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_document_that_breaks_one_rule_breaks_only_that_one(rule, severity, document):
    assert found(document) == [(rule, severity)]


def known(**changes):
    return replace(KNOWN, **changes)


TELEPHONE, EMAIL = ('tel:+48331112233">33 111 22 33', "biuro@gok.lipowa.pl")
CONTEXT_CASES = [
    ("R12", known(url="https://gok.inna.pl/"), CORRECT),
    ("R12", SiteContext(read_at="https://gok.inna.pl/deklaracja/"), CORRECT),
    ("R12", known(), CORRECT.replace("https://gok.lipowa.pl/", "https://gok.lipowa.pl/deklaracja-dostepnosci/")),
    ("R17", known(subject="Gminny Ośrodek Kultury w Dębowej"), CORRECT),
    ("R18", known(pages={"/kontakt/": '<a href="/d/">Dostępność</a>'}), CORRECT),
    ("R18", known(pages={"/kontakt/": "<a>Deklaracja dostępności</a>"}), CORRECT),
    ("R19", known(axe=["Obraz nie ma opisu."]), CORRECT),
    ("R22", known(forbidding=["Zdjęcie z dożynek nie ma opisu."]), CORRECT),
    ("R22", known(unlisted=["Plan sali jest nieczytelny."]), PARTIAL),
    ("R23", known(exemption_dates={"nagranie jubileuszu": AT}), PARTIAL),
    ("R26", known(), CORRECT.replace(TELEPHONE, 'tel:+48000000000">+48 000 000 000')),
    ("R26", known(), CORRECT.replace(TELEPHONE, 'tel:123456789">123 456 789')),
    ("R26", known(), CORRECT.replace(EMAIL, "biuro@example.org")),
    ("R26", known(), CORRECT.replace("ul. Polna 1, 34-324", "ul. Przykładowa 1, 34-324")),
    ("R26", known(url=""), CORRECT.replace('href="https://gok.lipowa.pl/"', 'href="https://www.example.com/"')),
    ("R26", known(subject=""), CORRECT.replace("Gminny Ośrodek Kultury w Lipowej", "Przykładowy Ośrodek Kultury")),
    ("R26", known(), CORRECT.replace("<h1>", f"<p>{spec.DEMONSTRATION_NOTICE}</p><h1>")),
]


@pytest.mark.parametrize(("rule", "context", "document"), CONTEXT_CASES)
def test_what_the_site_knows_is_checked_when_it_is_told(rule, context, document):
    assert found(document, context) == [(rule, E)]


def test_every_rule_is_broken_alone_by_some_document():
    assert {case[1] for case in CASES} | {case[0] for case in CONTEXT_CASES} == set(RULES)


def test_sample_data_are_right_on_a_demonstration_site():
    document = CORRECT.replace("biuro@gok.lipowa.pl", "biuro@example.org")
    assert found(document, SiteContext(is_demonstration=True)) == []


@pytest.mark.parametrize(
    ("document", "unknown"),
    [
        (CORRECT, ["R12", "R18", "R19", "R22", "R26"]),
        (PARTIAL.replace("z 3 maja 2019 r., ", ""), ["R12", "R18", "R19", "R22", "R23", "R26"]),
        (CORRECT[CORRECT.index("<h1>") : CORRECT.index("</main>")], ["R12", "R18", "R19", "R20", "R22", "R26"]),
    ],
    ids=["whole page", "exemption without a date", "fragment"],
)
def test_what_html_alone_cannot_decide_is_not_checked_and_says_what_it_needs(document, unknown):
    for context in (None, SiteContext()):
        report = check(document, at=AT, context=context)
        assert report.findings == []
        assert report.not_checked == unknown
    assert all(rule.needs for rule in ALL_RULES if rule.id in unknown)


@pytest.mark.parametrize(
    "context",
    [SiteContext(forbidding=["Film nie ma napisów."]), SiteContext(unlisted=[]), SiteContext(forbidding=[])],
)
def test_a_declaration_that_owns_up_is_not_contradicted(context):
    report = check(PARTIAL, at=AT, context=context)
    assert report.findings == []
    assert "R22" in report.checked


def test_one_rule_can_be_asked_alone_and_completes_another_report():
    report = check(CORRECT.replace("7 dni", "14 dni"), at=AT)
    links = check("", at=AT, context=SiteContext(pages={"/": "<p>Nic</p>"}), only=["R18"])
    whole = report.completed_by(links)
    assert [finding.rule for finding in whole.findings] == ["R14", "R18"]
    assert "R18" not in whole.not_checked
    assert whole.completed_by(links) == whole or whole.completed_by(links).findings == whole.findings


def test_a_flood_of_one_kind_is_counted_and_cut():
    flood = "".join(f'<p id="a11y-x{number}">x</p>' for number in range(1000))
    report = check(CORRECT.replace("<footer>", f"{flood}<footer>"), at=AT)
    assert 0 < len(report.findings) < 40
    assert report.left_out == 1000 - len(report.findings)


def test_no_sentence_of_a_report_grows_with_what_it_quotes():
    long = "x" * 100_000
    document = CORRECT.replace("2020-02-05", long).replace("mailto:biuro", f"mailto:{long}").replace("Siedziba", long)
    for finding in check(document, at=AT, context=known(url="https://a.pl/")).findings:
        assert max(len(finding.message), len(finding.place), len(finding.mend)) <= 300


def test_rules_are_numbered_from_one_to_twenty_six():
    assert [rule.id for rule in ALL_RULES] == RULES
    assert all(rule.title for rule in ALL_RULES)


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
        swap("5 lutego 2020 r.", "2020-02-05"),
        swap("5 lutego 2020 r.", "5 lutego 2020 roku"),
        swap("33 111 22 33", "33 111 22 33 wew. 4"),
        swap("7 dni", "7 (siedmiu) dni"),
        swap("https://bip.brpo.gov.pl/", "//www.rpo.gov.pl/"),
        swap('<p id="a11y-status">Strona', '<section id="a11y-status"><h3>Nasz stan</h3>Strona').replace(
            "publicznych.</p>\n<!--", "publicznych.</section>\n<!--"
        ),
    ]:
        assert found(document) == []


def test_every_finding_says_what_where_and_how_to_mend_it():
    for name, _rule, _severity, document in CASES:
        for finding in check(document, at=AT).findings:
            assert finding.message, name
            assert finding.place, name
            assert finding.mend, name

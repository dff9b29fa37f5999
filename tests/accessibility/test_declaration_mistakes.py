"""The mistakes of tools and bodies that came before: each has to be noticed here."""

from datetime import date

import pytest

from accessibility.declaration.validator import SiteContext, check

from .samples import AT, COMPLETE, CORRECT, swap

# (what went wrong, what it makes of a correct declaration, the rule that notices)
MISTAKES = [
    ("a plugin misspells the status", swap("w pełni zgodna", "całkowicie zgodna"), "R8"),
    ("a plugin leaves out the compulsory ending", swap(" z powodu niezgodności lub wyłączeń wymienionych poniżej.", ".", COMPLETE), "R8"),
    ("a plugin puts one id on several links", COMPLETE.replace('<a href="', '<a id="a11y-url" href="'), "R1"),
    ("a console checker is content with ids", "".join(f'<p id="{name}">x</p>' for name in ["a11y-wstep", "a11y-status"]), "R8"),
    ("a generator leaves its sample contact", swap("sekretariat", "Jan Kowalski"), "R17"),
    ("a generator leaves its brackets", swap("Gminny Ośrodek Kultury w Lipowej", "[nazwa podmiotu publicznego]"), "R17"),
    ("a generator leaves its date", swap("2026-03-12", "RRRR-MM-DD"), "R5"),
    ("a preschool describes the ministry's building", swap("ul. Polna 1, 34-324 Lipowa", "ul. Królewska 27, 00-060 Warszawa"), "R17"),
    ("month and day change places", swap("2020-09-20", "2020-22-09"), "R5"),
    ("one declaration for a site and its profiles", swap("Lipowej</a>.", 'Lipowej</a>, <a href="https://www.facebook.com/gok">Facebook</a> i <a href="https://www.youtube.com/gok">YouTube</a>.'), "R12"),
    ("profiles named in words alone", swap("Lipowej</a>.", "Lipowej</a> oraz kanału YouTube."), "R12"),
    ("the old version's ids", swap('<span id="a11y-kontakt">', '<span id="a11y-osoba">'), "R3"),
    ("a declaration that nobody has reviewed for years", swap('2026-03-12">12 marca 2026', '2021-03-12">12 marca 2021'), "R7"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "rule"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_known_mistake_is_noticed(document, rule):
    assert rule in [finding.rule for finding in check(document, at=AT).findings]


def test_ids_without_content_do_not_make_a_declaration():
    ids = ["a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja"]
    ids += ["a11y-status", "a11y-data-sporzadzenie", "a11y-kontakt", "a11y-email", "a11y-telefon", "a11y-procedura"]
    ids += ["a11y-architektura", "a11y-komunikacja"]
    bare = "".join(f'<span id="{name}">tekst</span>' for name in ids)
    rules = {finding.rule for finding in check(f"<html>{bare}</html>", at=AT).errors}
    assert {"R1", "R5", "R8", "R11", "R12", "R13", "R14", "R16", "R20"} <= rules


def test_sample_data_of_a_demonstration_are_noticed_on_a_real_site():
    document = CORRECT.replace("33 111 22 33", "123 456 789").replace("tel:+48331112233", "tel:123456789")
    assert [f.rule for f in check(document, at=AT, context=SiteContext(is_demonstration=False)).errors] == ["R26"]


def test_a_full_claim_against_ones_own_findings_is_noticed():
    context = SiteContext(forbidding=["Zdjęcia w galerii nie mają opisów."])
    [finding] = check(CORRECT, at=AT, context=context).errors
    assert finding.rule == "R22"
    assert "Zdjęcia w galerii nie mają opisów." in finding.message


def test_the_site_knows_better_than_the_declaration_how_old_a_film_is():
    context = SiteContext(exemption_dates={"nagranie jubileuszu": date(2022, 6, 1)})
    [finding] = check(COMPLETE, at=AT, context=context).errors
    assert finding.rule == "R23"
    assert "1 czerwca 2022 r." in finding.message

"""The public page with evidence: complete, honest, free of personal data and light."""

import gzip
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail import hooks

from accessibility.evaluation import finishing
from accessibility.evaluation.norm import read_norm
from accessibility.evidence.overview import evidence_of
from accessibility.evidence.sources import HOOK, CheckEvidence, Method
from accessibility.models import Finding, FindingSource, FindingState

from .builders import make_barrier, make_centre, make_declaration
from .evaluations import make_complete, make_evaluation

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ADDRESS = "/deklaracja-dostepnosci/dowody/"


@pytest.fixture
def centre():
    return make_centre()


def make_finding(centre, **fields):
    facts = {
        "source": FindingSource.AUDIT,
        "cause": f"reguła {Finding.objects.count()}",
        "criterion": "1.1.1",
        "level": "A",
        "message": "Obraz bez opisu.",
        "address": "/aktualnosci/",
        "first_seen_at": NOW - timedelta(days=40),
        "last_seen_at": NOW,
        "state_changed_at": NOW,
    }
    return Finding.objects.create(site=centre.site, **facts | fields)


def html(host="localhost"):
    response = Client(SERVER_NAME=host).get(ADDRESS)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())  # no-break spaces too


def contradictions(page):
    return evidence_of(page, NOW).contradictions


def test_a_finished_evaluation_is_shown_with_every_criterion_and_a_draft_is_not(centre):
    make_declaration(centre)
    evaluation = make_complete(centre, statement="Podsumowanie badania.", organisation="Fundacja Przykład")
    assert "Badanie wiosenne" not in html()
    finishing.finish(evaluation, at=NOW)
    text = html()
    for criterion in read_norm().criteria.values():
        assert criterion.name in text, criterion.id
    assert "Sprawdzono 1.1.1." in text
    assert "Podsumowanie badania." in text
    assert "50 z 50" in text
    assert "strony w próbie: 1" in text


def test_without_an_evaluation_the_page_says_so(centre):
    make_declaration(centre)
    assert "Nie zakończono jeszcze żadnego badania" in html()


def test_findings_are_shown_by_state_with_the_check_that_proved_a_repair(centre):
    make_declaration(centre)
    make_finding(centre, message="Otwarte ustalenie.")
    make_finding(centre, message="Sporne ustalenie.", state=FindingState.DISPUTED, reason="Obraz jest ozdobą.")
    repaired = {"state": FindingState.REPAIRED, "repaired_on": date(2026, 2, 1), "proof": "audyt numer 7"}
    make_finding(centre, message="Naprawione ustalenie.", **repaired)
    text = html()
    for words in (
        "Otwarte: 1",
        "Zakwestionowane: 1",
        "Naprawione: 1",
        "Obraz jest ozdobą.",
        "1 lutego 2026",
        "audyt numer 7",
    ):
        assert words in text, words


def test_of_a_report_only_the_facts_are_published(centre):
    page = make_declaration(centre)
    make_finding(centre, source=FindingSource.REPORT, message="Nazywam się Anna Wzorcowa i nie mogę…")
    assert "Wzorcowa" not in html()
    assert "Zgłoszenie odwiedzającego" in html()
    evidence = evidence_of(page, NOW)
    assert len(evidence.all_findings) == 1


def test_who_changed_a_finding_is_not_published(centre):
    make_declaration(centre)
    make_finding(centre, state_changed_by=User.objects.create_user("anna.wzorcowa"))
    assert "anna" not in html()


def test_a_full_claim_against_an_unrepaired_finding_is_said_at_the_top(centre):
    page = make_declaration(centre)
    assert contradictions(page) == []
    make_finding(centre, level="")  # advice beyond the norm
    make_finding(centre, state=FindingState.DISPUTED, reason="Nie.")
    assert contradictions(page) == []
    make_finding(centre)
    text = html()
    assert "Deklaracja nie zgadza się z dowodami" in text
    assert text.index("nie zgadza się") < text.index("<table")


def test_a_full_claim_against_a_failed_criterion_is_said(centre):
    page = make_declaration(centre)
    finishing.finish(make_complete(centre, is_sample=True), at=NOW)
    (sentence,) = contradictions(page)
    assert "1.4.3" in sentence


def test_an_accepted_finding_that_the_declaration_does_not_list_is_said(centre):
    barrier = make_barrier(repair_on=timezone.localdate() + timedelta(days=30))
    page = make_declaration(centre, barriers=[barrier])
    finding = make_finding(centre, state=FindingState.ACCEPTED)
    assert len(contradictions(page)) == 1
    page.barriers.update(finding=finding)
    page.refresh_from_db()
    assert contradictions(page) == []


def test_a_partly_conforming_declaration_may_have_findings(centre):
    page = make_declaration(centre, barriers=[make_barrier(repair_on=timezone.localdate() + timedelta(days=30))])
    make_finding(centre)
    assert contradictions(page) == []


def test_other_checks_come_in_through_the_hook(centre):
    make_declaration(centre)
    asked = []

    def audits(site, at):
        asked.append(site)
        facts = {"scope": "Strony publiczne", "result": "3 ustalenia", "tool": "axe-core", "coverage": "40 z 120 stron"}
        return [CheckEvidence(checked_on=date(2026, 1, 2), method=Method.AUTOMATIC, **facts)]

    with hooks.register_temporarily(HOOK, audits):
        text = html()
    assert asked == [centre.site]
    for words in (
        "2 stycznia 2026",
        "Strony publiczne (40 z 120 stron)",
        "3 ustalenia",
        "narzędzie automatyczne: axe-core",
    ):
        assert words in text, words


def test_a_sample_entry_is_called_one(centre):
    make_declaration(centre)
    finishing.finish(make_complete(centre, is_sample=True), at=NOW)
    assert html().count("Wpis przykładowy") >= 2


def test_nothing_of_the_neighbour_is_shown(centre):
    make_declaration(centre)
    other = make_centre("mok.localhost")
    make_declaration(other)
    finishing.finish(make_complete(other, title="Badanie sąsiada"), at=NOW)
    make_finding(other, message="Ustalenie sąsiada.")
    assert "sąsiada" not in html()
    assert "Badanie sąsiada" in html("mok.localhost")


def test_what_was_written_or_imported_is_never_markup(centre):
    make_declaration(centre)
    evil = "<script>alert(1)</script>"
    evaluation = make_evaluation(centre, title=evil, statement=evil, out_of_scope=evil, support_baseline=evil)
    evaluation.results.create(criterion="1.1.1", outcome="passed", evidence=evil)
    finishing.finish(evaluation, at=NOW)
    make_finding(centre, message=evil, address="javascript:alert(1)", rule=evil, criterion="")
    text = html()
    assert evil not in text
    assert "&lt;script&gt;" in text
    assert 'href="javascript' not in text


def test_a_full_page_with_many_findings_is_light(centre):
    make_declaration(centre)
    finishing.finish(make_complete(centre), at=NOW)
    for number in range(60):
        make_finding(centre, message=f"Obraz numer {number} nie ma opisu.", address=f"/aktualnosci/wpis-{number}/")
    assert len(gzip.compress(html().encode(), 6)) <= 14_000
    assert "jest w pliku do pobrania" in html()


def test_many_results_cost_no_more_queries(centre, django_assert_max_num_queries):
    make_declaration(centre)
    finishing.finish(make_complete(centre), at=NOW)
    for _number in range(20):
        make_finding(centre)
    with django_assert_max_num_queries(60):
        html()

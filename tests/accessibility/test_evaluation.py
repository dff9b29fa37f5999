"""An evaluation: drawn sample, finishing, and the findings that its failures become."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accessibility.evaluation import earl, finishing, sampling
from accessibility.evaluation.progress import of_wcag, progress
from accessibility.models import Evaluation, Finding, FindingSource, FindingState, Outcome, PageChoice, SampledPage
from mission.models import StandardPage

from .builders import make_centre
from .evaluations import make_complete, make_evaluation, make_result

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def centre():
    return make_centre()


def add_pages(centre, count):
    root = centre.site.root_page
    return [root.add_child(instance=StandardPage(title=f"Strona {n}", slug=f"strona-{n}")) for n in range(count)]


def finding(centre):
    return Finding.objects.of(centre.site).get(source=FindingSource.MANUAL)


def test_progress_counts_criteria_of_wcag_apart_from_further_clauses(centre):
    evaluation = make_evaluation(centre, outcomes={"1.1.1": "passed", "2.1.1": "cantTell", "en-9.6": "passed"})
    found = progress(of_wcag(evaluation.rows()))
    assert (found.tested, found.total, found.untested) == (2, 50, 48)


def test_the_same_mark_draws_the_same_pages_whatever_is_published_later(centre):
    add_pages(centre, 12)
    first = sampling.drawn(sampling.public_pages(centre.site), "znak", 4)
    assert [page.pk for page in sampling.drawn(sampling.public_pages(centre.site), "znak", 4)] == [p.pk for p in first]
    other = sampling.drawn(sampling.public_pages(centre.site), "inny", 4)
    assert {page.pk for page in other} != {page.pk for page in first}
    centre.site.root_page.get_children().exclude(pk__in=[page.pk for page in first]).first().delete()
    assert [page.pk for page in sampling.drawn(sampling.public_pages(centre.site), "znak", 4)] == [p.pk for p in first]


def test_drawing_leaves_out_what_is_in_the_sample_and_what_is_not_public(centre):
    hidden, *_others = add_pages(centre, 4)
    hidden.unpublish()
    evaluation = make_evaluation(centre)
    assert sampling.draw_into(evaluation, 50) == 3
    rows = evaluation.sample.filter(kind=PageChoice.RANDOM)
    assert {row.address for row in rows} == {"/strona-1/", "/strona-2/", "/strona-3/"}
    assert all(row.page_id for row in rows)
    assert evaluation.population == 4
    assert sampling.draw_into(evaluation, 50) == 0


def test_the_page_behind_an_address_is_found_on_its_own_site_only(centre):
    (page,) = add_pages(centre, 1)
    other = make_centre("mok.localhost")
    for address in ("/strona-0/", "/strona-0", f"{centre.site.root_url}/strona-0/?a=1#b"):
        assert sampling.page_at(centre.site, address) == page.pk, address
    assert sampling.page_at(centre.site, "/") == centre.site.root_page.pk
    assert sampling.page_at(other.site, "/strona-0/") is None


def test_finishing_makes_findings_of_failures(centre):
    recorded = finishing.finish(make_complete(centre), at=NOW)
    row = finding(centre)
    assert recorded.new == [row]
    assert (row.criterion, row.level, row.state, row.address) == ("1.4.3", "AA", FindingState.OPEN, "/")
    assert row.cause == f"manual:1.4.3:page-{centre.site.root_page.pk}"
    assert row.message == "Szary tekst na białym tle."
    assert row.places[0]["excerpt"] == "przycisk „Szukaj”"


def test_a_clause_of_the_norm_counts_against_full_conformity(centre):
    evaluation = make_evaluation(centre)
    make_result(evaluation, "en-10.1", Outcome.FAILED, failures=[("/plik.pdf", "Skan.")])
    finishing.finish(evaluation, at=NOW)
    row = finding(centre)
    assert (row.criterion, row.rule, row.cause) == ("", "EN 301 549, 10.1", "manual:en-10.1:/plik.pdf")
    assert Finding.objects.of(centre.site).forbidding_full_conformity().exists()


def test_two_failures_at_one_place_are_one_cause_and_long_addresses_stay_apart(centre):
    evaluation = make_evaluation(centre)
    long = "/" + "a" * 300
    failures = [("/x/", "Raz."), ("/x/", "Dwa."), (f"{long}1", "Trzy."), (f"{long}2", "Cztery.")]
    make_result(evaluation, outcome=Outcome.FAILED, failures=failures)
    finishing.finish(evaluation, at=NOW)
    rows = Finding.objects.of(centre.site)
    assert rows.count() == 3
    assert rows.get(address="/x/").message == "Raz.\nDwa."


@pytest.mark.parametrize(
    ("outcome", "address", "is_repaired"),
    [
        (Outcome.PASSED, "/", True),
        (Outcome.INAPPLICABLE, "/", True),
        (Outcome.CANNOT_TELL, "/", False),
        (Outcome.UNTESTED, "/", False),
        (Outcome.PASSED, "/nie-w-probie/", False),
        (Outcome.PASSED, "", True),  # what was wrong everywhere would have been seen
    ],
)
def test_only_what_was_looked_at_again_is_found_repaired(centre, outcome, address, is_repaired):
    first = make_evaluation(centre)
    make_result(first, outcome=Outcome.FAILED, failures=[(address, "Za mały kontrast.")])
    finishing.finish(first, at=NOW - timedelta(days=300))
    second = make_evaluation(centre, title="Rok później", outcomes={"1.4.3": outcome, "1.1.1": Outcome.PASSED})
    finishing.finish(second, at=NOW)
    row = finding(centre)
    assert (row.state == FindingState.REPAIRED) is is_repaired
    assert ("Rok później" in row.proof) is is_repaired


def test_a_criterion_tested_on_some_pages_proves_nothing_about_the_others(centre):
    first = make_evaluation(centre)
    make_result(first, outcome=Outcome.FAILED, failures=[("/", "Za mały kontrast.")])
    finishing.finish(first, at=NOW - timedelta(days=300))
    second = make_evaluation(centre)
    page = SampledPage.objects.create(evaluation=second, address="/inna/")
    make_result(second).pages.set([page])
    finishing.finish(second, at=NOW)
    assert finding(centre).state == FindingState.OPEN


def test_a_failure_on_every_page_repairs_nothing(centre):
    first = make_evaluation(centre)
    make_result(first, outcome=Outcome.FAILED, failures=[("/", "Za mały kontrast.")])
    finishing.finish(first, at=NOW - timedelta(days=300))
    second = make_evaluation(centre)
    make_result(second, outcome=Outcome.FAILED, failures=[("", "Wszędzie za mały kontrast.")])
    finishing.finish(second, at=NOW)
    assert Finding.objects.of(centre.site).filter(state=FindingState.OPEN).count() == 2


def test_a_sample_entry_makes_no_findings(centre):
    assert finishing.finish(make_complete(centre, is_sample=True), at=NOW) is None
    assert not Finding.objects.exists()


@pytest.mark.parametrize("missing", ["scope", "evaluator"])
def test_what_is_not_said_keeps_it_from_being_finished(centre, missing):
    evaluation = make_complete(centre, **{missing: ""})
    with pytest.raises(ValidationError):
        finishing.finish(evaluation, at=NOW)
    assert Evaluation.objects.get().is_draft
    assert not Finding.objects.exists()


def test_a_failed_criterion_without_a_place_keeps_it_from_being_finished(centre):
    evaluation = make_evaluation(centre, outcomes={"1.4.3": Outcome.FAILED})
    with pytest.raises(ValidationError, match=r"1\.4\.3"):
        finishing.finish(evaluation, at=NOW)


def test_it_is_finished_once(centre):
    evaluation = make_complete(centre)
    finishing.finish(evaluation, at=NOW)
    with pytest.raises(ValidationError):
        finishing.finish(evaluation, at=NOW)


def test_last_years_is_a_start_without_results_and_without_the_draw(centre):
    add_pages(centre, 3)
    old = make_complete(centre, exploration="Formularze.", organisation="Fundacja Przykład", is_sample=True)
    sampling.draw_into(old, 2)
    new = finishing.copy_as_start(old, at=NOW)
    assert (new.scope, new.exploration, new.organisation) == (old.scope, old.exploration, old.organisation)
    assert [row.address for row in new.sample.all()] == ["/"]
    assert (new.is_draft, new.is_sample, new.results.count()) == (True, False, 0)
    assert new.seed != old.seed


def test_the_database_refuses_two_results_of_one_criterion(centre):
    evaluation = make_evaluation(centre, outcomes={"1.1.1": Outcome.PASSED})
    with pytest.raises(IntegrityError), transaction.atomic():
        make_result(evaluation, "1.1.1")


def test_places_of_an_earlier_result_say_nothing_once_the_criterion_is_met(centre):
    evaluation = make_evaluation(centre)
    make_result(evaluation, outcome=Outcome.PASSED, failures=[("/", "Już naprawione.")])
    (exported,) = earl.document(evaluation)["auditSample"]
    assert exported["hasPart"] == []
    finishing.finish(evaluation, at=NOW)
    assert not Finding.objects.exists()

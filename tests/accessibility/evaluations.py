"""Builders of evaluations for tests."""

from datetime import date

from accessibility.evaluation import norm
from accessibility.models import CriterionResult, Evaluation, Failure, Outcome, PageChoice, SampledPage

DAY = date(2026, 3, 12)


def make_evaluation(centre, *, outcomes=None, **fields):
    """A draft with one sampled page. `outcomes`: {criterion id: Outcome}."""
    facts = {"title": "Badanie wiosenne", "started_on": DAY, "seed": "abc", "scope": "Cała strona."}
    evaluation = Evaluation.objects.create(site=centre.site, **facts | {"evaluator": "koordynacja"} | fields)
    SampledPage.objects.create(evaluation=evaluation, kind=PageChoice.STRUCTURED, address="/", title="Start")
    for criterion, outcome in (outcomes or {}).items():
        make_result(evaluation, criterion, outcome)
    return evaluation


def make_result(evaluation, criterion="1.4.3", outcome=Outcome.PASSED, failures=(), **fields):
    """A result; `failures`: (address, what is wrong) pairs."""
    facts = {"evidence": f"Sprawdzono {criterion}.", "tester": "koordynacja", "tested_on": DAY}
    result = CriterionResult.objects.create(
        evaluation=evaluation, criterion=criterion, outcome=outcome, **facts | fields
    )
    for address, what in failures:
        Failure.objects.create(result=result, address=address, what=what, mend="Poprawić.", element="przycisk „Szukaj”")
    return result


def make_complete(centre, **fields):
    """A draft in which every criterion has a result; 1.4.3 fails on the first page."""
    outcomes = {key: Outcome.PASSED for key in norm.read_norm().criteria if key != "1.4.3"}
    evaluation = make_evaluation(centre, outcomes=outcomes, **fields)
    result = make_result(evaluation, outcome=Outcome.FAILED, failures=[("/", "Szary tekst na białym tle.")])
    result.pages.set(evaluation.sample.all())
    return evaluation

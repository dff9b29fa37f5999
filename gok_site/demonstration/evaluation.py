"""The sample evaluation of a centre: complete, and plainly a sample."""

from datetime import timedelta

from django.utils import timezone

from accessibility.evaluation import finishing, sampling
from accessibility.models import CriterionResult, Evaluation, Failure, SampledPage

FACTS = (
    *("title", "scope", "out_of_scope", "support_baseline", "exploration", "evaluator", "organisation"),
    *("commissioned_by", "statement"),
)
SEED = "wpisprzyklad"
DRAWN = 1


def write_evaluation(site, shared, own, *, at):
    """Write and finish the sample evaluation of `site` at `at` (aware); it makes no findings.

    `shared`: texts of both centres; `own`: texts of this one, which come before the shared ones.
    """
    day = timezone.localdate(at)
    evaluation = Evaluation.objects.create(
        site=site,
        is_sample=True,
        seed=SEED,
        started_on=day - timedelta(days=7),
        **{name: shared[name] for name in FACTS},
    )
    for row in [*shared["sample"], *own.get("sample", [])]:
        page_id = sampling.page_at(site, row["address"])
        page = SampledPage(evaluation=evaluation, page_id=page_id, **row)
        page.title = page.page.title if page_id else row["why"]
        page.save()
    sampling.draw_into(evaluation, DRAWN)
    results = {
        criterion: CriterionResult(
            evaluation=evaluation,
            criterion=criterion,
            outcome=outcome,
            evidence=evidence,
            tester=evaluation.evaluator,
            tested_on=day,
        )
        for criterion, (outcome, evidence) in (shared["results"] | own.get("results", {})).items()
    }
    CriterionResult.objects.bulk_create(results.values())
    for row in own.get("failures", []):
        facts = {name: value for name, value in row.items() if name != "criterion"}
        Failure.objects.create(result=results[row["criterion"]], **facts)
    finishing.finish(evaluation, at=at)
    return evaluation

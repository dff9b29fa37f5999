"""What happens when an evaluation is finished, and how last year's becomes the start of a new one."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accessibility.findings.models import ConformanceLevel, FindingSource
from accessibility.findings.recording import Observation, record

from .models import DECIDED, Evaluation, EvaluationState, PageChoice, SampledPage
from .progress import obstacles
from .sampling import new_seed, page_at

CAUSE_LENGTH = 200


@transaction.atomic
def finish(evaluation, *, at):
    """Close `evaluation` at `at` (aware) and write its failures down as findings; returns `Recorded`.

    A sample entry makes no findings: nobody has seen them. Returns None then.
    Raises ValidationError with what is missing; nothing is changed in that case.
    """
    evaluation = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if not evaluation.is_draft:
        raise ValidationError(_("This evaluation is finished already."))
    if missing := obstacles(evaluation):
        raise ValidationError(missing)
    evaluation.state = EvaluationState.FINISHED
    evaluation.finished_on = timezone.localdate(at)
    evaluation.save()
    if evaluation.is_sample:
        return None
    return record(
        evaluation.site,
        FindingSource.MANUAL,
        observations(evaluation),
        at=at,
        proof=_("evaluation “%(title)s”") % {"title": evaluation.title},
        covered=covered_by(evaluation),
    )


def observations(evaluation):
    """The failures of an evaluation as observations, those of one criterion at one place together."""
    found = {}
    for result in evaluation.results.prefetch_related("failures"):
        criterion = evaluation.norm.criteria[result.criterion]
        for failure in result.shown_failures:
            page_id = page_at(evaluation.site, failure.address) if failure.address else None
            cause = cause_of(criterion, page_id, failure.address)
            found.setdefault(cause, (criterion, page_id, []))[2].append(failure)
    return [_observation(cause, *facts) for cause, facts in found.items()]


def cause_of(criterion, page_id, address):
    """The name of a cause: the criterion and the page, or the address where it is no page of ours."""
    cause = f"manual:{criterion.id}:{f'page-{page_id}' if page_id else address}"
    if len(cause) <= CAUSE_LENGTH:
        return cause
    return f"{cause[: CAUSE_LENGTH - 17]}-{hashlib.sha256(cause.encode()).hexdigest()[:16]}"


def _observation(cause, criterion, page_id, failures):
    return Observation(
        cause=cause,
        message="\n".join(failure.what for failure in failures),
        mend="\n".join(failure.mend for failure in failures if failure.mend),
        rule="" if criterion.is_wcag else f"EN 301 549, {criterion.number}",
        criterion=criterion.number if criterion.is_wcag else "",
        # A clause of the norm binds as much as a criterion of level A.
        level=criterion.level or ConformanceLevel.A,
        is_content=page_id is not None,
        page_id=page_id,
        address=failures[0].address,
        places=[{"address": f.address, "selector": "", "excerpt": f.element} for f in failures],
    )


def covered_by(evaluation):
    """Whether this evaluation has looked again at a finding: its criterion was decided on a page where it stands."""
    sample = list(evaluation.sample.all())
    seen = {}
    for result in evaluation.results.filter(outcome__in=DECIDED).prefetch_related("pages", "failures"):
        if all(failure.address for failure in result.shown_failures):  # one "on every page" leaves the others open
            seen[result.criterion] = list(result.pages.all()) or sample

    def covered(finding):
        criterion = finding.cause.split(":")[1] if finding.cause.count(":") > 1 else ""
        pages = seen.get(criterion)
        if pages is None or not finding.address:
            return pages is not None
        return any(page.address == finding.address or page.page_id == (finding.page_id or 0) for page in pages)

    return covered


@transaction.atomic
def copy_as_start(evaluation, *, at):
    """A new draft with the scope and the chosen sample of `evaluation`: what is tested anew has no results yet."""
    names = ("scope", "out_of_scope", "conformance_target", "support_baseline", "exploration", "evaluator")
    facts = {name: getattr(evaluation, name) for name in (*names, "organisation", "commissioned_by")}
    day = timezone.localdate(at)
    title = _("Evaluation %(year)s") % {"year": day.year}
    new = Evaluation.objects.create(site=evaluation.site, title=title, started_on=day, seed=new_seed(), **facts)
    SampledPage.objects.bulk_create(
        SampledPage(
            evaluation=new, kind=row.kind, address=row.address, title=row.title, why=row.why, page_id=row.page_id
        )
        for row in evaluation.sample.exclude(kind=PageChoice.RANDOM)
    )
    return new

"""Finished evaluations as evidence for the declaration."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accessibility.evidence.sources import CheckEvidence, Method

from .models import Evaluation
from .progress import of_wcag, progress
from .sampling import public_pages

MOST_SHOWN = 5


def newest_finished(site):
    """The evaluation that says how `site` is now, with its results; None when none has been finished."""
    return finished(site).first()


def finished(site):
    """The finished evaluations of `site` with what their rows need, the newest first."""
    return Evaluation.objects.of(site).finished().select_related("site__root_page").prefetch_related("results")


def evaluations_as_evidence(site, at):
    """The newest finished evaluations as `CheckEvidence`, for `register_declaration_evidence`."""
    public = public_pages(site).count()
    evaluations = finished(site).filter(finished_on__lte=timezone.localdate(at)).prefetch_related("sample")[:MOST_SHOWN]
    return [_as_check(evaluation, public) for evaluation in evaluations]


def _as_check(evaluation, public):
    rows = evaluation.rows()
    wcag = progress(of_wcag(rows))
    return CheckEvidence(
        checked_on=evaluation.finished_on,
        method=Method.MANUAL,
        scope=evaluation.scope,
        tool=_("%(edition)s, method WCAG-EM") % {"edition": evaluation.norm.edition},
        result=", ".join(f"{label}: {count}" for label, count in wcag.shown),
        coverage=_("%(tested)d of %(total)d criteria of WCAG on %(sampled)d of %(pages)d pages")
        % {"tested": wcag.tested, "total": wcag.total, "sampled": len(evaluation.sample.all()), "pages": public},
        checked_by=", ".join(filter(None, (evaluation.evaluator, evaluation.organisation))),
        is_sample=evaluation.is_sample,
        data={"title": evaluation.title, "started_on": evaluation.started_on.isoformat()},
    )

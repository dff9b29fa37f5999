"""How far an evaluation has come and what keeps it from being finished."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import Outcome


@dataclass(frozen=True)
class Progress:
    """`tested` of `total` criteria have an outcome; `counts`: how many have each `Outcome`."""

    tested: int
    total: int
    counts: dict

    @property
    def untested(self):
        return self.total - self.tested

    @property
    def shown(self):
        """(word for the outcome, how many) of the outcomes that occur."""
        return [(outcome.label, self.counts[outcome]) for outcome in Outcome if self.counts[outcome]]


def progress(rows):
    """The `Progress` of `rows`, pairs of (Criterion, CriterionResult)."""
    outcomes = [result.outcome for _criterion, result in rows]
    counts = {outcome: outcomes.count(outcome) for outcome in Outcome}
    return Progress(len(outcomes) - counts[Outcome.UNTESTED], len(outcomes), counts)


def of_wcag(rows):
    """Those of `rows` that are criteria of WCAG."""
    return [row for row in rows if row[0].is_wcag]


def of_clauses(rows):
    """Those of `rows` that are further clauses of the norm."""
    return [row for row in rows if not row[0].is_wcag]


def obstacles(evaluation):
    """What keeps `evaluation` from being finished, in sentences for staff."""
    found = []
    if not evaluation.scope:
        found.append(_("Say what is evaluated."))
    if not evaluation.evaluator:
        found.append(_("Say who evaluated, by position."))
    if not evaluation.sample.exists():
        found.append(_("Choose the pages of the sample."))
    results = evaluation.results.prefetch_related("failures")
    unnamed = [result for result in results if result.is_failed and not result.failures.all()]
    for result in unnamed:
        label = evaluation.norm.criteria[result.criterion].label
        found.append(_("Say what is wrong: %(criterion)s.") % {"criterion": label})
    if not any(result.is_tested for result in results):
        found.append(_("No criterion has been tested."))
    return found

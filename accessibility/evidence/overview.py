"""All that stands behind a declaration, as the public page shows it and the bundle hands it out."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accessibility.declaration.spec import Status
from accessibility.evaluation.as_evidence import newest_finished
from accessibility.evaluation.models import Outcome
from accessibility.evaluation.progress import of_wcag, progress
from accessibility.findings import agreement
from accessibility.findings.models import Finding, FindingState

from .sources import CheckEvidence, gathered

MOST_FINDINGS = 30  # of each state, on the page
MOST_READ = 2000  # of all, in the file
# The states in the order in which a reader asks for them; what another finding tells is in the file alone.
STATES = (FindingState.OPEN, FindingState.ACCEPTED, FindingState.DISPUTED, FindingState.REPAIRED)


@dataclass
class DeclarationEvidence:
    """`page`: the published DeclarationPage; `at`: aware datetime."""

    page: object
    at: object

    @property
    def site(self):
        return self.page.site

    @cached_property
    def checks(self):
        """All checks, the newest first: those written in the declaration and those of the hook's sources."""
        own = [
            CheckEvidence(
                checked_on=row.checked_on,
                method=row.method,
                scope=row.scope,
                result=row.result,
                tool=row.tool,
                checked_by=row.checked_by,
            )
            for row in self.page.checks.all()
        ]
        return sorted([*own, *gathered(self.site, self.at)], key=lambda check: check.checked_on, reverse=True)

    @cached_property
    def evaluation(self):
        """The newest finished evaluation, or None."""
        return newest_finished(self.site)

    @cached_property
    def rows(self):
        """(Criterion, CriterionResult) of the newest evaluation."""
        return self.evaluation.rows() if self.evaluation else []

    @property
    def groups(self):
        """(name of a principle, its rows), then the further clauses of the norm."""
        names = self.evaluation.norm.groups if self.evaluation else {}
        return [(name, [row for row in self.rows if row[0].group == key]) for key, name in names.items()]

    @cached_property
    def progress(self):
        return progress(of_wcag(self.rows))

    @cached_property
    def all_findings(self):
        """The newest findings, those that are not repaired before the others."""
        repaired_last = Case(When(state=FindingState.REPAIRED, then=1), default=0)
        findings = Finding.objects.of(self.site).prefetch_related("also_seen")
        return list(findings.order_by(repaired_last, "-state_changed_at", "-pk")[:MOST_READ])

    @cached_property
    def findings(self):
        """For each state that occurs: its name, what became of the findings, how many more there are."""
        found = []
        for state in STATES:
            rows = [finding for finding in self.all_findings if finding.state == state]
            if rows:
                shown = rows[:MOST_FINDINGS]
                found.append({"state": state, "rows": shown, "count": len(rows), "more": len(rows) - len(shown)})
        return found

    @cached_property
    def contradictions(self):
        """What the published declaration claims against the evidence, in sentences; empty when it agrees."""
        # Findings are counted, not named: the words of a visitor's report are not for everyone.
        return [*self._against_full(), *self._not_listed(), *agreement.promises_in_words(self.page, self.day)]

    def _against_full(self):
        if self.page.status != Status.FULL:
            return
        if count := len(agreement.forbidding(self.site)):
            yield ngettext(
                "The declaration says that the site conforms fully, but %(count)d finding against the norm is not repaired.",
                "The declaration says that the site conforms fully, but %(count)d findings against the norm are not repaired.",
                count,
            ) % {"count": count}
        failed = [criterion.number for criterion, result in self.rows if result.outcome == Outcome.FAILED]
        if failed:
            text = _(
                "The declaration says that the site conforms fully, but the last evaluation found not met: %(list)s."
            )
            yield text % {"list": ", ".join(failed)}

    def _not_listed(self):
        if missing := agreement.unlisted(self.page):
            yield ngettext(
                "%(count)d finding accepted as a barrier is not listed in the declaration.",
                "%(count)d findings accepted as barriers are not listed in the declaration.",
                len(missing),
            ) % {"count": len(missing)}

    @property
    def day(self):
        return timezone.localdate(self.at)


def evidence_of(page, at):
    """What stands behind the published declaration `page` at `at` (aware datetime)."""
    return DeclarationEvidence(page, at)

"""Finished audits as evidence for the declaration."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..evidence.sources import CheckEvidence, Method
from ..findings.models import Finding
from .models import CHANGES, AuditRun, AuditState

MOST_SHOWN = 3


def audits_as_evidence(site, at):
    """The newest finished audits of `site` at `at` (aware datetime) as `CheckEvidence`."""
    runs = AuditRun.objects.of(site).with_counts().filter(state=AuditState.FINISHED, finished_at__lte=at)
    return [_as_check(run) for run in runs[:MOST_SHOWN]]


def _as_check(run):
    seen = [pk for change in CHANGES if change != "repaired" for pk in run.changes.get(change, [])]
    count = Finding.objects.filter(pk__in=seen).against_the_norm().count()
    result = ngettext(
        "%(count)d cause of inaccessibility against the norm.",
        "%(count)d causes of inaccessibility against the norm.",
        count,
    )
    return CheckEvidence(
        checked_on=timezone.localdate(run.finished_at),
        method=Method.AUTOMATIC,
        scope=_("published pages in a narrow and a wide window, in light, dark and forced colours, and files in PDF"),
        tool=", ".join(f"{name} {version}" for name, version in sorted(run.engines.items())),
        result=result % {"count": count},
        coverage=_("%(done)d of %(pages)d pages") % {"done": run.done, "pages": run.done + run.failed + run.waiting},
        data={"changes": {change: len(run.changes.get(change, [])) for change in CHANGES}, "address": run.root_url},
    )

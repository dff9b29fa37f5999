"""Makes a draft evaluation of an outside auditor's report: all of it or nothing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mission.plain_text import plain_line

from . import norm
from .earl_reading import read_report
from .models import CriterionResult, Evaluation, Failure, Outcome, SampledPage
from .sampling import new_seed, page_at

LENGTHS = {"title": 160, "organisation": 160, "commissioned_by": 160}


@transaction.atomic
def import_report(site, content, *, at):
    """A new draft Evaluation of `site` out of `content` (bytes), and what the report said: (Evaluation, ReadReport).

    `at`: aware datetime of the import. Raises `UnreadableReport`; nothing is saved in that case.
    """
    report = read_report(content, norm.read_norm(), site.hostname)
    facts = {
        name: plain_line(text)[: LENGTHS[name]] if name in LENGTHS else text for name, text in report.facts.items()
    }
    day = timezone.localdate(at)
    tested = [result.tested_on for result in report.results.values() if result.tested_on and result.tested_on <= day]
    facts.setdefault("title", _("Imported report"))
    evaluation = Evaluation.objects.create(
        site=site, seed=new_seed(), started_on=min(tested, default=day), evaluator=_("outside auditor"), **facts
    )
    pages = _write_sample(evaluation, report)
    for criterion, read in report.results.items():
        _write_result(evaluation, criterion, read, pages)
    return evaluation, report


def _write_sample(evaluation, report):
    return {
        address: SampledPage.objects.create(
            evaluation=evaluation,
            kind=kind,
            address=address,
            title=title,
            why=why,
            page_id=page_at(evaluation.site, address) if address.startswith("/") else None,
        )
        for address, (title, kind, why) in report.sample.items()
    }


def _write_result(evaluation, criterion, read, pages):
    result = CriterionResult.objects.create(
        evaluation=evaluation,
        criterion=criterion,
        outcome=read.outcome,
        mode=read.mode,
        method=read.method,
        evidence="\n".join(dict.fromkeys(read.evidence)),
        tester=evaluation.evaluator if read.outcome != Outcome.UNTESTED else "",
        tested_on=read.tested_on,
    )
    result.pages.set(pages[address] for address in read.pages if address in pages)
    if result.is_failed:
        Failure.objects.bulk_create(
            Failure(
                result=result,
                address=failure.address,
                element=failure.element,
                what=failure.what or _("The report does not say what is wrong."),
                mend=failure.mend,
            )
            for failure in read.failures
        )

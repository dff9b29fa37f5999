"""The screens that auditors have too: the list, one evaluation, its export, the register of requests."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accessibility.requests.models import AccessRequest
from mission.polish import fold

from . import earl
from .json_files import json_text
from .models import Evaluation
from .policy import READ, WRITE, may_write, own_evaluation, own_sites, sites_for
from .progress import of_clauses, of_wcag, progress
from .staff_pages import page

REQUESTS_SHOWN = 200


@require_safe
def index(request):
    """The evaluations of the person's centres."""
    sites = own_sites(request.user, READ)
    writable = {site.pk for site in sites_for(request.user, WRITE)}
    evaluations = list(Evaluation.objects.filter(site__in=sites).prefetch_related("results"))
    for evaluation in evaluations:
        evaluation.progress = progress(of_wcag(evaluation.rows()))
    centres = [
        {
            "site": site,
            "is_writable": site.pk in writable,
            "evaluations": [e for e in evaluations if e.site_id == site.pk],
        }
        for site in sites
    ]
    return page(request, "evaluations", _("Evaluations of accessibility"), centres=centres)


@require_safe
def show(request, evaluation_id):
    """One evaluation: how far it is, and the way to each of its parts."""
    evaluation = own_evaluation(request.user, evaluation_id)
    rows = evaluation.rows()
    groups = [
        {"key": key, "name": name, "rows": [row for row in rows if row[0].group == key]}
        for key, name in evaluation.norm.groups.items()
    ]
    for group in groups:
        group["progress"] = progress(group["rows"])
    return page(
        request,
        "evaluation",
        evaluation.title,
        evaluation=evaluation,
        groups=groups,
        wcag=progress(of_wcag(rows)),
        clauses=progress(of_clauses(rows)),
        sample=list(evaluation.sample.all()),
        is_writable=may_write(request.user, evaluation),
        is_copyable=evaluation.site in sites_for(request.user, WRITE),
    )


@require_safe
def export(request, evaluation_id):
    """The evaluation as EARL (JSON-LD), for auditors and other tools."""
    evaluation = own_evaluation(request.user, evaluation_id)
    response = HttpResponse(json_text(earl.document(evaluation)), content_type="application/ld+json; charset=utf-8")
    name = slugify(fold(evaluation.title)) or "badanie"
    response["Content-Disposition"] = f'attachment; filename="{name}.jsonld"'
    return response


@require_safe
def requests(request):
    """The register of requests without anything that a visitor wrote: for auditors, who need no personal data."""
    sites = own_sites(request.user, READ)
    names = ("reference", "kind", "received_at", "due_at", "status", "answered_on", "site")
    rows = AccessRequest.objects.filter(site__in=sites).select_related("site").only(*names)[:REQUESTS_SHOWN]
    now = timezone.now()
    shown = [(row, row.is_overdue(now)) for row in rows]
    return page(request, "evaluation_requests", _("Register of requests"), requests=shown)

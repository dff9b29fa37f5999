"""The staff's screens "Audits of accessibility": the runs, and what one of them saw."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Site
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import register_permission_policy

from . import engine
from .models import CHANGES, AuditRun, PageState

RUNS_SHOWN = 30
ROWS_SHOWN = 200
TITLES = {
    "new": pgettext_lazy("findings", "New"),
    "returned": gettext_lazy("Back after a repair"),
    "remaining": gettext_lazy("Still there"),
    "repaired": pgettext_lazy("findings", "Repaired"),
}

audit_policy = SitePermissionPolicy(AuditRun)
register_permission_policy(AuditRun, audit_policy)


def may_view(user):
    """Whether `user` sees the audits of some centre."""
    return audit_policy.user_has_permission(user, "view")


def own_runs(user):
    """The audits of the centres of `user`. Raises PermissionDenied when there is no such centre."""
    if not may_view(user):
        raise PermissionDenied
    return audit_policy.instances_user_has_permission_for(user, "view")


@require_safe
def index(request):
    """All audits of the person's centres, the newest first."""
    runs = own_runs(request.user).with_counts()
    centres = []
    for site in Site.objects.order_by("-is_default_site", "hostname"):
        own = list(runs.filter(site=site)[:RUNS_SHOWN])
        if own:
            centres.append({"site": site, "runs": [(run, counts_of(run)) for run in own]})
    facts = {"centres": centres, "missing": engine.missing(), "titles": [TITLES[change] for change in CHANGES]}
    return shown(request, "accessibility/admin/audits.html", _("Audits of accessibility"), facts)


@require_safe
def report(request, run_id):
    """One audit: the comparison with what was known before, pages, documents, and what no tool sees."""
    run = get_object_or_404(own_runs(request.user).with_counts().select_related("site"), pk=run_id)
    finder = AdminURLFinder(request.user)
    changes = [
        (TITLES[change], [with_links(finding, finder) for finding in run.findings(change)[:ROWS_SHOWN]])
        for change in CHANGES
    ]
    unchecked = run.documents.filter(is_checked=False)
    facts = {
        "run": run,
        "changes": changes,
        "counts": dict(zip(CHANGES, counts_of(run), strict=True)),
        "failed_pages": run.pages.filter(state=PageState.FAILED)[:ROWS_SHOWN],
        "pages": run.pages.filter(state=PageState.DONE)[:ROWS_SHOWN],
        "documents": run.documents.filter(is_checked=True).count(),
        "unchecked": unchecked[:ROWS_SHOWN],
    }
    return shown(request, "accessibility/admin/audit.html", str(run)[:1].upper() + str(run)[1:], facts, is_report=True)


def counts_of(run):
    return [len(run.changes.get(change, [])) for change in CHANGES]


def with_links(finding, finder):
    """A finding with where to mend it and where to decide about it, as far as the person may."""
    finding.editor_url = finder.get_edit_url(finding.page.specific_deferred) if finding.page else None
    finding.admin_url = reverse("findings:detail", args=[finding.pk])
    return finding


def shown(request, template, title, facts, *, is_report=False):
    trail = [{"url": reverse("audits:index"), "label": _("Audits of accessibility")}]
    if is_report:
        trail.append({"url": "", "label": title})
    return render(request, template, {**facts, "breadcrumbs_items": trail, "header_title": title})

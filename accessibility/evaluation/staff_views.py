"""The staff's screens about evaluations: begin, say what is evaluated, finish, read; see `staff_criteria` too."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from accessibility.requests.models import AccessRequest
from mission.polish import fold

from . import earl, finishing, sampling
from .earl_importing import import_report
from .json_files import json_text
from .json_ld import UnreadableReport
from .models import Evaluation, PageChoice
from .policy import READ, WRITE, may_write, own_evaluation, own_site, own_sites, sites_for
from .progress import obstacles, of_clauses, of_wcag, progress
from .staff_forms import DrawForm, NewEvaluationForm, ReportForm, SampleFormSet, ScopeForm

REQUESTS_SHOWN = 200
NAMED = 20  # unknown tests named in a message


@require_safe
def index(request):
    """The evaluations of the person's centres."""
    sites = own_sites(request.user, READ)
    writable = {site.pk for site in sites_for(request.user, WRITE)}
    evaluations = list(Evaluation.objects.filter(site__in=sites).prefetch_related("results"))
    for evaluation in evaluations:
        evaluation.progress = progress(of_wcag(evaluation.rows()))
    centres = [
        {"site": site, "is_writable": site.pk in writable, "evaluations": [e for e in evaluations if e.site_id == site.pk]}
        for site in sites
    ]
    return _page(request, "evaluations", _("Evaluations of accessibility"), centres=centres)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, site_id):
    """A new evaluation of one centre's site."""
    site = own_site(request.user, site_id)
    today = timezone.localdate()
    start = {"title": _("Evaluation %(year)s") % {"year": today.year}, "started_on": today}
    form = NewEvaluationForm(sent(request), instance=Evaluation(site=site, seed=sampling.new_seed()), initial=start)
    if request.method == "POST" and form.is_valid():
        evaluation = form.save()
        messages.success(request, _("The evaluation is begun. Say now what is evaluated."))
        return redirect("evaluations:scope", evaluation.pk)
    return form_page(request, form, _("New evaluation"), button=_("Begin"), back=reverse("evaluations:index"))


@require_http_methods(["GET", "HEAD", "POST"])
def read(request, site_id):
    """Take in an outside auditor's report as a new draft."""
    site = own_site(request.user, site_id)
    form = ReportForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            evaluation, report = import_report(site, form.cleaned_data["file"].read(), at=timezone.now())
        except UnreadableReport as error:
            form.add_error("file", str(error))
        else:
            _tell_of_import(request, report)
            return redirect("evaluations:show", evaluation.pk)
    title = _("Read an auditor's report")
    return form_page(request, form, title, button=_("Read the file"), back=reverse("evaluations:index"))


def _tell_of_import(request, report):
    count = len(report.results)
    text = ngettext("%(count)d criterion was read.", "%(count)d criteria were read.", count)
    messages.success(request, text % {"count": count})
    if report.unknown:
        names = ", ".join(report.unknown[:NAMED]) + (" …" if len(report.unknown) > NAMED else "")
        messages.warning(request, _("Not in the norm and left out: %(names)s.") % {"names": names})
    if report.unclear:
        text = _("Results whose meaning is not clear were left out: %(count)d.")
        messages.warning(request, text % {"count": report.unclear})


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
    return _page(
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


@require_http_methods(["GET", "HEAD", "POST"])
def scope(request, evaluation_id):
    """What is evaluated, against what, by whom."""
    evaluation = own_draft(request, evaluation_id)
    form = ScopeForm(sent(request), instance=evaluation)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("evaluations:sample" if "next" in request.POST else "evaluations:show", evaluation.pk)
    title, button = _("Scope: %(title)s") % {"title": evaluation.title}, _("Save")
    return form_page(request, form, title, button=button, evaluation=evaluation, next_button=_("Save and go to the sample"))


@require_http_methods(["GET", "HEAD", "POST"])
def sample(request, evaluation_id):
    """The pages that are tested: chosen ones here, drawn ones by `draw`."""
    evaluation = own_draft(request, evaluation_id)
    forms = SampleFormSet(sent(request), instance=evaluation, prefix="strony")
    if request.method == "POST" and forms.is_valid():
        forms.save()
        messages.success(request, _("The sample is saved."))
        return redirect("evaluations:sample", evaluation.pk)
    chosen = evaluation.sample.exclude(kind=PageChoice.RANDOM).count()
    return _page(
        request,
        "evaluation_sample",
        _("Sample: %(title)s") % {"title": evaluation.title},
        status=422 if forms.is_bound else 200,
        evaluation=evaluation,
        forms=forms,
        draw_form=DrawForm(initial={"count": max(1, chosen // 10)}),
        public=sampling.public_pages(evaluation.site).count(),
    )


@require_POST
def draw(request, evaluation_id):
    """Draw pages at random into the sample."""
    evaluation = own_draft(request, evaluation_id)
    form = DrawForm(request.POST)
    if form.is_valid():
        count = sampling.draw_into(evaluation, form.cleaned_data["count"])
        text = ngettext("%(count)d page was drawn.", "%(count)d pages were drawn.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.error(request, " ".join(form.errors["count"]))
    return redirect("evaluations:sample", evaluation.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request, evaluation_id):
    """Say what finishing means, and finish."""
    evaluation = own_evaluation(request.user, evaluation_id, WRITE)
    if not evaluation.is_draft:
        return redirect("evaluations:show", evaluation.pk)
    missing = obstacles(evaluation)
    if request.method == "POST":
        try:
            recorded = finishing.finish(evaluation, at=timezone.now())
        except ValidationError as error:
            missing = error.messages
        else:
            _tell_of_findings(request, recorded)
            return redirect("evaluations:show", evaluation.pk)
    return _page(
        request,
        "evaluation_finish",
        _("Finish: %(title)s") % {"title": evaluation.title},
        status=422 if request.method == "POST" else 200,
        evaluation=evaluation,
        missing=missing,
        progress=progress(evaluation.rows()),
        failures=finishing.observations(evaluation),
    )


def _tell_of_findings(request, recorded):
    messages.success(request, _("The evaluation is finished and can be read on the page with evidence."))
    if recorded:
        counts = {"new": len(recorded.new) + len(recorded.returned), "repaired": len(recorded.repaired)}
        messages.info(request, _("New findings: %(new)d. Found repaired: %(repaired)d.") % counts)


@require_POST
def copy(request, evaluation_id):
    """Begin a new evaluation with the scope and the sample of an earlier one."""
    evaluation = own_evaluation(request.user, evaluation_id, WRITE)
    new = finishing.copy_as_start(evaluation, at=timezone.now())
    messages.success(request, _("A new evaluation is begun with this scope and sample. The results are empty."))
    return redirect("evaluations:scope", new.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, evaluation_id):
    """Throw a draft away."""
    evaluation = own_draft(request, evaluation_id)
    if request.method == "POST":
        evaluation.delete()
        messages.success(request, _("The draft is removed."))
        return redirect("evaluations:index")
    title = _("Remove the draft: %(title)s") % {"title": evaluation.title}
    return _page(request, "evaluation_remove", title, evaluation=evaluation)


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
    return _page(request, "evaluation_requests", _("Register of requests"), requests=shown)


def own_draft(request, evaluation_id):
    """The draft that the person may fill in. Raises Http404 for a finished one, PermissionDenied."""
    own_evaluation(request.user, evaluation_id, WRITE)
    drafts = Evaluation.objects.filter(state="draft").select_related("site__root_page")
    return get_object_or_404(drafts, pk=evaluation_id)


def sent(request):
    return request.POST if request.method == "POST" else None


def trail(*titles, evaluation=None):
    """Where the person is, for the admin's breadcrumbs."""
    home = {"url": reverse("evaluations:index"), "label": _("Evaluations of accessibility")}
    own = [{"url": reverse("evaluations:show", args=[evaluation.pk]), "label": evaluation.title}] if evaluation else []
    return [home, *own, *({"url": "", "label": title} for title in titles)]


def form_page(request, form, title, *, button, back="", evaluation=None, next_button=""):
    """A screen that is one form."""
    return _page(
        request,
        "evaluation_form",
        title,
        status=422 if form.is_bound else 200,
        form=form,
        button=button,
        next_button=next_button,
        back=back or reverse("evaluations:show", args=[evaluation.pk]),
        evaluation=evaluation,
    )


def _page(request, template, title, *, status=200, **facts):
    evaluation = facts.get("evaluation")
    facts |= {"header_title": title, "breadcrumbs_items": trail(title, evaluation=evaluation)}
    if template in ("evaluation", "evaluations"):
        facts["breadcrumbs_items"] = trail() if template == "evaluations" else trail(title)
    return render(request, f"accessibility/admin/{template}.html", facts, status=status)

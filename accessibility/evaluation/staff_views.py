"""The steps of an evaluation: begin, say what is evaluated, choose the sample, finish; see `staff_criteria` too."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from . import finishing, sampling
from .earl_importing import import_report
from .json_ld import UnreadableReport
from .models import Evaluation, PageChoice
from .policy import WRITE, own_evaluation, own_site
from .progress import obstacles, progress
from .staff_forms import DrawForm, NewEvaluationForm, ReportForm, SampleFormSet, ScopeForm
from .staff_pages import form_page, own_draft, page, sent

NAMED = 20  # unknown tests named in a message


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
    return form_page(
        request, form, title, button=button, evaluation=evaluation, next_button=_("Save and go to the sample")
    )


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
    return page(
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
    return page(
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
    return page(request, "evaluation_remove", title, evaluation=evaluation)

"""The staff's screens on which criteria are tested: a quick table for each principle, and one page a criterion."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from .models import CriterionResult, Outcome
from .policy import may_write, own_evaluation
from .progress import of_wcag, progress
from .staff_forms import FailureFormSet, QuickResultForm, ResultForm
from .staff_pages import own_draft, sent, trail


@require_http_methods(["GET", "HEAD", "POST"])
def group(request, evaluation_id, group):
    """Results and evidence of one principle (or of the further clauses) in one table."""
    evaluation = own_draft(request, evaluation_id)
    if group not in evaluation.norm.groups:
        raise Http404
    rows = [row for row in evaluation.rows() if row[0].group == group]
    forms = [
        QuickResultForm(sent(request), instance=result, criterion=criterion, prefix=f"k{index}")
        for index, (criterion, result) in enumerate(rows)
    ]
    if request.method == "POST" and all([form.is_valid() for form in forms]):  # noqa: C419 -- all are to be checked
        count = _save(evaluation, forms)
        text = ngettext("Saved: %(count)d criterion.", "Saved: %(count)d criteria.", count)
        messages.success(request, text % {"count": count})
        following = _following(list(evaluation.norm.groups), group)
        if "next" in request.POST and following:
            return redirect("evaluations:group", evaluation.pk, following)
        return redirect("evaluations:show", evaluation.pk)
    title = evaluation.norm.groups[group]
    facts = {
        "evaluation": evaluation,
        "forms": forms,
        "progress": progress(of_wcag(evaluation.rows())),
        "has_next": bool(_following(list(evaluation.norm.groups), group)),
        "header_title": title,
        "breadcrumbs_items": trail(title, evaluation=evaluation),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "accessibility/admin/evaluation_group.html", facts, status=status)


@transaction.atomic
def _save(evaluation, forms):
    changed = [form for form in forms if form.has_changed()]
    for form in changed:
        _keep(evaluation, form.save(commit=False))
    return len(changed)


def _keep(evaluation, result):
    """Save a result; of two people who begin one at once, both write into the same row."""
    if not result.pk:
        row, _is_new = CriterionResult.objects.get_or_create(evaluation=evaluation, criterion=result.criterion)
        result.pk = row.pk
    _note_tester(evaluation, result)
    result.save()


def _note_tester(evaluation, result):
    """Who tested and when, where nobody has said it."""
    if result.is_tested:
        result.tester = result.tester or evaluation.evaluator
        result.tested_on = result.tested_on or timezone.localdate()


@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request, evaluation_id, criterion):
    """One criterion: what it asks, how to test it, what was found."""
    evaluation = own_evaluation(request.user, evaluation_id)
    facts = evaluation.norm.criteria.get(criterion)
    if facts is None:
        raise Http404
    if not may_write(request.user, evaluation):
        return _read_only(request, evaluation, facts)
    return _edit(request, evaluation, facts)


def _edit(request, evaluation, facts):
    result = evaluation.results.filter(criterion=facts.id).first()
    result = result or CriterionResult(evaluation=evaluation, criterion=facts.id)
    if request.method == "GET" and not result.pk:
        result.tester, result.tested_on = evaluation.evaluator, timezone.localdate()
    form = ResultForm(sent(request), instance=result)
    failures = FailureFormSet(sent(request), instance=result, prefix="braki")
    if request.method == "POST" and form.is_valid() and failures.is_valid():
        _save_one(evaluation, form, failures)
        messages.success(request, _("Saved: %(criterion)s.") % {"criterion": facts.label})
        return redirect(*_destination(request, evaluation, facts))
    context = _context(evaluation, facts, form=form, failures=failures)
    status = 422 if form.is_bound else 200
    return render(request, "accessibility/admin/evaluation_criterion.html", context, status=status)


@transaction.atomic
def _save_one(evaluation, form, failures):
    result = form.save(commit=False)
    _keep(evaluation, result)
    form.save_m2m()
    failures.instance = result
    failures.save()


def _destination(request, evaluation, facts):
    if "another" in request.POST:
        return "evaluations:criterion", evaluation.pk, facts.id
    following = _following(list(evaluation.norm.criteria), facts.id)
    if "next" in request.POST and following:
        return "evaluations:criterion", evaluation.pk, following
    return "evaluations:show", evaluation.pk


def _read_only(request, evaluation, facts):
    result = evaluation.results.filter(criterion=facts.id).prefetch_related("failures", "pages").first()
    context = _context(evaluation, facts, result=result or CriterionResult(outcome=Outcome.UNTESTED))
    return render(request, "accessibility/admin/evaluation_criterion_read.html", context)


def _context(evaluation, facts, **extra):
    order = list(evaluation.norm.criteria)
    return {
        "evaluation": evaluation,
        "criterion": facts,
        "group_name": evaluation.norm.groups[facts.group],
        "previous": _following(order[::-1], facts.id),
        "following": _following(order, facts.id),
        "progress": progress(of_wcag(evaluation.rows())),
        "header_title": facts.label,
        "breadcrumbs_items": trail(facts.label, evaluation=evaluation),
        **extra,
    }


def _following(order, key):
    """What comes after `key` in the list `order`, or None at its end."""
    place = order.index(key) + 1
    return order[place] if place < len(order) else None

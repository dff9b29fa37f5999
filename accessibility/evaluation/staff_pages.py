"""What the staff's screens about evaluations share: the draft, the trail, the frame."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Evaluation
from .policy import WRITE, own_evaluation


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
    return page(
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


def page(request, template, title, *, status=200, **facts):
    """Answer with one of the room's admin templates."""
    evaluation = facts.get("evaluation")
    facts |= {"header_title": title, "breadcrumbs_items": trail(title, evaluation=evaluation)}
    if template in ("evaluation", "evaluations"):
        facts["breadcrumbs_items"] = trail() if template == "evaluations" else trail(title)
    return render(request, f"accessibility/admin/{template}.html", facts, status=status)

"""The staff's screen "Yearly review" of one declaration."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ..declaration.models import DeclarationPage
from ..declaration.refusing import tell
from . import reminders
from .carrying_out import carry_out
from .models import DeclarationReview
from .staff_forms import ReviewForm


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, declaration_id):
    """Go through the list; the answer is a dated declaration, published or kept as a draft with the reasons."""
    declaration = get_object_or_404(DeclarationPage, pk=declaration_id)
    if not declaration.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    at = timezone.now()
    editor = reverse("wagtailadmin_pages:edit", args=[declaration.pk])
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answers, note = form.answers, form.cleaned_data["note"]
        outcome = carry_out(declaration, answers, note=note, user=request.user, at=at)
        if outcome.reasons:
            tell(request, outcome.reasons)
        else:
            messages.success(request, _("The review is written down and the declaration is published with its date."))
        return redirect(editor)
    title = _("Yearly review")
    facts = {
        "form": form,
        "declaration": declaration,
        "state": reminders.review_state(declaration, timezone.localdate(at)) if declaration.live else "",
        "has_draft": declaration.has_unpublished_changes,
        "reviews": DeclarationReview.objects.filter(site=declaration.site).select_related("reviewed_by")[:10],
        "back": editor,
        "header_title": title,
        "breadcrumbs_items": [{"url": editor, "label": declaration.title}, {"url": "", "label": title}],
    }
    return render(request, "accessibility/admin/review.html", facts, status=422 if form.errors else 200)

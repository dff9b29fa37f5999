"""What the room adds to the admin: the state of the declaration on the first page, and the work with requests."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from .audit import staff_menu as audits_menu  # noqa: F401 - registers itself
from .declaration.models import DeclarationPage
from .declaration.refusing import tell
from .evaluation import staff_hooks as evaluation_hooks  # noqa: F401 - registers itself
from .findings import staff_hooks as findings_hooks  # noqa: F401 - registers itself
from .requests import staff  # noqa: F401 - registers itself
from .review import staff_hooks as review_hooks  # noqa: F401 - registers itself
from .review.reminders import ReviewState, review_state


class DeclarationPanel(Component):
    """Says in red which centre of the user has no published declaration, or one that is no longer right."""

    name = "declaration"
    template_name = "accessibility/admin/declaration_panel.html"
    order = 20

    def get_context_data(self, parent_context):
        request, at = parent_context["request"], timezone.now()
        return {"states": [state for page in declarations_of(request.user) if (state := state_of(page, at))]}


def declarations_of(user):
    """The declarations that `user` may edit, drafts included."""
    pages = DeclarationPage.objects.order_by("path")
    return [page for page in pages if page.permissions_for_user(user).can_edit()]


def state_of(page, at):
    """What is wrong with one declaration at the moment `at`, for the panel; None when all is well."""
    today = timezone.localdate(at)
    newest = page if page.live else page.get_latest_revision_as_object()
    problems = newest.problems(today)
    review = review_state(page, today) if page.live else ReviewState.DONE
    if page.live and not problems and review == ReviewState.DONE:
        return None
    return {
        "centre": page.centre,
        "is_live": page.live,
        "problems": problems,
        "contradictions": page.contradictions(today),
        "review": review,
        "review_url": reverse("declaration_review", args=[page.pk]),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }


@hooks.register("construct_homepage_panels")
def add_declaration_panel(request, panels):
    panels.append(DeclarationPanel())


@hooks.register("before_bulk_action")
def refuse_to_publish_errors(request, action_type, objects, action):
    """Publishing many pages at once asks no form, so the reasons are said here instead of in an error page."""
    if action_type != "publish":
        return None
    at = timezone.localdate()
    for page in declarations_among(objects, action.cleaned_form.cleaned_data["include_descendants"]):
        if found := page.get_latest_revision_as_object().problems(at):
            tell(request, [problem.message for problem in found])
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def declarations_among(objects, with_descendants):
    """The declarations that publishing `objects` (pages or other things) would publish."""
    pages = [item for item in objects if isinstance(item, Page)]
    found = list(DeclarationPage.objects.filter(pk__in=[page.pk for page in pages]))
    if with_descendants:
        found += [d for page in pages for d in DeclarationPage.objects.descendant_of(page).not_live()]
    return found

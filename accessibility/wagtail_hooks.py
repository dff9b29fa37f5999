"""What the room adds to the admin: the state of the declaration on the first page, and the list of requests."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import register_permission_policy

from .audit import staff_menu as audits_menu  # noqa: F401 - registers itself
from .declaration.models import DeclarationPage
from .requests.models import AccessRequest


class AccessRequestPolicy(SitePermissionPolicy):
    """Staff read and answer the requests of their own centre; nobody invents or deletes one here."""

    def user_has_any_permission(self, user, actions):
        return super().user_has_any_permission(user, possible(actions))

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return super().user_has_any_permission_for_instance(user, possible(actions), instance)


READ = ("view", "change")


def possible(actions):
    return set(actions) & set(READ)


access_request_policy = AccessRequestPolicy(AccessRequest)
register_permission_policy(AccessRequest, access_request_policy)


class OwnRequestOnly:
    """Wagtail checks the instance in some of its views and the model as a whole in others; here all check it."""

    def get_object(self, *args, **kwargs):
        accepted = super().get_object(*args, **kwargs)
        if not access_request_policy.user_has_any_permission_for_instance(self.request.user, READ, accepted):
            raise Http404
        return accepted


class RequestIndexView(generic.IndexView):
    """The list, with the requests of the user's own centres."""

    def get_base_queryset(self):
        own = access_request_policy.instances_user_has_any_permission_for(self.request.user, READ)
        return own.most_urgent_first()


class RequestEditView(OwnRequestOnly, generic.EditView):
    pass


class RequestDeleteView(OwnRequestOnly, generic.DeleteView):
    pass


class RequestHistoryView(OwnRequestOnly, HistoryView):
    pass


class RequestUsageView(OwnRequestOnly, UsageView):
    pass


class AccessRequestViewSet(ModelViewSet):
    """The requests about access, each centre its own, the most urgent first."""

    model = AccessRequest
    name = "access_requests"
    url_prefix = "wnioski-o-dostepnosc"
    icon = "mail"
    index_view_class = RequestIndexView
    edit_view_class = RequestEditView
    delete_view_class = RequestDeleteView
    history_view_class = RequestHistoryView
    usage_view_class = RequestUsageView
    menu_label = _("Requests about access")
    menu_order = 250
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["reference", "kind", "received_at", "due_on", "status"]
    list_filter = ["kind", "status"]
    search_fields = ["reference"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("subject", read_only=True),
                FieldPanel("wish", read_only=True),
                FieldPanel("interest", read_only=True),
            ],
            heading=_("Request"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("name", read_only=True),
                FieldRowPanel([FieldPanel("contact_way", read_only=True), FieldPanel("contact", read_only=True)]),
                HelpPanel(content=_("Use these data only to answer this request.")),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(["answer", FieldRowPanel(["status", "answered_on"])], heading=_("Answer")),
    ]


@hooks.register("register_admin_viewset")
def register_access_requests():
    return AccessRequestViewSet()


class DeclarationPanel(Component):
    """Says in red which centre of the user has no published declaration, or one that is no longer right."""

    name = "declaration"
    template_name = "accessibility/admin/declaration_panel.html"
    order = 20

    def get_context_data(self, parent_context):
        request, at = parent_context["request"], timezone.now()
        return {
            "states": [state for page in declarations_of(request.user) if (state := state_of(page, at))],
            "overdue": access_request_policy.instances_user_has_any_permission_for(request.user, ["change"])
            .overdue(at)
            .count(),
            "requests_url": reverse("access_requests:index"),
        }


def declarations_of(user):
    """The declarations that `user` may edit, drafts included."""
    pages = DeclarationPage.objects.order_by("path")
    return [page for page in pages if page.permissions_for_user(user).can_edit()]


def state_of(page, at):
    """What is wrong with one declaration at the moment `at`, for the panel; None when all is well."""
    newest = page if page.live else page.get_latest_revision_as_object()
    problems = newest.problems(timezone.localdate(at))
    if page.live and not problems:
        return None
    return {
        "centre": page.centre,
        "is_live": page.live,
        "problems": problems,
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
            reasons = " ".join(str(problem.message) for problem in found)
            messages.error(request, _("The declaration was not published: %(reasons)s") % {"reasons": reasons})
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def declarations_among(objects, with_descendants):
    """The declarations that publishing `objects` (pages or other things) would publish."""
    pages = [item for item in objects if isinstance(item, Page)]
    found = list(DeclarationPage.objects.filter(pk__in=[page.pk for page in pages]))
    if with_descendants:
        found += [d for page in pages for d in DeclarationPage.objects.descendant_of(page).not_live()]
    return found

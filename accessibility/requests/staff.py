"""The coordinator's work with requests: the list, most urgent first, the answer, and the panel on the first page."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import register_permission_policy

from ..findings.panels import FindingLinkPanel
from .letters import remind
from .models import CLOSED, AccessRequest
from .retention import erase_old

READ = ("view", "change")


class AccessRequestPolicy(SitePermissionPolicy):
    """Staff read and answer the requests of their own centre; nobody invents one; only administrators delete."""

    def user_has_any_permission(self, user, actions):
        return super().user_has_any_permission(user, possible(user, actions))

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return super().user_has_any_permission_for_instance(user, possible(user, actions), instance)


def possible(user, actions):
    return set(actions) & {*READ, *(["delete"] if user.is_superuser else [])}


access_request_policy = AccessRequestPolicy(AccessRequest)
register_permission_policy(AccessRequest, access_request_policy)


class OwnRequestOnly:
    """Wagtail checks the instance in some of its views and the model as a whole in others; here all check it."""

    def get_object(self, *args, **kwargs):
        accepted = super().get_object(*args, **kwargs)
        if not access_request_policy.user_has_any_permission_for_instance(self.request.user, READ, accepted):
            raise Http404
        return accepted


class TermColumn(Column):
    """The last day of the term, and in words whether it is near or past."""

    cell_template_name = "accessibility/admin/term_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context, at = super().get_cell_context_data(instance, parent_context), timezone.now()
        return context | {"is_overdue": instance.is_overdue(at), "is_due_soon": instance.is_due_soon(at)}


class RequestIndexView(generic.IndexView):
    """What is to be done: the requests of the user's own centres, the most urgent first."""

    def get_base_queryset(self):
        own = access_request_policy.instances_user_has_any_permission_for(self.request.user, READ)
        return own.most_urgent_first()


class RequestEditView(OwnRequestOnly, generic.EditView):
    pass


class RequestInspectView(OwnRequestOnly, generic.InspectView):
    """The whole request and its answer on one page, to be read or printed."""

    def get_field_label(self, field_name, field):
        label = _("last day of the term") if field_name == "due_on" else super().get_field_label(field_name, field)
        return capfirst(label)

    def get_field_display_value(self, field_name, field):
        return super().get_field_display_value(field_name, field) or "–"


class RequestDeleteView(OwnRequestOnly, generic.DeleteView):
    pass


class RequestHistoryView(OwnRequestOnly, HistoryView):
    pass


class RequestUsageView(OwnRequestOnly, UsageView):
    pass


class AnswerForm(WagtailAdminModelForm):
    """The answer or a longer term; the day of an answer is today unless another one is given."""

    def clean(self):
        cleaned = super().clean()
        today = timezone.localdate()
        if cleaned.get("status") in CLOSED and not cleaned.get("answered_on") and "answered_on" not in self.errors:
            cleaned["answered_on"] = self.instance.answered_on = today
        day = cleaned.get("answered_on")
        if day and not timezone.localdate(self.instance.received_at) <= day <= today:
            self.add_error("answered_on", _("The answer was sent between the day of receipt and today."))
        return cleaned

    def save(self, commit=True):
        self.instance.keep_term()
        return super().save(commit)


class TermPanel(HelpPanel):
    """Until when, and what the acts ask of an answer."""

    def __init__(self, **kwargs):
        super().__init__(**{"template": "accessibility/admin/term_panel.html", **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            context, at = super().get_context_data(parent_context), timezone.now()
            facts = {"is_overdue": self.instance.is_overdue(at), "is_due_soon": self.instance.is_due_soon(at)}
            return context | facts | {"accepted": self.instance}


class AccessRequestViewSet(ModelViewSet):
    """The requests about access, each centre its own, the most urgent first."""

    model = AccessRequest
    name = "access_requests"
    url_prefix = "wnioski-o-dostepnosc"
    icon = "mail"
    index_view_class = RequestIndexView
    edit_view_class = RequestEditView
    inspect_view_class = RequestInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "reference",
        "kind",
        "received_at",
        "due_on",
        "status",
        "subject",
        "wish",
        "interest",
        "contact_way",
        "contact",
        "extended_until",
        "extension_reason",
        "answered_on",
        "answer",
    ]
    delete_view_class = RequestDeleteView
    history_view_class = RequestHistoryView
    usage_view_class = RequestUsageView
    menu_label = _("Requests")  # the whole name does not fit into the menu
    menu_order = 250
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = [
        "reference",
        "kind",
        DateColumn("received_at", label=_("received"), width="15%"),
        TermColumn("due_on", label=_("last day of the term")),
        "status",
    ]
    list_filter = ["kind", "status"]
    search_fields = ["reference"]
    edit_handler = ObjectList(
        [
            TermPanel(heading=_("Term")),
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
                    FieldRowPanel([FieldPanel("contact_way", read_only=True), FieldPanel("contact", read_only=True)]),
                    HelpPanel(content=_("Use these data only to answer this request.")),
                ],
                heading=_("Contact"),
            ),
            MultiFieldPanel(["extended_until", "extension_reason"], heading=_("Longer term")),
            MultiFieldPanel(["answer", FieldRowPanel(["status", "answered_on"])], heading=_("Answer")),
            FindingLinkPanel(heading=_("Finding about the site")),
        ],
        base_form_class=AnswerForm,
    )


class RequestsPanel(Component):
    """How many requests wait, and how many of them are near or past their term."""

    name = "access_requests"
    template_name = "accessibility/admin/requests_panel.html"
    order = 12

    def get_context_data(self, parent_context):
        at = timezone.now()
        own = access_request_policy.instances_user_has_any_permission_for(parent_context["request"].user, ["change"])
        return {
            "overdue": own.overdue(at).count(),
            "due_soon": own.due_soon(at).count(),
            "open": own.open().count(),
            "next": own.open().most_urgent_first().first(),
            "url": reverse("access_requests:index"),
        }


@hooks.register("register_admin_viewset")
def register_access_requests():
    return AccessRequestViewSet()


@hooks.register("construct_homepage_panels")
def add_requests_panel(request, panels):
    if access_request_policy.user_has_any_permission(request.user, ["change"]):
        panels.append(RequestsPanel())


hooks.register("clock_tick", erase_old)
hooks.register("clock_tick", remind)

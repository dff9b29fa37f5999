"""The admin addresses that staff work with. Every other one is open to administrators alone.

Wagtail checks permissions view by view, and side doors (reports, choosers, lists of all uses) show things of the
whole installation. Here a new view is closed until somebody has looked at it and listed it.
"""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import JsonResponse
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .scope import own_pages

PAGES = [
    "add",
    "preview_on_add",
    "choose_parent",
    "usage",
    "edit",
    "preview_on_edit",
    "view_draft",
    "add_subpage",
    "delete",
    "unpublish",
    "search",
    "search_results",
    "move",
    "move_confirm",
    "set_page_position",
    "copy",
    "workflow_action",
    "collect_workflow_action_data",
    "confirm_workflow_cancellation",
    "workflow_preview",
    "lock",
    "unlock",
    "revisions_index",
    "revisions_view",
    "revisions_revert",
    "revisions_unschedule",
    "revisions_compare",
    "workflow_history",
    "workflow_history_detail",
    "history",
    "history_results",
]
IMAGES = [
    "index",
    "index_results",
    "edit",
    "delete",
    "preview",
    "add",
    "image_usage",
    "add_multiple",
    "edit_multiple",
    "create_multiple_from_uploaded_image",
    "delete_multiple",
    "delete_upload_multiple",
]
DOCUMENTS = [
    "index",
    "index_results",
    "edit",
    "delete",
    "add",
    "document_usage",
    "add_multiple",
    "edit_multiple",
    "delete_multiple",
    "delete_upload_multiple",
]
PARTNER_CALENDARS = ["index", "suggestions", "add", "edit", "read", "upload", "remove"]
EVALUATIONS = [
    *("index", "requests", "add", "read", "show", "scope", "sample", "draw", "group", "criterion", "finish", "copy"),
    *("remove", "export"),
]
FINDINGS = ["index", "detail", "accept", "repair", "dispute", "cover", "reopen", "from_report", "take_over"]
SECOND_FACTOR = [
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_reauthenticate_webauthn",
]
CHOOSERS = ["choose", "choose_results", "chosen", "chosen_multiple", "create"]

STAFF_VIEWS = frozenset(
    [
        "wagtailadmin_home",
        "wagtailadmin_api:pages:listing",
        "wagtailadmin_api:pages:detail",
        "wagtailadmin_explore_root",
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtail_bulk_action",
        *(f"wagtailadmin_pages:{name}" for name in PAGES),
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_chosen_multiple",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailadmin_tag_autocomplete",
        "wagtailadmin_tag_model_autocomplete",
        "wagtailadmin_reports:aging_pages",
        "wagtailadmin_reports:aging_pages_results",
        "wagtailadmin_account",
        "wagtailadmin_logout",
        *SECOND_FACTOR,
        "wagtailadmin_dismissibles",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_block_preview",
        "wagtailsettings:edit",
        *(f"wagtailimages:{name}" for name in IMAGES),
        *(f"wagtaildocs:{name}" for name in DOCUMENTS),
        *(f"wagtailimages_chooser:{name}" for name in [*CHOOSERS, "select_format"]),
        *(f"wagtaildocs_chooser:{name}" for name in CHOOSERS),
        "event_listing:index",
        "event_listing:index_results",
        "event_listing:choose_parent",
        "section_listing:index",
        "section_listing:index_results",
        "section_listing:choose_parent",
        "programme_dates:index",
        "programme_dates:edit",
        "programme_dates:status",
        "programme_dates:duplicate",
        "programme_dates:closing",
        "programme_dates:preview",
        "programme_dates:preview_new",
        *(f"partner_calendars:{name}" for name in PARTNER_CALENDARS),
        *(f"evaluations:{name}" for name in EVALUATIONS),
        *(f"findings:{name}" for name in FINDINGS),
        "declaration_review",
        "access_requests:index",
        "access_requests:index_results",
        "access_requests:edit",
        "access_requests:inspect",
        "access_requests:history",
        "access_requests:history_results",
        "audits:index",
        "audits:report",
    ]
)
# Open before anybody has logged in: login, password reset, icons, words for scripts.
PUBLIC_VIEWS = frozenset(
    [
        "wagtailadmin_sprite",
        "wagtailadmin_login",
        "account_login",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_javascript_catalog",
    ]
)
# The names under which Wagtail's addresses carry a page.
PAGE_ARGUMENTS = ["page_id", "parent_page_id", "page_to_move_id", "destination_id"]
BULK_MODELS = {
    ("wagtailcore", "page"),
    ("mission", "centreimage"),
    ("wagtaildocs", "document"),
}


class StaffMiddleware:
    """Keeps staff to `STAFF_VIEWS`, and to their own centre where a view of Wagtail's does not ask."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if not match.route.startswith("admin/") or not match.view_name:
            return None
        if request.user.is_superuser or not request.user.has_perm("wagtailadmin.access_admin"):
            return None  # an administrator, or somebody whom Wagtail itself sends to the login
        if match.view_name not in STAFF_VIEWS | PUBLIC_VIEWS:
            return permission_denied(request)
        if not _are_own(asked_pages(request, kwargs), request.user):
            return permission_denied(request)
        narrow = NARROWED.get(match.view_name)
        return narrow(request, view, kwargs) if narrow else None


def asked_pages(request, kwargs):
    """The ids (strings) of all pages that the address names, in its path or as `id` behind it."""
    asked = [str(kwargs[name]) for name in PAGE_ARGUMENTS if kwargs.get(name)]
    view_name = request.resolver_match.view_name
    if view_name.startswith("wagtailadmin_pages:") and "pk" in kwargs:
        asked.append(str(kwargs["pk"]))
    if view_name == "wagtailadmin_choose_page_chosen_multiple" or kwargs.get("model_name") == "page":
        asked += [*request.GET.getlist("id"), *request.GET.getlist("childOf")]
    return [pk for pk in asked if pk.isdecimal()]


def _are_own(asked, user):
    """Whether all of the pages with these ids are of the person's own centres; the tree's root belongs to all."""
    if not asked:
        return True
    pages = Page.objects.filter(pk__in=asked, depth__gt=1)
    return own_pages(pages, user).count() == pages.count()


def _page_chooser(request, view, kwargs):
    """Open the page chooser where the wanted pages stand: Wagtail would start above all centres."""
    pages = own_pages(Page.objects.all(), request.user)
    return view(request, parent_page_id=_start_of(pages, request.GET.get("page_type", "")).pk)


def _start_of(pages, page_types):
    """The nearest page above all of `pages` of the named types (comma-separated model names)."""
    types = Q(pk__in=[])
    for app_label, _dot, model in (name.partition(".") for name in page_types.lower().split(",")):
        types |= Q(app_label=app_label, model=model)
    typed = pages.filter(content_type__in=ContentType.objects.filter(types))
    return typed.first_common_ancestor() if typed.exists() else pages.first_common_ancestor(include_self=True)


def _no_suggestions(request, view, kwargs):
    """Tags are words of the whole installation: whoever knows one may type it, nobody is shown the neighbour's."""
    return JsonResponse([], safe=False)


def _bulk_action(request, view, kwargs):
    """Wagtail names even what it refuses to touch, so nothing foreign may be asked for."""
    name = (kwargs["app_label"], kwargs["model_name"])
    if name not in BULK_MODELS:
        return permission_denied(request)
    if name != ("wagtailcore", "page"):
        model = apps.get_model(*name)
        policy = policy_registry.get_by_type(model)
        own = policy.instances_user_has_any_permission_for(request.user, ["add", "change", "choose"])
        asked = [pk for pk in request.GET.getlist("id") if pk.isdecimal()]
        if model.objects.filter(pk__in=asked).exclude(pk__in=own.values("pk")).exists():
            return permission_denied(request)
    return None


NARROWED = {
    "wagtailadmin_choose_page": _page_chooser,
    "wagtailadmin_tag_autocomplete": _no_suggestions,
    "wagtailadmin_tag_model_autocomplete": _no_suggestions,
    "wagtail_bulk_action": _bulk_action,
}

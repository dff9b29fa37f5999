"""The staff's screen "Findings": what is known to be wrong at their centres, and what they decide about it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ..declaration.models import DeclarationPage
from ..requests.models import AccessRequest
from . import agreement, deciding, from_requests, listing
from .deciding import TooLateError
from .models import ConformanceLevel, Finding, FindingSource, FindingState
from .permissions import CHANGE, READ, may_decide, sites_of
from .places import editor_of, links_to
from .staff_forms import AcceptForm, CoverForm, DisputeForm, ReopenForm, RepairForm, ReportedFindingForm

PER_PAGE = 50
TAKE_OVER = gettext_lazy("Take over from the findings")
NO_LEVEL = "none"
LEVELS = [*ConformanceLevel.choices, (NO_LEVEL, gettext_lazy("advice beyond the norm"))]
# Form, title and button, what is said afterwards.
DECISIONS = {
    "accept": (
        AcceptForm,
        gettext_lazy("Accept as a barrier"),
        gettext_lazy("The draft of the declaration lists the barrier. Check the status and publish the declaration."),
    ),
    "repair": (
        RepairForm,
        gettext_lazy("Mark as repaired"),
        gettext_lazy("The finding is marked as repaired."),
    ),
    "dispute": (
        DisputeForm,
        gettext_lazy("Dispute"),
        gettext_lazy("The finding is disputed."),
    ),
    "cover": (
        CoverForm,
        gettext_lazy("Same as another finding"),
        gettext_lazy("The other finding tells it now."),
    ),
    "reopen": (
        ReopenForm,
        gettext_lazy("Open again"),
        gettext_lazy("The finding is open again."),
    ),
}


def own_finding(user, finding_id, actions=READ):
    """The finding, when `user` may do one of `actions` with those of its centre. Raises Http404."""
    sites = sites_of(user, actions)
    return get_object_or_404(Finding.objects.select_related("site", "page"), pk=finding_id, site__in=sites)


@require_http_methods(["GET", "HEAD"])
def index(request):
    """All findings of the person's centres, the most serious first."""
    sites = list(sites_of(request.user))
    if not sites:
        raise PermissionDenied
    filters = [
        Filter(request, "state", _("State"), FindingState.choices),
        Filter(request, "source", _("Found by"), FindingSource.choices),
        Filter(request, "level", _("Level"), LEVELS),
    ]
    rows = Finding.objects.filter(site__in=sites).select_related("site").prefetch_related("also_seen")
    for one in filters:
        rows = rows.filter(**one.condition)
    if filters[0].value != FindingState.COVERED:
        rows = rows.exclude(state=FindingState.COVERED)  # told by the other finding
    facts = {
        "findings": Paginator(rows.most_serious_first(), PER_PAGE).get_page(request.GET.get("p")),
        "filters": filters,
        "is_filtered": any(one.value for one in filters),
        "query": "&".join(f"{one.name}={one.value}" for one in filters if one.value),
        "has_several_centres": len(sites) > 1,
        "centres": [centre for site in sites if (centre := against(site))],
    }
    return _show(request, "findings", _("Findings"), facts)


class Filter:
    """One choice above the list; anything that is not on offer is no choice."""

    def __init__(self, request, name, label, choices):
        self.name, self.label, self.choices = name, label, choices
        asked = request.GET.get(name, "")
        self.value = asked if asked in dict(choices) else ""

    @property
    def condition(self):
        return {self.name: "" if self.value == NO_LEVEL else self.value} if self.value else {}


def against(site):
    """What the published declaration of `site` says against the findings, with its editor; None when nothing."""
    declaration = DeclarationPage.objects.child_of(site.root_page).first()
    found = declaration.contradictions(timezone.localdate()) if declaration else []
    if not found:
        return None
    return {"site": site, "contradictions": found, "url": reverse("wagtailadmin_pages:edit", args=[declaration.pk])}


@require_http_methods(["GET", "HEAD"])
def detail(request, finding_id):
    """Everything about one finding: where, how to mend it, what was decided, and what can be."""
    finding = own_finding(request.user, finding_id)
    may = may_decide(request.user, finding.site)
    is_possible = {"cover": deciding.possible_tellers(finding).exists()}
    facts = {
        "finding": finding,
        "places": links_to(finding),
        "editor_url": editor_of(finding, request.user),
        "history": finding.history,
        "also_seen": finding.also_seen.order_by("-last_seen_at", "-pk"),
        "decisions": [
            (title, reverse(f"findings:{name}", args=[finding.pk]))
            for name, (_form, title, _said) in DECISIONS.items()
            if may and finding.state in deciding.FROM[name] and is_possible.get(name, True)
        ],
    }
    return _show(request, "finding", _("Finding"), facts, _("Finding"))


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, finding_id, decision):
    """One decision about a finding. `decision`: a key of `DECISIONS`."""
    finding = own_finding(request.user, finding_id, CHANGE)
    form_class, title, said = DECISIONS[decision]
    back = reverse("findings:detail", args=[finding.pk])
    if finding.state not in deciding.FROM[decision]:
        messages.warning(request, _("Somebody has decided about this finding meanwhile."))
        return redirect(back)
    data = request.POST if request.method == "POST" else None
    form = form_class(data, finding=finding, at=timezone.now())
    if form.is_valid():
        try:
            form.decide(request.user)
        except TooLateError:
            messages.warning(request, _("Somebody has decided about this finding meanwhile."))
            return redirect(back)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, said)
            return redirect(back)
    facts = {"form": form, "finding": finding, "button": title, "back": back}
    return _show(request, "finding_form", title, facts, title, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def from_report(request, request_id):
    """A finding made by hand of a visitor's report."""
    sites = sites_of(request.user, CHANGE)
    reported = get_object_or_404(AccessRequest.objects.select_related("site"), pk=request_id, site__in=sites)
    if known := from_requests.finding_of(reported):
        return redirect("findings:detail", known.pk)
    if not from_requests.can_become_finding(reported):
        raise PermissionDenied
    form = ReportedFindingForm(request.POST if request.method == "POST" else None, reported=reported, at=timezone.now())
    if form.is_valid():
        finding = form.save()
        messages.success(request, _("The finding is saved."))
        return redirect("findings:detail", finding.pk)
    title = _("Finding from report %(reference)s") % {"reference": reported.reference}
    back = reverse("access_requests:edit", args=[reported.pk])
    facts = {"form": form, "button": _("Save as a finding"), "back": back}
    return _show(request, "finding_form", title, facts, title, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request, declaration_id):
    """Bring the draft of the declaration into line with the findings, once a person has seen what would change."""
    declaration = get_object_or_404(DeclarationPage, pk=declaration_id)
    if not declaration.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    editor = reverse("wagtailadmin_pages:edit", args=[declaration.pk])
    if request.method == "POST":
        listing.take_over(declaration, user=request.user)
        messages.success(request, _("The draft follows the findings. Read it through and publish it."))
        return redirect(editor)
    draft = declaration.get_latest_revision_as_object()
    proposed = agreement.proposed_status(draft)
    facts = {
        "missing": agreement.unlisted(draft),
        "repaired": agreement.repaired_barriers(draft),
        "status": dict(DeclarationPage._meta.get_field("status").choices)[proposed],
        "is_new_status": proposed != draft.status,
        "back": editor,
        "breadcrumbs_items": [{"url": editor, "label": declaration.title}, {"url": "", "label": TAKE_OVER}],
    }
    return _show(request, "findings_take_over", TAKE_OVER, facts)


def _show(request, template, title, facts, *trail, status=200):
    home = {"url": reverse("findings:index"), "label": _("Findings")}
    words = {"header_title": title, "breadcrumbs_items": [home, *({"url": "", "label": label} for label in trail)]}
    return render(request, f"accessibility/admin/{template}.html", words | facts, status=status)

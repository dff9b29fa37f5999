"""Taking a request about access and giving a receipt for it."""

from hashlib import sha256

from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Site

from mission.anonymous_forms import comes_from_elsewhere
from mission.models import DataProtectionPage

from ..hub.models import way_here
from .forms import AccessRequestForm
from .models import AccessRequest, RequestKind, due_at

FORM_FIELDS = ("kind", "subject", "wish", "interest", "name", "contact_way", "contact")


@csrf_exempt  # no cookie is set or trusted here; see mission.anonymous_forms
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_form(request):
    """Show the form, or accept it: 303 to the receipt; 200 with the mistakes; 403 when another site sent it."""
    at = timezone.now()
    if request.method != "POST":
        kind = request.GET.get("rodzaj")
        initial = {"kind": kind} if kind in RequestKind.values else {}
        return render_form(request, AccessRequestForm(initial=initial, at=at))
    if comes_from_elsewhere(request):
        return HttpResponseForbidden(
            render_to_string("accessibility/request_refused.html", page_context(request), request)
        )
    form = AccessRequestForm(request.POST, at=at)
    if not form.is_valid():
        return render_form(request, form)
    if form.is_caught:
        # A robot learns nothing: it gets what looks like success.
        return HttpResponse(render_to_string("accessibility/request_receipt.html", page_context(request), request))
    accepted = accept(form, Site.find_for_request(request), at)
    response = redirect("access_request_receipt", reference=accepted.reference)
    response.status_code = 303
    return response


def accept(form, site, at):
    """Write down the request of a valid `form` for `site` at the moment `at`; the same form twice is one request."""
    data = {name: form.cleaned_data[name] for name in FORM_FIELDS}
    accepted, _is_new = AccessRequest.objects.get_or_create(
        form_mark=sha256(form.nonce.encode()).hexdigest(),
        defaults={**data, "site": site, "received_at": at, "due_at": due_at(data["kind"], at)},
    )
    return accepted


@never_cache
@require_safe
def receipt(request, reference):
    """The number of a request and its term: nothing about the person, so the address may be kept and shared."""
    accepted = get_object_or_404(AccessRequest, reference=reference, site=Site.find_for_request(request))
    return render(request, "accessibility/request_receipt.html", {**page_context(request), "accepted": accepted})


def render_form(request, form):
    privacy_page = DataProtectionPage.objects.in_site(Site.find_for_request(request)).live().first()
    context = {**page_context(request), "form": form, "privacy_page": privacy_page}
    return render(request, "accessibility/request_form.html", context)


def page_context(request):
    return {"title": _("Request about access"), "breadcrumbs": way_here(request)}

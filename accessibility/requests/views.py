"""Taking a request about access and giving a receipt for it."""

from django.db import OperationalError
from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Site

from mission.anonymous_forms import comes_from_elsewhere
from mission.limits import WINDOW
from mission.models import DataProtectionPage, Letter

from ..hub.models import way_here
from .explaining import EXPLANATIONS
from .forms import FORMS
from .letters import receipt_key
from .models import AccessRequest, RequestKind
from .retention import months_kept
from .taking import FloodError, accept


@never_cache  # a cache that drops `rodzaj` must not answer everybody with the way to one form
@require_safe
def choose_request(request):
    """The three requests in plain words. Old links name one as `?rodzaj=` and are led to its form."""
    kind = request.GET.get("rodzaj")
    if kind in RequestKind.values:
        return redirect("access_request_form", kind=kind)
    choices = [(kind, EXPLANATIONS[kind]) for kind in RequestKind]
    return render(request, "accessibility/request_choice.html", {**page_context(request), "choices": choices})


@csrf_exempt  # no cookie is set or trusted here; see mission.anonymous_forms
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_form(request, kind):
    """Show one of the forms, or accept it.

    303 to the receipt; 200 with the mistakes; 403 when another site sent it; 429 when too many came from one address;
    503 when nothing can be written down just now.
    """
    at = timezone.now()
    form_class = FORMS[RequestKind(kind)]
    if request.method != "POST":
        return render_form(request, form_class(at=at))
    if comes_from_elsewhere(request):
        context = {**page_context(request), "kind": kind}
        return HttpResponseForbidden(render_to_string("accessibility/request_refused.html", context, request))
    form = form_class(request.POST, at=at)
    if not form.is_valid():
        return render_form(request, form)
    if form.is_caught:
        # A robot learns nothing: it gets what looks like success.
        return HttpResponse(render_to_string("accessibility/request_receipt.html", page_context(request), request))
    try:
        accepted = accept(form, request, Site.find_for_request(request), at)
    except FloodError:
        return refuse_flood(request, form)
    except OperationalError:
        return say_busy(request, form)
    response = redirect("access_request_receipt", reference=accepted.reference)
    response.status_code = 303
    return response


def refuse_flood(request, form):
    """429 with the ways around it."""
    sentence = _(
        "More requests came from your network within an hour than we can take at once, so this one was not "
        "written down. Your words are still in the form: send it again later, or write or call us now."
    )
    return ask_again(request, form, sentence, status=429, seconds=int(WINDOW.total_seconds()))


def say_busy(request, form):
    """503: the database reads, but has been written to by others for too long."""
    sentence = _(
        "Your request could not be written down at this moment. Your words are still in the form: send it again "
        "in a minute."
    )
    return ask_again(request, form, sentence, status=503, seconds=60)


def ask_again(request, form, sentence, *, status, seconds):
    """The form with every word kept in it and the `sentence` that says why; it may be sent again after so many seconds."""
    form.add_error(None, sentence)
    response = render_form(request, form)
    response.status_code = status
    response["Retry-After"] = str(seconds)
    return response


@never_cache
@require_safe
def receipt(request, reference):
    """The number of a request and its term: nothing about the person, so the address may be kept and shared."""
    accepted = get_object_or_404(AccessRequest, reference=reference, site=Site.find_for_request(request))
    context = {
        **page_context(request),
        "accepted": accepted,
        "explanation": EXPLANATIONS[accepted.kind],
        "has_letter": Letter.objects.filter(key=receipt_key(accepted)).exists(),
    }
    return render(request, "accessibility/request_receipt.html", context)


def render_form(request, form):
    site = Site.find_for_request(request)
    explanation = EXPLANATIONS[form.kind]
    context = {
        "title": explanation.title,
        "breadcrumbs": [*way_here(request), (_("Requests about access"), reverse("access_request"))],
        "explanation": explanation,
        "form": form,
        "months_kept": months_kept(site),
        "privacy_page": DataProtectionPage.objects.in_site(site).live().first(),
    }
    return render(request, "accessibility/request_form.html", context)


def page_context(request):
    return {"title": _("Requests about access"), "breadcrumbs": way_here(request)}

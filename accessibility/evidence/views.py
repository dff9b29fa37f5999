"""The file for auditors. Wagtail's pages end in a slash, so an address that ends in a file name has a view."""

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Site

from accessibility.declaration.models import DeclarationPage

from .bundle import bundle_response


@require_safe
def bundle(request):
    """The evidence for the declaration that is published on the request's site, as a zip archive."""
    site = Site.find_for_request(request)
    page = DeclarationPage.objects.in_site(site).live().public().first() if site else None
    if page is None:
        raise Http404
    return bundle_response(request, page, timezone.now())

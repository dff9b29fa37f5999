"""The address of the declaration's PDF, beside the page: Wagtail's own pages end in a slash."""

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Site

from . import pdf
from .models import DeclarationPage


@require_safe
def declaration_pdf(request):
    """The declaration in force as a tagged PDF; 404 without the extra `pdf` or a published declaration."""
    page = DeclarationPage.objects.in_site(Site.find_for_request(request)).live().public().first()
    if page is None or not pdf.is_available():
        raise Http404
    return pdf.pdf_response(page, page.document(timezone.localdate()), page.get_full_url(request))

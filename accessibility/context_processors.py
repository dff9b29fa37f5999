"""Where the declaration is, for the first link of every page."""

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Site

from mission.models import CentreSettings
from mission.models.base import few

from .declaration.models import DeclarationPage


def declaration(request):
    """`declaration_url`: path of the site's published declaration or ""; `declaration_missing_help`: what stands there
    until a declaration is published.
    """
    return {
        "declaration_url": SimpleLazyObject(lambda: declaration_url(request)),
        "declaration_missing_help": SimpleLazyObject(lambda: missing_help(request)),
    }


def declaration_url(request):
    """The path of the declaration published on the request's site, or ""."""
    if not hasattr(request, "_declaration_url"):
        site = Site.find_for_request(request)
        page = (
            few(DeclarationPage.objects.in_site(site).live().public()).only("url_path", "path", "depth").first()
            if site
            else None
        )
        request._declaration_url = (page.get_url(request, site) if page else None) or ""
    return request._declaration_url


def missing_help(request):
    """How to ask about access while the site has no declaration: one sentence, or "" when there is one."""
    if declaration_url(request):
        return ""
    centre = CentreSettings.for_request(request)
    ways = ", ".join(way for way in (centre.telephone, centre.email) if way)
    if not ways:
        return _("The declaration of accessibility is being prepared.")
    return _("The declaration of accessibility is being prepared. Ask about access: %(ways)s.") % {"ways": ways}

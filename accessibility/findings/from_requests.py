"""Findings made of what visitors report: linked by the request's number, which says nothing about the person."""

from ..requests.models import RequestKind
from .models import Finding, FindingSource

ABOUT_THE_SITE = (RequestKind.BARRIER, RequestKind.DIGITAL)


def can_become_finding(request):
    """Whether the AccessRequest `request` may be about the site; an application for access never is."""
    return request.kind in ABOUT_THE_SITE


def cause_of(request):
    """The `Finding.cause` of what the AccessRequest `request` reports."""
    return f"report:{request.reference}"


def finding_of(request):
    """The finding that was made of the AccessRequest `request`, or None."""
    known = Finding.objects.of(request.site).filter(source=FindingSource.REPORT, cause=cause_of(request))
    return known.first()

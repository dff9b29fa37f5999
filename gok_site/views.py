"""Addresses that belong to no room: site map, files, robots, health, the words of error pages."""

import mimetypes
import sys
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from gok_site import metrics
from gok_site.health import details, may_see_details, warnings
from gok_site.outages import StorageAwayError
from mission.models import CentreSettings

MEDIA_KINDS = {".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"}
LONGEST_NAME = 200  # more than any row has room for


@require_safe
def site_map(request):
    """Every public page of this centre, as nested lists in the order of the tree."""
    root = Site.find_for_request(request).root_page
    pages = list(Page.objects.descendant_of(root).live().public().order_by("path"))
    return render(
        request,
        "gok_site/site_map.html",
        {
            "title": _("Site map"),
            "breadcrumbs": [(root.title, "/")],
            "tree": nested(pages, root.depth + 1),
        },
    )


def nested(pages, depth):
    """Pages in tree order as a list of (page, [children likewise]) whose first level is `depth`.

    A page whose parent is not among `pages` (a draft) is left out with its parent.
    """
    branches = [[]]
    for page in pages:
        level = page.depth - depth
        if level >= len(branches):
            continue
        del branches[level + 1 :]
        children = []
        branches[level].append((page, children))
        branches.append(children)
    return branches[0]


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def media(request, path):
    """Renditions and original pictures; nothing else lies open, and nothing served here can run.

    Documents go through Wagtail's own view, which knows who may read them.
    """
    name = PurePosixPath(path)
    if name.parts[:1] not in (("images",), ("original_images",)) or name.suffix.lower() not in MEDIA_KINDS:
        raise Http404
    if ".." in name.parts or len(path) > LONGEST_NAME:
        raise Http404
    try:
        changed_at = default_storage.get_modified_time(path).timestamp()
        # Who has it already is told so before the file is fetched.
        response = get_conditional_response(request, last_modified=int(changed_at)) or FileResponse(
            default_storage.open(path), content_type=mimetypes.guess_type(path)[0] or "application/octet-stream"
        )
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response.headers["Last-Modified"] = http_date(changed_at)
    response._csp_config = {**settings.FILE_CONTENT_SECURITY_POLICY, "sandbox": True}
    return response


@require_safe
def robots(request):
    """What crawlers may read: everything but the admin and searches; a demonstration site, nothing."""
    site = Site.find_for_request(request)
    if CentreSettings.for_request(request).is_demonstration:
        lines = ["User-agent: *", "Disallow: /"]
    else:
        lines = [
            "User-agent: *",
            "Disallow: /admin/",
            "Disallow: /szukaj/",
            f"Sitemap: {site.root_url}/sitemap.xml",
        ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(no_store=True)
def health(request):
    """200 when a page can be served; 503 when the database does not answer. Warnings are codes; details need a token.

    `?format=prometheus` says the same as text for Prometheus.
    """
    status = 200
    try:
        connection.ensure_connection()
        Site.objects.exists()
        at = timezone.now()
        answer = {"status": "ok", "warnings": warnings(at)}
        if may_see_details(request):
            answer["details"] = details(at)
    except Exception:  # whatever is wrong, a monitor needs an answer
        answer, status = {"status": "unavailable"}, 503
    if request.GET.get("format") == "prometheus":
        return HttpResponse(metrics.as_text(answer), status=status, content_type=metrics.CONTENT_TYPE)
    return JsonResponse(answer, status=status)


def bad_request(request, exception=None):
    """400 in plain words, without the database."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def page_not_found(request, exception=None):
    """404 with the menu, the search and the way home."""
    return render(request, "404.html", {"title": _("There is no such page")}, status=404)


def server_error(request):
    """500 in plain words, or 503 when it is the database or the store of media that is away: that passes by itself."""
    if isinstance(sys.exc_info()[1], (InterfaceError, OperationalError, StorageAwayError)):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "60"})
    return HttpResponseServerError(render_to_string("500.html"))


def csrf_failure(request, reason=""):
    """403 for a form of the admin that was open for too long, and for data sent where none are taken."""
    return permission_denied(request)


def permission_denied(request, exception=None):
    """403 in plain words."""
    return render(request, "403.html", {"title": _("You cannot see this page")}, status=403)

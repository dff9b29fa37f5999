"""Who may keep an answer, and for how long.

A browser keeps public pages but asks each time whether they are still right (304 when they are). A shared cache may
answer by itself for `SHARED_SECONDS`; with the ten seconds of grace in `deploy/varnish.vcl`, nothing that was changed
is shown after a minute, even if the cache never hears of the change.
"""

from django.conf import settings
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import has_vary_header, patch_cache_control

from .bans import gathered

SHARED_SECONDS = 50
KEPT = {200, 301, 302, 304, 404, 410}  # what a shared cache may keep
OWN_RULES = ("/admin/", "/healthz")


class FrontCacheMiddleware(ConditionalGetMiddleware):
    """Says in `Cache-Control` who may keep an answer, adds an ETag, and sends the bans of a request at its end."""

    def __call__(self, request):
        with gathered():
            return super().__call__(request)

    def process_response(self, request, response):
        if not request.path.startswith(OWN_RULES):
            set_policy(request, response)
        return super().process_response(request, response)

    def needs_etag(self, response):
        return "public" in response.get("Cache-Control", "")


def set_policy(request, response):
    """Give `response` the `Cache-Control` that it may have; what a view forbids or promises for ever stays."""
    control = response.get("Cache-Control", "")
    if any(word in control for word in ("no-store", "private", "immutable")):
        return
    if not is_for_everybody(request, response):
        response.headers["Cache-Control"] = "private, no-cache" if response.status_code < 400 else "no-store"
    elif control:
        patch_cache_control(response, s_maxage=SHARED_SECONDS)
    else:
        response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={SHARED_SECONDS}"


def is_for_everybody(request, response):
    """Whether everybody who asks for this address gets this very answer."""
    return (
        request.method in ("GET", "HEAD")
        and response.status_code in KEPT
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not response.cookies
        and not has_vary_header(response, "Cookie")
        and not getattr(request, "is_preview", False)
    )

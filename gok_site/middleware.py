"""Headers that belong on every answer, and clear words for requests that make no sense."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpResponseBadRequest
from django.template.loader import render_to_string
from wagtail.models import Site

# What answers under every allowed host: routes, as the URL configuration spells them.
OF_NO_CENTRE = ("admin/", "documents/", "media/", "healthz", "motyw/<int:hue>")
POLICY_HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class PolicyMiddleware:
    """Adds the policies that Django has no setting for, and a CSP of their own to static files and the editor.

    Under /admin/ it is looser, unless a view has its own; of a static file it is the shortest, as each one carries it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for header, value in POLICY_HEADERS.items():
            response.headers.setdefault(header, value)
        if request.path.startswith("/admin/") and not hasattr(response, "_csp_replace"):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        elif request.path.startswith(settings.STATIC_URL) and response.status_code < 400:
            response._csp_config = settings.FILE_CONTENT_SECURITY_POLICY
        return response


class BadRequestMiddleware:
    """Answers 400 in words where Django would stop (an unknown host, a NUL in the address), and 405 not with nothing.

    PostgreSQL refuses NUL in text, so a NUL that reached a query would be a 500.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponseBadRequest(render_to_string("400.html"))
        if "\x00" in request.path_info:
            return HttpResponseBadRequest(render_to_string("400.html"))
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render_to_string("405.html")
        return response

    def process_view(self, request, view, args, kwargs):
        """A host that is allowed but belongs to no centre has nothing to show."""
        if request.resolver_match.route.startswith(OF_NO_CENTRE):
            return
        if Site.find_for_request(request) is None:
            raise Http404

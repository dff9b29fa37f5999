"""How views that are only read answer: GET and HEAD, cacheable, with an ETag."""

from functools import wraps

from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page

from mission import fragments

METHODS = ["GET", "HEAD"]


def only_read(max_age):
    """Decorator: anything but reading gets 405 in words; answers may be kept for `max_age` seconds and revalidated."""

    def decorate(view):
        answer = conditional_page(cache_control(public=True, max_age=max_age)(view))

        # Nothing is written here, so a POST is refused for what it is and not for a missing token.
        @csrf_exempt
        @wraps(view)
        def read(request, *args, **kwargs):
            if request.method not in METHODS:
                refusal = _("This address can only be read: nothing can be sent to it.")
                return HttpResponseNotAllowed(METHODS, refusal, content_type="text/plain; charset=utf-8")
            return answer(request, *args, **kwargs)

        return read

    return decorate


def render_kept(request, template, make):
    """A page whose context `make` gives; not asked when all pieces of it are there (mission.fragments)."""
    pieces = fragments.of_page(request)
    context = {} if pieces.are_whole else make()
    return render(request, template, {**context, "page_pieces": pieces})

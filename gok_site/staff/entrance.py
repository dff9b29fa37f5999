"""What the pages on the way into the admin have in common; by itself, because it is needed before any of them."""

from functools import wraps

from django.conf import settings
from django.views.decorators.cache import never_cache
from wagtail.admin.localization import get_localized_response


def login_page(view):
    """Make `view` a page of the login: strict policy, never stored, in the person's own language once it is known."""

    @wraps(view)
    @never_cache
    def page(request, *args, **kwargs):
        if request.user.is_authenticated:
            response = get_localized_response(view, request, *args, **kwargs)
        else:
            response = view(request, *args, **kwargs)
        response._csp_replace = settings.LOGIN_CONTENT_SECURITY_POLICY
        return response

    return page

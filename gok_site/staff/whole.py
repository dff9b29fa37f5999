"""What an editor sends is written whole or not at all, even by a machine that stops half-way (P2).

Wagtail saves a page, its revision, its log and, through signals, its dates one after the other. In one transaction
nobody ever meets a page that is published without its dates, or one without a revision.
"""

from functools import wraps

from django.db import transaction

WHOLE_VIEWS = {
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:unpublish",
}
# These write letters to colleagues, and nobody else's saving waits for a mail server. Wagtail keeps their parts whole.
LETTERS = {
    "action-cancel-workflow",
    "action-restart-workflow",
    "action-submit",
    "action-workflow-action",
}


def whole(view):
    """Decorator of a view of Wagtail's admin."""

    @wraps(view)
    def run(request, *args, **kwargs):
        if request.method != "POST" or request.resolver_match.view_name not in WHOLE_VIEWS:
            return view(request, *args, **kwargs)
        if LETTERS & request.POST.keys():
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return run

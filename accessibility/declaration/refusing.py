"""What is said when a declaration that would lie was about to be published."""

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages


class DeclarationRefused(ValidationError):  # noqa: N818 - a refusal, not a fault of the program
    """Publishing `page` was refused; the messages are the reasons, by field."""

    def __init__(self, page, reasons):
        super().__init__(reasons)
        self.page = page


def tell(request, reasons):
    """Say to the member of staff why nothing was published, and that nothing is lost."""
    words = _("The declaration was not published; its draft is kept. %(reasons)s") % {"reasons": " ".join(reasons)}
    messages.error(request, words)


class RefusalMiddleware:
    """Leads staff to the editor with the reasons, whichever button of the admin has tried to publish.

    The editor's own form says them beside the fields; approving in a workflow or in bulk asks no form.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, DeclarationRefused):
            return None
        tell(request, exception.messages)
        editor = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": editor})  # the words of Wagtail's dialogues
        return redirect(editor)

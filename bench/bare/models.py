"""A page with a text, and a list of such pages."""

from wagtail.fields import RichTextField
from wagtail.models import Page


class BarePage(Page):
    """Title and text."""

    intro = RichTextField(blank=True)
    body = RichTextField(blank=True)


class BareListPage(Page):
    """The titles and introductions of what is under it."""

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["rows"] = BarePage.objects.child_of(self).live().order_by("-first_published_at")
        return context

"""What the editor of a declaration reads beside the fields."""

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import Panel

from .places import registered_places


class DescribedPlacesPanel(Panel):
    """The buildings that venue pages describe: printed in the declaration, edited where they are described."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "accessibility/admin/described_places.html"

        def get_context_data(self, parent_context=None):
            places = registered_places(self.instance.site, timezone.now())
            known = {text.casefold() for row in self.instance.places.all() for text in (row.name, row.address) if text}
            shown = [(place, known.isdisjoint({place.name.casefold(), place.address.casefold()})) for place in places]
            return super().get_context_data(parent_context) | {"places": shown}


class ReviewLinkPanel(Panel):
    """The way to the yearly review, once there is something published to review."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "accessibility/admin/review_link.html"

        def is_shown(self):
            return bool(self.instance.first_drawn_up_on) and super().is_shown()

        def get_context_data(self, parent_context=None):
            address = reverse("declaration_review", args=[self.instance.pk])
            return super().get_context_data(parent_context) | {"address": address}

"""The staff's list of classes: their groups and whether one can join."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from ..staff_menu import PageMenuItem
from .models import SectionPage


class SectionFilterSet(WagtailFilterSet):
    """Only questions whose choices name nothing of another centre."""

    class Meta:
        model = SectionPage
        fields = ["live"]


class SectionIndexView(IndexView):
    """The list, in the order of the alphabet."""

    default_ordering = "title"

    def annotate_queryset(self, pages):
        return super().annotate_queryset(pages.select_related("form").prefetch_related("groups"))


def groups_in_words(section):
    """Each group with its places."""
    return "; ".join(f"{group.name}: {group.get_availability_display()}" for group in section.groups.all())


class SectionListing(PageListingViewSet):
    """Classes in the admin's menu."""

    model = SectionPage
    name = "section_listing"
    url_prefix = "zajecia"
    icon = "group"
    menu_label = _("Classes")
    menu_order = 120
    menu_item_class = PageMenuItem
    add_to_admin_menu = True
    index_view_class = SectionIndexView
    filterset_class = SectionFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("groups", label=_("Groups and places"), accessor=groups_in_words),
        Column("form", label=_("Form of class"), accessor="form.name"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]

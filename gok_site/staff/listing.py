"""Wagtail's list of pages, whose filters name only the person's own colleagues."""

from wagtail.admin.views.pages.listing import GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet

from .scope import colleagues


class StaffPageFilterSet(GenericPageFilterSet):
    """Filters by owner, editor and type; other centres and their staff are not on offer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.request.user.is_superuser:
            self.filters.pop("site")
            for name in ("owner", "edited_by"):
                self.filters[name].queryset = colleagues(self.request.user)


class StaffPageViewSet(PageViewSet):
    filterset_class = StaffPageFilterSet

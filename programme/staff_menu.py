"""Entries of the admin's menu that lead to lists of pages."""

from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry


class PageMenuItem(MenuItem):
    """Shown to those who may do something with pages, as the list behind it asks."""

    def is_shown(self, request):
        policy = policy_registry.get_by_type(Page)
        return policy.user_has_any_permission(request.user, {"add", "change", "publish"})

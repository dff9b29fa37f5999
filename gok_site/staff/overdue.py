"""A panel on the admin's first page: what should have appeared or vanished by itself, and has not."""

from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from gok_site import clock


class OverduePanel(Component):
    """Shown only while something is late, and only to those who may change it."""

    name = "overdue"
    template_name = "gok_site/staff/overdue.html"
    order = 10

    def __init__(self, rows):
        self.rows = rows

    def get_context_data(self, parent_context):
        return {"rows": [{"late": row, "url": edit_url(row.instance)} for row in self.rows]}


@hooks.register("construct_homepage_panels")
def add_overdue_panel(request, panels):
    """Put the panel first, if this person has anything late to look after."""
    rows = [row for row in clock.overdue(timezone.now()) if may_change(request.user, row.instance)]
    if rows:
        panels.append(OverduePanel(rows))


def may_change(user, instance):
    """Whether the person may edit the page or snippet: nobody sees another centre's titles."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return policy_registry.get(instance).user_has_permission_for_instance(user, "change", instance)


def edit_url(instance):
    """Where the page or snippet is edited; None where nothing edits it."""
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    viewset = getattr(type(instance), "snippet_viewset", None)
    return reverse(viewset.get_url_name("edit"), args=[instance.pk]) if viewset else None

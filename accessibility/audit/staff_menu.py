"""What the audits add to Wagtail's admin: their addresses, and an entry of the menu."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..evidence.sources import HOOK
from . import staff_views
from .as_evidence import audits_as_evidence

PATTERNS = [path("", staff_views.index, name="index"), path("<int:run_id>/", staff_views.report, name="report")]


hooks.register(HOOK, audits_as_evidence)


class AuditsMenuItem(MenuItem):
    """Shown to those who may see the audits of some centre."""

    def is_shown(self, request):
        return staff_views.may_view(request.user)


@hooks.register("register_admin_urls")
def addresses_of_audits():
    return [path("audyty-dostepnosci/", include((PATTERNS, "audits")))]


@hooks.register("register_admin_menu_item")
def link_to_audits():
    address = reverse("audits:index")
    return AuditsMenuItem(_("Audits of accessibility"), address, name="audits", icon_name="search", order=255)

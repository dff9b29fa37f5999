"""What evaluations add to the admin, and to the public page with evidence."""

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accessibility.evidence.sources import HOOK

from . import staff_urls
from .as_evidence import evaluations_as_evidence
from .policy import READ, sites_for

hooks.register(HOOK, evaluations_as_evidence)


class EvaluationsMenuItem(MenuItem):
    """Shown to those who may read the evaluations of some centre."""

    def is_shown(self, request):
        return bool(sites_for(request.user, READ))


@hooks.register("register_admin_urls")
def addresses_of_evaluations():
    return [path("badania-dostepnosci/", include(staff_urls))]


@hooks.register("register_admin_menu_item")
def link_to_evaluations():
    address = reverse("evaluations:index")
    return EvaluationsMenuItem(_("Evaluations"), address, name="evaluations", icon_name="list-ul", order=260)

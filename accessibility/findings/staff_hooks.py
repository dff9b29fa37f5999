"""Registers the staff's screen "Findings" with Wagtail."""

from datetime import date

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from ..declaration import spec
from . import staff_urls
from .permissions import READ, finding_policy


class FindingsMenuItem(MenuItem):
    """Shown to those who see the findings of some centre."""

    def is_shown(self, request):
        return finding_policy.user_has_any_permission(request.user, READ)


@hooks.register("register_admin_urls")
def addresses_of_findings():
    return [path("ustalenia/", include(staff_urls))]


@hooks.register("register_admin_menu_item")
def link_to_findings():
    return FindingsMenuItem(
        gettext_lazy("Findings"), reverse("findings:index"), name="findings", icon_name="warning", order=245
    )


class DecisionFormatter(LogFormatter):
    """A decision in words, with its reason or its proof."""

    def format_message(self, log_entry):
        data = log_entry.data
        if proof := data.get("proof"):
            return _("%(label)s: %(proof)s, %(day)s") % {
                "label": self.label,
                "proof": proof,
                "day": spec.worded(date.fromisoformat(data["repaired_on"])),
            }
        if other := data.get("other"):
            return _("%(label)s: %(reason)s") % {"label": self.label, "reason": other}
        if reason := data.get("reason"):
            return _("%(label)s: %(reason)s") % {"label": self.label, "reason": reason}
        return str(self.label)


LABELS = {
    "open": gettext_lazy("Opened again"),
    "accepted": gettext_lazy("Accepted as a barrier"),
    "repaired": gettext_lazy("Repaired"),
    "disputed": gettext_lazy("Disputed"),
    "covered": gettext_lazy("Told by another finding"),
}


@hooks.register("register_log_actions")
def decisions_in_history(actions):
    for state, label in LABELS.items():
        formatter = type("Formatter", (DecisionFormatter,), {"label": label})
        actions.register_action(f"accessibility.finding.{state}")(formatter)

"""What staff see of the outbox on the admin's first page: only that something is wrong with the mail."""

from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import Letter
from .posting import can_send

ROWS = 5
letter_policy = SitePermissionPolicy(Letter)
register_permission_policy(Letter, letter_policy)


class OutboxPanel(Component):
    """Letters of the person's own centres that wait or were given up, and an installation that sends none."""

    name = "outbox"
    template_name = "mission/admin/outbox_panel.html"
    order = 15

    def get_context_data(self, parent_context):
        letters = letter_policy.instances_user_has_permission_for(parent_context["request"].user, "view")
        late = letters.late(timezone.now()).order_by("created_at")
        given_up = letters.given_up().order_by("-given_up_at")
        return {
            "is_silent": not can_send(),
            "late": {"count": late.count(), "oldest": late.first()},
            "given_up": {"count": given_up.count(), "newest": list(given_up[:ROWS])},
        }


@hooks.register("construct_homepage_panels")
def add_outbox_panel(request, panels):
    if letter_policy.user_has_permission(request.user, "view"):
        panels.append(OutboxPanel())

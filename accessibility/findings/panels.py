"""What findings add to other editors: the proposal beside the declaration's status, the link beside a request."""

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import Panel

from . import agreement, from_requests
from .models import Finding
from .permissions import may_decide


class FindingsPanel(Panel):
    """What the findings propose for the declaration: its status and its barriers. A person confirms."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "accessibility/admin/findings_panel.html"

        def is_shown(self):
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context=None):
            declaration, today = self.instance, timezone.localdate()
            proposed = agreement.proposed_status(declaration)
            labels = dict(type(declaration)._meta.get_field("status").choices)
            facts = {
                "contradictions": declaration.contradictions(today),
                "proposed": labels[proposed],
                "is_other": proposed != declaration.status,
                "open": Finding.objects.of(declaration.site).open().count(),
                "missing": agreement.unlisted(declaration),
                "repaired": agreement.repaired_barriers(declaration),
                "take_over_url": reverse("findings:take_over", args=[declaration.pk]),
                "findings_url": reverse("findings:index"),
                "may_decide": may_decide(self.request.user, declaration.site),
            }
            return super().get_context_data(parent_context) | facts


class FindingLinkPanel(Panel):
    """The way from a visitor's report to the finding about the site that it proves."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "accessibility/admin/finding_link.html"

        def is_shown(self):
            reported = self.instance
            is_possible = bool(reported.pk) and from_requests.can_become_finding(reported)
            return is_possible and may_decide(self.request.user, reported.site) and super().is_shown()

        def get_context_data(self, parent_context=None):
            reported = self.instance
            facts = {
                "known": from_requests.finding_of(reported),
                "url": reverse("findings:from_report", args=[reported.pk]),
            }
            return super().get_context_data(parent_context) | facts

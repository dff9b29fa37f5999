"""The editor's form of the declaration: a draft may have gaps, a published declaration may not."""

from django.utils import timezone

from mission.models.base import CentrePageForm

from ..findings.models import Finding

PUBLISHING_ACTIONS = ("action-publish", "action-submit", "action-workflow-action")


class DeclarationForm(CentrePageForm):
    """Shows, beside the fields they concern, the errors that keep the declaration from being published."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.first_drawn_up_on:
            kept = {"drawn_up_on": self.instance.first_drawn_up_on, "last_review_on": self.instance.proved_review_on}
            for name in kept.keys() & self.fields.keys():
                self.fields[name].disabled = True
                self.initial[name] = kept[name]
        self.offer_own_findings()

    def offer_own_findings(self):
        """A row may say which finding it comes from, and only one of its own centre."""
        rows = self.formsets.get("barriers")
        for form in [*rows.forms, rows.empty_form] if rows else []:
            form.fields["finding"].queryset = Finding.objects.of(self.site)

    def is_valid(self):
        valid = super().is_valid()
        if valid and self.is_publishing:
            for problem in self.save(commit=False).problems(timezone.localdate()):
                field = problem.field if problem.field in self.fields else None
                self.add_error(field, problem.message)
            return not self.errors
        return valid

    @property
    def is_publishing(self):
        return any(self.data.get(action) for action in PUBLISHING_ACTIONS)

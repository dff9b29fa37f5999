"""The editor's form of the declaration: a draft may have gaps, a published declaration may not."""

from django.utils import timezone

from mission.models.base import CentrePageForm

PUBLISHING_ACTIONS = ("action-publish", "action-submit", "action-workflow-action")


class DeclarationForm(CentrePageForm):
    """Shows, beside the fields they concern, the errors that keep the declaration from being published."""

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

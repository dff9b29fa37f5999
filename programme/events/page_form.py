"""The editor's form of one event."""

from ..forms import ProgrammePageForm
from .access import begin_card
from .plan_checks import refuse_breaks_that_leave_nothing


class EventPageForm(ProgrammePageForm):
    """A new event whose access card is left empty begins with the lines of its kind.

    What was added stands in the event's `lines_of_kind`, so that the editor can be told.
    """

    def clean(self):
        cleaned = super().clean()
        refuse_breaks_that_leave_nothing(self)
        return cleaned

    def save(self, commit=True):
        is_new = self.instance.pk is None
        event = super().save(commit=False)
        event.lines_of_kind = begin_card(event) if is_new else []
        return super().save(commit) if commit else event

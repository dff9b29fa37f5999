"""The editor's form of events and classes."""

from mission.models.base import CentrePageForm


class ProgrammePageForm(CentrePageForm):
    """Offers only the codes of the centre in whose programme the page stands, and its goals in their order."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.site is None:
            return
        for name in {"kind", "form", "observes"} & self.fields.keys():
            self.fields[name].queryset = self.fields[name].queryset.filter(settings__site=self.site)
        if "goals" in self.fields:
            self.fields["goals"].queryset = self.fields["goals"].queryset.in_order()

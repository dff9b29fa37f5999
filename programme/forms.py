"""The editor's form of events and classes."""

from mission.models.base import CentrePageForm


class ProgrammePageForm(CentrePageForm):
    """Offers only the codes and goals of the centre in whose programme the page stands."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        site = self.parent_page.get_site() if self.parent_page else None
        if site is None:
            return
        for name in {"kind", "form"} & self.fields.keys():
            self.fields[name].queryset = self.fields[name].queryset.filter(settings__site=site)
        if "goals" in self.fields:
            goals = self.fields["goals"].queryset.filter(path__startswith=site.root_page.path)
            self.fields["goals"].queryset = goals.in_order()

"""Why a partner's calendar could not be read."""


class CalendarError(Exception):
    """Carries one sentence for staff, who can do something about it. Nothing of the calendar was saved."""

    @property
    def sentence(self):
        return str(self.args[0])

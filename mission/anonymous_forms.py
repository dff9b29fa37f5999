"""Forms for people without an account: no cookie, no session, no third party, no puzzle.

Django's CSRF protection needs a cookie. These forms grant no rights that another site could borrow, so they
are kept clean by other means: a request that says it comes from another site is refused, the form carries a
signed mark that is neither too young nor too old, and one field is a trap for robots.
"""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

MINIMUM_AGE = timedelta(seconds=3)
# A person may fall asleep over a form (WCAG 2.2 SC 2.2.1: a limit of more than 20 hours is none).
MAXIMUM_AGE = timedelta(hours=24)
TRAP = "strona_www"

TOO_FAST = _("The form was sent unusually fast. If you are a person, send it once more: nothing has been lost.")
TOO_OLD = _("The form lay open for more than a day. Check your words and send it once more: nothing has been lost.")
BROKEN = _("The form arrived damaged. Send it once more: nothing has been lost.")


def new_mark(purpose, at):
    """A signed one-time mark for a form. `purpose`: name of the form; `at`: aware datetime of showing it."""
    return signing.dumps([secrets.token_urlsafe(12), int(at.timestamp())], salt=f"anonymous-form:{purpose}")


def read_mark(mark, purpose):
    """(nonce, aware-less Unix time in seconds) of a mark made by `new_mark`; raises `signing.BadSignature`."""
    nonce, shown_at = signing.loads(mark, salt=f"anonymous-form:{purpose}")
    return nonce, shown_at


def comes_from_elsewhere(request):
    """Whether the browser says that another site sent this request.

    `Sec-Fetch-Site` is trusted first, then `Origin`. A client that says nothing is let through: there is no
    cookie that a foreign page could abuse.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return bool(origin) and (origin == "null" or urlsplit(origin).netloc != request.get_host())


class AnonymousForm(forms.Form):
    """A form with the mark and the trap; subclasses set `purpose` and add their fields.

    `at`: the moment (aware datetime) of the request. After a mistake `mark_value` is what the page must carry:
    the old mark when it is still good, a new one otherwise.
    """

    purpose = "form"
    use_required_attribute = False
    required_css_class = "required"

    mark = forms.CharField(widget=forms.HiddenInput, required=False)
    strona_www = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, at, **kwargs):
        self.at = at
        self.nonce = ""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.mark_value = self._usable_mark() or new_mark(self.purpose, at)

    def clean(self):
        cleaned = super().clean()
        try:
            self.nonce, shown_at = read_mark(cleaned.get("mark", ""), self.purpose)
        except (signing.BadSignature, ValueError, TypeError):
            self.add_error(None, BROKEN)
            return cleaned
        age = self.at - datetime.fromtimestamp(shown_at, tz=self.at.tzinfo)
        # Half a second of mercy: the mark counts whole seconds.
        if age + timedelta(milliseconds=500) < MINIMUM_AGE:
            self.add_error(None, TOO_FAST)
        elif age > MAXIMUM_AGE:
            self.add_error(None, TOO_OLD)
        return cleaned

    @property
    def is_caught(self):
        """Whether a robot filled in the trap."""
        return bool(self.data.get(TRAP))

    @property
    def error_links(self):
        """(id of the field or "", message) for the summary of errors, in the order of the page."""
        links = [("", message) for message in self.non_field_errors()]
        for field in self.visible_fields():
            links += [(field.id_for_label or field.auto_id, message) for message in field.errors]
        return links

    def _usable_mark(self):
        mark = self.data.get("mark", "") if self.is_bound else ""
        try:
            shown_at = read_mark(mark, self.purpose)[1]
        except (signing.BadSignature, ValueError, TypeError):
            return ""
        return mark if self.at.timestamp() - shown_at < MAXIMUM_AGE.total_seconds() else ""

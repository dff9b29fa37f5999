"""allauth's forms for passkeys, with labels that say what they are for."""

from allauth.mfa.webauthn import forms
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(forms.AddWebAuthnForm):
    """The passwordless kind is proposed: it is two factors in one, what one has and what one is or knows."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["passwordless"].label = _("Log in with it alone, without a password")
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(forms.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")

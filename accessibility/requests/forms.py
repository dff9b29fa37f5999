"""The one form for three requests. It asks for no more than the two acts do."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from mission.anonymous_forms import AnonymousForm

from .models import ContactWay, RequestKind

NEEDS_CONTACT = (RequestKind.ACCESS, RequestKind.DIGITAL)


class AccessRequestForm(AnonymousForm):
    """A report needs only what it is about; a demand also contact; an application also the interest (art. 30)."""

    purpose = "access-request"

    kind = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=[
            (RequestKind.BARRIER, _("Report a barrier. Anyone can; no data about you are needed.")),
            (
                RequestKind.ACCESS,
                _(
                    "Apply for access to a building or to communication. For a person with special needs or a "
                    "representative; we provide it within 14 days."
                ),
            ),
            (
                RequestKind.DIGITAL,
                _("Demand access to this website or a part of it. Anyone can; we provide it within 7 days."),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three kinds of request.")},
    )
    subject = forms.CharField(
        label=_("What is it about?"),
        help_text=_("The page or its part, the room, the event: what you cannot use and where it is."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you cannot use and where it is.")},
    )
    wish = forms.CharField(
        label=_("What would help? (optional)"),
        help_text=_("For example: a description by telephone, large print, an interpreter, a lower counter."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    interest = forms.CharField(
        label=_("Why do you need it? (only for an application for access)"),
        help_text=_("One sentence is enough: what you want to see to here. Do not write about your health."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    contact_way = forms.ChoiceField(
        label=_("How should we answer? (not needed for a report)"),
        choices=ContactWay,
        required=False,
        widget=forms.RadioSelect,
    )
    contact = forms.CharField(
        label=_("Your e-mail, telephone number or postal address (not needed for a report)"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label=_("What should we call you? (optional)"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in NEEDS_CONTACT:
            if not cleaned.get("contact_way"):
                self.add_error("contact_way", _("Choose how we should answer."))
            if not cleaned.get("contact"):
                self.add_error("contact", _("Write where we should send the answer."))
        if kind == RequestKind.ACCESS and not cleaned.get("interest"):
            self.add_error("interest", _("Write in one sentence why you need access: the act asks for it."))
        self._check_contact(cleaned.get("contact_way"), cleaned.get("contact"))
        return cleaned

    def _check_contact(self, way, contact):
        if not contact:
            return
        if way == ContactWay.EMAIL:
            try:
                validate_email(contact)
            except ValidationError:
                self.add_error("contact", _("This is not a complete e-mail address, such as name@example.org."))
        if way in (ContactWay.TELEPHONE, ContactWay.TEXT_MESSAGE) and len(re.sub(r"\D", "", contact)) < 7:
            self.add_error("contact", _("This is not a complete telephone number."))

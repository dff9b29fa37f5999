"""Three forms for three requests. Each asks for what its act asks, and for nothing more."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from mission.anonymous_forms import AnonymousForm

from .models import ContactWay, RequestKind


def text_field(*, rows, **options):
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **options)


class RequestForm(AnonymousForm):
    """What the three have in common; the mark of one is good for the others, too."""

    purpose = "access-request"
    kind = None
    questions = ()

    def data_to_keep(self):
        """The answers of a valid form by the name of the model's field."""
        return {name: self.cleaned_data[name] for name in self.questions}

    def bound_questions(self):
        return [self[name] for name in self.questions]


class BarrierForm(RequestForm):
    """Art. 29 of the act of 19 July 2019: anyone may tell of a barrier, and need not say who it is."""

    kind = RequestKind.BARRIER
    questions = ("subject", "contact")

    subject = text_field(
        rows=6,
        label=_("What is in your way, and where?"),
        help_text=_("The room, the entrance, the event, the page: what cannot be used."),
        max_length=4000,
        error_messages={"required": _("Write what is in your way and where it is.")},
    )
    contact = forms.CharField(
        label=_("Your e-mail address or telephone number (optional)"),
        help_text=_("Only if you want an answer."),
        max_length=300,
        required=False,
    )

    def data_to_keep(self):
        kept = super().data_to_keep()
        return kept | {"contact_way": way_of(kept["contact"]) if kept["contact"] else ""}


class AnsweredForm(RequestForm):
    """A request that is answered in writing or by telephone: both acts ask for the contact and its way."""

    contact_way = forms.ChoiceField(
        label=_("How should we contact you?"),
        choices=ContactWay,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how we should contact you.")},
    )
    contact = forms.CharField(
        label=_("Your contact data"),
        help_text=_(
            "The e-mail address or the telephone number; for a letter the name and the address. For another way: what "
            "we should do."
        ),
        max_length=300,
        error_messages={"required": _("Write where we should send the answer.")},
    )

    def clean(self):
        cleaned = super().clean()
        way, contact = cleaned.get("contact_way"), cleaned.get("contact")
        if contact and way == ContactWay.EMAIL and not is_email(contact):
            self.add_error("contact", _("This is not a complete e-mail address, such as name@example.org."))
        if contact and way in (ContactWay.TELEPHONE, ContactWay.TEXT_MESSAGE) and not is_telephone(contact):
            self.add_error("contact", _("This is not a complete telephone number."))
        return cleaned


class ApplicationForm(AnsweredForm):
    """Art. 30 of the act of 19 July 2019: barrier, actual interest, contact, and the preferred way if there is one."""

    kind = RequestKind.ACCESS
    questions = ("subject", "interest", "wish", "contact_way", "contact")

    subject = text_field(
        rows=5,
        label=_("What is in your way, and where?"),
        help_text=_("The entrance, the stairs, the counter, the event: what you cannot use."),
        max_length=4000,
        error_messages={"required": _("Write what is in your way and where it is.")},
    )
    interest = text_field(
        rows=2,
        label=_("Why do you need it?"),
        help_text=_("One sentence is enough: what you want to see to here. Do not write about your health."),
        max_length=2000,
        error_messages={"required": _("Write in one sentence why you need access: the act asks for it.")},
    )
    wish = text_field(
        rows=3,
        label=_("What would help? (optional)"),
        help_text=_("For example: an interpreter, an induction loop, a meeting on the ground floor, large print."),
        max_length=2000,
        required=False,
    )


class DemandForm(AnsweredForm):
    """Art. 18 of the act of 4 April 2019: the page or element, contact, and the alternative way if there is one."""

    kind = RequestKind.DIGITAL
    questions = ("subject", "wish", "contact_way", "contact")

    subject = text_field(
        rows=4,
        label=_("Which page or which part of it?"),
        help_text=_("Its address or title, and what cannot be read or used there."),
        max_length=4000,
        error_messages={"required": _("Write which page or which part of it you mean.")},
    )
    wish = text_field(
        rows=3,
        label=_("How could we give you the content otherwise? (optional)"),
        help_text=_("For example: read out by telephone, described in an e-mail, printed large."),
        max_length=2000,
        required=False,
    )


FORMS = {form.kind: form for form in (BarrierForm, ApplicationForm, DemandForm)}


def is_email(text):
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def is_telephone(text):
    return len(re.sub(r"\D", "", text)) >= 7


def way_of(contact):
    """The way of contact that a person means who writes only `contact`."""
    if is_email(contact):
        return ContactWay.EMAIL
    return ContactWay.TELEPHONE if is_telephone(contact) else ContactWay.OTHER

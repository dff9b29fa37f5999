"""Forms of the staff's screen "Findings": one for each decision, and one for a finding from a visitor's report."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..declaration.rows import PAGE_ADDRESS
from . import deciding
from .agreement import text_of
from .from_requests import cause_of
from .models import Finding, FindingSource

E_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
TELEPHONE = re.compile(r"(?:\+?\d[\s-]?){9,}")
SHORTEST_NAME = 3


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


def lines(number):
    return forms.Textarea(attrs={"rows": number})


class DecisionForm(forms.Form):
    """One decision about `finding`; `decide` carries it out."""

    def __init__(self, *args, finding, at, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.finding, self.at = finding, at
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def decide(self, user):
        """Carry the decision out. Raises TooLateError, ValidationError."""
        raise NotImplementedError


class AcceptForm(DecisionForm):
    element = forms.CharField(
        label=gettext_lazy("element"),
        max_length=160,
        help_text=gettext_lazy("For example: recording of the spring concert"),
    )
    what = forms.CharField(
        label=gettext_lazy("what is wrong"),
        help_text=gettext_lazy("In plain words, without names of standards."),
        widget=lines(3),
    )
    effect = forms.CharField(
        label=gettext_lazy("who cannot do what"),
        help_text=gettext_lazy("For example: a blind person will not learn what is seen."),
        widget=lines(3),
    )
    way_around = forms.CharField(
        label=gettext_lazy("another way to the content"),
        help_text=gettext_lazy("For example: we describe the film by telephone."),
        widget=lines(3),
    )
    owner = forms.CharField(
        label=gettext_lazy("who mends it"),
        max_length=120,
        help_text=gettext_lazy("A position or a team. For staff only; not published."),
    )
    repair_on = forms.DateField(
        label=gettext_lazy("mended by"), widget=DayInput(), help_text=gettext_lazy("This date is published.")
    )

    def __init__(self, *args, finding, **kwargs):
        known = {name: getattr(finding, name) for name in deciding.ACCEPTED_FACTS if getattr(finding, name)}
        super().__init__(*args, finding=finding, initial={"what": finding.message, **known}, **kwargs)

    def clean_repair_on(self):
        day = self.cleaned_data["repair_on"]
        if day < timezone.localdate(self.at):
            raise ValidationError(_("This date has passed: promise one that can be kept."))
        return day

    def decide(self, user):
        deciding.accept(self.finding, self.cleaned_data, user=user, at=self.at)


class DisputeForm(DecisionForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is it no barrier?"),
        help_text=gettext_lazy(
            "For example: the picture is only an ornament, so it needs no description. The reason is public."
        ),
        widget=lines(4),
    )

    def decide(self, user):
        deciding.dispute(self.finding, self.cleaned_data["reason"], user=user, at=self.at)


class RepairForm(DecisionForm):
    repaired_on = forms.DateField(
        label=gettext_lazy("Day of the check"),
        widget=DayInput(),
        help_text=gettext_lazy("The day on which somebody looked again and did not find it any more."),
    )
    proof = forms.CharField(
        label=gettext_lazy("Which check proved it?"),
        max_length=300,
        help_text=gettext_lazy("For example: read the page with a screen reader; audit of 12 March."),
    )

    def decide(self, user):
        deciding.repair(
            self.finding,
            repaired_on=self.cleaned_data["repaired_on"],
            proof=self.cleaned_data["proof"],
            user=user,
            at=self.at,
        )


class CoverForm(DecisionForm):
    other = forms.ModelChoiceField(
        label=gettext_lazy("Which finding tells it already?"),
        queryset=Finding.objects.none(),
        help_text=gettext_lazy("The same document or the same element. That finding stays; this one is shown with it."),
    )

    def __init__(self, *args, finding, **kwargs):
        super().__init__(*args, finding=finding, **kwargs)
        self.fields["other"].queryset = deciding.possible_tellers(finding)
        self.fields["other"].label_from_instance = text_of

    def decide(self, user):
        deciding.cover(self.finding, self.cleaned_data["other"], user=user, at=self.at)


class ReopenForm(DecisionForm):
    reason = forms.CharField(label=gettext_lazy("Why is it open again?"), widget=lines(3))

    def decide(self, user):
        deciding.reopen(self.finding, self.cleaned_data["reason"], user=user, at=self.at)


class ReportedFindingForm(forms.ModelForm):
    """A finding made of a visitor's report: what is wrong, without a word about who has told us."""

    address = forms.CharField(
        label=gettext_lazy("address of the page"),
        max_length=300,
        validators=[PAGE_ADDRESS],
        help_text=gettext_lazy("For example: /aktualnosci/koncert/"),
    )

    class Meta:
        model = Finding
        fields = ["message", "address", "level", "criterion", "mend"]
        widgets = {"message": lines(5), "mend": lines(3)}
        help_texts = {
            "message": gettext_lazy("Only what is wrong and where. Take out names, contact data and health."),
            "level": gettext_lazy("The level of the criterion that fails. Empty: an advice beyond the norm."),
        }

    def __init__(self, *args, reported, at, **kwargs):
        super().__init__(*args, label_suffix="", initial={"message": reported.subject}, **kwargs)
        self.fields["address"].label = capfirst(self.fields["address"].label)
        self.reported = reported
        self.instance.site = reported.site
        self.instance.source = FindingSource.REPORT
        self.instance.cause = cause_of(reported)
        self.instance.first_seen_at, self.instance.last_seen_at = reported.received_at, reported.received_at
        self.instance.state_changed_at = at

    def clean_message(self):
        text = self.cleaned_data["message"]
        contact = re.split(r"[\s.@,]+", self.reported.contact)
        names = {word.casefold() for word in contact if len(word) >= SHORTEST_NAME}
        words = set(re.findall(r"[^\s,.;:()]+", text.casefold()))
        if E_MAIL.search(text) or TELEPHONE.search(text) or words & names:
            raise ValidationError(_("There are data of a person in this text. Take them out."))
        return text

"""Forms of the staff's screens about evaluations."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mission.models import CentreImage, CentreSettings

from .json_ld import LIMIT
from .models import CriterionResult, Evaluation, Failure, Outcome, SampledPage
from .sampling import MOST_DRAWN, page_at

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST_PAGES = 300


class PlainForm(forms.ModelForm):
    """Labels without a colon; the browser's own messages are off, because ours are in Polish and in one place."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class NewEvaluationForm(PlainForm):
    """What an evaluation needs to begin."""

    class Meta:
        model = Evaluation
        fields = ["title", "started_on", "evaluator"]
        widgets = {"started_on": DAY}


class ScopeForm(PlainForm):
    """Steps 1, 2 and 5 of WCAG-EM: who evaluates what against which requirements, and the summary."""

    class Meta:
        model = Evaluation
        fields = [
            *("title", "started_on", "evaluator", "organisation", "commissioned_by", "scope", "out_of_scope"),
            *("conformance_target", "support_baseline", "exploration", "statement"),
        ]
        widgets = {"started_on": DAY} | {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("scope", "out_of_scope", "support_baseline", "exploration", "statement")
        }


class SampledPageForm(PlainForm):
    """One row of the sample; the page behind the address is found when there is one."""

    class Meta:
        model = SampledPage
        fields = ["kind", "address", "title", "why"]

    def save(self, commit=True):
        row = self.instance
        site = row.evaluation.site
        row.page_id = page_at(site, row.address)
        if row.page_id and not row.title:
            row.title = row.page.title[:255]
        return super().save(commit)


SampleFormSet = forms.inlineformset_factory(
    Evaluation, SampledPage, form=SampledPageForm, extra=3, max_num=MOST_PAGES, validate_max=True, absolute_max=400
)


class DrawForm(forms.Form):
    """How many pages to draw."""

    count = forms.IntegerField(
        label=_("How many pages to draw"),
        min_value=1,
        max_value=MOST_DRAWN,
        help_text=_("WCAG-EM: one for every ten chosen pages, at least one."),
    )

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class QuickResultForm(PlainForm):
    """Result and evidence in one row. Only what was changed on this screen is saved: nobody undoes another's row."""

    class Meta:
        model = CriterionResult
        fields = ["outcome", "evidence"]
        widgets = {"evidence": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, criterion, **kwargs):
        super().__init__(*args, **kwargs)
        self.criterion = criterion
        for name, label in (("outcome", _("Result: %s")), ("evidence", _("Evidence: %s"))):
            self.fields[name].show_hidden_initial = True
            self.fields[name].widget.attrs["aria-label"] = label % criterion.label

    def save(self, commit=True):
        for name in self.fields:
            if name not in self.changed_data and self.instance.pk:
                setattr(self.instance, name, getattr(self.current(), name))
        return super().save(commit)

    def current(self):
        return CriterionResult.objects.get(pk=self.instance.pk)


class ResultForm(PlainForm):
    """Everything about one criterion."""

    class Meta:
        model = CriterionResult
        fields = ["outcome", "evidence", "pages", "mode", "method", "tester", "tested_on", "picture"]
        widgets = {
            "outcome": forms.RadioSelect,
            "evidence": forms.Textarea(attrs={"rows": 4}),
            "method": forms.Textarea(attrs={"rows": 2}),
            "pages": forms.CheckboxSelectMultiple,
            "tested_on": DAY,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        evaluation = self.instance.evaluation
        collection = CentreSettings.for_site(evaluation.site).collection
        self.fields["pages"].queryset = evaluation.sample.all()
        self.fields["picture"].queryset = CentreImage.objects.filter(collection=collection).order_by("title")
        self.fields["picture"].empty_label = _("no picture")

    def clean(self):
        cleaned = super().clean()
        # An outcome that says nothing about the site needs no tester.
        if cleaned.get("outcome") == Outcome.UNTESTED:
            cleaned["tester"], cleaned["tested_on"] = "", None
        return cleaned


class FailureForm(PlainForm):
    class Meta:
        model = Failure
        fields = ["element", "address", "what", "mend"]
        widgets = {"what": forms.Textarea(attrs={"rows": 2}), "mend": forms.Textarea(attrs={"rows": 2})}


FailureFormSet = forms.inlineformset_factory(
    CriterionResult, Failure, form=FailureForm, extra=1, max_num=100, validate_max=True, absolute_max=150
)


class ReportForm(forms.Form):
    """An outside auditor's report; it is read once and not kept."""

    file = forms.FileField(
        label=_("Report as EARL (JSON-LD)"),
        help_text=_("At most 2 MB. For example the file that W3C's WCAG-EM Report Tool saves."),
        widget=forms.FileInput(attrs={"accept": ".json,.jsonld,application/ld+json,application/json"}),
        max_length=255,
    )

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LIMIT:
            raise ValidationError(_("The file is larger than 2 MB."))
        return file

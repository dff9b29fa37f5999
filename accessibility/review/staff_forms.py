"""The form of the yearly review: one question for each item of the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .items import ITEMS
from .models import Answer, DeclarationReview


class ReviewForm(forms.Form):
    """Every item has to be answered; nothing is answered beforehand."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for item in ITEMS:
            self.fields[item.key] = forms.ChoiceField(
                label=item.text,
                help_text=item.how,
                choices=Answer,
                widget=forms.RadioSelect,
                error_messages={"required": _("Say what you have found.")},
            )
        note = DeclarationReview._meta.get_field("note")
        self.fields["note"] = forms.CharField(
            label=note.verbose_name, help_text=note.help_text, required=False, widget=forms.Textarea(attrs={"rows": 4})
        )

    @property
    def answers(self):
        return {item.key: self.cleaned_data[item.key] for item in ITEMS}

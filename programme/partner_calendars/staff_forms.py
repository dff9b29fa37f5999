"""Forms of the staff's screens "Partners' calendars" and "Suggestions"."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import fetching, importing
from .models import PartnerCalendar
from .problems import CalendarError

WEBCAL = re.compile(r"^webcals?://", re.IGNORECASE)


class AddressField(forms.URLField):
    """The address of a calendar; "webcal" is how telephones call a calendar on the web."""

    def __init__(self, **kwargs):
        super().__init__(assume_scheme="https", **kwargs)

    def to_python(self, value):
        return super().to_python(WEBCAL.sub("https://", str(value or "").strip()))


class CalendarForm(forms.ModelForm):
    """A partner's calendar of one centre."""

    url = AddressField(
        label=_("Address of the calendar (.ics)"),
        required=False,
        max_length=500,
        help_text=_("Empty: only files are read under this name."),
    )

    class Meta:
        model = PartnerCalendar
        fields = ["name", "credit", "url", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = PartnerCalendar.objects.filter(site=self.instance.site_id).exclude(pk=self.instance.pk)
        if others.filter(name=name).exists():
            raise ValidationError(_("There is already a calendar of this name."))
        return name

    def clean_url(self):
        url = self.cleaned_data["url"]
        if url:
            try:
                fetching.take_apart(url)
            except CalendarError as error:
                raise ValidationError(error.sentence) from None
        return url

    def save(self, commit=True):
        if "url" in self.changed_data:  # what was known of the old address says nothing about the new one
            calendar = self.instance
            calendar.entity_tag = calendar.problem = ""
            calendar.tried_at = calendar.read_at = None
        return super().save(commit)


class FileForm(forms.Form):
    """A calendar file that a partner sent; it is read once and not kept."""

    file = forms.FileField(
        label=_("Calendar file (.ics)"),
        help_text=_("At most 2 MB. It is read once and not kept."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        max_length=255,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > fetching.MAX_BYTES:
            raise ValidationError(_("The calendar is larger than 2 MB."))
        return file

    def read_into(self, calendar, *, at):
        """Take the file in; the number of new suggestions, or None with the reason beside the field."""
        try:
            return importing.take_in_file(calendar, self.cleaned_data["file"].read(), at=at)
        except CalendarError as error:
            self.add_error("file", error.sentence)
            return None

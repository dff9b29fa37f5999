"""Fields that the staff's screens of dates share."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..venues.models import VenuePage
from .dates import Occurrence

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
YEARS = range(1970, 2101)
REASON_NEEDED = _("Say why: whoever comes in vain, or stays at home, should at least know the reason.")


def reason_field():
    return forms.CharField(
        label=_("Reason, told to visitors"),
        required=False,
        max_length=200,
        error_messages={"required": REASON_NEEDED},
        help_text=_("One sentence. It stands beside the date, in calendars and in the open data."),
    )


def clean_day(day):
    """`day` (date or None), unless the year is a slip. Raises ValidationError."""
    if day and day.year not in YEARS:
        raise ValidationError(_("Check the year."))
    return day


def is_number(value):
    """Whether `value` from a form can be a row's number; databases refuse what is longer."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 16


class DatesField(forms.ModelMultipleChoiceField):
    """Boxes in a table of dates."""

    def __init__(self, **kwargs):
        missing = {"required": _("Choose at least one date in the table.")}
        super().__init__(queryset=Occurrence.objects.none(), label=_("Dates"), error_messages=missing, **kwargs)

    def clean(self, value):
        for each in value or ():
            if not is_number(each):
                raise ValidationError(self.error_messages["invalid_choice"], params={"value": each})
        dates = list(super().clean(value))
        if not dates:
            raise ValidationError(self.error_messages["required"])
        return dates


class VenueField(forms.ModelChoiceField):
    """A published place of one centre, rooms named after their building."""

    def __init__(self, **kwargs):
        super().__init__(queryset=VenuePage.objects.none(), required=False, **kwargs)

    def offer(self, site, *, kept=None):
        """Offer the places of `site`, and the one with the id `kept` even when it is not published any more."""
        within = VenuePage.objects.filter(path__startswith=site.root_page.path) if site else self.queryset
        self.queryset = within.filter(Q(live=True) | Q(pk=kept)).select_related("part_of").order_by("path")

    def to_python(self, value):
        if value and not is_number(value):
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": value})
        return super().to_python(value)

    def label_from_instance(self, venue):
        return f"{venue.part_of.title}: {venue.title}" if venue.part_of else venue.title

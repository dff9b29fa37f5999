"""Forms of the staff's screen "Dates of the event"."""

from dataclasses import asdict

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import schedule
from .dates import EventStatus, Occurrence
from .plan import EventDate

REMOVE = "remove"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class DateForm(forms.ModelForm):
    """One date, asked for in the words and by the rules of the plan."""

    status = forms.ChoiceField(label=_("Status"), choices=EventStatus)
    reason = forms.CharField(
        label=_("Reason, told to visitors"),
        required=False,
        max_length=200,
        help_text=_("For example: the soloist is ill. Money is returned at the box office."),
    )
    note = forms.CharField(label=_("Note, told to visitors"), required=False, max_length=200)

    class Meta:
        model = EventDate
        fields = ["day", "start_time", "end_day", "end_time", "door_time", "is_all_day"]
        widgets = {"day": DAY, "end_day": DAY, "start_time": HOUR, "end_time": HOUR, "door_time": HOUR}

    def __init__(self, *args, date, **kwargs):
        """`date`: the Occurrence to change."""
        self.date = date
        super().__init__(*args, initial=as_planned(date), label_suffix="", **kwargs)

    def save(self, *, at):
        """Change the date by hand at the moment `at`."""
        row = self.instance
        texts = {name: self.cleaned_data[name] for name in ("status", "reason", "note")}
        self.date.change(at=at, **asdict(schedule.sitting(row, row.day)), **texts)


def as_planned(date):
    """A date (Occurrence) in the words of the plan."""
    has_hours = date.is_time_confirmed and not date.is_all_day
    start, end = timezone.localtime(date.start), timezone.localtime(date.end)
    has_end = has_hours and date.is_end_confirmed
    # An hour stands on its own day: 00:00 is the beginning of the day after the last.
    end_day = end.date() if has_end else date.last_day
    return {
        "day": date.first_day,
        "start_time": start.time() if has_hours else None,
        "end_day": end_day if date.spans_days else None,
        "end_time": end.time() if has_end else None,
        "door_time": timezone.localtime(date.door_time).time() if date.door_time else None,
        "is_all_day": date.is_all_day,
        "status": date.status,
        "reason": date.reason,
        "note": date.note,
    }


class ChosenDatesForm(forms.Form):
    """One step for many dates: cancel, postpone, hold after all, or remove."""

    CHOICES = [
        (EventStatus.CANCELLED, _("Call it off")),
        (EventStatus.POSTPONED, _("Postpone: the new date is not known yet")),
        (EventStatus.SCHEDULED, _("Hold as planned after all")),
        (REMOVE, _("Remove: entered by mistake, visitors need not know")),
    ]

    dates = forms.ModelMultipleChoiceField(
        queryset=Occurrence.objects.none(),
        label=_("Dates"),
        error_messages={"required": _("Choose at least one date in the table.")},
    )
    action = forms.ChoiceField(
        label=_("What happens to the chosen dates"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what happens to the chosen dates.")},
    )
    reason = forms.CharField(
        label=_("Reason, told to visitors"),
        required=False,
        max_length=200,
        help_text=_("One sentence. It stands beside the date, in calendars and in the open data."),
    )

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["dates"].queryset = event.occurrences.select_for_update().select_related("event")

    def clean_dates(self):
        dates = list(self.cleaned_data["dates"])
        if not dates:
            raise ValidationError(self.fields["dates"].error_messages["required"])
        return dates

    def save(self, *, at):
        """Do it to every chosen date at the moment `at`; return them."""
        action, dates = self.cleaned_data["action"], self.cleaned_data["dates"]
        for date in dates:
            if action == REMOVE:
                date.remove()
            else:
                date.change(at=at, status=action, reason=self.cleaned_data["reason"])
        return dates

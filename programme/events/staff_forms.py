"""Forms of the staff's screen "Dates of the event"."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import changes
from .changes import Action, Change, Scope
from .dates import OFF, AttendanceMethod, EventStatus, Seats
from .plan import EventDate
from .staff_fields import DAY, HOUR, REASON_NEEDED, DatesField, VenueField, reason_field

REMOVE = "remove"
MOST_PEOPLE = 1_000_000
HOURS = ["start_time", "end_time", "door_time", "is_all_day"]
WORDS = ["seats", "room", "note"]


class DateForm(forms.ModelForm):
    """One date, asked for in the words and by the rules of the plan, and how far the change reaches."""

    venue = VenueField(label=_("Another place"), help_text=_("Only when this date is elsewhere than the event."))
    room = forms.CharField(label=_("Room or spot"), required=False, max_length=80)
    seats = forms.ChoiceField(label=_("Places"), choices=Seats, required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=EventStatus,
        help_text=_("A date that gets another day or hour is marked as moved by itself."),
    )
    is_correction = forms.BooleanField(
        label=_("The day or hour was a slip: do not announce the date as moved"), required=False
    )
    reason = reason_field()
    note = forms.CharField(label=_("Note, told to visitors"), required=False, max_length=200)
    attendance = forms.IntegerField(label=_("How many came"), required=False, min_value=0, max_value=MOST_PEOPLE)
    attendance_method = forms.ChoiceField(
        label=_("How the number was found"), required=False, choices=[("", "—"), *AttendanceMethod.choices]
    )
    scope = forms.ChoiceField(label=_("For which dates"), widget=forms.RadioSelect, initial=Scope.THIS, required=False)

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = EventDate
        fields = ["day", "start_time", "end_day", "end_time", "door_time", "is_all_day"]
        widgets = {"day": DAY, "end_day": DAY, "start_time": HOUR, "end_time": HOUR, "door_time": HOUR}

    def __init__(self, *args, date, at, **kwargs):
        """`date`: the Occurrence to change, with its `event`; `at`: the moment, which decides what is past."""
        self.date, self.at = date, at
        super().__init__(*args, initial=_as_it_stands(date), label_suffix="", **kwargs)
        self.fields["venue"].offer(date.event.get_site(), kept=date.venue_id)
        if date.start > at:
            del self.fields["attendance"], self.fields["attendance_method"]
        scopes = _scopes(date, at)
        if scopes:
            self.fields["scope"].choices = scopes
        else:
            del self.fields["scope"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("seen") is not None and cleaned["seen"] != self.date.sequence:
            raise ValidationError(_("Somebody has changed this date meanwhile. Go back, look at it, change it then."))
        if cleaned.get("status") in OFF and not cleaned.get("reason"):
            self.add_error("reason", REASON_NEEDED)
        _refuse_half_a_figure(self)
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            try:
                changes.refuse_a_backward_end(self.instance)
            except ValidationError as error:
                self._update_errors(error)

    def save(self):
        """Change the date and those that the scope adds; return them. Raises ValidationError, having written nothing."""
        dates = changes.in_scope(self.date, self.cleaned_data.get("scope") or Scope.THIS, at=self.at)
        changed = changes.apply(self.change(), dates, at=self.at)
        if {"attendance", "attendance_method"} & set(self.changed_data):
            self.date.record_attendance(self.cleaned_data["attendance"], self.cleaned_data["attendance_method"])
            changed = [self.date, *(date for date in changed if date.pk != self.date.pk)]
        return changed

    def change(self):
        """Only what differs from what the form showed, so that the other dates keep what is their own."""
        sent, other = self.cleaned_data, set(self.changed_data)
        values = {name: sent[name] for name in WORDS if name in other}
        if "venue" in other:
            own = sent["venue"] and sent["venue"].pk
            values["venue_id"] = None if own == self.date.event.venue_id else own
        if {"status", "reason"} & other:
            values["reason"] = sent["reason"]
        if "status" in other:
            values["status"] = sent["status"]
            if sent["status"] not in OFF and self.date.is_off and "reason" not in other:
                values["reason"] = ""
        return Change(
            shift=sent["day"] - self.initial["day"],
            span=self._span(),
            hours={name: sent[name] for name in HOURS if name in other},
            values=values,
            is_correction=sent["is_correction"],
        )

    def _span(self):
        """How many days it lasts beyond the first (timedelta or None), or KEEP when that is as it was."""
        was, is_now = (days["end_day"] and days["end_day"] - days["day"] for days in (self.initial, self.cleaned_data))
        return changes.KEEP if (was or timedelta()) == (is_now or timedelta()) else is_now


def _as_it_stands(date):
    words = {name: getattr(date, name) for name in ("status", "reason", "attendance", "attendance_method", *WORDS)}
    return {**changes.as_planned(date), **words, "venue": date.venue_id, "seen": date.sequence}


def _scopes(date, at):
    """The choices of scope with the number of dates each concerns; none where only one date is ahead, or it is past."""
    ahead = changes.reached(date, Scope.AHEAD, at=at).count()
    if date.end <= at or ahead < 2:
        return []
    following = changes.reached(date, Scope.FOLLOWING, at=at).count()
    texts = {
        Scope.FOLLOWING: ngettext(
            "this and the following: %(count)d date", "this and the following: %(count)d dates", following
        )
        % {"count": following},
        Scope.AHEAD: ngettext("all dates ahead: %(count)d date", "all dates ahead: %(count)d dates", ahead)
        % {"count": ahead},
    }
    return [(Scope.THIS, Scope.THIS.label), *texts.items()]


def _refuse_half_a_figure(form):
    cleaned = form.cleaned_data
    if cleaned.get("attendance") is not None and not cleaned.get("attendance_method"):
        form.add_error("attendance_method", _("Say whether the number was counted or estimated."))
    if cleaned.get("attendance_method") and "attendance" in cleaned and cleaned["attendance"] is None:
        form.add_error("attendance", _("Give the number, or leave both empty."))


class AttendanceForm(forms.Form):
    """How many came to one past date; both answers or none."""

    attendance = forms.IntegerField(label=_("How many came"), required=False, min_value=0, max_value=MOST_PEOPLE)
    attendance_method = forms.ChoiceField(
        label=_("How the number was found"), required=False, choices=[("", "—"), *AttendanceMethod.choices]
    )

    def __init__(self, *args, date, **kwargs):
        self.date = date
        super().__init__(*args, prefix=f"came-{date.pk}", label_suffix="", **kwargs)

    def clean(self):
        _refuse_half_a_figure(self)
        return self.cleaned_data

    def save(self):
        """Record the figure; return whether one was given."""
        if self.cleaned_data["attendance"] is None:
            return False
        self.date.record_attendance(self.cleaned_data["attendance"], self.cleaned_data["attendance_method"])
        return True


class ChosenDatesForm(forms.Form):
    """One step for many dates: cancel, postpone, hold after all, or remove."""

    CHOICES = [
        (EventStatus.CANCELLED, Action.CANCEL.label),
        (EventStatus.POSTPONED, Action.POSTPONE.label),
        (EventStatus.SCHEDULED, Action.HOLD.label),
        (REMOVE, _("Remove: entered by mistake, visitors need not know")),
    ]
    ACTIONS = {
        EventStatus.CANCELLED: Action.CANCEL,
        EventStatus.POSTPONED: Action.POSTPONE,
        EventStatus.SCHEDULED: Action.HOLD,
    }

    dates = DatesField()
    action = forms.ChoiceField(
        label=_("What happens to the chosen dates"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what happens to the chosen dates.")},
    )
    reason = reason_field()

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["dates"].queryset = event.occurrences.select_for_update().select_related("event")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("action") in OFF and not cleaned.get("reason"):
            self.add_error("reason", REASON_NEEDED)
        return cleaned

    def save(self, *, at):
        """Do it to every chosen date at the moment `at`; return those that are other now."""
        action, dates = self.cleaned_data["action"], self.cleaned_data["dates"]
        if action != REMOVE:
            change = changes.as_action(self.ACTIONS[action], self.cleaned_data["reason"])
            return changes.apply(change, dates, at=at)
        for date in dates:
            date.remove()
        return dates

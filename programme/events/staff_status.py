"""One step for a date or a whole event: call off, postpone, move, hold after all."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from . import changes
from .changes import NEEDS_REASON, Action, Change
from .staff_fields import DAY, HOUR, VenueField, clean_day, reason_field
from .staff_views import CHANGED, changeable_event, note, saved, sent, tell_changed, trail

WHOLE = "event"
#: What the buttons say, shorter than the choices of a form.
SHORT = {
    Action.CANCEL: gettext_lazy("Call it off"),
    Action.POSTPONE: gettext_lazy("Postpone"),
    Action.MOVE: gettext_lazy("Move"),
    Action.HOLD: gettext_lazy("Hold after all"),
}


class StatusForm(forms.Form):
    """For which dates, and why."""

    which = forms.ChoiceField(
        label=gettext_lazy("For which dates"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether this is for the whole event or for one date.")},
    )
    reason = reason_field()

    def __init__(self, *args, event, action, at, **kwargs):
        """`action`: Action; `at`: the moment, which decides what is ahead."""
        super().__init__(*args, label_suffix="", **kwargs)
        self.event, self.action, self.at = event, action, at
        dates = changes.open_to(event, action, at=at)
        self.dates = list(dates.select_for_update() if self.is_bound else dates)
        for date in self.dates:
            date.event = event
        self.fields["which"].choices = self._choices()
        self.fields["reason"].required = action in NEEDS_REASON
        if len(self.dates) == 1:
            self.initial["which"] = str(self.dates[0].pk)

    def _choices(self):
        one_by_one = [(str(date.pk), in_words(date)) for date in self.dates]
        count = len(self.dates)
        if count < 2:
            return one_by_one
        text = ngettext("the whole event: %(count)d date ahead", "the whole event: all %(count)d dates ahead", count)
        return [(WHOLE, text % {"count": count}), *one_by_one]

    @property
    def chosen(self):
        which = self.cleaned_data["which"]
        return [date for date in self.dates if which in (WHOLE, str(date.pk))]

    def change(self):
        return changes.as_action(self.action, self.cleaned_data["reason"])

    def save(self):
        """Do it; return the dates that are other now. Raises ValidationError, having written nothing."""
        return changes.apply(self.change(), self.chosen, at=self.at)


class MoveForm(StatusForm):
    """To which day, hour or place."""

    day = forms.DateField(
        label=gettext_lazy("New day"),
        required=False,
        widget=DAY,
        help_text=gettext_lazy(
            "For the whole event: the new day of its first date ahead; the others move by as many days."
        ),
    )
    start_time = forms.TimeField(
        label=gettext_lazy("New hour"),
        required=False,
        widget=HOUR,
        help_text=gettext_lazy("Empty: the hour stays. The end and the doors follow the start."),
    )
    venue = VenueField(label=gettext_lazy("New place"), help_text=gettext_lazy("Empty: the place stays."))
    room = forms.CharField(label=gettext_lazy("Room or spot"), required=False, max_length=80)

    field_order = ["which", "day", "start_time", "venue", "room", "reason"]

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, event=event, **kwargs)
        self.fields["venue"].offer(event.get_site())

    def clean_day(self):
        return clean_day(self.cleaned_data["day"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned[name] for name in ("day", "start_time", "venue", "room")):
            raise ValidationError(_("Say where it is moved: to which day, hour or place."))
        return cleaned

    def change(self):
        sent = self.cleaned_data
        values = {"room": sent["room"]} if sent["room"] or sent["venue"] else {}
        if sent["venue"]:
            values["venue_id"] = None if sent["venue"].pk == self.event.venue_id else sent["venue"].pk
        if sent["reason"]:
            values["reason"] = sent["reason"]
        hours = {"start_time": sent["start_time"], "is_all_day": False} if sent["start_time"] else {}
        parts = {"hours": hours, "values": values, "keeps_length": True}
        return Change(shift=sent["day"] - self.chosen[0].first_day, **parts) if sent["day"] else Change(**parts)


def in_words(date):
    """A date and what has become of it already, for a list of choices."""
    day = date_format(timezone.localtime(date.start), "D, j E Y, H:i" if date.has_hours else "D, j E Y")
    return f"{day} ({', '.join(date.words_of_change)})" if date.words_of_change else day


def steps(event):
    """(action, short label, address) of each step for `event`, as buttons and lists show them."""
    return [
        (action, SHORT[action], reverse("programme_dates:status", args=[event.pk, action.value])) for action in Action
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def status(request, page_id, step):
    """What will change, listed; one button does it. `step`: an Action's value; `?date=` chooses one date beforehand."""
    if step not in Action.values:
        raise Http404
    event, action = changeable_event(request.user, page_id), Action(step)
    form_class = MoveForm if action == Action.MOVE else StatusForm
    initial = {"which": request.GET.get("date", "")}
    form = form_class(sent(request), initial=initial, event=event, action=action, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        changed = saved(form)
        if changed is not None:
            said = {"status": action.value, "reason": form.cleaned_data["reason"]}
            note(request, event, CHANGED, [str(date) for date in changed], **said)
            tell_changed(request, len(changed))
            return redirect("programme_dates:index", event.pk)
    return render(
        request,
        "programme/admin/status.html",
        {
            "event": event,
            "form": form,
            "action": action,
            "done": event.occurrences.upcoming(form.at).exclude(pk__in=[date.pk for date in form.dates]),
            "others": [each for each in steps(event) if each[0] != action],
            "breadcrumbs_items": [*trail(event), {"url": "", "label": SHORT[action]}],
            "header_title": SHORT[action],
        },
        status=422 if form.is_bound else 200,
    )

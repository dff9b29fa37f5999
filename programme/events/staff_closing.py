"""The staff's screen for a day when everything is off: first what it concerns, then one step."""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from .changes import Action
from .closing import MOST_DATES, MOST_DAYS, Closing, close
from .models import EventIndexPage
from .staff_fields import DAY, DatesField, VenueField, clean_day, reason_field
from .staff_views import CHANGED, note, number, sent, tell_changed


class ClosingForm(forms.Form):
    """What is closed: a place, some days, or a place on some days."""

    venue = VenueField(label=gettext_lazy("Place"), help_text=gettext_lazy("With everything in it. Empty: everywhere."))
    first_day = forms.DateField(label=gettext_lazy("First day"), required=False, widget=DAY)
    last_day = forms.DateField(
        label=gettext_lazy("Last day, if other"),
        required=False,
        widget=DAY,
        help_text=gettext_lazy("A place without days: closed from today for a year."),
    )

    def __init__(self, *args, site, at, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.site, self.at = site, at
        self.fields["venue"].offer(site)

    def clean_first_day(self):
        return clean_day(self.cleaned_data["first_day"])

    def clean_last_day(self):
        return clean_day(self.cleaned_data["last_day"])

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if not cleaned["venue"] and not cleaned["first_day"]:
            raise ValidationError(_("Give a place, or the first day, or both."))
        first, last = self._period()
        if last < first:
            self.add_error("last_day", _("The last day cannot come before the first."))
        elif (last - first).days > MOST_DAYS:
            self.add_error("last_day", _("At most a year at once."))
        return cleaned

    def _period(self):
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        if first is None:
            today = timezone.localdate(self.at)
            return today, last or today + timedelta(days=MOST_DAYS)
        return first, last or first

    def closing(self):
        """The `Closing` that a valid form describes."""
        return Closing(self.site, self.cleaned_data["venue"], *self._period())


class ClosedDatesForm(forms.Form):
    """Which of the dates concerned, what becomes of them, and why."""

    dates = DatesField()
    action = forms.ChoiceField(
        label=gettext_lazy("What happens to the chosen dates"),
        choices=[(action, action.label) for action in (Action.CANCEL, Action.POSTPONE)],
        widget=forms.RadioSelect,
        initial=Action.CANCEL,
    )
    reason = reason_field()

    def __init__(self, *args, dates, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["dates"].queryset = dates
        self.fields["reason"].required = True


def programmes(user):
    """The programmes (EventIndexPage) all of whose events `user` may publish."""
    return [page for page in EventIndexPage.objects.order_by("path") if page.permissions_for_user(user).can_publish()]


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def closing(request):
    """Ask what is closed (GET), list it, and call it off in one transaction (POST). `?program=`: of which centre."""
    own = programmes(request.user)
    if not own:
        raise PermissionDenied
    asked = number(request.GET.get("program", ""))
    programme = next((page for page in own if page.pk == asked), own[0])
    now = timezone.now()
    asks = {"venue", "first_day", "last_day"} & request.GET.keys()
    form = ClosingForm(request.GET if asks else None, site=programme.get_site(), at=now)
    context = {
        "form": form,
        "programme": programme,
        "programmes": own,
        "breadcrumbs_items": [{"url": "", "label": _("Close a place or a day")}],
        "header_title": _("Close a place or a day"),
    }
    if not form.is_valid():
        return render(request, "programme/admin/closing.html", context, status=422 if form.is_bound else 200)
    return _concerned(request, form.closing(), context, now)


def _concerned(request, closed, context, now):
    dates = closed.still_on(at=now)
    # The rows are locked without what is joined to them: the other side of an outer join cannot be.
    chosen = ClosedDatesForm(sent(request), dates=dates.select_for_update(of=("self",)))
    rows = list(dates[: MOST_DATES + 1])
    is_too_much = len(rows) > MOST_DATES
    if request.method == "POST" and not is_too_much and chosen.is_valid():
        return _close(request, chosen.cleaned_data, now)
    ticked = set(chosen.data.getlist("dates")) if chosen.is_bound else {str(date.pk) for date in rows}
    for date in rows:
        date.is_chosen = str(date.pk) in ticked
    context |= {
        "chosen": chosen,
        "closed": closed,
        "dates": rows,
        "is_too_much": is_too_much,
        "off_already": closed.off_already(at=now),
        "meetings": closed.meetings(),
    }
    return render(request, "programme/admin/closing.html", context, status=422 if chosen.is_bound else 200)


def _close(request, wanted, now):
    action, reason = wanted["action"], wanted["reason"]
    changed = close(wanted["dates"], action, reason, at=now)
    for event, dates in changed.items():
        note(request, event, CHANGED, [str(date) for date in dates], status=action, reason=reason)
    tell_changed(request, sum(len(dates) for dates in changed.values()))
    return redirect("programme_dates:closing")

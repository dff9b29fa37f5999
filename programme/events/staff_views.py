"""The staff's screen "Dates of the event": what really takes place, whatever drafts say."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log

from . import schedule
from .attendance import without_attendance
from .dates import Occurrence, RemovedDate
from .models import EventPage
from .staff_fields import is_number
from .staff_forms import REMOVE, AttendanceForm, ChosenDatesForm, DateForm

CHANGED = "programme.change_dates"
REMOVED = "programme.remove_dates"


def changeable_event(user, page_id):
    """The event, when `user` may publish it: this screen changes what the public sees. Raises Http404, PermissionDenied."""
    event = get_object_or_404(EventPage, pk=page_id)
    if not event.permissions_for_user(user).can_publish():
        raise PermissionDenied
    return event


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def dates(request, page_id):
    """All dates of one event, with one step for those that are chosen."""
    event = changeable_event(request.user, page_id)
    now = timezone.now()
    if "restore" in request.POST:
        return _restore(request, event, now)
    if "came" in request.POST:
        return _record(request, event, now)
    form = ChosenDatesForm(sent(request), event=event)
    if request.method == "POST" and form.is_valid():
        return _apply(request, event, form, now)
    return _table(request, event, form, now)


def _table(request, event, form, now, figures=None):
    rows = list(event.occurrences.select_related("venue").order_by("start", "pk"))
    strays = {date.pk for date in schedule.not_in_plan(event, at=now)}
    chosen = set(form.data.getlist("dates")) if form.is_bound else set()
    for date in rows:
        date.event = event
        date.is_stray = date.pk in strays
        date.is_chosen = str(date.pk) in chosen
    figures = figures or _figures(event, now)
    has_wrong_figures = any(figure.is_bound for figure in figures)
    return render(
        request,
        "programme/admin/dates.html",
        {
            "event": event,
            "form": form,
            "ahead": [date for date in rows if date.end > now],
            "past": [date for date in rows if date.end <= now][::-1],
            "strays": len(strays),
            "removed": event.removed_dates.order_by("original_start"),
            "figures": figures,
            "has_wrong_figures": has_wrong_figures,
            "breadcrumbs_items": trail(event),
            "header_title": _("Dates of the event"),
        },
        status=422 if form.is_bound or has_wrong_figures else 200,
    )


def _apply(request, event, form, now):
    days = {date.pk: str(date) for date in form.cleaned_data["dates"]}
    action = form.cleaned_data["action"]
    changed = form.save(at=now)
    told = list(days.values()) if action == REMOVE else [days[date.pk] for date in changed]
    note(request, event, REMOVED if action == REMOVE else CHANGED, told, status=action)
    tell_changed(request, len(told))
    return redirect("programme_dates:index", event.pk)


def _figures(event, now, data=None):
    """A form for each recent date of `event` to which nobody has said how many came."""
    rows = event.occurrences.select_for_update() if data else event.occurrences.all()
    return [AttendanceForm(data, date=date) for date in without_attendance(rows, at=now)]


def _record(request, event, now):
    figures = _figures(event, now, request.POST)
    if not all(figure.is_valid() for figure in figures):
        return _table(request, event, ChosenDatesForm(event=event), now, figures)
    told = [str(figure.date) for figure in figures if figure.save()]
    note(request, event, CHANGED, told, status="attendance")
    tell_changed(request, len(told))
    return redirect("programme_dates:index", event.pk)


def _restore(request, event, now):
    """Forget that a date was removed, and write it again if the plan still has it."""
    removed = get_object_or_404(RemovedDate, pk=number(request.POST["restore"]), event=event)
    removed.delete()
    schedule.write_occurrences(event, at=now)
    note(request, event, CHANGED, [str(removed)], status="restored")
    messages.success(request, _("The date is back, if the plan still has it."))
    return redirect("programme_dates:index", event.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def edit(request, page_id, date_id):
    """One date: when and where it is, whether it takes place, why not; perhaps for those after it, too."""
    event = changeable_event(request.user, page_id)
    date = get_object_or_404(Occurrence.objects.select_for_update(), pk=date_id, event=event)
    date.event = event
    form = DateForm(sent(request), date=date, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        changed = saved(form)
        if changed is not None:
            note(request, event, CHANGED, [str(date) for date in changed], status=form.cleaned_data["status"])
            tell_changed(request, len(changed))
            return redirect("programme_dates:index", event.pk)
    day = date_format(date.first_day, "l, j E Y")
    return render(
        request,
        "programme/admin/date.html",
        {
            "event": event,
            "date": date,
            "form": form,
            "breadcrumbs_items": [*trail(event), {"url": "", "label": day}],
            "header_title": _("Date: %(day)s") % {"day": day},
        },
        status=422 if form.is_bound else 200,
    )


def saved(form):
    """What `form.save()` returns; None when a date refuses the change: nothing is written then, the form says why."""
    try:
        return form.save()
    except ValidationError as error:
        form.add_error(None, error)
        return None


def sent(request):
    return request.POST if request.method == "POST" else None


def number(text):
    """The row's number that `text` from a form means; 0, which no row has, for anything else."""
    return int(text) if is_number(text) else 0


def trail(event):
    """The way back from a screen of one event's dates."""
    return [
        {"url": reverse("wagtailadmin_pages:edit", args=[event.pk]), "label": event.title},
        {"url": reverse("programme_dates:index", args=[event.pk]), "label": _("Dates of the event")},
    ]


def tell_changed(request, count):
    """Say how many dates are other now."""
    text = ngettext("%(count)d date changed.", "%(count)d dates changed.", count)
    (messages.success if count else messages.info)(
        request, text % {"count": count} if count else _("Nothing was to be changed.")
    )


def note(request, event, action, days, **data):
    """Write into the history of `event` what became of which `days` (texts); nothing when there are none."""
    if days:
        log(event, action, user=request.user, data={"dates": days, **data})

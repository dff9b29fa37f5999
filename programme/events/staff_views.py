"""The staff's screen "Dates of the event": what really takes place, whatever drafts say."""

from django.core.exceptions import PermissionDenied
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
from .dates import Occurrence, RemovedDate
from .models import EventPage
from .staff_forms import ChosenDatesForm, DateForm

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
    form = ChosenDatesForm(_sent(request), event=event)
    if request.method == "POST" and form.is_valid():
        return _apply(request, event, form, now)
    return _table(request, event, form, now)


def _table(request, event, form, now):
    rows = list(event.occurrences.order_by("start", "pk"))
    strays = {date.pk for date in schedule.not_in_plan(event, at=now)}
    chosen = set(form.data.getlist("dates")) if form.is_bound else set()
    for date in rows:
        date.event = event
        date.is_stray = date.pk in strays
        date.is_chosen = str(date.pk) in chosen
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
            "breadcrumbs_items": _trail(event),
            "header_title": _("Dates of the event"),
        },
        status=422 if form.is_bound else 200,
    )


def _apply(request, event, form, now):
    days = [str(date) for date in form.cleaned_data["dates"]]
    changed = form.save(at=now)
    action = form.cleaned_data["action"]
    is_removal = any(date.pk is None for date in changed)
    _log(request, event, REMOVED if is_removal else CHANGED, dates=days, status=action)
    done = ngettext("%(count)d date changed.", "%(count)d dates changed.", len(days)) % {"count": len(days)}
    messages.success(request, done)
    return redirect("programme_dates:index", event.pk)


def _restore(request, event, now):
    """Forget that a date was removed, and write it again if the plan still has it."""
    removed = get_object_or_404(RemovedDate, pk=_number(request.POST["restore"]), event=event)
    removed.delete()
    schedule.write_occurrences(event, at=now)
    _log(request, event, CHANGED, dates=[str(removed)], status="restored")
    messages.success(request, _("The date is back, if the plan still has it."))
    return redirect("programme_dates:index", event.pk)


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def edit(request, page_id, date_id):
    """One date: when it is, whether it takes place, why not."""
    event = changeable_event(request.user, page_id)
    date = get_object_or_404(Occurrence.objects.select_for_update(), pk=date_id, event=event)
    date.event = event
    form = DateForm(_sent(request), date=date)
    if request.method == "POST" and form.is_valid():
        form.save(at=timezone.now())
        _log(request, event, CHANGED, dates=[str(date)], status=date.status)
        messages.success(request, _("The date is changed."))
        return redirect("programme_dates:index", event.pk)
    day = date_format(date.first_day, "l, j E Y")
    return render(
        request,
        "programme/admin/date.html",
        {
            "event": event,
            "date": date,
            "form": form,
            "breadcrumbs_items": [*_trail(event), {"url": "", "label": day}],
            "header_title": _("Date: %(day)s") % {"day": day},
        },
        status=422 if form.is_bound else 200,
    )


def _sent(request):
    return request.POST if request.method == "POST" else None


def _trail(event):
    return [
        {"url": reverse("wagtailadmin_pages:edit", args=[event.pk]), "label": event.title},
        {"url": reverse("programme_dates:index", args=[event.pk]), "label": _("Dates of the event")},
    ]


def _log(request, event, action, **data):
    log(event, action, user=request.user, data=data)

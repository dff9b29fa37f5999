"""All dates of a plan as it stands in the editor's form, before anything is saved. Nothing here writes."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from . import repetition, schedule
from .breaks import BreakCalendar, breaks_of
from .dates import Occurrence
from .models import EventIndexPage, EventPage
from .plan import Repetition

#: So many dates are printed, and so many that are left out; the total is always said.
SHOWN = 200


@require_POST
def of_event(request, page_id):
    """The dates that an event would have, beside those that it has."""
    event = get_object_or_404(EventPage, pk=page_id)
    if not event.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return _answer(request, site=event.get_site(), event=event)


@require_POST
def of_new_event(request, parent_page_id):
    """The dates that an event would have which is not saved yet."""
    parent = get_object_or_404(EventIndexPage, pk=parent_page_id)
    if not parent.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    return _answer(request, site=parent.get_site())


def _answer(request, *, site, event=None):
    formset = sent_plan(request.POST)
    context = {"errors": errors_in_words(formset)}
    if not context["errors"]:
        rows = [form.instance for form in formset.forms if form not in formset.deleted_forms]
        context["preview"] = preview(rows, _sent_breaks(request.POST, site), event=event, at=timezone.now())
    return render(request, "programme/admin/plan_preview.html", context)


def sent_plan(data):
    """The lines of the plan in the editor's form, all taken for new ones: nothing of the page is touched."""
    lines = {name: data.getlist(name) for name in data if name.startswith("plan-") and not name.endswith("-id")}
    sent = data.copy()
    sent.clear()
    for name, values in lines.items():
        sent.setlist(name, values)
    sent.setdefault("plan-TOTAL_FORMS", "0")
    sent["plan-INITIAL_FORMS"] = "0"
    formset = EventPage.get_edit_handler().get_form_class().formsets["plan"]
    return formset(sent, instance=EventPage(), prefix="plan")


def _sent_breaks(data, site):
    numbers = [
        number for number in data.getlist("observes") if number.isascii() and number.isdigit() and len(number) < 16
    ]
    return breaks_of(BreakCalendar.objects.filter(settings__site=site, pk__in=numbers))


def errors_in_words(formset):
    """[(what, message)] of everything that keeps the dates from being counted."""
    formset.is_valid()
    found = []
    for number, form in enumerate((form for form in formset.forms if form not in formset.deleted_forms), start=1):
        for name, messages in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            where = _("Line %(number)d") % {"number": number}
            found += [(f"{where}, {label}" if label else where, message) for message in messages]
    if not found and not formset.is_valid():
        is_empty = len(formset.forms) == len(formset.deleted_forms)
        needed = [_("The plan needs at least one line with a day.")]
        found += [(_("When"), message) for message in (needed if is_empty else formset.non_form_errors())]
    return found


@dataclass
class Preview:
    """What the screen says. `dates`: Occurrences, not saved, each with `remark`; `stay`: saved ones without a plan."""

    total: int
    dates: list
    last: Occurrence | None
    skipped_total: int
    skipped: list
    until: datetime | None = None
    stay: list = field(default_factory=list)

    @property
    def more(self):
        """How many dates are not printed."""
        return self.total - len(self.dates)

    @property
    def skipped_more(self):
        """How many days left out are not printed."""
        return self.skipped_total - len(self.skipped)


def preview(rows, breaks, *, event, at):
    """The `Preview` of the lines `rows` (EventDate) with `breaks`, written at the moment `at`; `event` or None."""
    until = at + schedule.HORIZON
    planned = schedule.sittings(rows, until=until, breaks=breaks)
    dates = [Occurrence(**asdict(each)) for each in planned[:SHOWN]]
    _mark_skipped_hours(dates, rows)
    skipped = _skipped(rows, breaks, last=timezone.localdate(until))
    found = Preview(
        total=len(planned),
        dates=dates,
        last=Occurrence(**asdict(planned[-1])) if planned else None,
        skipped_total=len(skipped),
        skipped=[(day, _reason(row, day, breaks)) for day, row in skipped[:SHOWN]],
        until=until if any(_goes_on(row, until) for row in rows) else None,
    )
    if event:
        _compare(found, event, {each.key for each in planned}, at=at)
    return found


def _mark_skipped_hours(dates, rows):
    hours = {row.start_time for row in rows}
    for date in dates:
        if date.has_hours and timezone.localtime(date.start).time() not in hours:
            date.remark = _("the clocks skip the planned hour")


def _goes_on(row, until):
    """Whether the line has dates beyond what is written now."""
    is_rule = row.repetition in {Repetition.WEEKLY, Repetition.MONTHLY}
    return is_rule and not row.count and (row.repeat_until is None or row.repeat_until >= timezone.localdate(until))


def _skipped(rows, breaks, *, last):
    found = []
    for row in rows:
        is_left_out = repetition.left_out(row, breaks)
        found += [(day, row) for day in repetition.days_of_rule(row, last=last) if is_left_out(day)]
    return sorted(found, key=lambda pair: pair[0])


def _reason(row, day, breaks):
    if day in repetition.read_days(row.except_days)[0]:
        return _("left out by you")
    first = next(each for each in breaks if each.first_day <= day <= (each.last_day or each.first_day))
    return f"{first.calendar}: {first.name}" if first.name else str(first.calendar)


def _compare(found, event, keys, *, at):
    """Say at each date what differs, and find those that stay although the plan has them no more."""
    known = {row.original_start: row for row in event.occurrences.all()}
    removed = set(event.removed_dates.values_list("original_start", flat=True))
    for date in found.dates:
        key = date.start.astimezone(UTC)
        date.known = known.get(key)
        if key in removed:
            date.remark = _("removed by staff: it is not written again")
        elif date.known is None:
            date.remark = pgettext("date of an event", "new")
        elif date.known.is_changed_by_hand:
            date.remark = _("changed by hand, stays so")
    found.stay = sorted(
        (row for key, row in known.items() if key not in keys and row.end > at), key=lambda row: (row.start, row.pk)
    )

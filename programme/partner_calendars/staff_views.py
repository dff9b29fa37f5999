"""The staff's screens "Partners' calendars" and "Suggestions": what partners plan, and what becomes of it here."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from . import adopting, importing, queue
from .models import PartnerCalendar, Suggestion, SuggestionState
from .problems import CalendarError
from .staff_forms import CalendarForm, FileForm

PER_PAGE = 50
DATES_SHOWN = 3
LISTS = {
    "": gettext_lazy("Waiting"),
    SuggestionState.DECLINED: gettext_lazy("Declined"),
    SuggestionState.ADOPTED: gettext_lazy("Adopted"),
}


def own_sites(user):
    """The sites whose calendars `user` looks after. Raises PermissionDenied when there are none."""
    sites = queue.sites_to_publish_on(user)
    if not sites:
        raise PermissionDenied
    return sites


def own_calendar(user, calendar_id):
    """The calendar, when it belongs to a centre of `user`. Raises Http404, PermissionDenied."""
    return get_object_or_404(PartnerCalendar.objects.select_related("site"), pk=calendar_id, site__in=own_sites(user))


@require_http_methods(["GET", "HEAD"])
def index(request):
    """All calendars of the person's centres, with a line about the health of each."""
    sites = own_sites(request.user)
    waiting = queue.waiting(sites, at=timezone.now())
    counts = Count("suggestions", filter=Q(suggestions__in=waiting.values("pk")))
    calendars = list(PartnerCalendar.objects.filter(site__in=sites).annotate(waiting=counts))
    for calendar in calendars:
        calendar.is_failing = importing.is_failing(calendar)
    centres = [
        {"site": site, "calendars": [calendar for calendar in calendars if calendar.site_id == site.pk]}
        for site in sites
    ]
    facts = {"centres": centres, "waiting": waiting.count(), "breadcrumbs_items": _trail()}
    return render(
        request, "programme/admin/partner_calendars.html", {**facts, "header_title": _("Partners' calendars")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, site_id):
    """A new calendar of one centre; its address is read at once."""
    site = next((site for site in own_sites(request.user) if site.pk == site_id), None)
    if site is None:
        raise PermissionDenied
    return _edit(request, PartnerCalendar(site=site), _("Add a partner's calendar"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, calendar_id):
    """Name, credit and address of a calendar; a new address is read at once."""
    return _edit(request, own_calendar(request.user, calendar_id), _("Partner's calendar"))


def _edit(request, calendar, title):
    form = CalendarForm(_sent(request), instance=calendar)
    if request.method == "POST" and form.is_valid():
        calendar = form.save()
        messages.success(request, _("The calendar is saved."))
        if calendar.url and "url" in form.changed_data:
            _read_and_tell(request, calendar)
        return redirect("partner_calendars:index")
    return _form(request, form, title, button=_("Save the calendar"), calendar=calendar)


@require_POST
def read(request, calendar_id):
    """Ask the calendar's address now."""
    calendar = own_calendar(request.user, calendar_id)
    if calendar.url:
        _read_and_tell(request, calendar)
    else:
        messages.warning(request, _("This calendar has no address: send a file."))
    return redirect("partner_calendars:index")


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, calendar_id):
    """Read a file that the partner sent."""
    calendar = own_calendar(request.user, calendar_id)
    form = FileForm(_sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        new = form.read_into(calendar, at=timezone.now())
        if new is not None:
            _tell_of_new(request, new)
            return redirect("partner_calendars:index")
    title = _("File from: %(partner)s") % {"partner": calendar.name}
    return _form(request, form, title, button=_("Read the file"), calendar=calendar)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, calendar_id):
    """Stop reading a calendar. What it has suggested stays."""
    calendar = own_calendar(request.user, calendar_id)
    if request.method == "POST":
        calendar.delete()
        messages.success(request, _("The calendar is removed. Its suggestions stay."))
        return redirect("partner_calendars:index")
    title = _("Remove the calendar: %(partner)s") % {"partner": calendar.name}
    facts = {"calendar": calendar, "breadcrumbs_items": _trail(title), "header_title": title}
    return render(request, "programme/admin/partner_calendar_remove.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def suggestions(request):
    """What partners' calendars suggest: adopt, decline, think again."""
    sites = own_sites(request.user)
    if request.method == "POST":
        return _decide(request, Suggestion.objects.filter(site__in=sites))
    now = timezone.now()
    state = request.GET.get("state", "")
    rows = Suggestion.objects.filter(site__in=sites, state=state) if state in LISTS else Suggestion.objects.none()
    if not state:
        rows = queue.waiting(sites, at=now)
    page = Paginator(rows.select_related("site", "event"), PER_PAGE).get_page(request.GET.get("p"))
    for suggestion in page:
        ahead = [row for row in suggestion.dates if adopting.over_at(row) > now] or suggestion.dates
        suggestion.shown_dates = [queue.shown(row) for row in ahead[:DATES_SHOWN]]
        suggestion.more_dates = max(len(ahead) - DATES_SHOWN, 0)
    return render(
        request,
        "programme/admin/partner_suggestions.html",
        {
            "suggestions": page,
            "state": state,
            "lists": [(value, label, value == state) for value, label in LISTS.items()],
            "has_several_centres": len(sites) > 1,
            "breadcrumbs_items": _trail(_("Suggestions")),
            "header_title": _("Suggestions from partners"),
        },
    )


def _decide(request, own):
    """One step of the person who looks: adopt one, decline the chosen ones, let one wait again."""
    if "adopt" in request.POST:
        return _adopt(request, get_object_or_404(own, pk=_number(request.POST["adopt"])))
    if "restore" in request.POST:
        if adopting.restore(own.filter(pk=_number(request.POST["restore"]))):
            messages.success(request, _("The suggestion waits again."))
        return redirect(f"{reverse('partner_calendars:suggestions')}?state={SuggestionState.DECLINED}")
    chosen = [_number(text) for text in request.POST.getlist("chosen")]
    if count := adopting.decline(own.filter(pk__in=chosen)):
        text = ngettext("%(count)d suggestion declined.", "%(count)d suggestions declined.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.warning(request, _("Choose at least one suggestion that waits."))
    return redirect("partner_calendars:suggestions")


def _adopt(request, suggestion):
    try:
        event = adopting.adopt(suggestion, user=request.user, at=timezone.now())
    except adopting.NothingToAdopt as error:
        messages.warning(request, str(error))
        return redirect("partner_calendars:suggestions")
    messages.success(request, _("A draft is made of the suggestion. Check it, add what is missing and publish it."))
    return redirect("wagtailadmin_pages:edit", event.pk)


def _read_and_tell(request, calendar):
    try:
        new = importing.read_calendar(calendar, at=timezone.now())
    except CalendarError as error:
        text = _("“%(partner)s” could not be read. %(problem)s") % {"partner": calendar.name, "problem": error.sentence}
        messages.warning(request, text)
    else:
        _tell_of_new(request, new)


def _tell_of_new(request, new):
    text = ngettext(
        "The calendar is read: %(count)d new suggestion.", "The calendar is read: %(count)d new suggestions.", new
    )
    button = messages.button(reverse("partner_calendars:suggestions"), _("Suggestions"))
    messages.success(request, text % {"count": new}, buttons=[button])


def _form(request, form, title, *, button, calendar):
    return render(
        request,
        "programme/admin/partner_calendar_form.html",
        {
            "form": form,
            "button": button,
            "calendar": calendar,
            "breadcrumbs_items": _trail(title),
            "header_title": title,
        },
        status=422 if form.is_bound else 200,
    )


def _sent(request):
    return request.POST if request.method == "POST" else None


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _trail(*titles):
    home = {"url": reverse("partner_calendars:index"), "label": _("Partners' calendars")}
    return [home, *({"url": "", "label": title} for title in titles)]

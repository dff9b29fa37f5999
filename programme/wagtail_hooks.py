"""What the programme adds to Wagtail: evidence for the mission's goals, the declaration's buildings,
the staff's lists and their screen of dates.
"""

from functools import partial

from django.db import transaction
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from accessibility.declaration.places import HOOK as PLACES_HOOK
from mission.evidence import HOOK

from .events import plan_preview, schedule, share_pictures, staff_closing, staff_duplicate, staff_status, staff_views
from .events.changes import Action
from .events.dates import EventStatus
from .events.models import EventPage
from .events.staff_listing import EventListing
from .evidence import events_for_goals, sections_for_goals
from .partner_calendars import importing, staff_urls
from .partner_calendars.staff_menu import PartnersMenuItem
from .sections.staff_listing import SectionListing
from .venues.declaration import venues_for_declaration

hooks.register(HOOK, events_for_goals)
hooks.register(HOOK, sections_for_goals)
hooks.register(PLACES_HOOK, venues_for_declaration)


@hooks.register("clock_tick")
def fill_dates_ahead(at):
    schedule.fill_ahead(EventPage.objects.all(), at=at)


@hooks.register("clock_tick")
def draw_share_pictures(at):
    # After the clock's own transaction: nobody's saving waits for a drawing.
    transaction.on_commit(partial(share_pictures.draw_missing, at), robust=True)


@hooks.register("clock_tick")
def read_partner_calendars(at):
    # After the clock's own transaction: nobody's saving waits for a partner's slow server.
    transaction.on_commit(partial(importing.read_due, at))


@hooks.register("register_admin_viewset")
def lists_for_staff():
    return [EventListing(), SectionListing()]


@hooks.register("register_admin_urls")
def addresses_of_dates():
    patterns = [
        path("<int:page_id>/", staff_views.dates, name="index"),
        path("<int:page_id>/podglad/", plan_preview.of_event, name="preview"),
        path("podglad/<int:parent_page_id>/", plan_preview.of_new_event, name="preview_new"),
        path("<int:page_id>/<int:date_id>/", staff_views.edit, name="edit"),
        path("<int:page_id>/powielenie/", staff_duplicate.duplicate_event, name="duplicate"),
        path("<int:page_id>/<slug:step>/", staff_status.status, name="status"),
        path("zamkniecie/", staff_closing.closing, name="closing"),
    ]
    return [path("terminy/", include((patterns, "programme_dates")))]


@hooks.register("register_admin_urls")
def addresses_of_partner_calendars():
    return [path("partnerzy-kalendarze/", include(staff_urls))]


@hooks.register("register_admin_menu_item")
def link_to_partner_calendars():
    address = reverse("partner_calendars:index")
    return PartnersMenuItem(
        _("Partners' calendars"), address, name="partner-calendars", icon_name="download", order=130
    )


STEP_ICONS = {Action.CANCEL: "cross", Action.POSTPONE: "time", Action.MOVE: "arrow-right", Action.HOLD: "tick"}


@hooks.register("register_page_header_buttons")
def link_to_dates(page, user, view_name, next_url=None):
    if page.specific_class is EventPage and page.permissions_for_user(user).can_publish():
        address = reverse("programme_dates:index", args=[page.pk])
        yield Button(_("Dates of the event"), url=address, icon_name="calendar-alt", priority=12)
        for step, label, address in staff_status.steps(page) if page.live else []:
            yield Button(label, url=address, icon_name=STEP_ICONS[step], priority=13)
    yield from link_to_duplicate(page, user)


@hooks.register("register_page_listing_more_buttons")
def link_to_duplicate(page, user, next_url=None):
    """A button in every row of a list, so it asks the database nothing."""
    if page.specific_class is EventPage and staff_duplicate.is_offered(page, user):
        address = reverse("programme_dates:duplicate", args=[page.pk])
        yield Button(_("Duplicate with new dates"), url=address, icon_name="copy", priority=14)


@hooks.register("after_create_page")
def tell_of_card(request, page):
    """Say which lines the access card of a new event has taken from its kind."""
    if lines := getattr(page, "lines_of_kind", None):
        text = _("The access card begins with the usual lines of this kind of event: %(lines)s. Check them.")
        messages.info(request, text % {"lines": ", ".join(map(str, lines))})


@hooks.register("after_publish_page")
def tell_of_dates(request, page):
    """After publishing, say what the dates are now, and warn of those that the plan has left behind."""
    if page.specific_class is not EventPage:
        return
    button = messages.button(reverse("programme_dates:index", args=[page.pk]), _("Dates of the event"))
    now = timezone.now()
    event = page.specific
    if strays := len(schedule.not_in_plan(event, at=now)):
        text = ngettext(
            "%(count)d published date is no longer in the plan. Visitors still see it: look at it.",
            "%(count)d published dates are no longer in the plan. Visitors still see them: look at them.",
            strays,
        )
        messages.warning(request, text % {"count": strays}, buttons=[button])
        return
    ahead = event.occurrences.upcoming(now)
    if count := ahead.count():
        text = ngettext(
            "%(count)d date is ahead: %(day)s.", "%(count)d dates are ahead, the last of them on %(day)s.", count
        )
        day = date_format(ahead.last().first_day, "j E Y")
        messages.info(request, text % {"count": count, "day": day}, buttons=[button])
    else:
        messages.warning(
            request, _("No date is ahead: visitors find this event only in the archive."), buttons=[button]
        )


#: What a log entry's status (or other step) is called in the history.
SAID = {
    **dict(EventStatus.choices),
    **dict(Action.choices),
    "remove": gettext_lazy("removed"),
    "restored": gettext_lazy("brought back"),
    "attendance": gettext_lazy("how many came"),
}
DAYS_NAMED = 5


class DatesFormatter(LogFormatter):
    """Names the dates, so that the history says what became of which evening."""

    def format_message(self, log_entry):
        days, said = log_entry.data.get("dates", []), log_entry.data.get("status", "")
        named = ", ".join(days[:DAYS_NAMED]) + (", …" if len(days) > DAYS_NAMED else "")
        return f"{self.label} ({len(days)}): {named} ({SAID.get(said, said)})"


@hooks.register("register_log_actions")
def register_dates_actions(actions):
    labels = {
        staff_views.CHANGED: gettext_lazy("Dates changed"),
        staff_views.REMOVED: gettext_lazy("Dates removed"),
    }
    for action, label in labels.items():
        actions.register_action(action)(type("Formatter", (DatesFormatter,), {"label": label}))

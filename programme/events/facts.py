"""What calendars, news feeds and open data say of a date, each thing said in one place."""

from datetime import timedelta

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from accessibility.card import Provision, ProvisionState
from mission.models import CentreSettings

from .dates import EventStatus

#: What the functions below read of a date, besides what a listing fetches.
DETAILS = [
    "event__kind__settings",
    "event__series",
    "event__offers",
    "event__discounts",
    "event__roles__partner",
    "event__goals",
    "event__access",
    "event__venue__access",
    "event__venue__part_of__access",
    "event__venue__part_of__part_of__access",
    "venue__access",
    "venue__part_of__access",
    "venue__part_of__part_of__access",
]
#: schema.org's words, which the page stores (AttendanceMode).
ONLINE, OFFLINE = "OnlineEventAttendanceMode", "OfflineEventAttendanceMode"
PROVISIONS, STATES = dict(Provision.choices), dict(ProvisionState.choices)


def fetch_details(dates):
    """`dates` (Occurrences of one or more sites) as a list, with all that is said of them and their `centre`.

    Asks the database as often for one date as for a thousand, and keeps one object for all dates of an event.
    """
    # What a listing fetches would be fetched for each date anew; here it is fetched for each event.
    dates = list(dates.prefetch_related(None) if isinstance(dates, QuerySet) else dates)
    events = {}
    for date in dates:
        date.event = events.setdefault(date.event_id, date.event)
    prefetch_related_objects(dates, *DETAILS)
    sites = {date.event.kind.settings.site_id for date in dates}
    centres = {
        centre.site_id: centre for centre in CentreSettings.objects.filter(site__in=sites).select_related("site")
    }
    for date in dates:
        date.centre = centres.get(date.event.kind.settings.site_id)
    return dates


def attendance_mode(date):
    """Where one attends this date, in schema.org's word: what moved online is no longer on the spot."""
    return ONLINE if date.is_moved_online else date.event.attendance_mode


def online_address(date):
    """The address of the stream or meeting, when there is something to attend there; otherwise empty."""
    is_online = attendance_mode(date) != OFFLINE
    return date.event.online_url if is_online and not date.is_off else ""


def where(date):
    """Room, place and address on one line; empty when nobody has said."""
    if attendance_mode(date) == ONLINE:
        return gettext("online")
    place = date.place
    parts = [date.spot, place.title, place.full_address] if place else [date.spot]
    return ", ".join(part for part in parts if part)


def access_request_day(date):
    """The last day on which to ask about access to this date."""
    days = date.event.access_request_days
    return date.first_day - timedelta(days=date.event.kind.settings.access_request_days if days is None else days)


def access_contact(date):
    """Whom to ask about access."""
    centre = date.centre
    own = [centre.telephone, centre.email] if centre else []
    return date.event.access_contact or ", ".join(filter(None, own))


def access_request_url(date):
    """The form for asking about access."""
    return date.centre.site.root_url + reverse("access_request") if date.centre else reverse("access_request")


def price(event):
    """What it costs, as sentences; nothing is said that nobody has stated."""
    if event.is_accessible_for_free:
        yield gettext("Admission free.")
    if event.is_donation:
        yield gettext("Free-will donation.")
    if not event.is_accessible_for_free:
        yield from (f"{offer.name}: {money(offer.price)}" for offer in event.offers.all())
    yield from (f"{row.card}: {row.terms}" for row in event.discounts.all())
    if event.price_note:
        yield event.price_note


def money(amount):
    """A sum in złoty as people write it: "5 zł", "7,50 zł"."""
    return gettext("%(price)s PLN") % {"price": number_format(amount, 0 if amount == int(amount) else 2)}


def access_lines(date):
    """The access card as sentences, one for each state; the one on request says until when to ask."""
    rows = date.access_card
    for state in ProvisionState:
        said = ", ".join(_provision(row) for row in rows if row.state == state)
        if said:
            yield gettext("Access, %(state)s: %(provisions)s.") % {"state": state.label, "provisions": said}
    if rows or date.event.access_contact:
        day = date_format(access_request_day(date), "j E Y")
        yield gettext("Ask about access until %(day)s: %(contact)s") % {
            "day": day,
            "contact": ", ".join(filter(None, [access_contact(date), access_request_url(date)])),
        }


def _provision(row):
    return f"{provision_label(row)} ({row.note})" if row.note else provision_label(row)


def provision_label(row):
    """What a line of the access card speaks of; a feed asks so often that Django's own way would be felt."""
    return str(PROVISIONS.get(row.provision, row.provision))


def status_line(date):
    """What has become of the date, as a sentence; empty while all is as planned."""
    if date.status == EventStatus.SCHEDULED:
        return ""
    if date.is_moved:
        was = date_format(timezone.localtime(date.original_start), "j E Y")
        return gettext("New date; first announced for %(day)s.") % {"day": was}
    return f"{capfirst(date.get_status_display())}."


def seats_line(date):
    """Whether there is room left, as a sentence; empty where it was not stated or nobody should come."""
    return f"{capfirst(date.seats_words)}." if date.seats_words else ""


def people(event):
    """Who stands behind the event besides the centre, as lines "role: name"."""
    if event.organizer:
        yield gettext("Organiser: %(name)s") % {"name": event.organizer}
    for row in event.roles.all():
        if row.title:
            yield f"{capfirst(row.get_role_display())}: {row.title}"


def stamp(date):
    """When anything about the date last changed: the row or the page."""
    return max(filter(None, [date.changed_at, date.event.last_published_at]))

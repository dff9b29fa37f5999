"""What the page of a place shows. The moment is an argument."""

from itertools import groupby

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from accessibility.card import Asking

from ..code_lists import ProgrammeSettings
from ..events.dates import Occurrence
from ..events.querysets import within
from ..events.soon import changes_soon, first_of_each
from .tree import in_tree

EVENTS_SHOWN = 12
NOTICE_DAYS = 14


def venue_context(venue, *, centre, at):
    """What a place's page shows at the moment `at`. `venue`: VenuePage; `centre`: CentreSettings."""
    dates = Occurrence.objects.public().at_venue(venue)
    return {
        "parts": parts_of(venue),
        "above": [place for place in venue.above if place.live],
        "dates": first_of_each(dates.upcoming(at).for_listing().with_pictures(), EVENTS_SHOWN),
        "changed_dates": changes_soon(leaving_or_at(venue), at=at, days=NOTICE_DAYS),
        "meetings": meetings_by_day(venue),
        "week": venue.week(),
        "access_card": venue.access_card,
        "asking": asking_about(venue, centre),
        "calendar_url": calendar_address(venue),
    }


def parts_of(venue):
    """The published buildings and rooms of `venue`, as a tree."""
    places = type(venue).objects.live().public().filter(Q(part_of=venue.pk) | Q(part_of__part_of=venue.pk))
    return in_tree(places.select_related("part_of__part_of").order_by("path")) if venue.pk else []


def leaving_or_at(venue):
    """The public dates that are or were to be at `venue`: those moved away are news here too."""
    dates = Occurrence.objects.public()
    return dates.filter(within(venue, "venue__") | within(venue, "event__venue__"))


def asking_about(venue, centre):
    """Whom to ask about access to `venue`, and how many days before."""
    contact = venue.contact or ", ".join(filter(None, [centre.telephone, centre.email]))
    return Asking(contact, ProgrammeSettings.for_site(centre.site).access_request_days)


def calendar_address(venue):
    """Where the calendar of `venue` is."""
    try:
        return reverse("programme:venue_calendar", args=[venue.slug]) if venue.slug else ""
    except NoReverseMatch:
        return ""


def meetings_by_day(venue):
    """The weekly meetings of classes at `venue` or in its parts, as [(weekday in words, [meetings])]."""
    meetings = venue.meetings.model.objects.filter(within(venue, "venue__"), group__section__live=True)
    meetings = meetings.select_related("group__section", "venue").order_by("weekday", "start", "pk")
    days = groupby(meetings, key=lambda meeting: meeting.get_weekday_display())
    return [(label, list(group)) for label, group in days]

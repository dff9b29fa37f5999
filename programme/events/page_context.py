"""What the pages of one event and of a series show. The moment is an argument."""

from django.urls import reverse

from . import structured_data
from .dates import Occurrence
from .listing import MOST, by_day

RECENT = 20


def event_context(event, *, centre, at):
    """What an event's page shows at the moment `at`. `event`: EventPage; `centre`: CentreSettings."""
    dates = list(event.occurrences.order_by("start", "pk"))
    for sitting in dates:
        sitting.event = event
    ahead = [sitting for sitting in dates if sitting.end > at]
    past = [sitting for sitting in dates if sitting.end <= at]
    chosen = ahead[0] if ahead else (past[-1] if past else None)
    return {
        "dates_ahead": ahead,
        "dates_past": past[: -RECENT - 1 : -1],
        "next_date": ahead[0] if ahead else None,
        "is_over": bool(dates) and not ahead,
        "is_off": bool(ahead) and all(sitting.is_off for sitting in ahead),
        "notice_date": next((sitting for sitting in ahead[:1] if sitting.is_off or sitting.is_moved), None),
        "headline": _headline(event, ahead, past),
        "prices": event.offers.all(),
        "access_card": event.access_card,
        "access_contact": event.access_contact or ", ".join(filter(None, [centre.telephone, centre.email])),
        "goals": [goal for goal in event.goals.all() if goal.live],
        "calendar_url": reverse("programme:event_calendar", args=[event.slug]),
        "structured_data": structured_data.event(event, chosen, dates, centre=centre),
    }


def _headline(event, ahead, past):
    """The page's heading: it says a status when that is true of everything still ahead, or of the only date."""
    if ahead and all(sitting.is_off for sitting in ahead):
        return ahead[0].headline
    if not ahead and len(past) == 1:
        return past[0].headline
    return event.title


def series_context(series, *, centre, at):
    """What the page of a series or festival shows at the moment `at`: its programme by day. `series`: SeriesPage."""
    dates = Occurrence.objects.public().filter(event__series=series)
    return {
        "days": by_day(dates.upcoming(at).for_listing()[:MOST]),
        "past_days": by_day(dates.past(at).for_listing()[:MOST]),
    }

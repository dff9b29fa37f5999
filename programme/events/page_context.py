"""What the pages of one event and of a series show. The moment is an argument."""

from django.db.models import prefetch_related_objects
from django.urls import reverse

from mission.models import GoalPage

from . import structured_data
from .access import asking_about
from .dates import Occurrence
from .listing import MOST, by_day
from .preview import dates_once_published
from .roles import roles_in_groups

RECENT = 20
#: How many dates stand open; the rest unfolds, and the calendar file has them all.
SHOWN, UNFOLDED = 12, 120
#: What several parts of the page print.
ROWS = [
    *("access", "offers", "discounts", "roles", "plan", "observes__periods", "image__renditions"),
    *(f"venue{outer}__access" for outer in ("", "__part_of", "__part_of__part_of")),
]


def event_context(event, *, centre, at, is_preview=False):
    """What an event's page shows at the moment `at`. `event`: EventPage; `centre`: CentreSettings.

    `is_preview`: an editor looks at what is not published; then the dates are those of the plan on the screen.
    """
    if not is_preview:
        prefetch_related_objects([event], *ROWS)
    dates = dates_once_published(event, at=at) if is_preview else _dates(event)
    for sitting in dates:
        sitting.event = event
    ahead = [sitting for sitting in dates if sitting.end > at]
    past = [sitting for sitting in dates if sitting.end <= at]
    held = next((sitting for sitting in ahead if not sitting.is_off), None)
    chosen = next(iter([*ahead[:1], *past[-1:]]), None)
    said = _said_of_all(ahead, past)
    return {
        "dates_ahead": ahead[:SHOWN],
        "dates_later": ahead[SHOWN : SHOWN + UNFOLDED],
        "dates_past": past[: -RECENT - 1 : -1],
        "next_date": held or next(iter(ahead), None),
        "is_over": bool(dates) and not ahead,
        "is_off": bool(ahead) and held is None,
        "is_full": held is not None and all(sitting.is_off or sitting.is_full for sitting in ahead),
        "heading_date": said,
        "notice_date": _to_be_told(ahead, said),
        "headline": _headline(event, said, is_over=not ahead),
        **_facts(event, held or chosen, centre=centre, at=at, is_over=not ahead),
        "structured_data": structured_data.event(event, chosen, dates, centre=centre),
    }


def _dates(event):
    dates = event.occurrences.select_related("venue__part_of__part_of").order_by("start", "pk")
    return list(dates.prefetch_related("venue__access", "venue__part_of__access", "venue__part_of__part_of__access"))


def _facts(event, date, *, centre, at, is_over):
    """What stays the same from date to date, and what the `date` (Occurrence or None) in question changes of it."""
    at_place = date or event
    card = at_place.access_card
    return {
        "place": date.place if date else event.venue,
        "spot": date.spot if date else event.room,
        "prices": event.offers.all(),
        "discounts": event.discounts.all(),
        "companion_free": next(
            (row for row in card if row.provision == "companion_free" and row.state == "provided"), None
        ),
        "roles": roles_in_groups(event),
        "access_card": card,
        "asking": asking_about(event, None if is_over else date, centre=centre, at=at),
        "goals": _public_goals(event),
        "calendar_url": reverse("programme:event_calendar", args=[event.slug]) if event.slug else "",
    }


def _public_goals(event):
    chosen = [goal.pk for goal in event.goals.all()]
    return GoalPage.objects.live().public().filter(pk__in=chosen).in_order() if chosen else []


def _said_of_all(ahead, past):
    """The date whose status the heading says: what is true of everything ahead, or of the only date when that was off."""
    if not ahead:
        return past[0] if len(past) == 1 and past[0].is_off else None
    if all(sitting.is_off for sitting in ahead):
        return ahead[0]
    states = {(sitting.status, sitting.seats, sitting.venue_id) for sitting in ahead}
    return ahead[0] if len(states) == 1 and ahead[0].words_of_change else None


def _to_be_told(ahead, said):
    """The date whose change the page tells before anything else: the next one's, or what the heading says."""
    changed = [sitting for sitting in ahead[:1] if sitting.words_of_change]
    return next(iter(changed), said)


def _headline(event, said, *, is_over):
    if said is None:
        return event.title
    return said.headline_afterwards if is_over else said.headline


def series_context(series, *, centre, at):
    """What the page of a series or festival shows at the moment `at`: its programme by day. `series`: SeriesPage."""
    dates = Occurrence.objects.public().filter(event__series=series.pk)
    ahead, past = (list(asked.for_listing().with_pictures()[:MOST]) for asked in (dates.upcoming(at), dates.past(at)))
    return {
        "days": by_day(ahead),
        "past_dates": past,
        "structured_data": structured_data.series(series, ahead, past, centre=centre),
    }

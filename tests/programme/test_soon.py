"""What home shows of today and of the next days: of much, the few that matter."""

from datetime import timedelta

import pytest

from programme.models import EventStatus, Occurrence
from tests.factories import make_date, make_event, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db


def home(visitor, name):
    return [date.event.title for date in visitor.get("/").context[name]]


def test_a_play_shown_many_times_hides_nothing_that_comes_after_it(clock, visitor):
    clock("2026-05-06 12:00")
    make_site()
    venue = make_venue("Sala", slug="sala")
    play = make_event("Sztuka", start=warsaw("2026-05-07 09:00"), venue=venue)
    for hours in range(1, 100):
        make_date(play, warsaw("2026-05-07 09:00") + timedelta(hours=hours), venue=venue)
    make_event("Koncert", start=warsaw("2026-05-20 18:00"), venue=venue)
    assert home(visitor, "dates_next") == ["Sztuka", "Koncert"]
    assert [date.event.title for date in visitor.get(venue.get_url()).context["dates"]] == ["Sztuka", "Koncert"]


def test_what_begins_today_comes_before_what_runs_for_weeks_and_what_is_off_last(clock, visitor):
    clock("2026-05-06 12:00")
    make_site()
    for number in range(30):
        make_event(f"Wystawa {number}", start=warsaw("2026-05-01 10:00"), end=warsaw("2026-06-01 18:00"))
    make_event("Odwołane", start=warsaw("2026-05-06 16:00"))
    Occurrence.objects.filter(event__title="Odwołane").update(status=EventStatus.CANCELLED)
    make_event("Wieczór", start=warsaw("2026-05-06 20:00"))
    make_event("Koncert", start=warsaw("2026-05-06 18:00"))
    shown = home(visitor, "dates_today")
    assert shown == ["Koncert", "Wieczór", "Wystawa 0", "Wystawa 1", "Wystawa 2", "Wystawa 3"]


def test_an_event_of_today_is_not_shown_again_among_the_next(clock, visitor):
    clock("2026-05-06 12:00")
    make_site()
    event = make_event("Koncert", start=warsaw("2026-05-06 18:00"))
    make_date(event, warsaw("2026-05-08 18:00"))
    assert (home(visitor, "dates_today"), home(visitor, "dates_next")) == (["Koncert"], [])

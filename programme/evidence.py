"""What events and classes show for the goals: counts and the next dates, in as many queries for one goal as for all."""

from collections import defaultdict

from django.db.models import Count, F, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mission.evidence import Evidence, EvidenceItem

from .code_lists import ProgrammeSettings
from .events.dates import OFF, Occurrence
from .events.models import EventPage
from .events.querysets import local_day
from .sections.models import SectionPage

ITEMS = 3


def events_for_goals(goals, at):
    """Dates of events: held this year up to `at` (cancelled and postponed ones left out), and those ahead."""
    year_start, _end = local_day(timezone.localdate(at).replace(month=1, day=1))
    dates = Occurrence.objects.public().filter(event__goals__in=goals)
    held = dates.past(at).filter(start__gte=year_start).exclude(status__in=OFF)
    ahead = dates.upcoming(at).exclude(status__in=OFF)
    done_counts = _count_by_goal(held)
    ahead_counts = _count_by_goal(ahead)
    items = _next_events(goals, at)
    return {
        goal.pk: Evidence(
            _("events"),
            done_counts[goal.pk],
            ahead_counts[goal.pk],
            items[goal.pk],
            calendar_url=reverse("programme:goal_calendar", args=[goal.slug]),
        )
        for goal in goals
    }


def sections_for_goals(goals, at):
    """Classes whose season is not over; all of them count as ahead, because one can come next week."""
    items = defaultdict(list)
    links = SectionPage.goals.through.objects.filter(
        goalpage__in=goals, sectionpage__in=SectionPage.objects.live().public()
    )
    sections = SectionPage.objects.in_bulk(links.values_list("sectionpage_id", flat=True))
    is_over = ProgrammeSettings.objects.filter(season_end__lt=timezone.localdate(at))
    ended = tuple(is_over.values_list("site__root_page__path", flat=True))
    for goal_pk, section_pk in links.values_list("goalpage_id", "sectionpage_id").order_by("sectionpage__title"):
        section = sections[section_pk]
        if not section.path.startswith(ended):
            items[goal_pk].append(EvidenceItem(section.title, _path(section)))
    return {goal.pk: Evidence(_("classes"), 0, len(items[goal.pk]), items[goal.pk]) for goal in goals}


def _count_by_goal(dates):
    counts = dates.order_by().values(goal=F("event__goals")).annotate(count=Count("pk"))
    return defaultdict(int, {row["goal"]: row["count"] for row in counts})


def _next_events(goals, at):
    nearest = (
        Occurrence.objects.public()
        .upcoming(at)
        .filter(event__goals__in=goals)
        .exclude(status__in=OFF)
        .order_by()
        .values(goal=F("event__goals"), page=F("event"))
        .annotate(start=Min("start"))
        .order_by("start", "page")
    )
    chosen = defaultdict(list)
    for row in nearest:
        if len(chosen[row["goal"]]) < ITEMS:
            chosen[row["goal"]].append(row)
    events = EventPage.objects.in_bulk({row["page"] for rows in chosen.values() for row in rows})
    items = {
        goal: [EvidenceItem(events[row["page"]].title, _path(events[row["page"]]), row["start"]) for row in rows]
        for goal, rows in chosen.items()
    }
    return defaultdict(list, items)


def _path(page):
    """The address without the host: a goal and what serves it stand on the same site."""
    parts = page.get_url_parts()
    return parts[2] if parts else ""

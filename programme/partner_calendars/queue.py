"""Whose suggestions wait for a person, and which of them still make sense."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from wagtail.models import Site

from ..events.models import EventIndexPage
from .adopting import over_at
from .models import Suggestion, SuggestionState


def sites_to_publish_on(user):
    """The sites (list) in whose programme `user` may publish events: theirs are the calendars and suggestions."""
    paths = []
    for index in EventIndexPage.objects.all():
        allowed = index.permissions_for_user(user)
        if allowed.can_add_subpage() and allowed.can_publish_subpage():
            paths.append(index.path)
    sites = Site.objects.select_related("root_page").order_by("-is_default_site", "hostname")
    return [site for site in sites if any(path.startswith(site.root_page.path) for path in paths)]


def waiting(sites, *, at):
    """The suggestions of `sites` that wait for a decision and are not over at the moment `at`."""
    rows = Suggestion.objects.filter(site__in=sites, state=SuggestionState.WAITING)
    begun = rows.filter(first_start__lte=at).values_list("pk", "dates")
    over = [pk for pk, dates in begun if all(over_at(row) <= at for row in dates)]
    return rows.exclude(pk__in=over)


@dataclass(frozen=True)
class ShownDate:
    """A date of a suggestion as templates print it: `first_day`, `last_day`; `start`, `end` (moments) unless all day."""

    first_day: date
    last_day: date
    start: datetime | None = None
    end: datetime | None = None


def shown(row):
    """A date of a suggestion ({"start", "end", "is_all_day"}) as a `ShownDate`."""
    if row["is_all_day"]:
        return ShownDate(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]) - timedelta(days=1))
    start = timezone.localtime(datetime.fromisoformat(row["start"]))
    end = timezone.localtime(datetime.fromisoformat(row["end"])) if row["end"] else None
    return ShownDate(start.date(), end.date() if end else start.date(), start, end)

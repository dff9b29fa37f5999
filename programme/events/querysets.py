"""Questions the site asks about events and their dates. Callers say what moment they mean."""

from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Max, Min, Prefetch, Q
from django.utils import timezone
from wagtail.models import PageManager, PageQuerySet, PageViewRestriction


class EventQuerySet(PageQuerySet):
    def with_next_start(self, at):
        """Each event with `next_start`: the start of its first sitting that is not over, or None."""
        return self.annotate(next_start=Min("occurrences__start", filter=Q(occurrences__end__gt=at)))

    def upcoming(self, at):
        """Events with a sitting not yet over, soonest first, each with `next_start`."""
        return self.with_next_start(at).filter(next_start__isnull=False).order_by("next_start", "pk")

    def past(self, at):
        """The complement of `upcoming` among dated events: every sitting is over, latest first, with `last_end`."""
        return self.annotate(last_end=Max("occurrences__end")).filter(last_end__lte=at).order_by("-last_end", "pk")

    def for_listing(self):
        """Fetch what a card prints, so the cost does not grow with the list."""
        return self.select_related("venue", "venue__part_of", "image", "kind")


def within(venue, prefix=""):
    """The condition to be at `venue` (VenuePage) or in a part of it; `prefix`: the way to the place, as "event__venue__"."""
    ways = ("pk", "part_of", "part_of__part_of")
    return Q(*((f"{prefix}{way}", venue.pk) for way in ways), _connector=Q.OR)


EventManager = PageManager.from_queryset(EventQuerySet)


def local_day(day):
    """The half-open interval (start, end) of a date in the site's time zone, aware; 23 or 25 hours on clock-change days."""
    zone = timezone.get_default_timezone()
    return (
        datetime.combine(day, time.min, tzinfo=zone),
        datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone),
    )


class OccurrenceQuerySet(models.QuerySet):
    def upcoming(self, at):
        """Sittings not yet over at the moment `at`, soonest first."""
        return self.filter(end__gt=at).order_by("start", "pk")

    def past(self, at):
        """The complement of `upcoming`, latest first."""
        return self.filter(end__lte=at).order_by("-start", "-pk")

    def between(self, start, end):
        """Sittings that touch the half-open interval `start` ≤ t < `end` (aware datetimes)."""
        return self.filter(start__lt=end, end__gt=start).order_by("start", "pk")

    def on_day(self, day):
        """Sittings that touch the local date `day`."""
        return self.between(*local_day(day))

    def in_site(self, site):
        """Sittings of the events that live under the root page of `site`."""
        return self.filter(event__path__startswith=site.root_page.path)

    def public(self):
        """Sittings of published events that everyone may see."""
        hidden = Q()
        for path in PageViewRestriction.objects.values_list("page__path", flat=True):
            hidden |= Q(event__path__startswith=path)
        return self.filter(~hidden, event__live=True) if hidden else self.filter(event__live=True)

    def at_venue(self, venue):
        """Sittings that are at `venue` (VenuePage) or in a part of it; one that has a place of its own is only there."""
        return self.filter(within(venue, "venue__") | Q(venue=None) & within(venue, "event__venue__"))

    def for_listing(self):
        """Fetch what a card prints, so the cost does not grow with the list."""
        dates = self.select_related("event", "event__image", "event__kind", "event__series")
        dates = dates.defer("event__body", "event__afterwards", "event__series__body")
        return dates.prefetch_related("event__access", *self._places("venue"), *self._places("event__venue"))

    def with_pictures(self):
        """Fetch also what the picture of a card needs."""
        return self.prefetch_related("event__image__renditions")

    def for_calendar(self):
        """Fetch the little that a month or a week prints of each sitting."""
        dates = self.select_related("event", "event__venue", "venue")
        return dates.defer("event__body", "event__afterwards", "event__venue__body", "venue__body")

    def first_to_start(self, after=None):
        """The sitting that starts first, or first from the moment `after`; None when there is none.

        Two questions instead of one: the index of ends answers them without sorting a full archive.
        """
        dates = self.filter(start__gte=after, end__gt=after) if after else self
        soon = dates.order_by("end").first()
        return soon and dates.filter(start__lte=soon.start).order_by("start", "pk").first()

    def last_to_start(self, before):
        """The sitting that starts last before the moment `before`, found as `first_to_start` is; None when there is none."""
        dates = self.filter(start__lt=before)
        late = self.filter(end__lte=before).order_by("-end").first()
        if late:
            dates = dates.filter(start__gte=late.start, end__gt=late.start)
        return dates.order_by("-start", "-pk").first()

    def _places(self, way):
        """What to fetch of the places at `way`: each once, with what it is a part of and all their access cards."""
        places = self.model._meta.get_field("venue").related_model.objects.select_related("part_of__part_of")
        places = places.defer("body", "part_of__body", "part_of__part_of__body")
        above = ("", "__part_of", "__part_of__part_of")
        return Prefetch(way, places), *(f"{way}{place}__access" for place in above)

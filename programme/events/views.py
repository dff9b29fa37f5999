"""The programme's own addresses: calendars, the news feed, the archive."""

from datetime import date

from django.db.models import Count
from django.db.models.functions import ExtractMonth
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Site

from mission.models import CentreSettings

from ..reading import only_read
from . import ical
from .dates import Occurrence
from .filters import EventFilter
from .listing import by_day, count_in_words
from .models import EventIndexPage, EventPage
from .querysets import local_day
from .rss import ProgrammeFeed
from .schedule import FEED_AHEAD, FEED_BACK

MOST_OF_ONE_EVENT = 1000

news_feed = only_read(max_age=300)(ProgrammeFeed())


@only_read(max_age=300)
def calendar(request):
    """The programme to subscribe to: 30 days back, 18 months ahead, narrowed by the programme's own filters."""
    site = Site.find_for_request(request)
    now = timezone.now()
    form = EventFilter(request.GET, site=site)
    dates = Occurrence.objects.in_site(site).public().between(now - FEED_BACK, now + FEED_AHEAD)
    name = _("Programme of events: %(centre)s") % {"centre": CentreSettings.for_request(request).name}
    return _calendar_file(request, form.narrow(dates), name, f"{site.root_url}/program/", "program")


@only_read(max_age=300)
def event_calendar(request, slug):
    """All dates of one event, the past ones too: people keep them."""
    event = get_object_or_404(_events(request), slug=slug)
    dates = Occurrence.objects.filter(event=event).order_by("start", "pk")[:MOST_OF_ONE_EVENT]
    return _calendar_file(request, dates, event.title, event.full_url, event.slug)


def _calendar_file(request, dates, name, url, file_name):
    content = ical.calendar(
        dates.for_listing(),
        name=name,
        url=url,
        notice=CentreSettings.for_request(request).demonstration_notice,
    )
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    return answer


@only_read(max_age=60)
def archive(request, year=None):
    """What has been: years, and the months of one of them, the latest unless `year` is given."""
    index = _index(request)
    past = _past(index, timezone.now())
    first, last = past.order_by("start").first(), past.order_by("-start").first()
    years = range(last.first_day.year, first.first_day.year - 1, -1) if first else []
    if year is not None and year not in years:
        raise Http404
    year = year or (years[0] if years else None)
    return render(
        request,
        "programme/archive.html",
        {
            "title": _("Archive of events"),
            "breadcrumbs": _trail(index),
            "index": index,
            "years": [(each, reverse("programme:archive_year", args=[each]), each == year) for each in years],
            "year": year,
            "months": _months(past, year) if year else [],
        },
    )


@only_read(max_age=60)
def archive_month(request, year, month):
    """What has been in one month, under day headings; 404 for months that have not begun."""
    index, now = _index(request), timezone.now()
    if not 1 <= month <= 12 or year < 1900:
        raise Http404
    first = date(year, month, 1)
    if first > timezone.localdate(now):
        raise Http404
    after, past = _next_month(first), _past(index, now)
    inside = past.filter(start__gte=local_day(first)[0], start__lt=local_day(after)[0])
    dates = list(inside.order_by("start", "pk").for_listing())
    return render(
        request,
        "programme/archive_month.html",
        {
            "title": _("Archive: %(month)s") % {"month": date_format(first, "F Y").lower()},
            "breadcrumbs": [*_trail(index), (_("Archive of events"), reverse("programme:archive"))],
            "index": index,
            "month": first,
            "days": by_day(dates),
            "count_text": count_in_words(len(dates)),
            "earlier": _month_link(past.filter(start__lt=local_day(first)[0]).order_by("-start")),
            "later": _month_link(past.filter(start__gte=local_day(after)[0]).order_by("start")),
        },
    )


def _events(request):
    root = Site.find_for_request(request).root_page
    return EventPage.objects.live().public().descendant_of(root)


def _index(request):
    root = Site.find_for_request(request).root_page
    return get_object_or_404(EventIndexPage.objects.live().public(), path__startswith=root.path)


def _trail(index):
    return [*index.breadcrumbs, (index.title, index.get_url(current_site=index.get_site()))]


def _past(index, at):
    return Occurrence.objects.public().filter(event__path__startswith=index.path).past(at)


def _months(past, year):
    """The months of `year` in which something was on, latest first, as (first day, count, address)."""
    inside = past.filter(start__gte=local_day(date(year, 1, 1))[0], start__lt=local_day(date(year + 1, 1, 1))[0])
    counts = inside.order_by().annotate(month=ExtractMonth("start")).values("month").annotate(count=Count("pk"))
    found = sorted(((row["month"], row["count"]) for row in counts), reverse=True)
    return [(date(year, month, 1), count, _month_url(date(year, month, 1))) for month, count in found]


def _month_url(first):
    return reverse("programme:archive_month", args=[first.year, first.month])


def _month_link(dates):
    """The month of the nearest of `dates`, as (first day, address), or None."""
    nearest = dates.first()
    if nearest is None:
        return None
    first = nearest.first_day.replace(day=1)
    return first, _month_url(first)


def _next_month(first):
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)

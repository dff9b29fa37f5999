"""The programme's own addresses: calendars, the news feed, the archive."""

from datetime import date, timedelta
from itertools import groupby, pairwise

from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.models import Site

from mission import fragments
from mission.models import CentreSettings, GoalPage
from mission.models.base import few

from ..reading import only_read, render_kept
from ..venues.models import VenuePage
from . import ical
from .dates import Occurrence
from .filters import EventFilter, serving
from .listing import by_day, count_in_words, day_from
from .models import EventIndexPage, EventPage
from .querysets import local_day
from .rss import ProgrammeFeed
from .schedule import FEED_AHEAD, FEED_BACK

MOST_OF_ONE_EVENT = 1000
#: A page of a month that is over ends with the first day that brings it to this many sittings.
ENOUGH_PAST = 100

news_feed = only_read(max_age=300)(fragments.kept(ProgrammeFeed()))


@only_read(max_age=300)
@fragments.kept
def calendar(request):
    """The programme to subscribe to: 30 days back, 18 months ahead, narrowed by the programme's own filters."""
    site = Site.find_for_request(request)
    form = EventFilter(request.GET, site=site)
    now = timezone.now()
    dates = form.narrow(form.on_asked_days(_subscribed(site, now), timezone.localdate(now)))
    name = _("Programme of events: %(centre)s") % {"centre": CentreSettings.for_request(request).name}
    return _calendar_file(request, dates, name, f"{site.root_url}/program/", "program")


@only_read(max_age=300)
@fragments.kept
def event_calendar(request, slug):
    """All dates of one event, the past ones too: people keep them."""
    event = _public_page(request, EventPage, slug)
    if event is None:
        return _moved_calendar(request, EventPage, f"/program/{slug}", "programme:event_calendar")
    dates = Occurrence.objects.filter(event=event).order_by("start", "pk")[:MOST_OF_ONE_EVENT]
    return _calendar_file(request, dates, event.title, event.full_url, event.slug)


@only_read(max_age=300)
@fragments.kept
def venue_calendar(request, slug):
    """What is on at one place and in what is part of it, to subscribe to."""
    venue = _public_page(request, VenuePage, slug)
    if venue is None:
        return _moved_calendar(request, VenuePage, f"/miejsca/{slug}", "programme:venue_calendar")
    dates = _subscribed(Site.find_for_request(request), timezone.now()).at_venue(venue)
    return _calendar_file(request, dates, _calendar_name(request, venue), venue.full_url, venue.slug)


@only_read(max_age=300)
@fragments.kept
def goal_calendar(request, slug):
    """What serves one goal, to subscribe to."""
    goal = _public_page(request, GoalPage, slug)
    if goal is None:
        return _moved_calendar(request, GoalPage, f"/misja/cele/{slug}", "programme:goal_calendar")
    site = Site.find_for_request(request)
    dates = serving(_subscribed(site, timezone.now()), GoalPage.objects.filter(pk=goal.pk))
    return _calendar_file(request, dates, _calendar_name(request, goal), goal.full_url, goal.slug)


def _subscribed(site, at):
    """The dates that a calendar to subscribe to holds at the moment `at`."""
    return Occurrence.objects.in_site(site).public().between(at - FEED_BACK, at + FEED_AHEAD)


def _calendar_name(request, page):
    names = {"page": page.title, "centre": CentreSettings.for_request(request).name}
    return _("%(page)s: events, %(centre)s") % names


def _public_page(request, model, slug):
    """The page of type `model` that the visitor's site shows under `slug`, or None."""
    root = Site.find_for_request(request).root_page
    pages = model.objects.live().public().descendant_of(root).filter(slug=slug)
    return next(iter(pages.order_by()[:1]), None)


def _moved_calendar(request, model, old_path, name):
    """The way to the calendar of a page that had the address `old_path` (no slash at its end); 404 when none had."""
    redirect = get_redirect(request, old_path)
    if redirect is None or redirect.redirect_page_id is None:
        raise Http404
    root = Site.find_for_request(request).root_page
    pages = model.objects.live().public().descendant_of(root)
    page = get_object_or_404(pages, pk=redirect.redirect_page_id)
    return HttpResponsePermanentRedirect(reverse(name, args=[page.slug]))


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
    return render_kept(request, "programme/archive.html", lambda: _archive(request, year))


def _archive(request, year):
    index, now = _index(request), timezone.now()
    past = _past(index, now)
    first, last = past.first_to_start(), past.last_to_start(now)
    years = range(last.first_day.year, first.first_day.year - 1, -1) if first else []
    if year is not None and year not in years:
        raise Http404
    year = year or (years[0] if years else None)
    return {
        "title": _("Archive of events"),
        "breadcrumbs": _trail(index),
        "index": index,
        "years": [(each, reverse("programme:archive_year", args=[each]), each == year) for each in years],
        "year": year,
        "months": _months(past, year) if year else [],
    }


@only_read(max_age=60)
def archive_month(request, year, month):
    """What has been in one month, under day headings; 404 for months that have not begun."""
    return render_kept(request, "programme/archive_month.html", lambda: _archive_month(request, year, month))


def _archive_month(request, year, month):
    index, now = _index(request), timezone.now()
    if not 1 <= month <= 12 or year < 1900:
        raise Http404
    first = date(year, month, 1)
    if first > timezone.localdate(now):
        raise Http404
    after, past = _next_month(first), _past(index, now)
    inside = past.filter(start__gte=local_day(first)[0], start__lt=local_day(after)[0], end__gt=local_day(first)[0])
    inside = dict(inside.order_by("start", "pk").values_list("pk", "start"))
    from_day = day_from(request.GET.get("od"), first=first, last=after - timedelta(days=1))
    shown, next_day, previous_day, is_first = _page_of_month(inside, from_day or first)
    address = _month_url(first)
    return {
        "title": _("Archive: %(month)s") % {"month": date_format(first, "F Y").lower()},
        "breadcrumbs": [*_trail(index), (_("Archive of events"), reverse("programme:archive"))],
        "index": index,
        "month": first,
        "days": by_day(Occurrence.objects.filter(pk__in=shown).order_by("start", "pk").for_listing().with_pictures()),
        "count_text": count_in_words(len(inside)),
        "next_url": _page_url(address, next_day) if next_day else None,
        "previous_url": None if is_first else _page_url(address, previous_day),
        "earlier": _month_link(past.last_to_start(local_day(first)[0])),
        "later": _month_link(past.first_to_start(local_day(after)[0])),
    }


def _page_of_month(inside, from_day):
    """The sittings from `from_day` on that make one page, the days where its neighbours begin, whether it is the first.

    `inside`: the starts of a month's sittings, by pk, in order. A page is whole days; a neighbour's day is None when
    there is none or it is the first page.
    """
    days = [(day, [pk for pk, _start in group]) for day, group in groupby(inside.items(), key=_local_day_of_start)]
    begin = next((number for number, (day, _pks) in enumerate(days) if day >= from_day), 0)
    end = _end_of_page(days, begin)
    previous = next((number for number in range(begin) if _end_of_page(days, number) >= begin), None)
    shown = [pk for _day, pks in days[begin:end] for pk in pks]
    next_day = days[end][0] if end < len(days) else None
    return shown, next_day, days[previous][0] if previous else None, begin == 0


def _local_day_of_start(row):
    return timezone.localdate(row[1])


def _end_of_page(days, begin):
    """The number of the first day that no longer fits a page that begins with the day number `begin`."""
    count = 0
    for number, (_day, pks) in enumerate(days[begin:], begin):
        if count >= ENOUGH_PAST:
            return number
        count += len(pks)
    return len(days)


def _page_url(address, day):
    return f"{address}?od={day.isoformat()}" if day else address


def _index(request):
    site = Site.find_for_request(request)
    index = get_object_or_404(few(EventIndexPage.objects.live().public()), path__startswith=site.root_page.path)
    index.reached_at(site)
    return index


def _trail(index):
    return [*index.breadcrumbs, (index.title, index.get_url(current_site=index.get_site()))]


def _past(index, at):
    return Occurrence.objects.public().filter(event__path__startswith=index.path).past(at)


def _months(past, year):
    """The months of `year` in which something was on, latest first, as (first day, count, address).

    Each month is counted between its bounds: SQLite would ask Python for the month of every sitting of the year.
    """
    firsts = [date(year, month, 1) for month in range(1, 13)]
    begins = [local_day(first)[0] for first in [*firsts, date(year + 1, 1, 1)]]
    counts = past.filter(start__gte=begins[0], start__lt=begins[-1], end__gt=begins[0]).aggregate(
        **{
            f"month_{first.month}": Count("pk", filter=Q(start__gte=begin, start__lt=end))
            for first, (begin, end) in zip(firsts, pairwise(begins), strict=True)
        }
    )
    months = [(first, counts[f"month_{first.month}"], _month_url(first)) for first in reversed(firsts)]
    return [month for month in months if month[1]]


def _month_url(first):
    return reverse("programme:archive_month", args=[first.year, first.month])


def _month_link(nearest):
    """The month in which `nearest` (Occurrence or None) began, as (first day, address), or None."""
    if nearest is None:
        return None
    first = nearest.first_day.replace(day=1)
    return first, _month_url(first)


def _next_month(first):
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)

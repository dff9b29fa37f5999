"""The programme as people read it: under day headings, a page at a time, each page whole days."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext, ngettext

from .calendar_words import read_month
from .dates import Occurrence
from .filters import PERIODS, VIEWS, PageFilter
from .grid import calendar_view, spelled
from .querysets import local_day

#: A page ends with the first day that brings it to this many sittings, what is under way counted in.
ENOUGH = 20
#: However much is under way, the days of a page may hold this many sittings.
ENOUGH_TO_COME = 10
#: Counting and looking ahead stop here, so that a page costs the same in a full archive.
MOST = 500
MOST_UNDER_WAY = 50
#: What says which days one wants to see.
TIME_PARAMETERS = ("kiedy", "dataod", "datado", "miesiac", "tydzien")


@dataclass(frozen=True)
class ListingPage:
    """Whole days of sittings. `next_day` and `previous_day`: where the neighbouring pages begin (dates or None)."""

    days: list
    under_way: list
    count: int
    next_day: date | None
    previous_day: date | None


def by_day(dates):
    """`dates` in order of start as [(day, [sittings])]; a sitting stands under its first day."""
    return [(day, list(group)) for day, group in groupby(dates, key=lambda sitting: sitting.first_day)]


def listing_page(dates, *, first, last=None, from_day=None):
    """One page of `dates` (OccurrenceQuerySet, none of them over).

    `first`, `last`: the days asked for (last may be None: no end); `from_day`: the page's own first day, None
    for the first page. Costs the same number of queries for any number of sittings.
    """
    window_start = local_day(first)[0]
    dates = dates.filter(end__gt=window_start)
    if last:
        dates = dates.filter(start__lt=local_day(last)[1])
    dates = dates.order_by("start", "pk")
    begun, listed = dates.filter(start__lt=window_start), dates.filter(start__gte=window_start)
    under_way = [] if from_day else list(begun.for_listing().with_pictures()[:MOST_UNDER_WAY])
    days, next_day, previous_day = _page_of_days(listed, from_day, max(ENOUGH - len(under_way), ENOUGH_TO_COME))
    return ListingPage(
        days=days,
        under_way=under_way,
        count=dates[: MOST + 1].count(),
        next_day=next_day,
        previous_day=previous_day,
    )


def _page_of_days(dates, from_day, enough):
    """The whole days of `dates` (in order of start) that make one page, and where its neighbours begin (or None).

    `from_day`: the page's first day, None for the first page; `enough`: how many sittings end it.
    """
    on_page = dates.filter(start__gte=local_day(from_day)[0]) if from_day else dates
    next_day = _day_after(on_page, enough)
    shown = on_page.filter(start__lt=local_day(next_day)[0]) if next_day else on_page
    previous_day = _day_before(dates, from_day) if from_day else None
    return by_day(shown.for_listing().with_pictures()), next_day, previous_day


def _day_after(dates, enough):
    """The first day that no longer fits a page of `enough` sittings, or None when all fit."""
    starts = list(dates.values_list("start", flat=True)[: MOST + 1])
    seen = 0
    for day, group in groupby(map(timezone.localdate, starts)):
        if seen >= enough:
            return day
        seen += len(list(group))
    return timezone.localdate(starts[-1]) + timedelta(days=1) if len(starts) > MOST else None


def _day_before(dates, day):
    """Where the page before `day` begins; None when that is the first page."""
    before = dates.filter(start__lt=local_day(day)[0]).order_by("-start", "-pk")
    starts = list(before.values_list("start", flat=True)[: ENOUGH + 1])
    return timezone.localdate(starts[ENOUGH - 1]) if len(starts) > ENOUGH else None


def day_from(text, *, first, last):
    """The day that the address names as "YYYY-MM-DD", or None when it makes no sense or is not after `first`."""
    try:
        day = parse_date(text or "")
    except ValueError:
        return None
    end = last or first + timedelta(days=1000)
    return day if day and first < day <= end else None


def programme_context(index, data, *, at):
    """What the programme's page shows. `index`: EventIndexPage; `data`: the GET parameters; `at`: aware datetime."""
    today = timezone.localdate(at)
    site = index.get_site()
    form = PageFilter(data, site=site)
    address = index.get_url(current_site=site)
    dates = Occurrence.objects.public().filter(event__path__startswith=index.path)
    view = _calendar_context if form.view else _list_context
    return {
        "form": form,
        "view": form.view,
        "is_filtered": form.is_narrowed,
        "clear_url": address,
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "views": _view_links(address, form),
        "quick": _quick_links(address, form),
        "calendar_url": reverse("programme:calendar") + form.query(kiedy="", widok="", tydzien=""),
        "rss_url": reverse("programme:rss"),
        "api_url": reverse("programme:api") + form.query(widok="", tydzien=""),
        "csv_url": reverse("programme:csv") + form.query(widok="", tydzien=""),
        "archive_url": reverse("programme:archive"),
        **view(dates, form, address, data, at=at),
    }


def _list_context(dates, form, address, data, *, at):
    """The list under day headings: what is ahead, a page at a time."""
    today = timezone.localdate(at)
    first, last = form.asked_days(today)
    first = max(first or today, today)
    from_day = day_from(data.get("od"), first=first, last=last)
    ahead = form.narrow(form.on_asked_days(dates.upcoming(at), today))
    page = listing_page(ahead, first=first, last=last, from_day=from_day)
    return {
        "count": min(page.count, MOST),
        "count_is_over": page.count > MOST,
        "count_text": count_in_words(page.count),
        "under_way": page.under_way,
        "days": page.days,
        "from_day": from_day,
        "next_url": _page_url(address, form, page.next_day),
        "previous_url": _previous_url(address, form, page, from_day),
        "is_over": bool(last) and last < today,
        "month": read_month(form.asked["miesiac"]) if "miesiac" in form.asked else None,
    }


def _calendar_context(dates, form, address, data, *, at):
    """A month or a week with all its days."""
    shown = calendar_view(dates, form, today=timezone.localdate(at))

    def link(day):
        unasked = dict.fromkeys(TIME_PARAMETERS, "")
        return (day, address + form.query(**unasked | spelled(form, day))) if day else None

    return {
        "shown": shown,
        "count": min(shown.count, MOST),
        "count_is_over": shown.count > MOST,
        "count_text": count_in_words(shown.count),
        "earlier": link(shown.earlier),
        "later": link(shown.later),
    }


def count_in_words(count):
    """How many sittings were found, as a sentence for the status line."""
    if count > MOST:
        return gettext("Over %(count)d dates") % {"count": MOST}
    return ngettext("%(count)d date", "%(count)d dates", count) % {"count": count}


def _page_url(address, form, day):
    return address + form.query(od=day.isoformat()) if day else None


def _previous_url(address, form, page, from_day):
    if not from_day:
        return None
    return _page_url(address, form, page.previous_day) or address + form.query()


def _quick_links(address, form):
    """The usual periods: each takes the place of whatever days were asked for."""
    chosen = form.asked.get("kiedy", "")
    unasked = dict.fromkeys(TIME_PARAMETERS, "")
    periods = [("", gettext("All dates")), *PERIODS]
    return [(label, address + form.query(**unasked | {"kiedy": key}), key == chosen) for key, label in periods]


def _view_links(address, form):
    """The views, each of the same dates: a month leads to its list and back."""
    other = {"": {"tydzien": ""}, "miesiac": {"tydzien": ""}, "tydzien": {"miesiac": ""}}
    return [(label, address + form.query(widok=key, **other[key]), key == form.view) for key, label in VIEWS]

"""The page /szukaj/: one field, one list, a way on when there is nothing."""

from functools import lru_cache
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from mission import fragments
from programme.models import Occurrence, SectionPage

from .results import answer

LONGEST_QUERY = 200
PER_PAGE = 10
MOST_PER_LIST = 8
MOST_KEPT = 32


@require_safe
def search(request):
    """Search results of this centre: `q` the words, `page` from 1, `doslownie` to leave slips as they are.

    Unknown parameters are ignored; a page that does not exist is 404.
    """
    site, now = Site.find_for_request(request), timezone.now()
    if site is None:
        raise Http404
    query, is_literal = printable(request.GET.get("q", "")), "doslownie" in request.GET
    found = answered(request, site, query, at=now, literally=is_literal)
    pages = page_of(found.entries, request.GET.get("page", "1"))
    context = {
        "title": _("Search"),
        "breadcrumbs": [(site.root_page.title, "/")],
        "query": query,
        "found": found,
        "pages": pages,
        "page_query": "&" + urlencode({"q": query} | ({"doslownie": 1} if is_literal else {})),
        "results": found.results(pages.object_list, request),
        "literal_url": address(q=query, doslownie=1),
        "suggested_url": address(q=found.suggested),
        "now": now,
    }
    if not found.entries:
        context |= ways_on(site, now)
    response = render(request, "gok_site/search.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def answered(request, site, query, *, at, literally):
    """The Answer at the moment `at`; when the question was asked in this minute, that answer, unless something changed.

    Who turns the pages of a long answer, and who asks what many ask, need not wait for another search. Each process
    remembers the last few for itself: words of strangers cannot fill a memory that others need.
    """
    if (state := fragments.state(request)) is None:
        return answer(site, query, at=at, literally=literally)
    return _kept_answer(state, site, query, literally)


@lru_cache(maxsize=MOST_KEPT)
def _kept_answer(state, site, query, literally):
    _mark, minute, _site = state
    return answer(site, query, at=minute, literally=literally)


def printable(query):
    """`query` cut to a length that makes sense, without control and direction characters."""
    visible = "".join(letter if letter.isprintable() else " " for letter in query[:LONGEST_QUERY])
    return " ".join(visible.split())


def page_of(entries, number):
    """The asked page of `entries`; 404 when there is no such page."""
    try:
        return Paginator(entries, PER_PAGE).page(number if len(number) < 6 else None)
    except InvalidPage as error:
        raise Http404 from error


def address(**parameters):
    """The search page's address with `parameters`."""
    return f"{reverse('search')}?{urlencode(parameters)}"


def ways_on(site, at):
    """Where to go when nothing was found: classes, and what is on next."""
    sections = SectionPage.objects.in_site(site).live().public().defer_streamfields().order_by("title")
    dates = Occurrence.objects.in_site(site).public().upcoming(at).for_listing()
    nearest = {}
    for date in dates[: 5 * MOST_PER_LIST]:
        nearest.setdefault(date.event_id, date)
    return {"sections": sections[:MOST_PER_LIST], "dates": list(nearest.values())[:MOST_PER_LIST]}

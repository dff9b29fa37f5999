"""One question to the search and its answer: what was found, in one order on every database."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from mission import polish
from mission.models import GoalPage, NewsPage, PartnerPage, ProjectPage, StrategicAreaPage
from programme.models import EventPage, Occurrence, SectionPage, SeriesPage, VenuePage

from . import index, slips
from .documents import documents
from .excerpts import excerpt

KINDS = {
    EventPage: pgettext_lazy("search result", "Event"),
    SeriesPage: pgettext_lazy("search result", "Series"),
    SectionPage: pgettext_lazy("search result", "Class"),
    NewsPage: pgettext_lazy("search result", "News"),
    ProjectPage: pgettext_lazy("search result", "Project"),
    GoalPage: pgettext_lazy("search result", "Goal"),
    StrategicAreaPage: pgettext_lazy("search result", "Strategic area"),
    PartnerPage: pgettext_lazy("search result", "Partner"),
    VenuePage: pgettext_lazy("search result", "Place"),
}
PAGE = pgettext_lazy("search result", "Page")
DOCUMENT = pgettext_lazy("search result", "Document")

# What residents ask first: what is still ahead, then what is always there, then what was.
AHEAD, STANDING, NEWS, FILE, PAST = range(5)


@dataclass(frozen=True)
class Result:
    """One line of the answer, ready to print.

    `date`: for an event the Occurrence that matters, the next or else the last; `is_over` tells which.
    `published`: the day of a news item (aware datetime). `document`: the file, for its format and size.
    """

    kind: str
    title: SafeString
    url: str
    excerpt: str = ""
    date: Occurrence | None = None
    is_over: bool = False
    published: datetime | None = None
    document: object = None


@dataclass
class Answer:
    """What the public `pages` of `site` have for `words` at the moment `at`.

    `entries` are ("page" or "document", id) in their order; `results` turns a slice of them into lines.
    `next_starts` of the events ahead and `files`, the documents, are kept by id.
    `corrected`: the words that the entries really belong to, when those typed had a slip.
    `suggested`: such words when they are only a guess, so that the reader chooses.
    """

    site: object
    pages: object
    words: list
    at: datetime
    entries: list = field(default_factory=list)
    next_starts: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)
    corrected: str = ""
    suggested: str = ""

    @cached_property
    def terms(self):
        return frozenset().union(*terms_of(self.corrected.split() or self.words))

    def results(self, entries, request=None):
        """A Result for each of `entries` (a slice of the answer's), in as many queries for ten as for one."""
        ids = [pk for kind, pk in entries if kind == "page"]
        pages = Page.objects.filter(pk__in=ids).specific().defer_streamfields().in_bulk()
        texts, dates = index.texts(ids), self._dates(ids)
        return [
            self._page(pages[pk], texts.get(pk, ""), dates.get(pk), request)
            if kind == "page"
            else self._document(self.files[pk])
            for kind, pk in entries
            if kind == "document" or pk in pages
        ]

    def _page(self, page, text, date, request):
        return Result(
            kind=KINDS.get(type(page), PAGE),
            title=excerpt(self.terms, page.title, ""),
            url=page.get_url(request),
            excerpt=excerpt(self.terms, page.summary, text) if hasattr(page, "summary") else "",
            date=date,
            is_over=bool(date) and date.end <= self.at,
            published=page.first_published_at if isinstance(page, NewsPage) else None,
        )

    def _dates(self, ids):
        """For each event among `ids` its next sitting, or the last one when all are over."""
        chosen = {}
        for sitting in Occurrence.objects.filter(event_id__in=ids).order_by("-end", "-pk"):
            next_start = self.next_starts.get(sitting.event_id)
            if next_start is None or (sitting.start == next_start and sitting.end > self.at):
                chosen.setdefault(sitting.event_id, sitting)
        return chosen

    def _document(self, document):
        title = excerpt(self.terms, document.title, "")
        return Result(kind=DOCUMENT, title=title, url=document.url, document=document)


def terms_of(words):
    """The set of terms to look each of `words` up under."""
    is_plain = all(word.isascii() for word in words)
    return [polish.query_terms(word, is_plain) for word in words]


def answer(site, query, *, at, literally=False):
    """Search `site` for `query` as it stands at the moment `at`.

    `literally`: do not put slips right.
    """
    found = Answer(site, index.public_pages(site), polish.query_words(query), at)
    if found.words and not _fill(found, found.words) and not literally:
        _correct(found)
    return found


def _correct(found):
    """Give `found` the results of the nearest words, if those have any."""
    strange = [
        word
        for word, terms in zip(found.words, terms_of(found.words), strict=True)
        if not index.page_ids(found.pages, [terms])
    ]
    nearest, is_sure = slips.corrected(found.words, strange, slips.vocabulary(found.site, found.pages))
    if not nearest or not _fill(found, nearest):
        return
    if is_sure:
        found.corrected = " ".join(nearest)
    else:
        found.suggested, found.entries = " ".join(nearest), []


def _fill(found, words):
    """Put into `found` all that has `words`, in order; return whether there is anything."""
    terms = terms_of(words)
    ids = index.page_ids(found.pages, terms)
    in_title = set(index.page_ids(found.pages, terms, marker=polish.TITLE_TERM)) if ids else set()
    ids = [*in_title, *(pk for pk in ids if pk not in in_title)][: index.MOST_PAGES]
    found.files = {document.pk: document for document in documents(found.pages, terms)}
    found.next_starts = _next_starts(ids, found.at)
    ranked = [*_page_ranks(found, ids, in_title, " ".join(words)), *_file_ranks(found.files.values())]
    found.entries = [entry for _, entry in sorted(ranked)]
    return bool(found.entries)


def _next_starts(ids, at):
    return dict(EventPage.objects.filter(pk__in=ids).upcoming(at).values_list("pk", "next_start"))


def _page_ranks(found, ids, in_title, asked):
    """(rank, entry) of each page: title that is the question, title, words inside; then by use to a resident."""
    types = ContentType.objects.get_for_models(EventPage, NewsPage)
    event, news = types[EventPage].pk, types[NewsPage].pk
    rows = Page.objects.filter(pk__in=ids).values_list("pk", "title", "content_type_id", "first_published_at")
    past = dict(EventPage.objects.filter(pk__in=ids).past(found.at).values_list("pk", "last_end"))
    for pk, title, kind, published in rows:
        group, moment = STANDING, 0
        if kind == event and pk in found.next_starts:
            group, moment = AHEAD, found.next_starts[pk].timestamp()
        elif kind == event:
            group, moment = PAST, -_seconds(past.get(pk))
        elif kind == news:
            group, moment = NEWS, -_seconds(published)
        is_asked = " ".join(polish.words(title)) == asked
        place = 0 if is_asked else 1 if pk in in_title else 2
        yield (place, group, moment, polish.fold(title), pk), ("page", pk)


def _file_ranks(files):
    for document in files:
        yield (1, FILE, 0, polish.fold(document.title), document.pk), ("document", document.pk)


def _seconds(moment):
    return moment.timestamp() if moment else 0

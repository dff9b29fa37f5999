"""What must agree in a database however a process has ended. Runs in the application (stack.Editor)."""

from datetime import date

from django.db import connection
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from accessibility.models import AccessRequest
from accessibility.requests.letters import receipt_key
from mission.models import Letter, NewsPage
from programme.models import EventPage


def event_with_one_day():
    """A published event whose plan is one day, [its number, the number of its parent]."""
    events = EventPage.objects.live().filter(plan__repetition="").order_by("pk").distinct()
    return next([event.pk, event.get_parent().pk] for event in events if event.plan.count() == 1)


def state_of(title, pk=None, day=None):
    """Facts about a page with a `title` that no other has: all true, or all false.

    `pk`: number of an event that was given the title, and `day` in its plan; without it a news page was added.
    """
    model = EventPage if pk else NewsPage
    pages = list(Page.objects.filter(pk=pk) if pk else Page.objects.filter(draft_title=title))
    page = pages[0].specific if pages else None
    revision = page and page.latest_revision
    is_of_now = bool(revision and revision.content["title"] == title)
    facts = {
        "page": bool(page and page.title == title),
        "draft": bool(page and page.draft_title == title),
        "latest revision": is_of_now,
        "live revision": bool(page and page.live_revision and page.live_revision.content["title"] == title),
        "public": model.objects.live().filter(title=title).exists(),
        "search": model.objects.search(title, operator="and").count() == 1,
        "log": is_of_now and PageLogEntry.objects.filter(revision=revision, action="wagtail.publish").count() == 1,
    }
    if day:
        day = date.fromisoformat(day)
        facts["plan"] = page.plan.filter(day=day).exists()
        facts["date"] = any(row.first_day == day for row in page.occurrences.all())
    if not pk:
        facts["child"] = bool(page and page.get_parent().numchild == page.get_parent().get_children().count())
    return facts


def disagreements():
    """Sentences about what does not agree; of a sound database none."""
    found = [f"the tree: {kind}" for kind in Page.find_problems() if kind]
    for page in Page.objects.specific():
        latest, live = page.latest_revision, page.live_revision
        if latest and latest.content["title"] != page.draft_title:
            found.append(f"page {page.pk} and its newest revision")
        if live and page.live and live.content["title"] != page.title:
            found.append(f"page {page.pk} and the revision that is shown")
        if ReferenceIndex.model_is_indexable(type(page)) and references_kept(page) != references_made(page):
            found.append(f"page {page.pk} and its references")
    return found


def references_made(page):
    return set(ReferenceIndex._extract_references_from_object(page))


def references_kept(page):
    rows = ReferenceIndex.get_references_for_object(page)
    return set(rows.values_list("to_content_type", "to_object_id", "model_path", "content_path"))


def damage():
    """What SQLite finds when it reads its file whole; PostgreSQL has a program for that."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return [row[0] for row in cursor.fetchall() if row[0] != "ok"]


def request_of(email):
    """Facts about the request of one person: all 1, or all 0."""
    found = list(AccessRequest.objects.filter(contact=email))
    return {
        "requests": len(found),
        "receipts": Letter.objects.filter(key__in=[receipt_key(request) for request in found], to=email).count(),
        "letters": Letter.objects.filter(to=email).count(),
    }


def receipts(references):
    """How many requests there are of each number."""
    return [AccessRequest.objects.filter(reference=reference).count() for reference in references]


def titles(wanted):
    """How many published pages there are of each title."""
    return [NewsPage.objects.live().filter(title=title).count() for title in wanted]

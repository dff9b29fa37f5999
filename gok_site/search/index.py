"""What Wagtail's search index holds for one centre's public pages, asked the same way on both databases."""

import re

from django.db import connection
from django.db.models import Count, Max, Sum
from wagtail.models import Page
from wagtail.search.query import And, Or, PlainText

from mission import polish

MOST_PAGES = 1000
STORED_TERM = re.compile(rf"\b(?:{polish.TERM}|{polish.TITLE_TERM}|{polish.LEMMA})\w+")
STORED_LEMMA = re.compile(rf"\b{polish.LEMMA}(\w+)")
# PostgreSQL keeps vectors in `body`, and the text that they were made from beside them.
TEXT = "index_entries__body_text" if connection.vendor == "postgresql" else "index_entries__body"


def public_pages(site):
    """What everybody may read on `site`: published, and under no password or log-in."""
    return Page.objects.in_site(site).live().public()


def page_ids(pages, terms_by_word, marker=polish.TERM):
    """Ids of those of `pages` that hold a term of every word, newest first, at most a thousand.

    `terms_by_word`: a set of terms for each word asked for. `marker`: which kind of terms to look at.
    """
    # An `Or` of single terms, not one PlainText of several: only an `Or` gets parentheses on SQLite.
    query = And([Or([PlainText(marker + term) for term in sorted(terms)]) for terms in terms_by_word])
    matching = pages.search(query, order_by_relevance=False).get_queryset()
    return list(matching.order_by("-pk").values_list("pk", flat=True)[:MOST_PAGES])


def texts(ids):
    """The text of each page by id, without the terms stored beside it."""
    pages = Page.objects.filter(pk__in=ids).values_list("pk", TEXT)
    return {pk: text_alone(stored or "") for pk, stored in pages}


def text_alone(stored):
    """What follows the terms in a stored body: the page's own text, the summary and search words left out."""
    end = max((match.end() for match in STORED_TERM.finditer(stored)), default=0)
    # The two databases join fields with different spaces.
    return " ".join(stored[end:].split()).strip(" ,")


def state(pages):
    """A value that changes whenever one of `pages` is published, withdrawn, moved or deleted."""
    changes = [Count("pk"), Sum("pk"), Max("last_published_at"), Max("latest_revision_created_at")]
    return tuple(pages.aggregate(*changes).values())


def stored_bodies(pages):
    """The stored bodies, terms included, of the newest thousand of `pages`: an iterator."""
    newest = pages.order_by("-pk").values_list("pk", flat=True)[:MOST_PAGES]
    return Page.objects.filter(pk__in=list(newest)).values_list(TEXT, flat=True).iterator()

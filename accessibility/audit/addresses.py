"""Which addresses of a site an audit visits: every published page, and views that pages lead to, a few of each shape."""

import re
from urllib.parse import urlsplit

from wagtail.models import Page

# Views that are states of one thing (months, filters, pages of a list) share a template: a few stand for all.
VIEWS_OF_A_SHAPE = 3
LONGEST = 500
NOT_PAGES = ("/admin/", "/documents/", "/media/", "/static/", "/api/")
FILE = re.compile(r"\.[a-z0-9]{1,5}$", re.IGNORECASE)


def published_pages(site):
    """(address, kind, page id) of every public page of `site`: the first of each type, then the others by the tree."""
    pages = Page.objects.live().public().descendant_of(site.root_page, inclusive=True).order_by("path")
    rows, kinds = [], set()
    for page in pages.select_related("content_type"):
        parts = page.get_url_parts()
        if parts and parts[2] and len(parts[2]) <= LONGEST:
            kind = f"{page.content_type.app_label}.{page.content_type.model}"
            rows.append((kind in kinds, parts[2], kind, page.pk))
            kinds.add(kind)
    # A bounded audit then sees every type; the sort keeps the order of the tree.
    return [row[1:] for row in sorted(rows, key=lambda row: row[0])]


def shape_of(address):
    """What `address` has in common with others of its view: numbers and questions left out."""
    parts = urlsplit(address)
    return (re.sub(r"\d+", "N", parts.path) + ("?" if parts.query else ""))[:200]


def is_view(address):
    """Whether an address (path with query) that a page leads to may be a page."""
    path = urlsplit(address).path
    return len(address) <= LONGEST and not path.startswith(NOT_PAGES) and not FILE.search(path)


def new_views(found, known):
    """(address, shape) of those of `found` to visit besides `known` ({address: kind})."""
    counts = {}
    for kind in known.values():
        counts[kind] = counts.get(kind, 0) + 1
    chosen = {}
    for address in found:
        shape = shape_of(address)
        if address in known or address in chosen or not is_view(address) or counts.get(shape, 0) >= VIEWS_OF_A_SHAPE:
            continue
        chosen[address] = shape
        counts[shape] = counts.get(shape, 0) + 1
    return list(chosen.items())

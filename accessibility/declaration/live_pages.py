"""The HTML of a site's own pages, rendered in this process, for the rule that each must link to the declaration."""

from django.test import Client
from django.urls import reverse
from wagtail.models import Page

LIMIT = 100  # pages
OWN_ADDRESSES = ("access_request", "check_declaration")  # those of this room that are no pages


def live_pages(site, limit=LIMIT):
    """{absolute address: HTML} of at most `limit` pages that anyone can open at a Wagtail `site`.

    One page of every kind comes first, then the others from the top of the tree. What answers with anything but
    HTML (a redirect, a calendar) is left out.
    """
    client = Client(SERVER_NAME=site.hostname, SERVER_PORT=str(site.port), raise_request_exception=False)
    pages = {}
    for path in _paths(site)[:limit]:
        answer = client.get(path, secure=site.root_url.startswith("https:"))
        if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
            pages[f"{site.root_url}{path}"] = answer.content.decode(answer.charset, "replace")
    return pages


def _paths(site):
    """The paths of all public pages, those first that are the first of their kind."""
    pages = Page.objects.in_site(site).live().public().order_by("depth", "path")
    seen, first, others = set(), [], []
    for page in pages:
        parts = page.get_url_parts()
        if parts is None:
            continue
        (others if page.content_type_id in seen else first).append(parts[2])
        seen.add(page.content_type_id)
    return [*first, *(reverse(name) for name in OWN_ADDRESSES), *others]

"""Every public address that was promised answers on both sites, to visitors with nothing but a browser."""

import re

import pytest
from django.test import Client

from tests.addresses import FILES, FIXED_PAGES, HOSTS, page_addresses

CONTENT_TYPES = {
    ".ics": "text/calendar",
    ".rss": "application/rss+xml",
    ".csv": "text/csv",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain",
    ".zip": "application/zip",
    "/api/events/": "application/json",
}


@pytest.fixture
def visitor(demonstration):
    return {site: Client(headers={"host": host}) for site, host in HOSTS.items()}


# What a browser fetches by itself, or sends a form to; plain links lead wherever they like.
FETCHED = re.compile(
    r'(?:\s(?:src|poster|data|action|formaction)=|<link\b[^>]*\shref=)"(?:https?:)?//([^/"]+)|\ssrcset="([^"]*)"'
)


def foreign_hosts(html):
    """The hosts other than the site's own that a page asks for anything, as its HTML says."""
    found = set()
    for host, candidates in FETCHED.findall(html):
        hosts = [host] if host else re.findall(r"(?:https?:)?//([^/\s,]+)", candidates)
        found |= {name.partition(":")[0] for name in hosts}
    return found - set(HOSTS.values())


def test_a_foreign_host_would_be_seen():
    for html in (
        '<img src="https://cdn.example.org/a.png">',
        '<link rel="stylesheet" href="//cdn.example.org/a.css">',
        '<img src="/a.png" srcset="/a.png 1x, https://cdn.example.org/b.png 2x">',
        '<form action="https://cdn.example.org/">',
    ):
        assert foreign_hosts(html) == {"cdn.example.org"}, html
    assert foreign_hosts('<a href="https://example.org/">x</a><img src="/a.png">') == set()


def assert_cookieless(response):
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", [*FIXED_PAGES, *FILES])
@pytest.mark.parametrize("site", HOSTS)
def test_fixed_addresses_answer_without_a_cookie(visitor, site, path):
    response = visitor[site].get(path)
    assert response.status_code == 200
    assert_cookieless(response)
    for end, content_type in CONTENT_TYPES.items():
        if path.endswith(end):
            assert response.headers["Content-Type"].partition(";")[0] == content_type


@pytest.mark.parametrize("site", HOSTS)
def test_every_live_page_answers_on_its_own_site_only_and_its_links_lead_somewhere(visitor, site):
    other = {"gok": "mok", "mok": "gok"}[site]
    addresses = [address for _, address in page_addresses()]
    theirs = {address.path for address in addresses if address.site == other}
    status, links, asked_at_neighbour = {}, {}, set()
    for address in addresses:
        if address.site != site:
            continue
        response = visitor[site].get(address.path)
        assert response.status_code == 200, address
        assert_cookieless(response)
        status[address.path] = 200
        assert foreign_hosts(response.content.decode()) == set(), address
        links[address.path] = set(re.findall(r'(?:href|src)="(/[^"#]*)', response.content.decode()))
        # The neighbour looks every address up in the same way: one page of each type stands for all.
        if address.path not in theirs and address.name not in asked_at_neighbour:
            asked_at_neighbour.add(address.name)
            assert visitor[other].get(address.path).status_code in {301, 302, 404}, address
    broken = []
    for path, found in links.items():
        for link in (each.replace("&amp;", "&") for each in found):
            if link.startswith(("/static/", "/admin/")):
                continue
            if link not in status:
                response = visitor[site].get(link)
                status[link] = response.status_code
                b"".join(response)  # the test client closes a file when it is read to its end
            if status[link] >= 400:
                broken.append(f"{path} → {link}: {status[link]}")
    assert broken == []


@pytest.mark.parametrize("site", HOSTS)
def test_each_event_has_its_calendar_and_months_have_their_archive(visitor, site):
    from programme.models import EventPage

    events = [page for page, address in page_addresses() if address.site == site and isinstance(page, EventPage)]
    assert len(events) >= 12
    for event in events:
        response = visitor[site].get(f"/program/{event.slug}/kalendarz.ics")
        assert response.status_code == 200
        assert response.content.startswith(b"BEGIN:VCALENDAR")
    past = min(event.occurrences.earliest("start").start for event in events if event.occurrences.exists())
    assert visitor[site].get(f"/program/archiwum/{past:%Y}/{past:%m}/").status_code == 200


def test_health_says_that_the_database_answers(visitor):
    assert visitor["gok"].get("/healthz").status_code == 200


@pytest.mark.parametrize("site", HOSTS)
def test_the_picture_of_a_shared_link_stands_on_the_pages_own_site(visitor, site):
    shown = [address for page, address in page_addresses() if address.site == site and getattr(page, "image", None)]
    assert shown
    for address in shown[:3]:
        html = visitor[site].get(address.path).content.decode()
        root = re.search(r'<meta property="og:url" content="(https?://[^/]+)/', html)[1]
        assert f'<meta property="og:image" content="{root}/media/' in html, address

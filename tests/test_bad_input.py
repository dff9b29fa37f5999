"""Input that makes no sense gets a clear answer: 4xx or 200 with words, never a 500."""

import pytest
from django.test import Client

from tests.addresses import HOSTS

HUGE = "a" * 100_000
NUL = "%00"

GETS = [
    ("/nie-ma-takiej-strony/", {404}),
    ("/program/nie-ma-takiego-wydarzenia/", {404}),
    ("/program/archiwum/2026/13/", {404}),
    ("/program/archiwum/9999/12/", {200, 404}),
    ("/program/archiwum/0000/00/", {404}),
    ("/program/nie-ma/kalendarz.ics", {404}),
    ("/program/?page=1e9", {200, 400, 404}),
    ("/program/?page=-1", {200, 400, 404}),
    ("/program/?page=999999999999999999999999", {200, 400, 404}),
    (f"/program/?page={NUL}", {200, 400, 404}),
    ("/program/?title__regex=(a+)%2B$", {200, 400}),
    ("/zajecia/plan/?dzien=9&wiek=abc&miejsce=x", {200, 400}),
    (f"/zajecia/plan/?wiek={NUL}", {200, 400}),
    ("/zajecia/plan/?wiek=99999999999999999999", {200, 400}),
    (f"/szukaj/?q={NUL}", {200, 400}),
    (f"/szukaj/?q={'a' * 500}", {200}),
    (f"/szukaj/?q={HUGE}", {200, 400, 414}),
    ("/szukaj/?q=%27%22%3E%3Cscript%3E", {200}),
    ("/szukaj/?q=%25%27%20OR%201=1--", {200}),
    ("/szukaj/?q=%ff%fe", {200, 400}),
    ("/szukaj/?q=koncert&page=1e9", {200, 400, 404}),
    ("/aktualnosci/?page=1e9", {200, 400, 404}),
    ("/api/events/?limit=1e9&offset=-1", {200, 400}),
    (f"/api/events/?start={NUL}", {200, 400}),
    ("/media/../gok_site/settings/base.py", {400, 404}),
    ("/media/%2e%2e/gok_site.sqlite3", {400, 404}),
    (f"/media/{NUL}", {400, 404}),
    (f"/{NUL}", {400, 404}),
    (f"/{'a/' * 500}", {404}),
    ("/.git/HEAD", {404}),
    ("/.env", {404}),
    ("/manage.py", {404}),
    ("/gok_site.sqlite3", {404}),
    ("/static/../manage.py", {404}),
    ("/documents/999999/nie-ma.pdf", {404}),
]
ONLY_GET = ["/", "/program/", "/szukaj/", "/mapa-strony/", "/zajecia/plan/", "/program/kalendarz.ics", "/api/events/"]


def named(value):
    """The same words in every process: a set has no order of its own."""
    return str(sorted(value) if isinstance(value, set) else value)[:50]


@pytest.fixture
def visitor(demonstration):
    """A visitor who sees a status instead of our exception, on either site."""
    return {site: Client(raise_request_exception=False, headers={"host": host}) for site, host in HOSTS.items()}


@pytest.mark.parametrize(("path", "allowed"), GETS, ids=named)
def test_odd_addresses_and_parameters_are_answered_in_words(visitor, path, allowed):
    for site, client in visitor.items():
        response = client.get(path)
        assert response.status_code in allowed, site
        if response.status_code >= 400:
            assert response.content


@pytest.mark.parametrize("path", ONLY_GET)
def test_what_is_only_read_refuses_to_be_written(visitor, path):
    for method in ("post", "put", "patch", "delete"):
        response = getattr(visitor["gok"], method)(path, data={})
        assert response.status_code in {403, 405}, method
        assert response.content, method
        assert not response.cookies


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b", "[::", "x" * 300])
def test_an_unknown_host_is_refused_in_words_and_not_repeated(demonstration, host):
    response = Client(raise_request_exception=False, headers={"host": host}).get("/")
    assert response.status_code == 400
    assert response.content
    assert host.encode() not in response.content


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"])
def test_a_forged_header_changes_nothing(visitor, header):
    plain = visitor["gok"].get("/kontakt/")
    forged = visitor["gok"].get("/kontakt/", headers={header: "evil.example"})
    assert forged.status_code == plain.status_code == 200
    assert b"evil.example" not in forged.content


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/.git/HEAD", {404}),
        ("/.env", {404}),
        ("/manage.py", {404}),
        (f"/szukaj/?q={HUGE}", {400, 414, 431}),
        ("/szukaj/?q=%00", {200, 400}),
        ("/program/?page=1e9", {200, 400, 404}),
        ("/static/../manage.py", {400, 404}),
    ],
    ids=named,
)
def test_the_real_server_answers_the_same_way(site_server, path, allowed):
    for site in HOSTS:
        answer = site_server.get(path, site)
        assert answer.status in allowed
        assert answer.body


def test_the_real_server_refuses_a_wrong_host(site_server):
    assert site_server.get("/", headers={"Host": "evil.example"}).status == 400


def test_a_wrong_address_gets_the_page_that_helps_on(visitor):
    for client in visitor.values():
        page = client.get("/nie-ma-takiej-strony/").content.decode()
        assert 'href="/szukaj/"' in page or 'action="/szukaj/"' in page
        assert 'href="/mapa-strony/"' in page

"""What public scanners look for, asked of the whole stack as it stands in production: nginx, Varnish, gunicorn."""

import re

import pytest

from tests.faults.visitors import Browser, Proxy
from tests.test_scanners import CLIMBS, DUMPS, HARDENED, INDEXES, PANELS, SECRETS, SOURCE, TOOLS

SOUGHT = [*SOURCE, *SECRETS, *DUMPS, *PANELS, *TOOLS, *INDEXES, *CLIMBS]
BEFORE = "/.well-known/../"  # as some write it, past what a proxy forbids
VERSION = re.compile(r"(nginx|gunicorn|varnish|python|django|wagtail)[/ -]?\d", re.IGNORECASE)
TELLING = {"Via", "X-Varnish", "X-Powered-By", "X-Debug", "X-Generator", "X-Runtime", "X-AspNet-Version"}
ONCE = {**HARDENED, "Strict-Transport-Security": "max-age=31536000"}


@pytest.fixture
def proxy(production):
    return Proxy(production("SQLite"))


def assert_tells_no_program(answer, asked):
    status, headers, body = answer
    assert set(headers.keys()) & TELLING == set(), asked
    assert headers.get("Server", "nginx") == "nginx", asked
    assert not VERSION.search(str(headers)), asked
    if status != 200:
        assert not VERSION.search(body.decode(errors="replace")), asked
    assert b"Traceback" not in body, asked


@pytest.mark.fault("O8", "source, secrets, dumps, others' panels, indexes of folders, ways out of them", "404, each")
def test_what_scanners_look_for_is_not_here(proxy, seen):
    for path in SOUGHT:
        for asked in (path, BEFORE + path.lstrip("/")):
            answer = proxy.ask("GET", asked)
            if answer[0] == 301:  # a slash was missing
                assert answer[1]["Location"].rstrip("/") == path
                answer = proxy.ask("GET", f"{path}/")
            assert answer[0] in (400, 404), asked
            assert b"Index of" not in answer[2], asked
            assert_tells_no_program(answer, asked)
    seen(f"{2 * len(SOUGHT)} addresses")


@pytest.mark.fault(
    "O8", "headers of pages, 404, 500, files, pictures, redirects, the administration", "complete, each once"
)
def test_the_headers_are_complete_on_every_kind_of_answer(production, proxy, seen):
    home = proxy.ask("GET", "/")[2].decode()
    style = re.search(r'href="(/static/[^"]+\.css)"', home)[1]
    picture = re.search(r'(/media/[^" ]+)', home)[1]
    kinds = {
        "/": 200,
        "/nie-ma/": 404,
        style: 200,
        "/static/css/nie-ma.css": 404,
        picture: 200,
        "/program": 301,
        "/szukaj/?q=koncert": 200,
        "/api/events/": 200,
        "/admin/": 302,
        "/admin/login/": 200,
        "/healthz": 200,
        "/robots.txt": 200,
        "/sitemap.xml": 200,
    }
    for path, expected in kinds.items():
        status, headers, body = proxy.ask("GET", path)
        assert status == expected, path
        assert {name: headers.get_all(name) for name in ONCE} == {name: [value] for name, value in ONCE.items()}, path
        (policy,) = headers.get_all("Content-Security-Policy")
        assert "default-src 'none'" in policy, path
        assert_tells_no_program((status, headers, body), path)
    assert_a_broken_page_is_hardened(production("SQLite"))
    seen(f"{len(kinds) + 1} kinds of answers")


def assert_a_broken_page_is_hardened(stack):
    """Wagtail has an address that breaks on purpose, for administrators."""
    browser = Browser(f"https://localhost:{stack.ports['tls']}")
    assert browser.log_in("badaczka", stack.application.add_administrator("badaczka"))[0] == 302
    answer = browser.open("/admin/failwhale/")
    assert answer.status == 500
    assert {name: answer.headers.get(name) for name in ONCE} == ONCE
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert_tells_no_program((500, answer.headers, answer.text.encode()), "500")


@pytest.mark.fault(
    "O8", "TRACE and other methods; what the proxy and the cache refuse by themselves", "refused, nothing told"
)
def test_what_is_refused_tells_nothing(proxy):
    for method, path, headers, expected in [
        ("TRACE", "/", {"X-Probe": "echo-me"}, {405}),
        ("TRACK", "/", {"X-Probe": "echo-me"}, {400, 405}),
        ("PUT", "/echo-me", {}, {405}),
        ("DELETE", "/", {}, {405}),
        ("PROPFIND", "/", {}, {405}),
        ("BAN", "/", {"X-Ban-Host": "localhost"}, {405}),
        ("GET", "/" + "a" * 9000, {}, {414}),
        ("GET", "/", {"X-Long": "a" * 40_000}, {400}),
        ("POST", "/szukaj/", {"Content-Length": "50000000"}, {413}),
    ]:
        answer = proxy.ask(method, path, headers=headers)
        assert answer[0] in expected, (method, answer[0])
        assert b"echo-me" not in answer[2]
        assert_tells_no_program(answer, method)
    answer = proxy.ask("GET", "/", is_plain=True)
    assert answer[0] == 301
    assert_tells_no_program(answer, "plain http")

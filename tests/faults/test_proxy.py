"""The proxy keeps slow and huge requests, and those who ask for what is not theirs, away from the site."""

import contextlib
import gzip
import http.client
import re
import socket
import ssl
import time
from pathlib import Path

import brotli
import pytest

from tests.faults.requests_sent import FORM
from tests.faults.visitors import Proxy

SLOW_CLIENTS = 500


@pytest.fixture
def proxy(stack):
    return Proxy(stack)


def memory(pids):
    """Resident kilobytes of all the processes."""
    lines = [Path(f"/proc/{pid}/status").read_text() for pid in pids]
    return sum(int(text.split("VmRSS:")[1].split()[0]) for text in lines)


@pytest.mark.fault("A1", f"{SLOW_CLIENTS} half-open connections", "normal requests go on")
def test_slow_clients_hold_nobody_up(proxy, seen):
    proxy.ask("GET", "/")
    with contextlib.ExitStack() as held:
        for _ in range(SLOW_CLIENTS):
            slow = held.enter_context(socket.create_connection(("127.0.0.1", proxy.ports["plain"]), timeout=10))
            slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        times = []
        for number in range(10):
            begin = time.monotonic()
            status, _headers, body = proxy.ask("GET", f"/szukaj/?q=wolno{number}")
            times.append(time.monotonic() - begin)
            assert status == 200
            assert b"</html>" in body
    seen(f"slowest of 10 uncached requests {max(times):.2f} s")
    assert max(times) < 5


@pytest.mark.fault("A2", "a body of 50 MB to a public form", "413, memory flat")
def test_a_huge_body_is_refused_before_it_arrives(stack, proxy, seen):
    before = memory(stack.workers())
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        status, _headers, _body = proxy.ask("POST", FORM, body=b"x" * 50_000_000)
        assert status == 413
    headers = {"Content-Length": "50000000", "Expect": "100-continue"}
    status, _headers, _body = proxy.ask("POST", FORM, headers=headers)
    assert status == 413
    grown = memory(stack.workers()) - before
    seen(f"413; workers grew by {max(grown, 0)} kB")
    assert grown < 20_000


@pytest.mark.fault("A2", "20,000 fields in one form", "400 in words, memory flat")
def test_a_form_of_too_many_fields_is_refused(stack, proxy, seen):
    before = memory(stack.workers())
    body = "&".join(f"f{number}=1" for number in range(20_000))
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    status, _headers, _body = proxy.ask("POST", FORM, body=body, headers=form)
    assert status == 400
    grown = memory(stack.workers()) - before
    seen(f"400; workers grew by {max(grown, 0)} kB")
    assert grown < 20_000


@pytest.mark.fault("A5", "a ban, or another name, from outside", "405; no answer")
def test_nobody_outside_may_ban_or_ask_for_another_name(proxy):
    proxy.ask("GET", "/")
    status, headers, _body = proxy.ask("GET", "/")
    assert (status, headers["X-Cache"]) == (200, "HIT")
    assert proxy.ask("BAN", "/", headers={"X-Ban-Host": "localhost"})[0] == 405
    assert proxy.ask("GET", "/")[1]["X-Cache"] == "HIT"
    with pytest.raises(http.client.RemoteDisconnected):
        proxy.ask("GET", "/", is_plain=True, headers={"Host": "evil.example.net"})


def test_plain_requests_are_sent_to_https_and_headers_are_said_once(proxy):
    status, headers, _body = proxy.ask("GET", "/program/?q=a", is_plain=True)
    assert (status, headers["Location"]) == (301, "https://localhost/program/?q=a")
    status, headers, _body = proxy.ask("GET", "/", headers={"X-Forwarded-Host": "evil.example.net"})
    assert status == 200
    assert "Via" not in headers
    assert "X-Varnish" not in headers
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control"):
        assert len(headers.get_all(name)) == 1, name


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip, br;q=0.000, brand", "gzip"),
        ("gzip", "gzip"),
        ("", None),
    ],
)
def test_static_files_come_in_the_lightest_form_that_a_visitor_takes(proxy, accepted, encoding):
    _status, _headers, page = proxy.ask("GET", "/")
    sheet = re.search(r'href="(/static/css/public[^"]+)"', page.decode())[1]
    for _ in range(2):
        status, headers, body = proxy.ask("GET", sheet, headers={"Accept-Encoding": accepted})
        assert (status, headers.get("Content-Encoding"), headers["Vary"]) == (200, encoding, "Accept-Encoding")
    assert headers["X-Cache"] == "HIT"
    assert "Access-Control-Allow-Origin" not in headers
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert b".masthead" in unpack(body)
    _status, headers, _body = proxy.ask("GET", "/", headers={"Accept-Encoding": accepted})
    assert headers.get("Content-Encoding") in ("gzip", None)  # pages are kept in one form


@pytest.mark.fault("A8", "100 kB of header or query from outside", "refused by the proxy")
@pytest.mark.parametrize(
    ("path", "header"), [("/", "a" * 100_000), ("/?q=" + "a" * 100_000, "a")], ids=["header", "query"]
)
def test_a_hundred_kilobytes_before_the_body_are_refused(proxy, path, header):
    # nginx answers before it has read all, so the client may find the connection closed.
    with contextlib.suppress(ssl.SSLError, ConnectionError):
        assert proxy.ask("GET", path, headers={"X-Long": header})[0] in (400, 414, 431)
    assert proxy.ask("GET", "/")[0] == 200

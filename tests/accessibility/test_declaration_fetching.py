"""A person at a shell can have any declaration fetched; whatever answers, it ends soon, stays small and is explained."""

import gzip
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from accessibility.declaration import fetching
from accessibility.declaration.fetching import UnreadableError, fetch, fetch_declaration

from .samples import CORRECT

HTML = ("text/html; charset=utf-8", CORRECT.encode())
PAGES = {
    "/deklaracja/": HTML,
    "/": ("text/html", b'<a href="/o-nas/">O nas</a><a href="deklaracja/">Deklaracja\n dost\xc4\x99pno\xc5\x9bci</a>'),
    "/bez-odnosnika/": ("text/html", b"<p>Nic tu nie ma.</p>"),
    "/cp1250/": ("text/html; charset=windows-1250", CORRECT.encode("cp1250")),
    "/plik.pdf": ("application/pdf", b"%PDF-1.7"),
    "/duza/": ("text/html", b"x" * 2_000_000),
}


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.seen.append(dict(self.headers))
        if self.path.startswith("/dalej/"):
            self.answer(302, location=self.path.replace("/dalej/", "/", 1))
        elif self.path == "/wkolko/":
            self.answer(302, location="/wkolko/")
        elif self.path == "/gdzie-indziej/":
            self.answer(302, location="file:///etc/passwd")
        elif self.path == "/bomba/":
            self.answer(200, ("text/html", gzip.compress(b"x" * 8_000_000)), encoding="gzip")
        elif self.path == "/powoli/":
            self.drip()
        elif self.path in PAGES:
            self.answer(200, PAGES[self.path])
        else:
            self.answer(404, ("text/html", b"nie ma"))

    def answer(self, status, page=("text/html", b""), location="", encoding=""):
        self.send_response(status)
        for name, value in (("Content-Type", page[0]), ("Location", location), ("Content-Encoding", encoding)):
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(page[1])))
        self.end_headers()
        try:
            self.wfile.write(page[1])
        except OSError:
            self.close_connection = True  # the caller has had enough

    def drip(self):
        """Headers for ever, never silent for long."""
        try:
            while not self.server.ended.is_set():
                self.wfile.write(b"HTTP/1.1 200 OK\r\n" if not self.server.dripped else b"X-Y: z\r\n")
                self.server.dripped = True
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def log_message(self, *arguments):
        """Keep the tests quiet."""


@pytest.fixture(scope="module")
def web():
    with serving() as address:
        yield address


@contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.daemon_threads, server.seen, server.dripped, server.ended = True, [], False, threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}", seen=server.seen)
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def test_a_page_is_fetched_with_its_address_and_encoding(web):
    found = fetch(f"{web.url}/dalej/dalej/cp1250/")
    assert found.url == f"{web.url}/cp1250/"
    assert found.content == CORRECT.encode("cp1250")
    assert found.charset == "windows-1250"


def test_the_declaration_is_found_from_the_home_page(web):
    found, home = fetch_declaration(f"{web.url}/")
    assert (found.url, found.content) == (f"{web.url}/deklaracja/", CORRECT.encode())
    assert home == f"{web.url}/"
    assert fetch_declaration(f"{web.url}/deklaracja/")[1] == ""
    assert fetch_declaration(f"{web.url}/bez-odnosnika/")[0].url == f"{web.url}/bez-odnosnika/"


def test_passwords_of_the_caller_stay_with_the_caller(web, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ktos password haslo\n", encoding="ascii")
    monkeypatch.setenv("NETRC", str(netrc))
    web.seen.clear()
    fetch(f"{web.url}/deklaracja/")
    assert "Authorization" not in web.seen[0]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nie-ma/", "answers 404"),
        ("/plik.pdf", "is application/pdf, and a declaration is an HTML page"),
        ("/wkolko/", "redirects more than 5 times"),
        ("/gdzie-indziej/", "cannot be read"),
        ("/bomba/", "is larger than 5 MB"),
    ],
)
def test_every_failure_has_its_sentence(web, path, reason):
    with pytest.raises(UnreadableError, match=reason):
        fetch(f"{web.url}{path}")


def test_size_is_bounded(web):
    with pytest.raises(UnreadableError, match="is larger than 1 MB"):
        fetch(f"{web.url}/duza/", limit=1024 * 1024)


def test_time_is_bounded_even_when_the_headers_never_end(web):
    with pytest.raises(UnreadableError, match="did not answer within"):
        fetch(f"{web.url}/powoli/", seconds=-0.5)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://[", "http://", "http://127.0.0.1:99999/"])
def test_an_address_where_nobody_is_has_its_sentence(url):
    with pytest.raises(UnreadableError):
        fetch(url)


def test_silence_has_its_sentence(monkeypatch):
    def silent(*arguments):
        raise fetching.requests.Timeout

    monkeypatch.setattr(fetching, "_fetch", silent)
    with pytest.raises(UnreadableError, match="was silent"):
        fetch("http://127.0.0.1/")

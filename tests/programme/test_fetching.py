"""Partners' calendars are fetched from the public internet alone, and whatever answers, it ends soon and stays small."""

import gzip
import socket
import ssl
import threading
import time
import tracemalloc

import pytest

from programme.partner_calendars import fetching
from programme.partner_calendars.fetching import FetchError, fetch, is_public, take_apart

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1", "fec0::1"),
        *(
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
        ),
        *("::127.0.0.1", "64:ff9b:1::1", "2001:0:7f00:1::", "", "localhost"),
    ],
)
def test_a_private_address_is_not_public_however_it_is_dressed(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("", "calendar.ics", "ftp://example.org/a.ics", "file:///etc/passwd", "gopher://example.org/", "https://"),
        *(
            "https://user:secret@example.org/a.ics",
            "https://@example.org/",
            "http://example.org:8080/",
            "http://example.org:22/",
        ),
        *("http://example.org:99999/", "http://example.org:x/", "http://exa mple.org/", "http://example.org/a\r\nX: y"),
        *("http://[::1/", "http://example.org/\x00", "https://" + "a" * 70 + ".org/", "//example.org/a"),
    ],
)
def test_what_is_no_plain_web_address_is_refused_in_words(url):
    with pytest.raises(FetchError) as refused:
        take_apart(url)
    assert refused.value.sentence.endswith(".")


def test_an_address_with_polish_letters_is_written_as_the_web_wants_it():
    target = take_apart("https://żory.pl/kalendarz/święto.ics?dzień=1#x")
    assert (target.host, target.port) == ("xn--ory-22a.pl", 443)
    assert target.path == "/kalendarz/%C5%9Bwi%C4%99to.ics?dzie%C5%84=1"


class Server:
    """A server on this machine that plays one answer to every question and keeps what it was asked."""

    def __init__(self, play):
        self.asked = []
        self.play = play
        self.stopped = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        while True:
            try:
                sock, _peer = self.listener.accept()
            except OSError:
                return
            with sock:
                try:
                    self.asked.append(sock.recv(65536).decode())
                    for part in self.play(self):
                        sock.sendall(part)
                except OSError:
                    pass

    def stop(self):
        self.stopped.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)


@pytest.fixture
def serve(monkeypatch):
    """Start a server playing `parts(server)`; for the fetcher `calendar.example.org` alone leads there. Returns it."""
    servers = []
    real = fetching.is_public

    def start(parts):
        server = Server(parts if callable(parts) else lambda _server: parts)
        servers.append(server)
        monkeypatch.setattr(
            fetching, "_resolve", lambda host, port: ["127.0.0.1"] if host == "calendar.example.org" else [host]
        )
        monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1" or real(address))
        monkeypatch.setattr(fetching, "PORTS", {"http": server.port, "https": 443})
        return server

    yield start
    for server in servers:
        server.stop()


URL = "http://calendar.example.org/partner.ics"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:7f00:1]/",
    ],
)
def test_this_machine_is_never_asked(url, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("connected"))
    with pytest.raises(FetchError):
        fetch(url)


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    monkeypatch.setattr(fetching, "_resolve", lambda host, port: ["93.184.215.14", "10.0.0.5"])
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("connected"))
    with pytest.raises(FetchError):
        fetch("https://example.org/a.ics")


def test_the_name_is_asked_for_once_and_the_checked_address_is_connected_to(monkeypatch):
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    connected = []

    def connect(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(fetching, "_resolve", lambda host, port: next(answers))
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError):
        fetch("http://rebinding.example.org/a.ics")
    assert connected == [("93.184.215.14", 80)]


def test_a_calendar_is_read_with_its_tag_and_asked_for_again_only_if_changed(serve):
    server = serve([OK, b'ETag: "a1"\r\nContent-Length: %d\r\n\r\n' % len(CALENDAR), CALENDAR])
    found = fetch(URL)
    assert (found.content, found.validator) == (CALENDAR, '"a1"')
    assert "\r\nHost: calendar.example.org\r\n" in server.asked[0]
    assert "cookie" not in server.asked[0].lower()
    server.play = lambda _server: [b'HTTP/1.1 304 Not Modified\r\nETag: "a1"\r\n\r\n']
    assert fetch(URL, validator='"a1"') is None
    assert '\r\nIf-None-Match: "a1"\r\n' in server.asked[1]
    day = "Wed, 06 May 2026 10:00:00 GMT"
    assert fetch(URL, validator=day) is None
    assert f"\r\nIf-Modified-Since: {day}\r\n" in server.asked[2]


class Context:
    """Stands in for TLS: notes for whose name it is agreed, and may refuse the certificate."""

    def __init__(self, error=None):
        self.names, self.error = [], error

    def wrap_socket(self, sock, server_hostname):
        self.names.append((sock.getpeername()[0], server_hostname))
        if self.error:
            raise self.error
        return sock


def test_tls_is_agreed_with_the_checked_address_for_the_name_that_was_asked_for(serve, monkeypatch):
    server = serve([OK, b"\r\n", CALENDAR])
    monkeypatch.setattr(fetching, "PORTS", {"http": 80, "https": server.port})
    context = Context()
    monkeypatch.setattr(ssl, "create_default_context", lambda: context)
    assert fetch(URL.replace("http:", "https:")).content == CALENDAR
    assert context.names == [("127.0.0.1", "calendar.example.org")]
    assert "\r\nHost: calendar.example.org\r\n" in server.asked[0]
    context.error = ssl.SSLCertVerificationError("self-signed")
    with pytest.raises(FetchError) as refused:
        fetch(URL.replace("http:", "https:"))
    assert "self-signed" not in refused.value.sentence
    assert len([asked for asked in server.asked if asked]) == 1


def chunked(*parts):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    "parts",
    [
        [OK, b"\r\n", CALENDAR],
        [OK, b"Transfer-Encoding: chunked\r\n\r\n", chunked(CALENDAR[:9], CALENDAR[9:])],
        [OK, b"Content-Encoding: gzip\r\n\r\n", gzip.compress(CALENDAR)],
        [b"HTTP/1.0 200 OK\r\n\r\n", CALENDAR],
    ],
)
def test_a_calendar_arrives_in_any_of_the_ways_of_the_web(serve, parts):
    serve(parts)
    assert fetch(URL).content == CALENDAR


def endless(_server):
    yield OK + b"\r\n" + CALENDAR
    while True:
        yield b"X" * 65536


def endless_chunks(_server):
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b"X" * 65536 + b"\r\n"


BOMB = gzip.compress(b"\0" * 60_000_000, compresslevel=9)


@pytest.mark.parametrize(
    "parts",
    [
        [OK, b"Content-Length: 104857600\r\n\r\n", CALENDAR],
        [OK, b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB), BOMB],
        endless,
        endless_chunks,
    ],
    ids=["claims 100 MB", "gzip bomb", "endless", "endless in chunks"],
)
def test_what_is_too_large_is_refused_without_being_held(serve, parts):
    serve(parts)
    tracemalloc.start()
    with pytest.raises(FetchError, match=r"2\sMB"):
        fetch(URL)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


def dripping(begin, drop):
    def play(server):
        yield begin
        while not server.stopped.wait(0.05):
            yield drop

    return play


@pytest.mark.parametrize(
    "parts",
    [
        dripping(OK + b"\r\n", b"X"),
        dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nX\r\n"),
        dripping(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        dripping(b"", b"H"),
        dripping(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "chunks", "head", "first line", "never begins"],
)
def test_a_feed_that_drips_for_ever_is_left_when_the_time_is_up(serve, parts, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.6)
    serve(parts)
    begun = time.monotonic()
    with pytest.raises(FetchError):
        fetch(URL)
    assert time.monotonic() - begun < 3


def test_a_name_that_is_never_answered_is_left_when_the_time_is_up(monkeypatch):
    never = threading.Event()
    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    monkeypatch.setattr(fetching, "_resolve", lambda host, port: never.wait(3) or [])
    begun = time.monotonic()
    with pytest.raises(FetchError):
        fetch("https://example.org/a.ics")
    never.set()
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "to",
    [
        *("http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[::1]/", "file:///etc/passwd"),
        *(
            "http://user:pw@calendar.example.org/",
            "http://calendar.example.org:22/",
            "ftp://calendar.example.org/",
        ),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(serve, to):
    server = serve([b"HTTP/1.1 302 Found\r\nLocation: %s\r\n\r\n" % to.encode()])
    with pytest.raises(FetchError):
        fetch(URL)
    assert len(server.asked) == 1


def test_redirects_are_followed_three_times_and_not_for_ever(serve):
    def play(server):
        if len(server.asked) < 4:
            return [b"HTTP/1.1 301 Moved\r\nLocation: /next%d.ics\r\n\r\n" % len(server.asked)]
        return [OK, b"\r\n", CALENDAR]

    server = serve(play)
    assert fetch(URL).content == CALENDAR
    assert server.asked[3].startswith("GET /next3.ics ")
    server.play = lambda _server: [b"HTTP/1.1 301 Moved\r\nLocation: /round.ics\r\n\r\n"]
    server.asked.clear()
    with pytest.raises(FetchError):
        fetch(URL)
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "parts",
    [
        [b"HTTP/1.1 404 Not Found\r\n\r\n"],
        [b"HTTP/1.1 403 Forbidden\r\n\r\n"],
        [b"HTTP/1.1 500 Oops\r\n\r\n"],
        [b"HTTP/1.1 204 No Content\r\n\r\n"],
        [b""],
        [b"SSH-2.0-OpenSSH\r\n"],
        [OK, b"Content-Length: 500\r\n\r\n", CALENDAR],
        [OK, b"Transfer-Encoding: chunked\r\n\r\n", chunked(CALENDAR)[:-9]],
        [OK, b"Transfer-Encoding: chunked\r\n\r\nzzz\r\n"],
        [OK, b"Content-Encoding: gzip\r\n\r\n", gzip.compress(CALENDAR)[:-12]],
        [OK, b"Content-Encoding: gzip\r\n\r\n", CALENDAR],
        [OK, b"Content-Encoding: br\r\n\r\n", CALENDAR],
        [OK, b"".join(b"X-%d: 1\r\n" % number for number in range(200)), b"\r\n", CALENDAR],
        [b"HTTP/1.1 302 Found\r\n\r\n"],
    ],
)
def test_what_is_no_whole_answer_is_a_sentence_and_no_calendar(serve, parts):
    serve(parts)
    with pytest.raises(FetchError) as refused:
        fetch(URL)
    assert refused.value.sentence.endswith(".")

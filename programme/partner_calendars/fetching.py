"""Fetching a partner's calendar from the public internet, and from nowhere else.

An address typed by a person must not become a way into the network that the server stands in. A host's name is
asked for once, every address behind it must be public, and the connection goes to the very address that was
checked, so an answer that changes between the check and the connection changes nothing. Time and size have an end.
"""

import io
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from .problems import CalendarError

SECONDS = 10
SECONDS_TO_CONNECT = 4
MAX_BYTES = 2 * 1024 * 1024
MAX_REDIRECTS = 3
CHUNK = 64 * 1024
PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
MISSING, CLOSED = {404, 410}, {401, 403, 407}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Old ways of carrying an IPv4 address that lead nowhere public any more.
CARRIERS = [ipaddress.ip_network(text) for text in ("::/96", "64:ff9b:1::/48", "2001::/32", "fec0::/10")]


class FetchError(CalendarError):
    """The address could not be asked, or its answer was refused."""


@dataclass(frozen=True)
class Fetched:
    """What the address answered. `validator`: its ETag or Last-Modified, to be sent with the next question."""

    content: bytes
    validator: str = ""


@dataclass(frozen=True)
class Target:
    """An address taken apart: whom to ask, by which protocol, for what."""

    url: str
    scheme: str
    host: str
    port: int
    path: str


def fetch(url, *, validator=""):
    """The calendar at `url` as `Fetched`, or None when it has not changed since `validator`. Raises FetchError.

    At most 10 s, 2 MB unpacked and 3 redirects, each checked like the first address (RFC 9110 15.4).
    """
    deadline = time.monotonic() + SECONDS
    for _hop in range(MAX_REDIRECTS + 1):
        target = take_apart(url)
        try:
            with _connect(target, deadline) as sock:
                response = _ask(sock, target, validator, deadline)
                if response.status not in REDIRECTS:
                    return _read(response)
                url = urljoin(target.url, response.headers.get("Location", ""))
        except TimeoutError:
            raise FetchError(_("The address took too long to answer.")) from None
        except ssl.SSLCertVerificationError:
            raise FetchError(_("The certificate of the address is not valid.")) from None
        except (OSError, HTTPException, zlib.error):
            raise FetchError(_("The connection failed or broke off.")) from None
    raise FetchError(_("The address sends on to another one too many times."))


def take_apart(url):
    """`url` as a `Target`. Raises FetchError for anything but a plain public web address."""
    if not url.isprintable() or " " in url:
        raise FetchError(_("The address contains characters that no web address has."))
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
        host = (
            (parts.hostname or "").encode("idna").decode("ascii")
            if ":" not in (parts.hostname or "")
            else parts.hostname
        )
    except ValueError:
        raise FetchError(_("This is not a complete web address.")) from None
    if parts.scheme not in PORTS or not host:
        raise FetchError(_("The address has to begin with https:// or http://."))
    if parts.username is not None or parts.password is not None:
        raise FetchError(_("The address must not contain a login or password."))
    if port not in PORTS.values():
        raise FetchError(_("Only the usual ports of the web are allowed, 80 and 443."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme, host, port, _ascii(path))


def is_public(address):
    """Whether an IP address (text) belongs to the public internet, also when IPv6 only carries an IPv4 address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # with a zone, "fe80::1%eth0"
        return False
    if ip.version == 6:
        carried = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            carried = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(str(carried))
        if any(ip in network for network in CARRIERS):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _ascii(path):
    return "".join(sign if sign.isascii() else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in path)


def _resolve(host, port):
    """All addresses behind `host`, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(row[4][0] for row in found))


def _public_addresses(target, deadline):
    """What `host` resolves to, if all of it is public: one private address among others is an attempt."""
    answer = []

    def ask():
        try:
            answer.append(_resolve(target.host, target.port))
        except (OSError, UnicodeError):
            answer.append([])

    # The system's resolver knows no time limit of ours.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_left(deadline))
    if not answer:
        raise TimeoutError
    if not answer[0]:
        raise FetchError(_("There is no such address on the internet. Is it spelt right?"))
    if not all(is_public(address) for address in answer[0]):
        raise FetchError(_("The address leads into a private network, where this site does not look."))
    return answer[0]


def _connect(target, deadline):
    """A socket to one of the checked addresses of the target; TLS is agreed for the host's name."""
    failure = OSError("no address")
    for address in _public_addresses(target, deadline):
        try:
            sock = socket.create_connection((address, target.port), min(SECONDS_TO_CONNECT, _left(deadline)))
        except OSError as error:
            failure = error
            continue
        return _secured(sock, target, deadline) if target.scheme == "https" else sock
    raise failure


def _secured(sock, target, deadline):
    try:
        sock.settimeout(_left(deadline))
        return ssl.create_default_context().wrap_socket(sock, server_hostname=target.host)
    except BaseException:
        sock.close()
        raise


def _ask(sock, target, validator, deadline):
    """Send the question, without cookies and without a login, and read the head of the answer."""
    name = f"[{target.host}]" if ":" in target.host else target.host
    lines = [
        f"GET {target.path} HTTP/1.1",
        f"Host: {name}" if target.port == PORTS[target.scheme] else f"Host: {name}:{target.port}",
        "User-Agent: gok_site (calendar reader)",
        "Accept: text/calendar, text/plain;q=0.5, */*;q=0.1",
        "Accept-Encoding: gzip",
        "Connection: close",
    ]
    if validator:
        lines.append(f"If-None-Match: {validator}" if '"' in validator else f"If-Modified-Since: {validator}")
    sock.settimeout(_left(deadline))
    sock.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
    response = HTTPResponse(_TimedSocket(sock, deadline), method="GET")
    response.begin()
    return response


def _read(response):
    if response.status == 304:
        return None
    if response.status in MISSING:
        raise FetchError(_("There is no calendar at this address any more (%(code)d).") % {"code": response.status})
    if response.status in CLOSED:
        raise FetchError(
            _("The calendar is not public: its owner has to share it (%(code)d).") % {"code": response.status}
        )
    if response.status != 200:
        raise FetchError(_("The other side answers with an error (%(code)d).") % {"code": response.status})
    tag = response.headers.get("ETag") or response.headers.get("Last-Modified") or ""
    is_kept = len(tag) <= 200 and tag.isprintable() and tag.isascii()
    return Fetched(_body(response), tag if is_kept else "")


def _body(response):
    """The whole body, unpacked. What is larger than 2 MB, packed or unpacked, is refused and never held."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "x-gzip"}:
        raise FetchError(_("The answer is packed in a way that this site does not read."))
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS) if "gzip" in encoding else None
    if (response.length or 0) > MAX_BYTES:
        raise _too_large()
    body, received = bytearray(), 0
    while chunk := response.read1(CHUNK):
        received += len(chunk)
        body += unpacker.decompress(chunk, MAX_BYTES + 1 - len(body)) if unpacker else chunk
        if received > MAX_BYTES or len(body) > MAX_BYTES:
            raise _too_large()
    if response.length or (unpacker and not unpacker.eof):
        raise FetchError(_("The connection failed or broke off."))
    return bytes(body)


def _too_large():
    return FetchError(_("The calendar is larger than 2 MB."))


def _left(deadline):
    """Seconds until `deadline`. Raises TimeoutError when there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


class _TimedSocket:
    """What HTTPResponse needs of a socket. Each read gets only the time that is left of the whole."""

    def __init__(self, sock, deadline):
        self.reader = _TimedReader(sock, deadline)

    def makefile(self, mode):
        return io.BufferedReader(self.reader)


class _TimedReader(io.RawIOBase):
    def __init__(self, sock, deadline):
        self.sock, self.deadline = sock, deadline

    def readable(self):
        return True

    def readinto(self, buffer):
        self.sock.settimeout(_left(self.deadline))
        return self.sock.recv_into(buffer)

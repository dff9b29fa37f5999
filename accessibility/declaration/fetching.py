"""Fetches somebody's declaration for a person at a shell; visitors have no way here.

Bounded in time, size and redirects. The caller may reach whatever this machine can, as any other command of theirs.
"""

from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from urllib.parse import urljoin

import requests

from .encoding import decode
from .markup import Document
from .rules.site import links_to_declaration
from .uploads import LIMIT

SECONDS = 30  # for everything: connection, headers, redirects, content
SILENCE = 10  # seconds without a byte
REDIRECTS = 5
HTML_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")
HEADERS = {"User-Agent": "gok-site check_declaration", "Accept": "text/html,application/xhtml+xml;q=0.9"}


class UnreadableError(Exception):
    """A document that cannot be had; the message says why."""


@dataclass(frozen=True)
class Fetched:
    """`url`: the address after redirects; `content`: bytes; `charset`: what the server announced, or ""."""

    url: str
    content: bytes
    charset: str


def fetch(url, *, seconds=SECONDS, limit=LIMIT):
    """The HTML at `url` (http or https) as `Fetched`; raises `UnreadableError`.

    `seconds`: for the whole of it; `limit`: bytes of content after decompression.
    """
    answers = Queue()
    # A server can drip its headers for ever without being silent; only waiting from outside bounds that.
    Thread(target=_answer, args=(answers, url, seconds, limit), daemon=True).start()
    try:
        answer = answers.get(timeout=seconds + 1)
    except Empty:
        raise UnreadableError(f"{url} did not answer within {seconds} seconds.") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def fetch_declaration(url):
    """(Fetched, address of the site or ""): the page at `url`, or the declaration that it links to.

    The address of the site is known when `url` is its home page, from which the link was followed.
    """
    page = fetch(url)
    document = Document(decode(page.content, page.charset))
    if any((tag.get("id") or "").strip().startswith("a11y-") for tag in document.elements() if tag.written):
        return page, ""
    addresses = [urljoin(page.url, address) for address in links_to_declaration(document)]
    if not addresses or addresses[0].partition("#")[0] == page.url:
        return page, ""
    return fetch(addresses[0]), page.url


def _answer(answers, url, seconds, limit):
    try:
        answers.put(_fetch(url, monotonic() + seconds, limit))
    except UnreadableError as error:
        answers.put(error)
    except requests.TooManyRedirects:
        answers.put(UnreadableError(f"{url} redirects more than {REDIRECTS} times."))
    except requests.Timeout:
        answers.put(UnreadableError(f"{url} was silent for more than {SILENCE} seconds."))
    except requests.exceptions.SSLError:
        answers.put(UnreadableError(f"The certificate of {url} cannot be trusted."))
    except requests.ConnectionError:
        answers.put(UnreadableError(f"No connection to {url}: check the address and the network."))
    except (requests.RequestException, ValueError, OSError) as error:
        answers.put(UnreadableError(f"{url} cannot be read: {type(error).__name__}."))


def _fetch(url, until, limit):
    with requests.Session() as session:
        session.max_redirects = REDIRECTS
        session.auth = lambda request: request  # otherwise passwords from a .netrc would go along
        with session.get(url, headers=HEADERS, timeout=SILENCE, stream=True) as response:
            if response.status_code != requests.codes.ok:
                raise UnreadableError(
                    f"{response.url} answers {response.status_code} {response.reason or ''}".rstrip() + "."
                )
            kind, _, parameters = response.headers.get("Content-Type", "").partition(";")
            if kind.strip().lower() not in HTML_TYPES:
                raise UnreadableError(f"{response.url} is {kind.strip()}, and a declaration is an HTML page.")
            charset = (
                parameters.lower().partition("charset=")[2].strip(" \"'") if "charset=" in parameters.lower() else ""
            )
            return Fetched(response.url, _content(response, until, limit), charset)


def _content(response, until, limit):
    pieces, size = [], 0
    for piece in response.iter_content(64 * 1024):
        size += len(piece)
        if size > limit:
            raise UnreadableError(f"{response.url} is larger than {limit // 1024 // 1024} MB.")
        if monotonic() > until:
            raise UnreadableError(f"{response.url} takes too long.")
        pieces.append(piece)
    return b"".join(pieces)

"""Telling whoever keeps pages that they are no longer true: our own memory of finished pieces by a new edition, the
caches in front by one HTTP request, `BAN`, for each host.

Saving never fails because a cache does not answer. A lost ban leaves an empty file under DATA_DIR, and the clock
tries it again each minute; the cache forgets by itself within a minute anyway.
"""

import contextlib
import contextvars
import http.client
import logging
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.db import DatabaseError, transaction

from mission.models import Edition

logger = logging.getLogger(__name__)

SECONDS_TO_ANSWER = 1
_gathering = contextvars.ContextVar("sets of hosts to ban at the end of the request", default=None)


class _BanOnCommit:
    """What runs on commit, recognisable among all that does: the same hosts are banned once in a transaction."""

    def __init__(self, hosts):
        self.hosts = frozenset(hosts)

    def __call__(self):
        waiting = _gathering.get()
        if waiting is None:
            begin_edition(self.hosts)
        else:
            waiting.append(self.hosts)


def ban_on_commit(hosts):
    """Begin a new edition, and ban the pages of `hosts`, when the transaction is committed, or now when there is none."""
    new, is_known = set(hosts), False
    # A large transaction has thousands of these, ours among the first.
    for _sids, function, _robust in transaction.get_connection().run_on_commit:
        if isinstance(function, _BanOnCommit):
            new, is_known = new - function.hosts, True
            if not new:
                return
    if new or not is_known:
        transaction.on_commit(_BanOnCommit(new), robust=True)


@contextlib.contextmanager
def gathered():
    """Hold back the bans of what is committed inside until the end: a page and its twenty rows are one ban."""
    token = _gathering.set([])
    try:
        yield
    finally:
        waiting = _gathering.get()
        _gathering.reset(token)
        if waiting:
            begin_edition(set().union(*waiting))


def begin_edition(hosts):
    """Make every finished piece untrue, then every page of `hosts`: in this order, for a cache asks again at once."""
    try:
        Edition.renew()
    except DatabaseError:  # what is kept is gone within a minute anyway
        logger.warning("The edition could not be renewed")
    ban(hosts)


def ban(hosts):
    """Tell every cache that nothing it keeps of `hosts` is true any more; what fails is left to the clock."""
    for cache in settings.FRONT_CACHE_URLS:
        for host in sorted(hosts):
            _send_or_note(cache, host)


def retry():
    """Send again the bans that were lost; those of a cache that is no longer named are forgotten."""
    for marker in list(_folder().glob("*")) if _folder().is_dir() else []:
        cache, _space, host = unquote(marker.name).partition(" ")
        if cache not in settings.FRONT_CACHE_URLS or _is_sent(cache, host):
            marker.unlink(missing_ok=True)


def _send_or_note(cache, host):
    if _is_sent(cache, host):
        return
    marker = _folder() / quote(f"{cache} {host}", safe="")
    if not marker.exists():
        logger.warning("The cache at %s did not take the ban of %s; the clock tries again", cache, host)
    with contextlib.suppress(OSError):  # a full disk must not stop an editor
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()


def _is_sent(cache, host):
    """Send one ban; tell whether the cache took it."""
    connection = http.client.HTTPConnection(urlsplit(cache).netloc, timeout=SECONDS_TO_ANSWER)
    try:
        connection.request("BAN", "/", headers={"Host": host, "X-Ban-Host": host})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _folder():
    return settings.DATA_DIR / "lost-bans"

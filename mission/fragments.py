"""Finished pieces of pages, rendered once a minute and again after every change that visitors could see.

A piece is kept under the edition, the minute and the address. The edition is a mark in the database that every
committed change renews (`gok_site.front_cache` knows which changes count). Each request reads it, so no process
shows what another one has changed, and a lost memory costs time only. What pages say changes by the clock at full
minutes, so a piece stays true as long as its minute; nothing outlives that, even if a change was never told.

Kept is only what is for everybody: nothing of previews, of requests with a session or with words of their own,
and nothing that was read in a transaction, which may still be rolled back.

After each change and each minute everybody asks for pieces that are not there yet. The first who does makes them; the
others in the same process wait for that, which costs less than making them once more each (`take_turns`).
"""

import hashlib
import threading
import uuid
from contextlib import ExitStack
from functools import wraps
from weakref import WeakValueDictionary

from django.conf import settings
from django.core.cache import cache
from django.db import connection, models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

SECONDS = 60
#: Longer than the dearest page takes. Whoever has waited so long makes the pieces without waiting for his turn.
SECONDS_TO_WAIT = 2
_turns, _one_by_one = WeakValueDictionary(), threading.Lock()


class Edition(models.Model):
    """Which edition of all sites of this installation visitors read: one row, with another mark after every change."""

    mark = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self):
        return str(self.mark)

    @classmethod
    def renew(cls):
        """From now on no piece is true that was rendered before. To be called after the commit: see `Pieces`."""
        cls.objects.update(mark=uuid.uuid4())


class Pieces:
    """The pieces of one thing (a site, a page) by name; without a `key` nothing is kept.

    The edition was read before anything that is rendered now. A change that is committed meanwhile therefore leaves
    at worst a newer piece under the mark of an edition that nobody asks for again.
    """

    def __init__(self, key=None):
        self.key = key
        self.found = (cache.get(key) if key else None) or {}

    def __contains__(self, name):
        return name in self.found

    @property
    def are_whole(self):
        """Whether everything that a page's content is needed for is there (see templates/base.html), or its answer."""
        return "answer" in self or ("head" in self and "main" in self)

    def keep(self, name, make):
        """The piece `name`, made by the function `make` unless it is there. No piece may be None."""
        piece = self.found.get(name)
        if piece is None:
            piece = self.found[name] = make()
            if self.key:
                cache.set(self.key, self.found, SECONDS)
        return piece


def of_site(request):
    """What all pages of the request's site have in common."""
    if not hasattr(request, "_site_pieces"):
        request._site_pieces = Pieces(_key(request, "site"))
    return request._site_pieces


def of_page(request, parameters=frozenset()):
    """What the page at the request's address consists of. Only for addresses that exist: each takes room.

    `parameters`: names that its query may have; with any other nothing is kept, or strangers could fill the memory.
    """
    if not parameters.issuperset(request.GET):
        return Pieces()
    pieces = Pieces(_key(request, request.get_full_path()))
    if pieces.key and not pieces.are_whole:
        _wait_for_turn(request, pieces.key)
        pieces = Pieces(pieces.key)
    return pieces


def kept(view):
    """Decorator for a view of an address without pieces, such as a feed: its whole answer is kept as one."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        pieces = of_page(request)
        if "answer" in pieces:
            content, headers = pieces.found["answer"]
            return HttpResponse(content, headers=headers)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:  # an address that does not exist takes no room
            pieces.keep("answer", lambda: (response.content, dict(response.headers)))
        return response

    return answer


def take_turns(get_response):
    """Middleware: of the requests that miss the same pieces at once, one makes them, and those behind it wait a little.

    The innermost of all: nobody has to wait for what the others do.
    """

    def answer(request):
        with ExitStack() as request._turns:
            return get_response(request)

    return answer


def _wait_for_turn(request, key):
    """Wait until no other request makes what is kept under `key`, but no longer than it pays. A turn ends with its request."""
    if not hasattr(request, "_turns"):  # it came past the middleware, and nobody would end its turn
        return
    with _one_by_one:
        turn = _turns.setdefault(key, threading.RLock())
    if turn.acquire(timeout=SECONDS_TO_WAIT):
        request._turns.callback(turn.release)


def state(request):
    """(mark of the edition, full minute as an aware datetime, site's id): what is kept is true while these are the same.

    None when nothing may be kept for this request.
    """
    mark, site = _edition(request), Site.find_for_request(request)
    if mark is None or site is None:
        return None
    return mark, timezone.now().replace(second=0, microsecond=0), site.pk


def _key(request, of):
    """The name under which pieces `of` something are kept; None when nothing may be kept for this request."""
    known = state(request)
    if known is None:
        return None
    mark, minute, site = known
    name = hashlib.blake2b(of.encode(), digest_size=16).hexdigest()
    return f"pieces:{mark}:{minute.timestamp():.0f}:{site}:{name}"


def _edition(request):
    """The mark of the edition, read once a request; None for a request that is not everybody's."""
    if not hasattr(request, "_edition"):
        row = Edition.objects.values_list("mark", flat=True).first() if _is_for_everybody(request) else None
        request._edition = row
    return request._edition


def _is_for_everybody(request):
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not getattr(request, "is_preview", False)
        and not connection.in_atomic_block
    )

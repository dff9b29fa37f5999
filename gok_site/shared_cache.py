"""Redis as the cache of all nodes, which fails open: while it is away, slow or empty, pages take longer and work.

Nothing is kept here alone: sessions and counted attempts are in the database. While Redis is away the cache answers as
Django's dummy cache does. What it missed meanwhile nobody knows, so it is emptied before it is believed again.
"""

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from gok_site.outages import Outage

SECONDS_TO_ANSWER = 0.5
SECONDS_LEFT_ALONE = 5
_MISSED = object()


class OpenClient(RedisCacheClient):
    """Django's client of Redis, whose every question has an answer."""

    def __init__(self, servers, **options):
        super().__init__(servers, **options)
        self._outage = Outage("The shared cache", SECONDS_LEFT_ALONE)
        self._is_stale = False
        broken = self._lib.exceptions.ConnectionError
        # At once, and only for a connection that has died in the pool: who was slow once is not asked twice.
        retry = self._lib.retry.Retry(self._lib.backoff.NoBackoff(), 1, supported_errors=(broken,))
        patience = {"socket_timeout": SECONDS_TO_ANSWER, "socket_connect_timeout": SECONDS_TO_ANSWER, "retry": retry}
        self._pool_options = {**patience, **self._pool_options}

    def _ask(self, method, *arguments, otherwise):
        """What Redis says, or `otherwise` when it says nothing."""
        if self._outage.is_on:
            return otherwise
        try:
            if self._is_stale:
                super().clear()
                self._is_stale = False
            answer = method(*arguments)
        except self._lib.exceptions.RedisError as error:
            self._outage.begin(error)
            return otherwise
        self._outage.end()
        return answer

    def _tell(self, method, *arguments, otherwise=None):
        """Likewise, of a change: when it was not taken, what is kept there is no longer to be believed."""
        answer = self._ask(method, *arguments, otherwise=_MISSED)
        if answer is not _MISSED:
            return answer
        self._is_stale = True
        return otherwise

    def get(self, key, default):
        return self._ask(super().get, key, default, otherwise=default)

    def get_many(self, keys):
        return self._ask(super().get_many, keys, otherwise={})

    def has_key(self, key):
        return self._ask(super().has_key, key, otherwise=False)

    def add(self, key, value, timeout):
        return self._tell(super().add, key, value, timeout, otherwise=True)

    def set(self, key, value, timeout):
        return self._tell(super().set, key, value, timeout)

    def set_many(self, data, timeout):
        return self._tell(super().set_many, data, timeout)

    def touch(self, key, timeout):
        return self._tell(super().touch, key, timeout, otherwise=False)

    def incr(self, key, delta):
        answer = self._tell(super().incr, key, delta, otherwise=_MISSED)
        if answer is _MISSED:
            raise ValueError(f"Key '{key}' not found.")
        return answer

    def delete(self, key):
        return self._tell(super().delete, key, otherwise=False)

    def delete_many(self, keys):
        return self._tell(super().delete_many, keys)

    def clear(self):
        return self._tell(super().clear, otherwise=False)


class SharedCache(RedisCache):
    """Django's cache in Redis with a client that never raises. It has a database of Redis for itself: it empties it."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = OpenClient

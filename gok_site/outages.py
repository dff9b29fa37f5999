"""A neighbour (cache, store of media) that does not answer is left alone for a while: not every visitor waits for it."""

import logging
import time

logger = logging.getLogger(__name__)


class StorageAwayError(OSError):
    """Where media lie does not answer, or refuses us. It passes by itself, and nothing was lost that was confirmed."""


class Outage:
    """The silence of one neighbour, as this process knows it."""

    def __init__(self, neighbour, seconds):
        self.neighbour, self.seconds = neighbour, seconds
        self._until = None  # by the monotonic clock; None while the neighbour answers

    @property
    def is_on(self):
        """Whether it is too early to ask again."""
        return self._until is not None and time.monotonic() < self._until

    def begin(self, error):
        """Ask no more for some seconds; the kind of `error` alone is logged, its words may hold addresses."""
        if self._until is None:
            logger.warning("%s does not answer: %s", self.neighbour, type(error).__name__)
        self._until = time.monotonic() + self.seconds

    def end(self):
        """It has answered."""
        if self._until is not None:
            logger.info("%s answers again", self.neighbour)
            self._until = None

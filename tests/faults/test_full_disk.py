"""P6: no room is left. Pages are read, writing is refused politely, and what was there stays."""

import contextlib
import resource
import time

import pytest

from tests.faults.requests_sent import LEAST_AGE, senders
from tests.faults.visitors import Proxy

AGREEMENT = "from tests.faults import agreement\nanswer = agreement."


@contextlib.contextmanager
def no_room(pids):
    """Every write of a byte to a file fails, as on a disk that is full."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid, (_soft, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@pytest.mark.fault(
    "P6", "no byte can be written to the disk", "pages are read; a form says so, keeps its words, works later"
)
def test_a_full_disk_keeps_pages_readable_and_what_was_typed(production, seen):
    stack = production("SQLite")
    proxy, inside = Proxy(stack), stack.editor()
    before, later = senders(proxy, 2, first=950)
    time.sleep(LEAST_AGE)
    assert before.send()[0] == 303
    with no_room(stack.workers()):
        for number in range(5):
            assert proxy.ask("GET", f"/szukaj/?q=pelno{number}")[0] == 200
        status, page = later.send()
        assert status == 503
        assert later.words in page
        assert proxy.ask("GET", "/healthz")[0] == 200
    assert later.send()[0] == 303
    for person in (before, later):
        assert set(inside.ask(AGREEMENT + f"request_of({person.email!r})").values()) == {1}
    assert inside.ask(AGREEMENT + "damage()") == []
    seen("503 with the words, then 303")

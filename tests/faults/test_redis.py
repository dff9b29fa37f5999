"""Redis is a cache and nothing but: without it pages take a little longer, and nobody is logged out (P7)."""

import contextlib
import signal
import time

import pytest

from tests.faults.nodes import Colleague
from tests.faults.stack import until

AWAY_FOR = 15  # seconds after which a node has asked again

pytestmark = pytest.mark.usefixtures("all_is_well")


@contextlib.contextmanager
def killed(redis):
    redis.kill()
    try:
        yield
    finally:
        redis.start()


@contextlib.contextmanager
def hanging(redis):
    redis.process.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        redis.process.process.send_signal(signal.SIGCONT)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(killed, marks=pytest.mark.fault("P7", "Redis is killed", "pages work, nobody is logged out")),
        pytest.param(hanging, marks=pytest.mark.fault("P7", "Redis hangs", "pages work, nobody is logged out")),
    ],
    ids=["killed", "hanging"],
)
def test_without_redis_everything_works(nodes, seen, fault):
    colleague = Colleague(nodes.ports["cache"]).log_in()
    slowest = 0
    with fault(nodes.redis):
        for number in range(8):
            for node in nodes.nodes:
                begin = time.monotonic()
                assert node.server.get(f"/szukaj/?q=bez{number}").status == 200
                slowest = max(slowest, time.monotonic() - begin)
            assert colleague.is_in()
        Colleague(nodes.nodes[1].port).log_in()
        answer = nodes.nodes[0].health()
        assert (answer.status, "cache-away" in answer.text) == (200, True)
        assert '"cache": {"ok": false}' in answer.text
    seen(f"slowest of 16 uncached pages {slowest:.1f} s")
    back = until(lambda: all("cache-away" not in node.health().text for node in nodes.nodes), AWAY_FOR, pause=0.5)
    assert back is not None
    assert colleague.is_in()
    assert slowest < 10


@pytest.mark.fault("P7", "something is forgotten while Redis hangs", "it is not believed again afterwards")
def test_what_redis_missed_is_not_believed(nodes, editors):
    look = "from django.core.cache import cache; answer = cache.get('old')"
    keep = "from django.core.cache import cache; cache.set('old', 1, 3600); answer = cache.get('old')"
    # Each process learns for itself, and within seconds, that Redis is back from the test before.
    assert until(lambda: editors[0].ask(keep) == editors[1].ask(look) == 1, AWAY_FOR, pause=0.5) is not None
    with hanging(nodes.redis):
        editors[0].do("from django.core.cache import cache; cache.delete('old')")
    gone = "import time; from django.core.cache import cache; time.sleep(6); assert cache.get('old') is None"
    editors[0].do(gone)
    editors[1].do("from django.core.cache import cache; assert cache.get('old') is None")


@pytest.mark.fault("P7", "Redis is emptied", "pages work, nobody is logged out")
def test_an_emptied_redis_costs_nothing(nodes, editors):
    colleague = Colleague(nodes.ports["cache"]).log_in()
    editors[0].do("from django.core.cache import cache; cache.clear()")
    assert colleague.is_in()
    for node in nodes.nodes:
        assert node.server.get("/").status == 200
    assert "cache-away" not in nodes.nodes[0].health().text

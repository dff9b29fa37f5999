"""Two nodes are one site: what one publishes the other shows, and nobody notices when one is gone."""

import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.faults.nodes import Colleague
from tests.faults.postgresql import execute
from tests.faults.stack import Process, until

NEWS = "/aktualnosci/premiera/"
PUBLISH = """
from mission.models import CentreImage, NewsIndexPage, NewsPage
page = NewsPage.objects.filter(slug="premiera").first()
if page is None:
    page = NewsIndexPage.objects.first().add_child(instance=NewsPage(title="x", slug="premiera", summary="Dziś."))
page.title, page.image = {title!r}, CentreImage.objects.order_by("-pk").first()
page.save_revision().publish()
"""


def png(colour):
    data = BytesIO()
    Image.new("RGB", (1600, 1000), colour).save(data, "PNG")
    return data.getvalue()


def refused(answers):
    return [answer for answer in answers if answer[1] != 200]


@pytest.mark.fault("–", "one of two nodes publishes", "the other shows it at once, everybody within 1 s")
def test_what_one_node_publishes_the_other_and_the_cache_show_within_a_second(nodes, editors, seen):
    editors[0].do(PUBLISH.format(title="Premiera bez daty"))
    assert "bez daty" in nodes.cache.get(NEWS).text
    published = editors[0].do(PUBLISH.format(title="Premiera w piątek"))
    assert "w piątek" in nodes.nodes[1].server.get(NEWS).text
    assert until(lambda: "w piątek" in nodes.cache.get(NEWS).text, 5) is not None
    took = time.monotonic() - published
    seen(f"{took * 1000:.0f} ms, with a page drawn by the other node before")
    assert took < 1


@pytest.mark.fault("–", "a picture is sent to one node", "the other shows it, from the site's own address")
def test_a_picture_sent_to_one_node_is_shown_by_the_other(nodes, editors):
    sent = Colleague(nodes.nodes[0].port).log_in().upload("scena", png("teal"))
    assert sent.status_code == 302, sent.text[-500:]
    editors[0].do(PUBLISH.format(title="Premiera z obrazem"))
    page = nodes.nodes[1].server.get(NEWS).text
    sources = {part.split('"')[0].split(" ")[0] for part in page.split('src="')[1:] if part.startswith("/media/")}
    assert sources
    for source in sources:
        for server in (nodes.nodes[1].server, nodes.nodes[0].server, nodes.cache):
            answer = server.get(source)
            assert (answer.status, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")
            assert "sandbox" in answer.headers["Content-Security-Policy"]
            assert len(answer.body) > 100
    assert f":{nodes.store.port}" not in page


@pytest.mark.fault("–", "two nodes, each with its clock", "one clock of the two works")
def test_of_two_nodes_clocks_one_works(nodes):
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    assert until(lambda: execute(nodes.database, held) == [(1,)], 90, pause=1) is not None
    clocks = [child for node in nodes.nodes for child in children(node.process.pid, b"run_clock")]
    assert len(clocks) == 2


def children(pid, word):
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [child for child in found if word in Path(f"/proc/{child}/cmdline").read_bytes()]


@pytest.mark.fault("–", "two clocks on one database; the one that works is killed", "the other takes over, never both")
@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_a_second_clock_works_only_when_the_first_is_dead(kind, clock_environment, tmp_path, seen):
    journal = tmp_path / "journal"
    command = [sys.executable, "tests/faults/clock_witness.py", str(journal)]
    clocks = [Process(command, tmp_path, clock_environment(kind)) for _ in range(2)]
    rounds = lambda: journal.read_text().split() if journal.exists() else []  # noqa: E731
    try:
        assert until(lambda: len(rounds()) > 3, 120) is not None
        assert all(clock.process.poll() is None for clock in clocks)
        first = rounds()[0]
        assert set(rounds()) == {first}
        before, begin = len(rounds()), time.monotonic()
        next(clock for clock in clocks if str(clock.pid) == first).kill()
        assert until(lambda: set(rounds()[before + 1 :]), 60) is not None
        seen(f"{kind}: the other clock works {time.monotonic() - begin:.1f} s later")
        assert until(lambda: len(rounds()) > before + 4, 60) is not None
        assert set(rounds()[before + 1 :]) == {str(clock.pid) for clock in clocks} - {first}
    finally:
        for clock in clocks:
            clock.kill()


@pytest.mark.fault("P12", "kill -9 one of two nodes", "no failed GET, and whoever has logged in stays logged in")
def test_a_nodes_death_costs_no_page_and_no_session(nodes, seen):
    colleague = Colleague(nodes.ports["cache"]).log_in()
    with nodes.visitors() as answers:
        assert until(lambda: len(answers) > 10, 60) is not None
        nodes.nodes[0].kill()
        for _ in range(6):
            assert colleague.is_in()
        known = len(answers)
        assert until(lambda: len(answers) > known + 20, 60) is not None
        nodes.revive()
        assert colleague.is_in()
    seen(f"{len(answers)} pages meanwhile, {len(refused(answers))} failed")
    assert refused(answers) == []


@pytest.mark.fault("P12", "both nodes are restarted, one after the other", "no failed GET, sessions survive")
def test_a_rolling_restart_is_not_noticed(nodes, seen):
    colleague = Colleague(nodes.ports["cache"]).log_in()
    with nodes.visitors() as answers:
        for node in nodes.nodes:
            node.leave()
            known = len(answers)
            assert until(lambda known=known: len(answers) > known + 10, 60) is not None
            assert colleague.is_in()
            nodes.revive()
    seen(f"{len(answers)} pages meanwhile, {len(refused(answers))} failed")
    assert refused(answers) == []
    assert colleague.is_in()

"""Processes die and databases go away; visitors hardly notice."""

import contextlib
import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from tests.databases import ROOT
from tests.faults.stack import until
from tests.serving import server_environment

KEPT_FOR_NOW = 4  # seconds: longer than the quick cache keeps anything without need
FORM = "/dostepnosc/zgloszenie/"
CLEAR_WORDS = "Strona chwilowo nie odpowiada"


def assert_old_pages_are_shown(stack, paths):
    for path in paths:
        answer = stack.cache.get(path)
        assert (answer.status, answer.headers["X-Cache"]) == (200, "HIT"), path
        assert "</html>" in answer.text


def assert_the_rest_is_refused_clearly(stack, unseen_path):
    sent = stack.cache.get(FORM, method="POST", data=b"subject=Schody")
    unseen = stack.cache.get(unseen_path)
    for answer in (sent, unseen):
        assert answer.status == 503
        assert CLEAR_WORDS in answer.text
        assert int(answer.headers["Retry-After"]) > 0
    assert "Wstecz" in sent.text


def is_fresh(stack):
    return stack.cache.get("/projekty/").status == 200 and stack.cache.get(FORM).status == 200


@pytest.mark.fault("P4", "the application is killed", "kept pages shown, forms 503 in clear words, recovery by itself")
def test_a_dead_application_leaves_the_kept_pages_readable(quick_stack, seen):
    stack, paths = quick_stack, ["/", "/program/", "/deklaracja-dostepnosci/"]
    for path in paths:
        assert stack.cache.get(path).status == 200
    stack.application_process.kill()
    assert_old_pages_are_shown(stack, paths)
    time.sleep(KEPT_FOR_NOW)
    assert_old_pages_are_shown(stack, paths)
    assert_the_rest_is_refused_clearly(stack, "/projekty/")
    stack.start_application()
    took = until(lambda: is_fresh(stack), 30)
    assert took is not None
    seen(f"fresh {took:.0f} s after its return")


@pytest.mark.fault("P4", "the database is gone", "kept pages shown, forms 503 in clear words, recovery by itself")
def test_a_missing_database_leaves_the_kept_pages_readable(quick_stack, seen):
    stack, paths = quick_stack, ["/", "/misja/", "/zajecia/"]
    database = stack.folder / "gok_site.sqlite3"
    for path in paths:
        assert stack.cache.get(path).status == 200
    database.rename(database.with_suffix(".away"))
    database.mkdir()
    try:
        assert stack.application.get("/misja/").status == 503, "the application itself says so, too"
        assert CLEAR_WORDS in stack.application.get(FORM, method="POST", data=b"subject=Schody").text
        assert_old_pages_are_shown(stack, paths)
        time.sleep(KEPT_FOR_NOW)
        assert_old_pages_are_shown(stack, paths)
        assert_the_rest_is_refused_clearly(stack, "/partnerzy/")
    finally:
        database.rmdir()
        database.with_suffix(".away").rename(database)
    took = until(lambda: is_fresh(stack), 30)
    assert took is not None
    seen(f"fresh {took:.0f} s after its return")


@pytest.mark.fault("P1", "kill -9 a worker during requests", "others serve, a new one within 2 s, never half a page")
def test_a_killed_worker_takes_no_visitor_along(stack, seen):
    before = stack.workers()
    answers, stop = [], threading.Event()

    def visit(number):
        count = 0
        while not stop.is_set():
            count += 1
            answers.append(stack.cache.get(f"/szukaj/?q=w{number}x{count}"))  # never in the cache

    visitors = [threading.Thread(target=visit, args=[number]) for number in range(4)]
    for visitor in visitors:
        visitor.start()
    assert until(lambda: len(answers) > 8, 30) is not None
    os.kill(before[0], signal.SIGKILL)
    respawned = until(lambda: len(set(stack.workers()) - {before[0]}) == 2, 10)
    known = len(answers)
    assert until(lambda: len(answers) > known + 8, 30) is not None
    stop.set()
    for visitor in visitors:
        visitor.join()
    refused = [answer.status for answer in answers if answer.status != 200]
    assert all("</html>" in answer.text for answer in answers), "never half a page"
    assert set(refused) <= {503}
    seen(f"new worker after {respawned:.1f} s; {len(answers)} answers, {len(refused)} of them 503")
    assert respawned < 2
    assert len(refused) <= 4


@pytest.mark.fault(
    "–", "the clock's first round on a fresh site", "nobody waits 10 s to write; clock and backup leave a sign"
)
def test_the_first_round_of_the_clock_keeps_nobody_from_writing(first_folder, tmp_path, seen):
    folder = tmp_path / "data"
    shutil.copytree(first_folder, folder, symlinks=True)
    environment = {
        **server_environment(folder, 8000),
        "DJANGO_SETTINGS_MODULE": "gok_site.settings.base",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "EMAIL_URL": "memorymail://",
    }
    begin, longest = time.monotonic(), 0
    clock = subprocess.Popen([sys.executable, "manage.py", "run_clock", "--once"], cwd=ROOT, env=environment)
    with contextlib.closing(sqlite3.connect(folder / "gok_site.sqlite3", timeout=120, isolation_level=None)) as writer:
        while clock.poll() is None:
            asked = time.monotonic()
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("ROLLBACK")
            longest = max(longest, time.monotonic() - asked)
            time.sleep(0.02)
        beats = dict(writer.execute("SELECT name, failing FROM gok_site_heartbeat"))
    assert clock.returncode == 0
    assert beats == {"clock": "[]", "backup": "[]"}
    assert list((folder / "backups").glob("2*/manifest.json"))
    seen(f"a round of {time.monotonic() - begin:.0f} s; longest wait {longest:.1f} s")
    assert longest < 10

"""A database that is slow or silent costs those their answer who need it; nobody else, and not for long."""

import contextlib
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.requests_sent import LEAST_AGE, senders
from tests.faults.stack import until
from tests.faults.visitors import Proxy

KEPT = ["/", "/program/", "/deklaracja-dostepnosci/"]
CROWD = 16  # twice as many as there are threads
LONGEST = 40  # seconds; the cache waits 35 for the application
CLEAR_WORDS = "Strona chwilowo nie odpowiada"


def asked(proxy, path):
    """The status and words of an answer, and the seconds it took."""
    begin = time.monotonic()
    status, headers, body = proxy.ask("GET", path)
    return status, headers, body.decode(), time.monotonic() - begin


def keep(proxy):
    for path in KEPT:
        assert asked(proxy, path)[0] == 200


def assert_kept_pages_are_quick(proxy):
    for path in KEPT:
        status, headers, words, took = asked(proxy, path)
        assert (status, headers["X-Cache"]) == (200, "HIT"), path
        assert "</html>" in words
        assert took < 1


@contextlib.contextmanager
def locked_pages(postgresql, stack):
    """Somebody changes the table of pages and does not come to an end."""
    with postgresql.connect(stack.environment["DATABASE_URL"].rpartition("/")[2]) as connection:
        connection.execute("BEGIN")
        connection.execute("LOCK TABLE wagtailcore_page IN ACCESS EXCLUSIVE MODE")
        yield
        connection.execute("ROLLBACK")


@pytest.mark.fault(
    "P5", f"PostgreSQL locked; {CROWD} ask at once", "kept pages quick, the others 503 in time, recovery"
)
def test_a_locked_database_sheds_load(production, postgresql, seen):
    stack = production("PostgreSQL")
    proxy = Proxy(stack)
    keep(proxy)
    with locked_pages(postgresql, stack), ThreadPoolExecutor(CROWD) as crowd:
        paths = [f"/szukaj/?q=powoli{number}" for number in range(CROWD)]
        answers = crowd.map(lambda path: asked(proxy, path), paths)
        time.sleep(1)
        assert_kept_pages_are_quick(proxy)
        answers = list(answers)
        assert_kept_pages_are_quick(proxy)
    assert_all_refused(answers)
    back = until(lambda: asked(proxy, "/szukaj/?q=potem")[0] == 200, 30)
    assert back is not None
    seen(f"{timing(answers)}; fresh {back:.0f} s after")


@pytest.mark.fault(
    "P5", f"PostgreSQL silent; {CROWD} ask at once", "kept pages quick, the others 503 in time, recovery"
)
def test_a_silent_database_sheds_load(production, postgresql, seen):
    stack = production("PostgreSQL")
    proxy = Proxy(stack)
    keep(proxy)
    with postgresql.stopped(), ThreadPoolExecutor(CROWD) as crowd:
        answers = crowd.map(lambda number: asked(proxy, f"/szukaj/?q=cicho{number}"), range(CROWD))
        time.sleep(1)
        assert_kept_pages_are_quick(proxy)
        answers = list(answers)
        assert_kept_pages_are_quick(proxy)
        *_, took = asked(proxy, "/szukaj/?q=znowu")
        assert took < 1, "once the cache knows, it makes nobody wait"
    assert_all_refused(answers)
    back = until(lambda: asked(proxy, "/szukaj/?q=potem")[0] == 200, 30)
    assert back is not None
    seen(f"{timing(answers)}, then at once; fresh {back:.0f} s after")


def assert_all_refused(answers):
    assert {status for status, *_ in answers} == {503}
    assert all(CLEAR_WORDS in words for _status, _headers, words, _took in answers)
    assert max(took for *_, took in answers) < LONGEST


def timing(answers):
    times = sorted(took for *_, took in answers)
    return f"503 after {times[0]:.0f} to {times[-1]:.0f} s"


@pytest.mark.fault(
    "P5", "SQLite locked for writing by another process", "all is read; a form says so and keeps its words"
)
def test_a_locked_file_is_read_and_forms_keep_their_words(production, seen):
    stack = production("SQLite")
    proxy = Proxy(stack)
    (person,) = senders(proxy, 1, first=900)
    time.sleep(LEAST_AGE)
    said = []
    with contextlib.closing(sqlite3.connect(stack.folder / "gok_site.sqlite3", timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = threading.Thread(target=lambda: said.append(person.send()))
        writing.start()
        answers = [asked(proxy, f"/szukaj/?q=obok{number}") for number in range(5)]
        assert {status for status, *_ in answers} == {200}
        slowest = max(took for *_, took in answers)
        writing.join()
        other.execute("ROLLBACK")
    ((status, page),) = said
    assert status == 503
    assert person.words in page
    assert person.email in page
    assert person.mark in page
    assert "wyślij je ponownie za minutę" in page
    assert person.send()[0] == 303
    seen(f"slowest of 5 uncached pages {slowest:.1f} s; the form 503 with its words, then 303")
    assert slowest < 3

"""kill -9 while something is written: afterwards it is there whole or not at all, and what was confirmed is there once."""

import contextlib
import http.client
import os
import signal
import subprocess
import threading
import time
from datetime import date, timedelta

import pytest

from tests.faults.postgresql import program
from tests.faults.requests_sent import LEAST_AGE, senders
from tests.faults.stack import until
from tests.faults.visitors import Browser, Proxy

KILLS = 6  # of each kind of request, at moments spread over the time that it takes
READY = 10  # seconds
BROKEN = (OSError, http.client.HTTPException)  # what a client meets whose server dies
AGREEMENT = "from tests.faults import agreement\nanswer = agreement."
databases = pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])


class Editor:
    """An editor with a browser, who publishes through the proxy."""

    def __init__(self, stack):
        self.inside = stack.editor()
        self.event, self.programme = self.ask("event_with_one_day()")
        base = f"https://localhost:{stack.ports['tls']}"
        self.browser = Browser(base)
        assert self.browser.log_in("wydawczyni", stack.application.add_administrator("wydawczyni"))[0] == 302
        self.index = self.inside.ask(
            "from mission.models import NewsIndexPage\nfrom wagtail.models import Site\n"
            "root = Site.objects.get(hostname='localhost').root_page\n"
            "answer = NewsIndexPage.objects.descendant_of(root).get().pk"
        )

    def ask(self, question):
        return self.inside.ask(AGREEMENT + question)

    def changed_event(self, title, day):
        """A function that publishes the event under a new title, with another day."""
        path = f"/admin/pages/{self.event}/edit/"
        form = self.browser.form_with("title", path)
        form |= {"title": title, "plan-0-day": day, "plan-0-end_day": "", "action-publish": "1"}
        return lambda: self.browser.ask(path, form)[0]

    def added_news(self, title):
        """A function that adds and publishes a piece of news."""
        path = f"/admin/pages/add/mission/newspage/{self.index}/"
        form = self.browser.form_with("title", path)
        form |= {"title": title, "slug": title.lower(), "summary": "Na próbę.", "action-publish": "1"}
        return lambda: self.browser.ask(path, form)[0]


def kill_during(stack, act, delay):
    """Kill all workers `delay` seconds after `act` has begun; what it said, or None."""
    said = []

    def run():
        with contextlib.suppress(*BROKEN):
            said.append(act())

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(delay)
    for pid in stack.workers():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    thread.join()
    assert until(lambda: stack.is_up(stack.cache), 60) is not None
    return said[0] if said else None


def timed(act):
    """What an act said, and the seconds it took: the moments of the kills are spread over them."""
    begin = time.monotonic()
    return act(), time.monotonic() - begin


def moments(seconds):
    return [seconds * number / (KILLS - 1) for number in range(KILLS)]


@pytest.fixture(scope="module")
def editor_of(production):
    """A function: the editor of the stack on a database; made once."""
    editors = {}

    def of(database):
        if database not in editors:
            editors[database] = Editor(production(database))
            assert editors[database].ask("disagreements()") == []
        return editors[database]

    return of


@databases
@pytest.mark.fault(
    "P2", "kill -9 all workers while an event is published", "page, revision, dates, indexes: all or none"
)
def test_a_publication_is_whole_or_is_none(production, editor_of, database, seen):
    stack, editor = production(database), editor_of(database)
    first = date.today() + timedelta(days=370)  # noqa: DTZ011 - a day on which nothing is yet
    status, took = timed(editor.changed_event("Znak0", f"{first}"))
    assert status == 302
    through = 0
    for number, delay in enumerate(moments(took), 1):
        title, day = f"Znak{number}", f"{first + timedelta(days=number)}"
        status = kill_during(stack, editor.changed_event(title, day), delay)
        facts = editor.ask(f"state_of({title!r}, {editor.event}, {day!r})")
        assert len(set(facts.values())) == 1, facts
        assert facts["page"] or status != 302, "what was confirmed is there"
        through += facts["page"]
    assert editor.ask("disagreements()") == []
    seen(f"{KILLS} kills within {took:.1f} s, {through} of them after all had been written")


@databases
@pytest.mark.fault("P2", "kill -9 all workers while a page is added", "tree, revision, search, log: all or none")
def test_a_new_page_is_whole_or_is_none(production, editor_of, database, seen):
    stack, editor = production(database), editor_of(database)
    status, took = timed(editor.added_news("Nowina0"))
    assert status == 302
    through = 0
    for number, delay in enumerate(moments(took), 1):
        title = f"Nowina{number}"
        status = kill_during(stack, editor.added_news(title), delay)
        facts = editor.ask(f"state_of({title!r})")
        assert len(set(facts.values())) == 1, facts
        assert facts["page"] or status != 302, "what was confirmed is there"
        through += facts["page"]
    assert editor.ask("disagreements()") == []
    seen(f"{KILLS} kills within {took:.1f} s, {through} of them after all had been written")


@databases
@pytest.mark.fault(
    "P2", "kill -9 all workers while a request is sent", "request and letters: all or none; sent again: one"
)
def test_a_request_is_whole_or_is_none_and_can_be_sent_again(production, editor_of, database, seen):
    stack, editor = production(database), editor_of(database)
    people = senders(Proxy(stack), KILLS + 1)
    time.sleep(LEAST_AGE)
    (status, _page), took = timed(people[0].send)
    assert status == 303
    through = 0
    for person, delay in zip(people[1:], moments(took), strict=True):
        said = kill_during(stack, person.send, delay)
        facts = editor.ask(f"request_of({person.email!r})")
        assert set(facts.values()) in ({0}, {1}), facts
        assert facts["requests"] or not said or said[0] != 303
        through += facts["requests"]
        assert person.send()[0] == 303
        assert set(editor.ask(f"request_of({person.email!r})").values()) == {1}
    seen(f"{KILLS} kills within {took:.2f} s, {through} of them after all had been written")


@databases
@pytest.mark.fault(
    "P3", "kill -9 of everything, and a new start", "ready within 10 s, what was confirmed is there once"
)
def test_after_a_crash_of_everything_what_was_confirmed_is_there_once(
    production, postgresql, editor_of, database, seen
):
    stack, editor = production(database), editor_of(database)
    people, journal, stop = senders(Proxy(stack), 150, first=200), Journal(), threading.Event()
    time.sleep(LEAST_AGE)
    writers = [
        threading.Thread(target=journal.send, args=[people, stop]),
        threading.Thread(target=journal.publish, args=[editor, stop]),
    ]
    for writer in writers:
        writer.start()
    assert until(lambda: len(journal.receipts) >= 8 and len(journal.titles) >= 3, 120) is not None
    stack.kill_everything()
    if database == "PostgreSQL":
        postgresql.kill()
    stop.set()
    for writer in writers:
        writer.join()
    began = time.monotonic()
    if database == "PostgreSQL":
        postgresql.launch()
        assert until(postgresql.answers, 60) is not None
    stack.launch_again()
    assert until(lambda: Proxy(stack).ask("GET", "/healthz")[0] == 200, 60) is not None
    took = time.monotonic() - began
    editor.inside = stack.editor()
    assert editor.ask(f"receipts({journal.receipts!r})") == [1] * len(journal.receipts)
    assert editor.ask(f"titles({journal.titles!r})") == [1] * len(journal.titles)
    for person in people:
        assert set(editor.ask(f"request_of({person.email!r})").values()) in ({0}, {1})
    assert editor.ask("disagreements()") == []
    assert editor.ask("damage()") == []
    if database == "PostgreSQL":
        look_for_damage(postgresql)
    assert Proxy(stack).ask("GET", "/")[0] == 200
    seen(f"ready after {took:.1f} s; {len(journal.receipts)} requests and {len(journal.titles)} pages confirmed before")
    assert took < READY


class Journal:
    """What clients were told had been done."""

    def __init__(self):
        self.receipts, self.titles = [], []

    def send(self, people, stop):
        for person in people:
            with contextlib.suppress(*BROKEN):
                if not stop.is_set() and person.send()[0] == 303:
                    self.receipts.append(person.receipt)

    def publish(self, editor, stop):
        number = 0
        while not stop.is_set():
            number += 1
            with contextlib.suppress(*BROKEN, AssertionError):  # the form itself may not come
                title = f"Przed{number}"
                if editor.added_news(title)() == 302:
                    self.titles.append(title)


def look_for_damage(postgresql):
    options = ["--host=127.0.0.1", f"--port={postgresql.port}", "--username=gok", "--all", "--install-missing"]
    found = subprocess.run([program("pg_amcheck"), *options], check=False, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr

"""Finished pieces of pages: as true as pages rendered anew, in every process, whatever changes."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection, transaction
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from mission import fragments
from mission.models import CentreSettings, Edition, OpeningHours, SocialLink
from programme.models import Occurrence, SectionIndexPage
from tests.factories import make_date, make_event, make_section, make_site, make_venue, under, warsaw

pytestmark = pytest.mark.django_db

NOW = "2026-05-06 12:00"


class Memory(LocMemCache):
    """The memory of one process."""

    def __init__(self):
        super().__init__(f"pieces of {id(self)}", {})
        self.clear()

    def __len__(self):
        return len(self._cache)


@pytest.fixture
def memory(monkeypatch):
    """A function that gives this process a memory of its own, and keeps pieces in it.

    The test's transaction is the whole world: as far as the site knows, it is not in one.
    """
    monkeypatch.setattr(fragments, "connection", SimpleNamespace(in_atomic_block=False))

    def become(memory):
        monkeypatch.setattr(fragments, "cache", memory)
        return memory

    become(Memory())
    return become


@pytest.fixture
def centre(clock):
    clock(NOW)
    site = make_site()
    venue = make_venue("Sala", slug="sala", street="Rynek 1")
    event = make_event("Koncert", slug="koncert", start=warsaw("2026-05-06 18:00"), venue=venue, summary="Gra chór.")
    section = make_section("Ceramika", slug="ceramika")
    return SimpleNamespace(site=site, venue=venue, event=event, section=section)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A function that makes a change as somebody does who commits it."""

    def run(change):
        connection.run_on_commit.clear()  # the test's own transaction never ends
        with django_capture_on_commit_callbacks(execute=True):
            change()

    return run


def read(path, **headers):
    return answer_to(path, **headers).content.decode()


def answer_to(path, **headers):
    answer = Client(headers={"host": "localhost", **headers}).get(path)
    assert answer.status_code == 200, path
    return answer


def save(instance, **fields):
    for name, value in fields.items():
        setattr(instance, name, value)
    instance.save()


def publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def cancel(reason=""):
    Occurrence.objects.get().change(at=warsaw(NOW), status="EventCancelled", reason=reason)


#: (address, what it says once the change is made, the change). `c`: the centre
CHANGES = [
    ("/program/koncert/", "Gra orkiestra.", lambda c: publish(c.event, summary="Gra orkiestra.")),
    ("/program/", "Wielki koncert", lambda c: publish(c.event, title="Wielki koncert")),
    ("/", "Wystawa", lambda c: make_event("Wystawa", start=warsaw("2026-05-07 10:00"))),
    ("/program/archiwum/", "kwiecień 2026", lambda c: make_event("Był", start=warsaw("2026-04-06 18:00"))),
    ("/", "powodu burzy", lambda c: cancel("Z powodu burzy")),
    ("/program/koncert/", "EventCancelled", lambda c: cancel()),
    ("/program/", "2026-05-09", lambda c: make_date(c.event, warsaw("2026-05-09 19:00"))),
    ("/program/koncert/", "Leśna 5", lambda c: publish(c.venue, street="Leśna 5")),
    ("/zajecia/", "Dom Pod Lipą", lambda c: save(c.data, name="Dom Pod Lipą")),
    ("/program/koncert/", "Uwaga, mgła", lambda c: save(c.data, notice_text="Uwaga, mgła")),
    ("/zajecia/ceramika/", "15:30", lambda c: OpeningHours.objects.create(centre=c.data, weekday=1, **HOURS)),
    ("/", "example.org/s", lambda c: SocialLink.objects.create(centre=c.data, name="S", url="https://example.org/s")),
    ("/program/", "Zajęcia stałe", lambda c: publish(under(SectionIndexPage, c.site), title="Zajęcia stałe")),
    ("/zajecia/plan/", "Lepienie", lambda c: publish(c.section, title="Lepienie")),
    ("/program/kalendarz.ics", "Gra orkiestra", lambda c: publish(c.event, summary="Gra orkiestra.")),
    ("/program/koncert/kalendarz.ics", "STATUS:CANCELLED", lambda c: cancel()),
    ("/program/kanal.rss", "Wielki koncert", lambda c: publish(c.event, title="Wielki koncert")),
    ("/api/events/", "EventCancelled", lambda c: cancel()),
    ("/api/events.csv", "Wielki koncert", lambda c: publish(c.event, title="Wielki koncert")),
    ("/api/openapi.json", "Dom Pod Lipą", lambda c: save(c.data, name="Dom Pod Lipą")),
]
HOURS = {"opens": "08:00", "closes": "15:30"}


def test_a_change_is_seen_at_once_also_by_a_process_that_did_not_make_it(centre, memory, committed):
    for path, words, change in CHANGES:
        own, other = Memory(), Memory()
        with transaction.atomic():
            centre.data = CentreSettings.objects.get(site=centre.site)
            for process in (own, other):
                memory(process)
                assert words not in read(path)
                assert len(process) > (0 if path in FEEDS else 1)  # pages have pieces of the site, too
            committed(lambda change=change: change(centre))
            for process in (own, other):
                memory(process)
                assert words in read(path), words
            transaction.set_rollback(True)
        for page in (centre.event, centre.venue, centre.section):
            page.refresh_from_db()


ADDRESSES = [
    *("/szukaj/?q=koncert", "/", "/program/", "/program/koncert/", "/zajecia/", "/zajecia/ceramika/"),
    *("/program/?widok=miesiac", "/program/?miejsce=sala&wiek=9", "/program/?od=2026-05-08", "/program/?q=koncert"),
    *(
        "/miejsca/",
        "/miejsca/sala/",
        "/misja/",
        "/misja/cele/",
        "/zajecia/plan/",
        "/program/archiwum/",
        "/program/archiwum/2026/",
        "/program/archiwum/2026/04/",
        "/program/archiwum/2026/04/?od=2026-04-06",
        "/mapa-strony/",
    ),
]
FEEDS = [
    *("/program/kalendarz.ics", "/program/koncert/kalendarz.ics", "/miejsca/sala/kalendarz.ics", "/program/kanal.rss"),
    *("/api/events/", "/api/events.csv", "/api/openapi.json"),
]


def test_a_page_of_finished_pieces_is_the_same_as_one_rendered_anew(centre, memory):
    make_event("Był", slug="byl", start=warsaw("2026-04-06 18:00"))
    process = memory(Memory())
    rendered = {}
    for path in ADDRESSES + FEEDS:
        process.clear()
        rendered[path] = answer_to(path)
    process.clear()
    for _ in range(2):
        for path in ADDRESSES + FEEDS:
            answer = answer_to(path)
            assert answer.content == rendered[path].content, path
            assert told_of(answer) == told_of(rendered[path]), path


def told_of(answer):
    """The headers, but for what names each request."""
    return {name: value for name, value in answer.headers.items() if name not in ("X-Request-ID", "ETag")}


def test_a_feed_that_is_kept_asks_the_database_next_to_nothing(centre, memory):
    for path in FEEDS:
        read(path)
        with CaptureQueriesContext(connection) as queries:
            read(path)
        assert len(queries) <= 2, path


def test_of_a_feed_nothing_is_kept_that_strangers_ask_for(centre, memory):
    process = memory(Memory())
    visitor = Client(headers={"host": "localhost"})
    visitor.get("/nie-ma/")
    pieces = len(process)  # those of the site
    for path in ("/api/events/?q=koncert", "/api/events/?ile=x", "/program/nie-ma/kalendarz.ics"):
        visitor.get(path)
    assert len(process) == pieces
    assert visitor.head("/api/events/").content == b""
    assert json.loads(read("/api/events/"))["count"] == 1


def test_with_its_pieces_there_no_page_asks_the_database_more_than_fifteen_times(centre, memory):
    make_event("Był", slug="byl", start=warsaw("2026-04-06 18:00"))
    for path in ADDRESSES:
        if "q=" not in path:  # what visitors write themselves is never kept
            read(path)
            with CaptureQueriesContext(connection) as queries:
                read(path)
            assert len(queries) <= 15, path


def test_the_timetable_that_is_kept_asks_the_database_next_to_nothing(centre, memory):
    read("/zajecia/plan/")
    with CaptureQueriesContext(connection) as queries:
        text = read("/zajecia/plan/")
    assert "Ceramika" in text
    assert len(queries) <= 2


def test_pages_change_with_the_clock_at_the_minute(centre, memory, clock):
    for moment, is_over in [("2026-05-06 12:00", False), ("2026-05-06 19:59", False), ("2026-05-06 20:00", True)]:
        clock(moment)
        for _ in range(2):
            assert ("To wydarzenie już się odbyło" in read("/program/koncert/")) is is_over, moment


def test_what_was_rolled_back_or_seen_by_nobody_changes_no_edition(centre, memory, committed):
    mark = Edition.objects.get().mark

    def half():
        with transaction.atomic():
            publish(centre.event, title="Nigdy")
            transaction.set_rollback(True)

    for change in (lambda: centre.event.save_revision(), half):
        committed(change)
        assert Edition.objects.get().mark == mark
    centre.event.refresh_from_db()
    committed(lambda: publish(centre.event))
    assert Edition.objects.get().mark != mark


def test_nothing_is_kept_of_what_is_not_for_everybody(centre, memory):
    process = memory(Memory())
    read("/program/koncert/", cookie=f"{settings.SESSION_COOKIE_NAME}=anything")
    assert len(process) == 0
    request = Client(headers={"host": "localhost"}).get("/nie-ma/", headers={"cookie": "a=1"}).wsgi_request
    process.clear()
    centre.event.make_preview_request(request, centre.event.default_preview_mode)
    Client(headers={"host": "localhost"}).post("/program/koncert/")
    assert len(process) == 0


def test_words_of_visitors_are_not_kept(centre, memory):
    process = memory(Memory())
    read("/program/")
    pieces = len(process)
    for query in ("q=koncert", "utm_source=list", "od=2026-05-08&x=1"):
        read(f"/program/?{query}")
    assert len(process) == pieces


def test_nothing_is_kept_of_a_transaction_that_may_still_be_rolled_back(centre, monkeypatch):
    process = Memory()
    monkeypatch.setattr(fragments, "cache", process)
    read("/program/koncert/")
    assert len(process) == 0


def test_pages_answer_while_the_edition_is_missing(centre, memory):
    Edition.objects.all().delete()
    process = memory(Memory())
    assert "Koncert" in read("/program/koncert/")
    assert len(process) == 0


def test_an_answer_of_the_search_serves_its_next_pages_until_something_changes(centre, memory, committed, clock):
    def queries(address):
        with CaptureQueriesContext(connection) as asked:
            text = read(address)
        return sum("MATCH" in query["sql"] or "@@" in query["sql"] for query in asked), "/program/koncert/" in text

    first, found = queries("/szukaj/?q=koncert")
    assert (first > 0, found) == (True, True)
    assert queries("/szukaj/?q=koncert") == (0, True)
    assert queries("/szukaj/?q=recital")[0] > 0
    assert queries("/szukaj/?q=koncert&doslownie=1")[0] > 0
    clock("2026-05-06 12:01")
    assert queries("/szukaj/?q=koncert")[0] > 0
    assert queries("/szukaj/?q=koncert") == (0, True)
    committed(centre.event.unpublish)
    asked, found = queries("/szukaj/?q=koncert")
    assert (asked > 0, found) == (True, False)


@pytest.fixture
def asked_by_many(memory, monkeypatch):
    """A function that has `make` called as eight visitors do who ask for one page at once, and what each was answered."""
    monkeypatch.setattr(fragments, "_key", lambda request, of: f"pieces:{of}")

    def ask(make):
        together = threading.Barrier(8)
        answer = fragments.take_turns(lambda request: kept_whole(fragments.of_page(request), make))

        def visit(_number):
            together.wait()
            try:
                return answer(RequestFactory().get("/program/"))
            except LookupError:
                return "failed"

        with ThreadPoolExecutor(8) as visitors:
            return list(visitors.map(visit, range(8)))

    return ask


def kept_whole(pieces, make):
    return pieces.keep("head", str) + pieces.keep("main", make)


def test_of_many_who_miss_the_same_page_at_once_one_makes_it(asked_by_many):
    assert asked_by_many(slowly_numbered()) == ["number 1"] * 8


def test_whoever_fails_to_make_a_page_leaves_the_turn_to_the_next(asked_by_many):
    assert sorted(asked_by_many(slowly_numbered(failures=2))) == ["failed"] * 2 + ["number 1"] * 6


def slowly_numbered(failures=0):
    """A function that takes a while, and says how many times it has made something; the first `failures` times it fails."""
    left, made = ["lost"] * failures, []

    def make():
        time.sleep(0.05)
        if left:
            raise LookupError(left.pop())
        made.append("made")
        return f"number {len(made)}"

    return make


def test_nobody_waits_for_his_turn_for_ever(asked_by_many, monkeypatch):
    monkeypatch.setattr(fragments, "SECONDS_TO_WAIT", 0.01)
    everybody = threading.Barrier(8)  # who makes the page goes on only when all eight make it

    def make():
        everybody.wait(timeout=30)
        return "made"

    assert asked_by_many(make) == ["made"] * 8


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        (
            "<ul>\n    <li>Chór  i taniec</li>\n\n\t<li>W\u00a0sali\r\n    obok</li>\n</ul>",
            "<ul><li>Chór  i taniec</li><li>W\u00a0sali\nobok</li></ul>",
        ),
        ("<p>Sala\u00a0\n\u00a0obok</p>", "<p>Sala\u00a0\n\u00a0obok</p>"),
        ("<p>Wstęp\n  <b>wolny</b>\n  <i>w maju</i>\n</p>\n", "<p>Wstęp\n<b>wolny</b>\n<i>w maju</i></p>"),
        ("<dl>\n  <dt>Kiedy</dt>\n  <dd>dziś</dd>\n</dl>", "<dl><dt>Kiedy</dt>\n<dd>dziś</dd></dl>"),
        ("Sala\n  <picture></picture>\n  <pbr>", "Sala\n<picture></picture>\n<pbr>"),
        ("<textarea>\n  Wiersz\n\n  drugi</textarea>", "<textarea>\n  Wiersz\n\n  drugi</textarea>"),
        ("<PRE>\n  a\n    b\n</PRE>", "<PRE>\n  a\n    b\n</PRE>"),
    ],
)
@pytest.mark.parametrize("are_kept", [True, False])
def test_a_piece_is_sent_without_indentation_where_space_means_nothing(source, sent, are_kept):
    template = Template(f'{{% piece "main" of pieces %}}{source}{{% endpiece %}}')
    assert template.render(Context({"pieces": fragments.Pieces()} if are_kept else {})) == sent

"""What a full archive costs: the same programme ahead, once after 100 events and once after 10,000.

    var/venv/bin/python bench/programme.py [--rounds 15]
    sh deploy/on-postgresql.sh var/venv/bin/python bench/programme.py

Makes two temporary databases (files, or on the server that DATABASE_URL names) and removes them. In both, the same
40 events have the same 300 dates ahead; the rest, up to 100 events with 1,000 dates and 10,000 with 100,000, is over.
Every address is asked for in turn on both, round after round. It must cost as many queries in both and, by the median,
at most 1.3 times the time; otherwise the command ends with 1.
"""

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
import uuid
from datetime import datetime, timedelta
from pathlib import Path

SIZES = {"small": (100, 1_000), "full": (10_000, 100_000)}
EVENTS_AHEAD, DATES_AHEAD = 40, 300
MOST_TIMES = 1.3
# The archive's month is the same in both: fifteen years ago, and nothing else of the archive falls in it.
YEARS_BACK, QUIET_MONTH, DATES_IN_IT = 20, 15, 50


def addresses(now):
    month = _quiet_month(now)
    return [
        "/program/",
        "/program/?dostepnosc=step_free&dostepnosc=captions&miejsce=dom&cel=cel-1&wiek=9",
        "/program/?q=koncert",
        "/program/?widok=miesiac",
        "/program/?widok=tydzien",
        "/program/kalendarz.ics",
        "/miejsca/dom/kalendarz.ics",
        "/api/events/",
        f"/program/archiwum/{month:%Y/%m}/",
    ]


def main():
    """Print a table: address, queries and median milliseconds with a small and a full archive, ratio."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("--plans", action="store_true", help="print the slowest query of each address and its plan")
    options = arguments.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    folder = Path(tempfile.mkdtemp(prefix="gok_site-bench-"))
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "gok_site.settings.dev"}

    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", verbosity=0, interactive=False)
    stores = Stores(folder)
    try:
        found = run(stores, options)
    finally:
        stores.remove()
        shutil.rmtree(folder)
    sys.exit(0 if found else 1)


def run(stores, options):
    """Fill both databases, measure, print; whether every address keeps its promise."""
    now = datetime.now().astimezone().replace(microsecond=0)
    for size, (events, dates) in SIZES.items():
        begun = time.perf_counter()
        stores.use(size)
        fill(now, events, dates)
        stores.analyse()
        print(f"{size}: {events} events, {dates} dates, made in {time.perf_counter() - begun:.0f} s", flush=True)
    asked = addresses(now)
    queries, times = measure(stores, asked, options.rounds)
    print(f"{'address':82} {'queries':>9} {'ms small':>9} {'ms full':>9} {'ratio':>6}")
    kept = True
    for address in asked:
        small, full = (statistics.median(times[size][address]) for size in SIZES)
        is_kept = queries["small"][address] == queries["full"][address] and full <= MOST_TIMES * small
        kept = kept and is_kept
        numbers = "/".join(str(queries[size][address]) for size in SIZES)
        verdict = "" if is_kept else "  too much"
        print(f"{address:82} {numbers:>9} {small * 1000:9.1f} {full * 1000:9.1f} {full / small:6.2f}{verdict}")
    if options.plans:
        stores.use("full")
        print_plans(asked)
    return kept


def measure(stores, asked, rounds):
    """Numbers of queries and lists of seconds, each by size and address; a first round only warms up."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    queries, times = ({size: {} for size in SIZES} for _ in range(2))
    for size in SIZES:
        stores.use(size)
        for address in asked:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                response = client.get(address)
            if response.status_code != 200:
                sys.exit(f"{address} answers {response.status_code}")
            queries[size][address] = len(captured)
    for _ in range(rounds):
        for address in asked:
            for size in SIZES:
                stores.use(size)
                begun = time.perf_counter()
                client.get(address)
                times[size].setdefault(address, []).append(time.perf_counter() - begun)
    return queries, times


def print_plans(asked):
    """The slowest query of each address, and how the database goes about it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN ANALYZE"
    for address in asked:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        slowest = max(captured.captured_queries, key=lambda query: float(query["time"]))
        print(f"\n{address}: {float(slowest['time']) * 1000:.0f} ms\n{slowest['sql'][:3000]}")
        with connection.cursor() as cursor:
            cursor.execute(f"{explain} {slowest['sql']}")
            print("\n".join(str(row[-1]) for row in cursor.fetchall()))


class Stores:
    """The two databases; both connections stay open, so that only pages are measured."""

    def __init__(self, folder):
        from django.core.management import call_command
        from django.db import connections

        self.folder, self.run = folder, uuid.uuid4().hex[:8]
        self.settings = connections.settings["default"]
        self.maintenance = dict(self.settings)
        self.is_sqlite = self.settings["ENGINE"].endswith("sqlite3")
        self.connections = {}
        for size in SIZES:
            self._create(size)
            connections.settings["default"] = self.settings | {"NAME": self._name(size)}
            connections["default"] = self.connections[size] = connections.create_connection("default")
            call_command("migrate", verbosity=0, interactive=False)

    def use(self, size):
        from django.db import connections

        connections["default"] = self.connections[size]

    def analyse(self):
        """What a server does by itself after such a change; SQLite knows nothing of its rows."""
        from django.db import connection

        if not self.is_sqlite:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")

    def remove(self):
        for connection in self.connections.values():
            connection.close()
        for size in SIZES:
            if not self.is_sqlite:
                self._maintain(f'DROP DATABASE IF EXISTS "{self._name(size)}" WITH (FORCE)')

    def _name(self, size):
        return str(self.folder / f"{size}.sqlite3") if self.is_sqlite else f"bench_{self.run}_{size}"

    def _create(self, size):
        if not self.is_sqlite:
            self._maintain(f"CREATE DATABASE \"{self._name(size)}\" ENCODING 'UTF8' TEMPLATE template0")

    def _maintain(self, statement):
        import psycopg

        names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        parameters = {name: self.maintenance[key] for name, key in names.items() if self.maintenance.get(key)}
        with psycopg.connect(**parameters, autocommit=True) as connection:
            connection.execute(statement)


def fill(now, events, dates):
    """One centre with `events` events and `dates` dates, made the same way every time."""
    from programme.models import EventIndexPage, EventKind, VenueAccess
    from tests.factories import make_goal, make_site, make_venue

    chance = random.Random(11)  # noqa: S311 - the same rows every time, no secret
    make_site()
    building = make_venue("Dom kultury", slug="dom", street="Rynek 1", town="Wieś", postal_code="44-000")
    building.access = [VenueAccess(provision="step_free"), VenueAccess(provision="captions", state="not_available")]
    building.save()
    venues = [building] + [make_venue(f"Sala {n}", slug=f"sala-{n}", kind="room", part_of=building) for n in range(5)]
    goals = [make_goal(number) for number in range(1, 4)]
    kinds = list(EventKind.objects.all())
    pages = bulk_pages(EventIndexPage.objects.get(), events, now, chance, venues=venues, kinds=kinds, goals=goals)
    bulk_dates(pages, dates, now, chance)


def bulk_pages(index, count, now, chance, *, venues, kinds, goals):
    """`count` published events under `index`, as rows: making each by hand would take an hour."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    from programme.models import EventAccess, EventPage

    words = ["koncert", "wystawa", "warsztaty", "spektakl", "spacer"]
    content_type, locale = ContentType.objects.get_for_model(EventPage), index.locale
    shared = {"content_type": content_type, "locale": locale, "depth": index.depth + 1, "live": True}
    stamps = {"first_published_at": now, "last_published_at": now, "latest_revision_created_at": now}
    plain = []
    for number in range(count):
        title, slug = f"{words[number % 5].capitalize()} {number}", f"wydarzenie-{number}"
        path = EventPage._get_path(index.path, index.depth + 1, number + 1)
        address = {"path": path, "slug": slug, "url_path": f"{index.url_path}{slug}/"}
        plain.append(Page(title=title, draft_title=title, **address, **shared, **stamps))
    Page.objects.bulk_create(plain, batch_size=500)
    Page.objects.filter(pk=index.pk).update(numchild=count)
    fields = EventPage._meta.local_concrete_fields
    rows = [
        EventPage(
            page_ptr_id=page.pk,
            kind=chance.choice(kinds),
            venue=chance.choice(venues),
            summary=f"Opis: {page.title}. " * 5,
            age_from=chance.choice([None, 6, 18]),
            is_accessible_for_free=chance.random() < 0.5,
        )
        for page in Page.objects.filter(path__startswith=index.path, depth=index.depth + 1).order_by("path")
    ]
    for start in range(0, count, 200):
        EventPage._base_manager._insert(rows[start : start + 200], fields=fields, using="default")
    access = [EventAccess(event_id=row.pk, provision="captions") for row in rows if chance.random() < 0.5]
    EventAccess.objects.bulk_create(access, batch_size=500)
    served = EventPage.goals.through
    links = [served(eventpage_id=row.pk, goalpage_id=chance.choice(goals).pk) for row in rows]
    served.objects.bulk_create(links, batch_size=500)
    return [row.pk for row in rows]


def bulk_dates(events, count, now, chance):
    """The same dates ahead for the first events, the same quiet month, and the rest over."""
    from programme.models import Occurrence

    today = now.replace(hour=18, minute=0, second=0)
    month = _quiet_month(now)
    ahead = [(events[n % EVENTS_AHEAD], today + timedelta(days=1 + n * 540 // DATES_AHEAD)) for n in range(DATES_AHEAD)]
    past = events[EVENTS_AHEAD:]
    quiet = [(past[n], month + timedelta(days=n % 28, hours=9)) for n in range(DATES_IN_IT)]
    starts = ahead + quiet
    while len(starts) < count:
        start = today - timedelta(days=chance.randrange(40, YEARS_BACK * 365), minutes=chance.randrange(600))
        if start.strftime("%Y%m") != month.strftime("%Y%m"):
            starts.append((chance.choice(past), start))
    rows = {
        (event, start): Occurrence(
            event_id=event, original_start=start, start=start, end=start + timedelta(hours=2), changed_at=now
        )
        for event, start in starts
    }
    Occurrence.objects.bulk_create(rows.values(), batch_size=1000)


def _quiet_month(now):
    return now.replace(year=now.year - QUIET_MONTH, month=3, day=1, hour=0, minute=0, second=0)


if __name__ == "__main__":
    main()

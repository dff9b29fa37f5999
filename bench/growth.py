"""What a growing archive costs: the same programme ahead, after 100, 1,000, 10,000 and 100,000 events.

    var/venv/bin/python bench/growth.py [--sizes 100 1000 10000 100000] [--rounds 5] [--seconds 2] [--only WORD …] [--write]
    sh deploy/on-postgresql.sh var/venv/bin/python bench/growth.py

Makes a temporary database of each size, starts gunicorn on each as production does, and lets wrk ask each for the same
addresses in turn, and in the other order the next round. In all, the same 40 events have the same 300 dates ahead; what
is more is over. No address may cost more than `MOST_TIMES` of what it costs in the smallest, by the median of the rounds'
ratios; otherwise the command ends with 1. Pages are asked for as they are served, from finished pieces (each run begins
with a second that does not count, as pieces are true for a minute), and once more with a query that has them rendered
anew each time, which is told and not judged.
"""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = [100, 1_000, 10_000, 100_000]
MOST_TIMES = 1.2
HOST = "localhost"


def main():
    """Make the databases, start the servers, measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", type=int, default=2)
    arguments.add_argument(
        "--only", nargs="+", default=[""], help="Words; an address is asked for that has one of them."
    )
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--fill", type=int, help=argparse.SUPPRESS)  # what the command calls itself with
    options = arguments.parse_args()
    if options.write and options.only != [""]:
        arguments.error("--write replaces the whole table, so it goes with all addresses, not with --only")
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "gok_site.settings.dev"
    if options.fill:
        fill(options.fill)
    else:
        sys.exit(0 if grow(options) else 1)


def addresses(now):
    from bench.driving import ANEW
    from bench.programme import _quiet_month

    pages = ["/", "/program/", "/program/wydarzenie-0/", "/program/wydarzenie-70/", "/program/archiwum/"]
    pages.append(f"/program/archiwum/{_quiet_month(now):%Y/%m}/")
    return [
        *pages,
        *(page + ANEW for page in pages),
        "/program/?dostepnosc=step_free&dostepnosc=captions&miejsce=dom&cel=cel-1&wiek=9",
        "/program/?widok=miesiac",
        "/szukaj/?q=spacery",
        "/program/kalendarz.ics",
        "/program/kanal.rss",
        "/api/events/",
    ]


def fill(events):
    """One centre with `events` events in the database that the environment names, each found by the search."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench import programme

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    programme.fill(datetime.now().astimezone().replace(microsecond=0), events, events + 1_000)
    index_like_one()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def index_like_one():
    """Give every event the index entry of the first of its kind: words are not what is measured."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from wagtail.search import index
    from wagtail.search.models import IndexEntry

    from programme.models import EventPage

    content_type = ContentType.objects.get_for_model(EventPage)
    table = IndexEntry._meta.db_table
    columns = [field.column for field in IndexEntry._meta.local_concrete_fields]
    shared = ", ".join(connection.ops.quote_name(name) for name in columns if name not in ("id", "object_id"))
    kinds = {title.partition(" ")[0] for title in EventPage.objects.order_by("pk").values_list("title", flat=True)[:5]}
    for kind in kinds:
        pages = EventPage.objects.filter(title__startswith=f"{kind} ").order_by("pk")
        first = pages.first()
        index.insert_or_update_object(first)
        entry = IndexEntry.objects.get(content_type=content_type, object_id=str(first.pk))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (object_id, {shared}) "  # noqa: S608 - names of columns
                f"SELECT CAST(page.id AS varchar(50)), {shared} FROM {table}, "
                "(SELECT id FROM wagtailcore_page WHERE title LIKE %s AND id <> %s) AS page "
                f"WHERE {table}.id = %s",
                [f"{kind} %", first.pk, entry.pk],
            )


def grow(options):
    """Whether no address costs more in a large archive, told by a table."""
    import django

    from bench.databases import own_database
    from bench.driving import Driven

    with contextlib.ExitStack() as stack:
        servers, vendor = {}, "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
        environments = {}
        for size in options.sizes:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gok_site-bench-")))
            environment = {"DATA_DIR": str(folder), **stack.enter_context(own_database())}
            begun = time.perf_counter()
            command = [sys.executable, __file__, "--fill", str(size)]
            subprocess.run(command, check=True, env={**os.environ, **environment})  # noqa: S603
            print(f"{size} events made in {time.perf_counter() - begun:.0f} s", flush=True)
            environments[size] = (folder, environment)
        os.environ["DATA_DIR"] = str(folder)
        django.setup()
        for size, (folder, environment) in environments.items():
            servers[size] = Driven(folder, **environment)
            stack.callback(servers[size].close)
        return compare(servers, vendor, options)


def compare(servers, vendor, options):
    from bench.driving import ANEW, CONNECTIONS, publish

    known = addresses(datetime.now().astimezone())
    asked = [address for address in known if any(word in address for word in options.only)]
    if not asked:
        sys.exit(f"No address has any of {options.only}; there are:\n" + "\n".join(known))
    speeds = {}
    for driven in servers.values():
        for address in asked:
            driven.warm_up(HOST, address)
    for number in range(options.rounds):
        turns = list(servers.items())
        for address in asked:
            for size, driven in turns if number % 2 else reversed(turns):
                driven.drive(HOST, address, 1)
                speeds.setdefault((address, size), []).append(driven.drive(HOST, address, options.seconds))
    smallest, *others = servers
    lines = [
        f"{vendor}, {os.cpu_count()} cores, shared with wrk and with whatever else runs; `bench/growth.py`, {options.rounds} rounds of",
        f"{options.seconds} s, {CONNECTIONS} connections. Times of a request as ratios to {smallest} events, median of the rounds, by throughput",
        f"and, in brackets, by processor time of the server. `{ANEW}` has a page rendered anew each time and is not judged.",
        "",
        f"| address | requests/s with {smallest:,} events | {' | '.join(f'{size:,}' for size in others)} |",
        f"|---|---|{'---|' * len(others)}",
    ]
    kept = True
    for address in asked:
        rate = statistics.median(speed.rate for speed in speeds[address, smallest])
        ratios = {size: compared(speeds[address, smallest], speeds[address, size]) for size in others}
        cells = [f"{time:.2f} ({processor:.2f})" for time, processor in ratios.values()]
        is_kept = address.endswith(ANEW) or all(time <= MOST_TIMES for time, _processor in ratios.values())
        kept = kept and is_kept
        lines.append(f"| `{address}` | {rate:.0f} | {' | '.join(cells)}{'' if is_kept else ' **too much**'} |")
    publish(lines, f"A growing archive, {vendor}", write=options.write)
    return kept


def compared(one, other):
    """How many times longer a request takes `other`, by throughput and by processor time: medians of the rounds' ratios.

    The two runs of a round lie seconds apart, so a slow minute of the machine is in both, and in no ratio.
    """
    pairs = list(zip(one, other, strict=True))
    return (
        statistics.median(before.rate / after.rate for before, after in pairs),
        statistics.median(after.processor / before.processor for before, after in pairs),
    )


if __name__ == "__main__":
    main()

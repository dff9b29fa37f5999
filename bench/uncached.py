"""What pages cost without a cache in front, as ratios to bare Wagtail pages in the same server.

    var/venv/bin/python bench/uncached.py [--rounds 5] [--seconds 2] [--write]
    sh deploy/on-postgresql.sh var/venv/bin/python bench/uncached.py

Makes both demonstration centres and some bare pages (bench/bare/) in a temporary database, starts gunicorn on it as
production does, and lets wrk ask for one address after the other, round after round, so that a busy moment of the
machine falls on all of them. Medians are compared: seconds a request by throughput, and processor time a request.
Ends with 1 when a promise of `MOST` is broken. `--write` puts the table into bench/RESULTS.md.

"as served" takes finished pieces of pages from memory (mission/fragments.py). They are true for a minute, which is less
than a round takes, so each run begins with a second that does not count. "rendered anew" asks for the same page with a
query, for which no piece of it is ever kept.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITES = {"GOK": "localhost", "MOK": "mok.localhost"}
BARE = "bare.localhost"
MOST_QUERIES = 15
#: How many times a bare page (or list of as many rows) each may cost.
MOST = {"event": 1.5, "section": 1.5, "declaration": 1.5, "home": 2.0, "programme": 1.3, "sections": 1.3}
TEXT = "Po koncercie zapraszamy do rozmowy przy herbacie; sala jest ogrzewana, a miejsca nie są numerowane. " * 6


def main():
    """Make, start, measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", type=int, default=2)
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--data", type=Path, help="an installation (SQLite) to copy instead of making one")
    options = arguments.parse_args()
    sys.path.insert(0, str(ROOT))
    folder = Path(tempfile.mkdtemp(prefix="gok_site-bench-"))
    from bench.databases import own_database

    try:
        with own_database() as environment:
            os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "bench.bare.settings", **environment}
            kept = compare(folder, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # the clock may still be writing
    sys.exit(0 if kept else 1)


def compare(folder, options):
    """Whether every promise is kept, told by a table."""
    if options.data:
        from bench.cache import copy_of

        folder.rmdir()
        copy_of(options.data, folder)
    import django

    django.setup()
    from django.db import connection

    from bench.driving import CONNECTIONS, Driven, publish, settle

    settle()
    asked = addresses()
    queries = {name: count_queries(host, path) for name, (host, path, _against, _most) in asked.items()}
    connection.close()
    driven = Driven(folder)
    try:
        speeds = measure(driven, asked, options)
    finally:
        driven.close()
    lines, kept = table(asked, queries, speeds)
    about = [
        f"{connection.vendor}, {os.cpu_count()} cores, shared with wrk and with whatever else runs; `bench/uncached.py`,",
        f"{options.rounds} rounds of {options.seconds} s, {CONNECTIONS} connections, medians. A ratio is the time of a request divided by that",
        "of the bare page, by throughput and, in brackets, by processor time of the server.",
        "",
    ]
    publish([*about, *lines], f"Uncached, {connection.vendor}", write=options.write)
    return kept


def addresses():
    """{name: (host, path, name of the bare page to compare with, ratio allowed or None)}."""
    from django.test import Client

    shown = {"bare page": (BARE, "/strona/", None, None), "bare page, one deeper": (BARE, "/lista-1/0/", None, None)}
    rows = {}
    for site, host in SITES.items():
        for kind, path in pages_of(host).items():
            against = "bare page, one deeper" if kind in ("event", "section") else "bare page"
            if kind in ("programme", "sections"):
                text = Client(headers={"host": host}).get(path).content.decode()
                number = rows[site, kind] = text.count('<li class="event') + text.count('<li class="card')
                against = f"bare list of {number}"
            shown[f"{site}: {kind}"] = (host, path, against, MOST.get(kind))
    make_bare_pages(set(rows.values()))
    for number in sorted(set(rows.values())):
        shown[f"bare list of {number}"] = (BARE, f"/lista-{number}/", None, None)
    return shown


def pages_of(host):
    """The addresses of one centre by kind: of its events and classes those with most to show."""
    from django.db.models import Count
    from wagtail.models import Site

    from programme.models import EventPage, SectionPage

    root = Site.objects.get(hostname=host).root_page
    events = EventPage.objects.live().descendant_of(root).exclude(image=None)
    event = events.annotate(dates=Count("occurrences")).order_by("-dates", "pk").first()
    sections = SectionPage.objects.live().descendant_of(root)
    section = sections.annotate(size=Count("groups")).order_by("-size", "pk").first()
    return {
        "event": f"/program/{event.slug}/",
        "section": f"/zajecia/{section.slug}/",
        "declaration": "/deklaracja-dostepnosci/",
        "home": "/",
        "programme": "/program/",
        "sections": "/zajecia/",
        "timetable": "/zajecia/plan/",
        "archive": "/program/archiwum/",
        "news": "/aktualnosci/",
    }


def make_bare_pages(numbers):
    """A site of bare pages: one page, and a list for each of `numbers`."""
    from wagtail.models import Page, Site

    from bench.bare.models import BareListPage, BarePage

    root = Page.get_first_root_node()
    home = root.add_child(instance=BarePage(title="Bare", slug="bare"))
    Site.objects.create(hostname=BARE, port=80, root_page=home, site_name="Bare")

    def page(slug):
        intro = f"<p>{TEXT[:200]}</p>"
        return BarePage(title=f"Strona {slug}", slug=slug, intro=intro, body=f"<p>{TEXT}</p>" * 4)

    home.add_child(instance=page("strona"))
    for number in {1, *numbers}:
        rows = home.add_child(instance=BareListPage(title=f"Lista {number}", slug=f"lista-{number}"))
        for each in range(number):
            rows.add_child(instance=page(str(each)))


def count_queries(host, path):
    """How many questions a page asks the database with no piece kept, and with all."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": host})
    client.get(path)  # what the process learns once
    found = []
    cache.clear()
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            if client.get(path).status_code != 200:
                sys.exit(f"{host}{path} does not answer")
        found.append(len(captured))
    return found


def measure(driven, asked, options):
    """{(name, whether rendered anew): [Speed]}."""
    from bench.driving import ANEW

    speeds = {}
    for host, path, _against, _most in asked.values():
        driven.warm_up(host, path)
    for _round in range(options.rounds):
        for name, (host, path, against, _most) in asked.items():
            driven.drive(host, path, 1)
            for is_anew in [False, True] if against else [False]:
                speed = driven.drive(host, path + ANEW * is_anew, options.seconds)
                speeds.setdefault((name, is_anew), []).append(speed)
    return speeds


def table(asked, queries, speeds):
    """The lines of the table, and whether all ratios are within their limits."""
    lines = [
        "| page | queries with no piece kept / with all | requests/s | ms of processor | compared with | as served | allowed | rendered anew |",
        "|---|---|---|---|---|---|---|---|",
    ]
    kept = True
    for name, (_host, _path, against, most) in asked.items():
        rate, processor = medians(speeds[name, False])
        said = f"| {name} | {queries[name][0]} / {queries[name][1]} | {rate:.0f} | {processor:.1f} |"
        if against:
            served, anew = (ratios(speeds[name, is_anew], speeds[against, False]) for is_anew in (False, True))
            is_kept = (most is None or served[0] <= most) and queries[name][1] <= MOST_QUERIES
            kept = kept and is_kept
            verdict = "" if is_kept else " **too much**"
            said += f" {against} | {served[0]:.2f} ({served[1]:.2f}){verdict} | {most or ''} | {anew[0]:.2f} ({anew[1]:.2f}) |"
        else:
            said += " | | | |"
        lines.append(said)
    return lines, kept


def medians(speeds):
    return statistics.median(s.rate for s in speeds), statistics.median(s.processor for s in speeds)


def ratios(speeds, bare):
    """How many times the bare page's time, by throughput and by processor time."""
    (rate, processor), (bare_rate, bare_processor) = medians(speeds), medians(bare)
    return bare_rate / rate, processor / bare_processor


if __name__ == "__main__":
    main()

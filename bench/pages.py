"""How long pages take, as ratios to the plainest page of the same installation, in one run.

    make run            # once, so that there is a database
    var/venv/bin/python bench/pages.py [--rounds 30]

Every page is asked for in turn, round after round, so that a busy moment of the machine falls on all of them.
The plainest page (protection of personal data: text alone) is 1.0; medians are compared, never single times.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

PLAINEST = "/dane-osobowe/"
PAGES = [
    "/",
    "/misja/",
    "/misja/cele/",
    "/program/",
    "/zajecia/",
    "/zajecia/plan/",
    "/aktualnosci/",
    "/deklaracja-dostepnosci/",
    "/szukaj/?q=warsztaty",
    "/program/kalendarz.ics",
    "/api/events/",
]


def main():
    """Print a table: page, median milliseconds, ratio to the plainest page, queries."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=30)
    arguments.add_argument("--host", default="localhost")
    options = arguments.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gok_site.settings.dev")

    import django

    django.setup()
    measured, queries = measure([PLAINEST, *PAGES], options.host, options.rounds)
    plainest = statistics.median(measured[PLAINEST])
    print(f"{'page':28} {'ms':>8} {'ratio':>7} {'queries':>8}")
    for page, times in measured.items():
        median = statistics.median(times)
        print(f"{page:28} {median * 1000:8.1f} {median / plainest:7.2f} {queries[page]:8}")


def measure(pages, host, rounds):
    """{page: [seconds]} and {page: number of queries}, after one round that only warms up."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": host})
    measured, queries = {page: [] for page in pages}, {}
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(page)
        if response.status_code != 200:
            sys.exit(f"{page} answers {response.status_code}")
        queries[page] = len(captured)
    for _ in range(rounds):
        for page in pages:
            begun = time.perf_counter()
            client.get(page)
            measured[page].append(time.perf_counter() - begun)
    return measured, queries


if __name__ == "__main__":
    main()

"""How long a megabyte takes the checker of declarations, also as a ratio to reading the HTML alone.

    var/venv/bin/python bench/validator.py [--rounds 3] [--size 0.25]

Pages of equal size are checked: an ordinary one, one full of markup, and the kinds of broken and hostile HTML that
make careless readers slow. Processor time, medians, scaled to a megabyte; with another --size the figures stay
the same as long as the cost grows with the length alone.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1_000_000  # characters
FILLERS = {
    "words": "<p>Program wydarzeń na najbliższy miesiąc znajdziesz w zakładce obok, a zapisy prowadzi biuro.</p>\n",
    "markup": "<p>Wydarzenie <b>kulturalne</b> na <a href='/x/'>stronie</a>.</p>",
    "ids": "<p id=a11y-zakres>x</p>",
    "headings": "<h3>Dostępność architektoniczna</h3>",
    "nested blocks": "<div>",
    "nested words": "<b>",
    "unclosed items": "<li>x",
    "unclosed cells": "<td>x",
    "unclosed links": "<a href=x>x",
    "stray ends": "</b>",
    "crossed": "<b><p></b>",
    "lone signs": "<",
    "half comments": "<!-",
    "half declarations": "<!",
    "half tags": "<a b='",
    "open quotes": '<a b="x>',
    "brackets": "[",
    "braces": "{{",
    "references": "&am",
    "dates": "1.1.",
    "abbreviations": "AB cd ",
    "spaces": " ",
}


def main():
    """Print a table: kind of page, milliseconds a megabyte to read and to check, and their ratio."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--size", type=float, default=0.25, help="of a page, in MB")
    options = arguments.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gok_site.settings.test")

    import django

    django.setup()
    print(f"{'kind of page':18} {'read ms/MB':>11} {'check ms/MB':>12} {'ratio':>6}")
    for name, filler in FILLERS.items():
        reading, checking = measure(filler, options.size, options.rounds)
        print(f"{name:18} {reading * 1000:11.0f} {checking * 1000:12.0f} {checking / reading:6.2f}", flush=True)


def measure(filler, size, rounds):
    """(seconds of reading, seconds of checking) a megabyte, medians. `size`: of the page, in MB."""
    from accessibility.declaration.markup import Document
    from accessibility.declaration.validator import check
    from tests.accessibility.samples import AT, CORRECT

    html = CORRECT.replace("sekretariat", "sekretariat" + filler * int(size * MEGABYTE / len(filler)))
    reading = [timed(lambda: Document(html)) for _ in range(rounds)]
    checking = [timed(lambda: check(html, at=AT)) for _ in range(rounds)]
    return statistics.median(reading) / size, statistics.median(checking) / size


def timed(function):
    begun = time.process_time()
    function()
    return time.process_time() - begun


if __name__ == "__main__":
    main()

"""The clock with a round each second, which writes each of its rounds into a journal.

usage: clock_witness.py JOURNAL
"""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, os.getcwd())
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from wagtail import hooks  # noqa: E402

from gok_site.management.commands import run_clock  # noqa: E402

journal = Path(sys.argv[1])


@hooks.register("clock_tick", order=-1)
def note(at):
    with journal.open("a") as lines:
        lines.write(f"{os.getpid()}\n")


run_clock.SECONDS = 1
call_command("run_clock")

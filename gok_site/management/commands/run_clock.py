"""The clock process: `manage.py run_clock` works until it is told to stop."""

import logging
import os
import signal
import threading

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from gok_site import clock
from gok_site.backup.daily import end_backup, wait_for_backup

logger = logging.getLogger(__name__)
SECONDS = 60
SECONDS_BETWEEN_LOOKS_AT_PARENT = 2


class Command(BaseCommand):
    help = "Publish scheduled pages and withdraw expired ones, every minute, until stopped."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what is due now and end.")
        parser.add_argument("--follow", type=int, metavar="PID", help="End when this parent has ended.")

    def handle(self, *, once, follow, **options):
        if once:
            _once()
            return
        with clock.only_clock() as is_ours:
            stop = _stop_on_signal()
            if follow:
                threading.Thread(target=_watch_parent, args=[follow, stop], daemon=True).start()
            while not stop.is_set():
                _one_round(is_ours)
                # At the start of each minute: what is due at 18:00 appears at 18:00, not at 18:00:59.
                stop.wait(SECONDS - timezone.now().timestamp() % SECONDS)
            # A site that was stopped leaves nothing behind that reads its database.
            end_backup()


def _once():
    """One round; a backup that it started must not end with it, nor keep the next round waiting."""
    with clock.only_clock() as is_ours:
        if is_ours():
            clock.tick(timezone.now())
    if not wait_for_backup():
        raise CommandError("The nightly backup failed.")


def _one_round(is_ours):
    """One minute's work; a database that is away is met again in the next minute."""
    close_old_connections()
    try:
        if is_ours():
            clock.tick(timezone.now())
    except Exception as error:  # the clock must outlive everything
        logger.error("The clock could not work: %s", type(error).__name__)
    finally:
        close_old_connections()


def _stop_on_signal():
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _watch_parent(parent, stop):
    """A killed gunicorn cannot tell its clock to end; the clock notices that it has a new parent."""
    while os.getppid() == parent:
        if stop.wait(SECONDS_BETWEEN_LOOKS_AT_PARENT):
            return
    stop.set()

"""The nightly backup of a site that lives on one machine: started by the clock, done by a process of its own."""

import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .folder import newest_moment

HOUR = 3  # in the site's time zone
BETWEEN_TRIES = timedelta(hours=1)
_running = None  # (process, moment it was started)


def daily_backup(at):
    """Start a backup if the last night's is missing; raise when the one that was started has failed.

    Copying may take minutes, and what is due at 18:00 must not wait for it: so the clock only starts it and looks
    again a minute later.
    """
    global _running
    if _running is not None:
        process, started_at = _running
        status = process.poll()
        if status is None or (status and at < started_at + BETWEEN_TRIES):
            if status:
                raise RuntimeError("the nightly backup failed")
            return
        _running = None
    if settings.DAILY_BACKUP and is_due(at, newest_moment(settings.BACKUP_DIR)):
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "backup"]
        _running = (subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL), at)  # noqa: S603


def end_backup():
    """End the backup that this process has started and that is under way, if any: half of one counts for nothing."""
    if _running is not None and _running[0].poll() is None:
        _running[0].terminate()
        _running[0].wait()


def wait_for_backup():
    """Wait for the backup that this process has started, if any; whether all is well. For a clock of one round."""
    return _running is None or _running[0].wait() == 0


daily_backup.is_errand = True  # it has nothing to undo, and its process needs the database itself


def is_due(at, newest):
    """Whether there is no backup since the last time it was three o'clock."""
    local = timezone.localtime(at)
    night = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if night > local:
        night -= timedelta(days=1)
    return newest is None or newest < night

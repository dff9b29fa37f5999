"""gunicorn's settings, for `make run`, the container and systemd alike.

Never bare on the internet: a buffering proxy stands in front (docs/operations.md).
"""

import os
import subprocess
import sys
import threading
from pathlib import Path

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# One connection, one request. A kept connection stays with its worker: eight of them could all fall to one worker, half of
# the site's speed, while the other idles. On one machine a new connection costs next to nothing.
keepalive = 0
preload_app = True
timeout = 30
graceful_timeout = 20
# What PostgreSQL's own library reads: a slow database costs a visitor a clear 503, not all visitors every thread.
HASTE = {"PGOPTIONS": "-c statement_timeout=10s -c lock_timeout=5s", "PGCONNECT_TIMEOUT": "5"}
for _name, _value in HASTE.items():
    os.environ.setdefault(_name, _value)
# Workers' heartbeats must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes a private file there
# A socket that takes commands, shared by every gunicorn of the account, is more than is needed here.
control_socket_disable = True
accesslog = None
loglevel = "warning"

ROOT = Path(__file__).resolve().parent.parent
SECONDS_BETWEEN_LOOKS = 5
_clock = None
_ending = threading.Event()


def _start_clock():
    global _clock
    command = [sys.executable, str(ROOT / "manage.py"), "run_clock", "--follow", str(os.getpid())]
    # Nobody waits for the clock, so it may take its time.
    environment = {name: value for name, value in os.environ.items() if HASTE.get(name) != value}
    _clock = subprocess.Popen(command, env=environment)  # noqa: S603


def _keep_clock():
    """Start the clock again whenever it has ended: scheduled pages must not wait for a restart."""
    while not _ending.wait(SECONDS_BETWEEN_LOOKS):
        if _clock.poll() is not None:
            _start_clock()


def when_ready(server):
    """Start the clock beside the workers; a lock sees to it that only one clock works on a database."""
    _start_clock()
    threading.Thread(target=_keep_clock, daemon=True, name="clock-keeper").start()


def on_exit(server):
    """Take the clock along."""
    _ending.set()
    if _clock is not None and _clock.poll() is None:
        _clock.terminate()
        try:
            _clock.wait(timeout=5)
        except subprocess.TimeoutExpired:
            _clock.kill()

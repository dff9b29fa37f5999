"""What the measuring commands share: gunicorn as production runs it, wrk to drive it, and a place for the results."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "RESULTS.md"
#: A query that nothing knows: no piece of a page is kept for it (mission/fragments.py).
ANEW = "?anew=1"
CONNECTIONS = 8  # as many as two workers have threads
LONGEST = 30  # seconds; on a busy machine a slow page is given more time than asked for, up to this
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Speed:
    """What one run of wrk reached: requests a second, and milliseconds of processor time that each cost the server."""

    rate: float
    processor: float


class Driven:
    """A gunicorn with its clock, on the database and settings that the environment names."""

    def __init__(self, folder, **environment):
        from tests.faults.stack import PATIENCE, Process, until
        from tests.serving import Server, free_port

        self.port = free_port()
        environment = {**os.environ, "DATA_DIR": str(folder), "PORT": str(self.port), **environment}
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.py", "gok_site.wsgi"]
        self.process = Process(command, folder, environment, self.port)
        self.process.wait()
        self.server = Server(self.port, folder, environment)
        if until(lambda: self.server.get("/healthz").status == 200, PATIENCE) is None:
            sys.exit(self.process.log.read_text())

    def drive(self, host, path, seconds):
        """The `Speed` of an address; an answer that is no success ends the measuring."""
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"Host: {host}"]
        before = self.processor_seconds()
        said = subprocess.run(  # noqa: S603
            [*command, f"http://127.0.0.1:{self.port}{path}"], check=True, capture_output=True, text=True
        ).stdout
        used = self.processor_seconds() - before
        if "Non-2xx" in said:
            sys.exit(f"{host}{path}\n{said}")
        requests = int(re.search(r"(\d+) requests in", said)[1])
        if not requests:
            if seconds > LONGEST:
                sys.exit(
                    f"{host}{path} gave no answer within {seconds} s: the machine is too busy to measure anything."
                )
            return self.drive(host, path, seconds * 2)
        return Speed(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), used / requests * 1000)

    def warm_up(self, host, path, times=2 * CONNECTIONS):
        """Ask so often that every worker has answered, and learnt what a process learns once."""
        for _ in range(times):
            if (status := self.server.get(path, headers={"Host": host}).status) != 200:
                sys.exit(f"{host}{path} answers {status}")

    def processor_seconds(self):
        """The processor time that gunicorn's workers have used so far; the clock's is left out."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        used = 0
        for pid in children:
            if b"run_clock" not in Path(f"/proc/{pid}/cmdline").read_bytes():
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                used += int(fields[11]) + int(fields[12])  # utime, stime
        return used / TICKS

    def close(self):
        self.process.kill()


def settle():
    """Do what the clock does first with new pictures; it would take a processor from what is measured first."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from mission.renditions import make_missing

    call_command("prepare", quiet=True)
    make_missing(timezone.now())
    connection.close()


def publish(lines, title, *, write):
    """Print `lines`; with `write` they take the place of the section `title` in bench/RESULTS.md, or become its last."""
    section = [f"## {title}, {date.today():%Y-%m-%d}", "", *lines]  # noqa: DTZ011 - the measurer's own day
    print("\n".join(section))
    if not write:
        return
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Measured\n"
    parts = re.split(r"(?m)^(?=## )", text)
    others = [part.rstrip() for part in parts if not part.startswith(f"## {title},")]
    RESULTS.write_text("\n\n".join([*others, "\n".join(section)]) + "\n", encoding="utf-8")

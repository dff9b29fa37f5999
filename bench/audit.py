"""What an audit of a large site costs, and that kill -9 in the middle loses nothing.

    var/venv/bin/python bench/audit.py [--pages 1000] [--write]

Makes a temporary centre with so many published pages, serves it with gunicorn, audits it with the command, kills the
command with -9 in the middle, and runs it again. Prints time, pages a second, and the most memory that the command
and its browser held. Whether each page was visited once is read in the server's own log. Ends with 1 when one is
missing or was visited twice (save the one under way at the kill), or when a browser outlives its command.
`--write` puts the result into bench/RESULTS.md. Linux only (memory is read in /proc).
"""

import argparse
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
WORDS = "Zapraszamy na próby chóru, warsztaty ceramiki i wieczór opowieści w świetlicy. Wstęp wolny, zapisy w biurze. "
GUNICORN = ["--worker-class", "gthread", "--threads", "4", "--workers", "2", "--preload", "--no-control-socket"]
SECONDS_TO_END = 20


@dataclass
class Part:
    """One start of the command, up to its end or its kill; memory in MB."""

    name: str
    seconds: float
    own: float
    browser: float
    code: int
    orphans: list
    pages: int = 0

    @property
    def row(self):
        figures = f"{self.seconds:.0f} | {self.pages / self.seconds:.2f} | {self.own:.0f} | {self.browser:.0f}"
        return f"| {self.name} | {self.pages} | {figures} |"


def main():
    """Run the benchmark; ends with 1 when the promise is not kept."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, default=1000)
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    sys.path.insert(0, str(ROOT))
    folder = Path(tempfile.mkdtemp(prefix="gok_site-bench-"))
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "gok_site.settings.dev"}
    os.environ.pop("DATABASE_URL", None)
    server = None
    try:
        expected = fill(options.pages)
        server, address = serve(folder)
        lines, kept = measure(address, expected, folder / "asked.log")
    finally:
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(folder)
    from bench.driving import publish

    publish(lines, f"Audit of {options.pages} pages", write=options.write)
    sys.exit(0 if kept else 1)


def fill(pages):
    """A centre whose published pages are `pages` in all, most of them news; returns their addresses."""
    import django
    from django.core.management import call_command

    django.setup()
    from accessibility.audit.addresses import published_pages
    from mission.models import NewsIndexPage, NewsPage
    from tests.factories import make_site

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    site = make_site()
    news = site.root_page.add_child(instance=NewsIndexPage(title="Aktualności", slug="aktualnosci"))
    for number in range(pages - len(published_pages(site))):
        body = [("text", f"<p>{WORDS * 3}</p>"), ("heading", {"level": "h2", "text": "Kiedy i gdzie"})]
        body += [("text", f"<p>{WORDS}</p><ul><li>Wejście bez progu</li><li>Pętla indukcyjna</li></ul>")] * 3
        news.add_child(instance=NewsPage(title=f"Wiadomość {number}", slug=f"wiadomosc-{number}", body=body))
    return {address for address, _kind, _page in published_pages(site)}


def serve(folder):
    """(gunicorn's process, its address), once it answers; what it is asked for stands in `asked.log`."""
    from tests.serving import free_port

    address = f"localhost:{free_port()}"
    log = ["--access-logfile", str(folder / "asked.log"), "--access-logformat", "%(U)s?%(q)s %(a)s"]
    command = [sys.executable, "-m", "gunicorn", "--bind", address, *GUNICORN, *log, "gok_site.wsgi"]
    with (folder / "server.log").open("w") as errors:
        server = subprocess.Popen(command, cwd=ROOT, stderr=errors)  # noqa: S603 - our own arguments
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://{address}/healthz", timeout=5).close()
        except urllib.error.HTTPError:
            break  # it answers, if only with a warning
        except OSError:
            time.sleep(0.2)
        else:
            break
    return server, f"http://{address}"


def measure(address, expected, log):
    """Audit up to the middle, kill, audit the rest; (lines to print, whether nothing was lost or repeated)."""
    from accessibility.audit.models import AuditedPage, AuditRun, AuditState, PageState

    visited = AuditedPage.objects.exclude(state=PageState.WAITING)
    first = watch("until kill -9", address, until=lambda: visited.count() * 2 >= len(expected))
    before = {row["id"]: row for row in visited.values()}
    under_way = AuditedPage.objects.filter(state=PageState.WAITING).values_list("address", flat=True).first()
    second = watch("resumed", address)
    after = {row["id"]: row for row in visited.values()}
    first.pages, second.pages = len(before), len(after) - len(before)
    done = {row["address"] for row in after.values() if row["state"] == PageState.DONE}
    times = asked(log)
    twice = [path for path in done if times[unquote(path)] > (2 if path == under_way else 1)]
    unasked = [path for path in done if not times[unquote(path)]]
    runs = list(AuditRun.objects.values_list("state", flat=True))
    faults = {
        f"{len(expected - done)} missing": expected - done,
        f"{len(twice)} visited twice": twice,
        f"{len(unasked)} said to be checked and never asked for": unasked,
        "what was kept before the kill has changed": any(after.get(pk) != row for pk, row in before.items()),
        f"runs: {', '.join(runs)}": runs != [AuditState.FINISHED],
        f"the commands ended with {first.code} and {second.code}": (first.code, second.code) != (-signal.SIGKILL, 0),
        "a browser outlived its command": first.orphans or second.orphans,
    }
    broken = [words for words, is_broken in faults.items() if is_broken]
    summary = (
        f"{len(done)} addresses checked ({len(done - expected)} of them views), 0 missing, none visited twice: kept."
    )
    lines = [
        *heading(),
        first.row,
        second.row,
        "",
        f"NOT KEPT: {'; '.join(broken)}." if broken else summary,
    ]
    return lines, not broken


def asked(log):
    """{path with its question: how often the auditing browser asked for it}."""
    lines = (line.split(" ", 1) for line in log.read_text(encoding="utf-8").splitlines())
    return Counter(unquote(path).removesuffix("?") for path, agent in lines if "gok_site-audit" in agent)


def watch(name, address, until=None):
    """Run the command to its end, or kill it when `until` says so; returns a `Part`."""
    options = ["--site", "localhost", "--base-url", address, "--pages", "100000", "--minutes", "600", "--pause", "0"]
    command = [sys.executable, "manage.py", "audit_accessibility", *options]
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 - our own arguments
    own, browser, below = 0, 0, set()
    while process.poll() is None:
        sizes = memory(process.pid)
        below |= set(sizes)
        own, browser = max(own, sizes.pop(process.pid, 0)), max(browser, sum(sizes.values()))
        if until and until():
            process.send_signal(signal.SIGKILL)
        time.sleep(1)
    return Part(
        name=name,
        seconds=time.monotonic() - begun,
        own=own / 1024,
        browser=browser / 1024,
        code=process.returncode,
        orphans=outliving(below),
    )


def outliving(processes):
    """Those of `processes` (ids) that still work after the time that a browser may take to end."""
    deadline = time.monotonic() + SECONDS_TO_END
    while (alive := [pid for pid in processes if is_alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.2)
    return alive


def is_alive(pid):
    """Whether a process is there and no mere entry that nobody has collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def memory(root):
    """{process id: kB of its own share of memory} of `root` and everything below it."""
    below, found = [root], {}
    while below:
        pid = below.pop()
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            found[pid] = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            for task in Path(f"/proc/{pid}/task").iterdir():
                below += map(int, (task / "children").read_text().split())
        except (OSError, StopIteration):
            continue  # it has just ended
    return found


def heading():
    """The first lines of the result."""
    return [
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, shared with the audited server and with",
        "whatever else runs; `bench/audit.py`, no pause between pages.",
        "",
        "| | pages | seconds | pages/s | command, MB | browser, MB |",
        "|---|---|---|---|---|---|",
    ]


if __name__ == "__main__":
    main()

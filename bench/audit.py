"""What an audit of a large site costs, and that kill -9 in the middle loses nothing.

    var/venv/bin/python bench/audit.py [--pages 1000]

Makes a temporary centre with so many news pages, serves it with gunicorn, audits it with the command, kills the
command with -9 in the middle, and runs it again. Prints time, pages a second, and the most memory that the command
and its browser held. Ends with 1 when a page is missing or was visited twice. Linux only (memory is read in /proc).
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = "Zapraszamy na próby chóru, warsztaty ceramiki i wieczór opowieści w świetlicy. Wstęp wolny, zapisy w biurze. "
GUNICORN = ["--worker-class", "gthread", "--threads", "4", "--workers", "2", "--preload", "--no-control-socket"]


def main():
    """Run the benchmark; ends with 1 when the promise is not kept."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, default=1000)
    options = arguments.parse_args()
    sys.path.insert(0, str(ROOT))
    folder = Path(tempfile.mkdtemp(prefix="gok_site-bench-"))
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "gok_site.settings.dev"}
    server = None
    try:
        fill(options.pages)
        server, address = serve(folder)
        kept = measure(address)
    finally:
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(folder)
    sys.exit(0 if kept else 1)


def fill(pages):
    """A centre whose published pages are `pages` in all, most of them news."""
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


def serve(folder):
    """(gunicorn's process, its address), once it answers."""
    from tests.serving import free_port

    address = f"localhost:{free_port()}"
    command = [sys.executable, "-m", "gunicorn", "--bind", address, *GUNICORN, "gok_site.wsgi"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, stderr=log)  # noqa: S603 - our own arguments
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


def measure(address):
    """Audit up to the middle, kill, audit the rest; print, and tell whether nothing was lost or repeated."""
    from accessibility.audit.models import AuditedPage, PageState

    visited = AuditedPage.objects.exclude(state=PageState.WAITING)
    first = watch(address, until=lambda: visited.count() * 2 >= max(AuditedPage.objects.count(), 2))
    before = dict(visited.values_list("pk", "milliseconds"))
    told("until kill -9", len(before), *first)
    second = watch(address)
    after = dict(visited.values_list("pk", "milliseconds"))
    told("resumed", len(after) - len(before), *second)
    waiting = AuditedPage.objects.filter(state=PageState.WAITING).count()
    addresses = AuditedPage.objects.values("address").distinct().count()
    kept = not waiting and addresses == len(after) and before.items() <= after.items()
    print(f"{len(after)} pages, {waiting} missing, {len(after) - addresses} twice: {'kept' if kept else 'NOT KEPT'}")
    return kept


def watch(address, until=None):
    """Run the command to its end, or kill it when `until` says so; (seconds, MB of the command, MB of its browser)."""
    options = ["--site", "localhost", "--base-url", address, "--pages", "100000", "--minutes", "600", "--pause", "0"]
    command = [sys.executable, "manage.py", "audit_accessibility", *options]
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 - our own arguments
    own = browser = 0
    while process.poll() is None:
        sizes = memory(process.pid)
        own, browser = max(own, sizes.pop(process.pid, 0)), max(browser, sum(sizes.values()))
        if until and until():
            process.send_signal(signal.SIGKILL)
        time.sleep(0.5)
    return time.monotonic() - begun, own / 1024, browser / 1024


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


def told(name, pages, seconds, own, browser):
    """Print one line of the result."""
    print(
        f"{name:14} {pages:5} pages {seconds:7.0f} s {pages / seconds:6.2f} pages/s"
        f" {own:6.0f} MB command {browser:6.0f} MB browser",
        flush=True,
    )


if __name__ == "__main__":
    main()

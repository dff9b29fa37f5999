"""How fast kept pages are: through the cache, as a file of nginx, and through a Varnish without rules of ours, in one run.

All send the same bytes. The file is served twice, with the log that Debian and deploy/nginx.conf let nginx write, and
without any. The bare Varnish runs as Debian starts it, ours as deploy/ does.

    make run            # once, so that there is a database
    var/venv/bin/python bench/cache.py [--data var] [--rounds 5] [--seconds 3] [--write]

Needs varnish, nginx and wrk (deploy/system-packages.sh varnish nginx wrk). The contestants take turns, round after
round, so that a busy moment of the machine falls on all of them; medians are compared. `--write` puts the table into
bench/RESULTS.md.
"""

import argparse
import os
import platform
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["/", "/program/", "/deklaracja-dostepnosci/", "/dane-osobowe/"]
#: One to four visitors at a time, and many at once. nginx answers many connections at one waking, Varnish has a thread
#: for each, so the ratio depends on how many there are.
CONNECTIONS = [1, 4, 8, 32, 128]
#: All that a Varnish needs to keep a page compressed, as ours does.
BARE_RULES = """vcl 4.1;
backend site {{ .host = "127.0.0.1"; .port = "{port}"; }}
sub vcl_backend_response {{ set beresp.do_gzip = true; set beresp.ttl = 1h; }}
"""
#: Headers that nginx writes by itself.
OWN = {"Server", "Date", "Content-Type", "Content-Length", "Connection", "Content-Encoding", "ETag", "Accept-Ranges"}


def main():
    """Start the stack, let wrk drive it, print the table."""
    options = read_options()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="gok_site-bench-") as folder:
        data = copy_of(options.data, Path(folder) / "data")
        os.environ |= {"DJANGO_SETTINGS_MODULE": "gok_site.settings.dev", "DATA_DIR": str(data)}
        os.environ.setdefault("GOK_SITE_TEST_RUN", uuid.uuid4().hex[:12])
        import django

        django.setup()
        from bench.driving import publish, settle
        from tests.faults.stack import Stack

        settle()
        stack = Stack(data)
        try:
            stack.start()
            lines = compared(stack, options)
        finally:
            stack.close()
    publish(lines, "Kept pages", write=options.write)


def read_options():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=ROOT / "var")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", type=int, default=3)
    arguments.add_argument("--write", action="store_true")
    return arguments.parse_args()


def copy_of(data, folder):
    """A copy of an installation that may be driven hard."""
    folder.mkdir(parents=True)
    source, target = sqlite3.connect(data / "gok_site.sqlite3"), sqlite3.connect(folder / "gok_site.sqlite3")
    source.backup(target)
    source.close()
    target.close()
    shutil.copytree(data / "media", folder / "media")
    (folder / "static").symlink_to((data / "static").resolve(), target_is_directory=True)
    return folder


def compared(stack, options):
    """The lines of the table: for each page what the cache reached, and its ratio to each of the others."""
    processors = os.cpu_count()
    lines = [
        f"{platform.system()} {platform.machine()}, {processors} cores, shared with wrk and with whatever else runs;",
        f"`bench/cache.py`, {options.rounds} rounds of {options.seconds} s, gzip, medians, for as many connections at once as each",
        "column says: requests/s through the cache; then their ratio to nginx with the same bytes as a file (as it is deployed,",
        "and without its log), and to a Varnish as it comes before the same page.",
        "",
        f"| page | bytes | {' | '.join(map(str, CONNECTIONS))} |",
        f"|---|---|{'---|' * len(CONNECTIONS)}",
    ]
    bare = start_bare_cache(stack)
    for page in PAGES:
        stack.cache.get(page, headers={"Accept-Encoding": "gzip"})
        answer = stack.cache.get(page, headers={"Accept-Encoding": "gzip"})
        urls = (
            f"http://127.0.0.1:{stack.ports['cache']}{page}",
            *serve_as_file(stack, answer),
            f"http://127.0.0.1:{bare}{page}",
        )
        cells = []
        for connections in CONNECTIONS:
            rounds = [[driven(url, connections, options.seconds) for url in urls] for _round in range(options.rounds)]
            cache, *others = map(statistics.median, zip(*rounds, strict=True))
            cells.append(f"{cache:.0f}: {', '.join(f'{cache / other:.2f}' for other in others)}")
        lines.append(f"| `{page}` | {len(answer.body)} | {' | '.join(cells)} |")
    return lines


def start_bare_cache(stack):
    """The port of a Varnish as it comes, with nothing but where the site is."""
    from tests.faults.stack import program
    from tests.serving import free_port

    port, folder = free_port(), stack.folder / "bare-varnish"
    folder.mkdir()
    (folder / "rules.vcl").write_text(BARE_RULES.format(port=stack.ports["site"]))
    command = [program("varnishd"), "-F", "-j", "none", "-n", str(folder / "work"), "-a", f"127.0.0.1:{port}"]
    stack.launch([*command, "-f", str(folder / "rules.vcl"), "-s", "malloc,64m"], port).wait()
    return port


def serve_as_file(stack, answer):
    """Where nginx, started on first use, serves the answer's body (gzip) from disk, with its headers: logged, unlogged."""
    from tests.faults.stack import DEPLOY, program

    ports = [stack.ports["plain"], stack.ports["tls"]]  # of the proxy, which is not started here
    folder = stack.folder / "file"
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    (files / "page.html.gz").write_bytes(answer.body)
    (files / "page.html").write_bytes(b"")
    if not (folder / "nginx.conf").exists():
        user = "user root;" if os.geteuid() == 0 else ""
        headers = "".join(f'add_header {name} "{text}";\n' for name, text in answer.headers.items() if name not in OWN)
        log = re.search(r"log_format .*;", (DEPLOY / "nginx.conf").read_text())[0]
        logs = [f"access_log {folder}/access.log gok_site;", "access_log off;"]
        servers = (
            f"server {{ listen 127.0.0.1:{port}; root {files}; gzip_static on; {logging} {headers} }}\n"
            for port, logging in zip(ports, logs, strict=True)
        )
        (folder / "nginx.conf").write_text(
            f"{user} daemon off; worker_processes auto; pid {folder}/pid; error_log {folder}/error.log;\n"
            "events { worker_connections 768; }\n"
            "http { sendfile on; tcp_nopush on; types { text/html html; } keepalive_requests 1000000;\n"
            f"{log}\n{''.join(servers)} }}\n"
        )
        command = [program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
        stack.launch([*command, "-e", str(folder / "error.log")], ports[0]).wait()
    return [f"http://127.0.0.1:{port}/page.html" for port in ports]


def driven(url, connections, seconds):
    """The requests a second that wrk reaches; an answer that is no success ends the measuring."""
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "-H",
        "Host: localhost",
        "-H",
        "Accept-Encoding: gzip",
        url,
    ]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    if "Non-2xx" in said:
        sys.exit(said)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


if __name__ == "__main__":
    main()

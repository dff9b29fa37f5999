"""What Lighthouse says of the pages people come for, on both demonstration sites: mobile, simulated throttling.

    make run                                                # once, so that there is a database
    npm install --prefix var/lighthouse lighthouse          # once; the site itself needs no npm
    var/venv/bin/python bench/lighthouse.py [--data var] [--rounds 3] [--only mok] [--keep FOLDER] [--write]

Asks over TLS through nginx and Varnish as deploy/ has them, of a copy of the database that is no demonstration any more,
so that `noindex` does not count. Of each page the median is taken, audit by audit; whatever is not perfect is listed
beneath the table. `--keep` leaves Lighthouse's own reports in a folder, `--write` puts the table into bench/RESULTS.md.

Needs varnish, nginx, Chromium (deploy/system-packages.sh varnish nginx chromium) and Node for Lighthouse.
"""

import argparse
import contextlib
import http.client
import json
import os
import platform
import re
import shutil
import ssl
import statistics
import subprocess
import sys
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cache import copy_of

ROOT = Path(__file__).resolve().parent.parent
KINDS = ["HomePage", "EventPage", "EventIndexPage", "SectionPage", "DeclarationPage"]
CATEGORIES = {"performance": "speed", "accessibility": "accessibility", "best-practices": "practices", "seo": "search"}
TIMES = {"largest-contentful-paint": "LCP ms", "cumulative-layout-shift": "CLS", "total-blocking-time": "TBT ms"}
MOST = {"largest-contentful-paint": 1200, "cumulative-layout-shift": 0, "total-blocking-time": 0}


@dataclass
class Page:
    """One page, and what Lighthouse found on it in each round."""

    site: str
    kind: str
    url: str
    reports: list = field(default_factory=list)

    def score(self, category):
        """Of 100, as people read it."""
        return round(100 * statistics.median(report["categories"][category]["score"] for report in self.reports))

    def value(self, audit):
        return statistics.median(report["audits"][audit]["numericValue"] for report in self.reports)

    def kilobytes(self):
        """All that a first visit transfers."""
        return statistics.median(
            sum(item["transferSize"] for item in report["audits"]["network-requests"]["details"]["items"]) / 1000
            for report in self.reports
        )

    def falls_short(self):
        return any(self.score(category) < 100 for category in CATEGORIES) or any(
            self.value(audit) > most for audit, most in MOST.items()
        )

    def remarks(self):
        """Every audit that was not perfect in any round: its name, what it says, its lowest score."""
        lowest = {}
        for audit in (audit for report in self.reports for audit in report["audits"].values()):
            score = audit.get("score")
            if score is not None and score < 1 and score < lowest.get(audit["id"], (1,))[0]:
                lowest[audit["id"]] = (score, audit["title"], audit.get("displayValue", ""))
        return [f"{name}: {title} {shown} ({score:.2f})" for name, (score, title, shown) in sorted(lowest.items())]


def main():
    """Start the stack, let Lighthouse look, print the table; 1 if anything falls short."""
    sys.path.insert(0, str(ROOT))
    options = read_options()
    lighthouse = find_lighthouse(options)
    with tempfile.TemporaryDirectory(prefix="gok_site-bench-") as folder:
        data = copy_of(options.data, Path(folder) / "data")
        os.environ |= {"DJANGO_SETTINGS_MODULE": "gok_site.settings.dev", "DATA_DIR": str(data), "BEHIND_PROXY": "true"}
        os.environ.setdefault("GOK_SITE_TEST_RUN", uuid.uuid4().hex[:12])
        import django

        django.setup()
        from bench.driving import publish, settle
        from tests.faults.stack import Stack

        settle()
        stack = Stack(data)
        pages = [page for page in open_for_search(stack.ports["tls"]) if options.only in f"{page.site} {page.kind}"]
        try:
            stack.start()
            stack.start_proxy()
            for page in pages:
                page.reports = reports(lighthouse, page, options)
        finally:
            stack.close()
    lines = table(pages, options)
    publish(lines, "Lighthouse", write=options.write)
    sys.exit(any(page.falls_short() for page in pages))


def read_options():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=ROOT / "var")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--only", default="", help="A word of the site's or the page type's name.")
    arguments.add_argument("--keep", type=Path)
    arguments.add_argument("--lighthouse", help="The program, where neither the PATH nor var/lighthouse has it.")
    arguments.add_argument("--write", action="store_true")
    return arguments.parse_args()


def find_lighthouse(options):
    """The program, or a sentence that says how to get it."""
    here = ROOT / "var" / "lighthouse" / "node_modules" / ".bin"
    named = options.lighthouse or "lighthouse"
    path = shutil.which(named, path=f"{os.environ.get('PATH', '')}:{here}")
    if path is None:
        sys.exit(
            f"{named} is not here. It is no part of the site; with Node:\n"
            "    npm install --prefix var/lighthouse lighthouse"
        )
    return path


def open_for_search(port):
    """End the demonstration and give the sites their port; the pages to look at."""
    from wagtail.models import Site

    from mission.models import CentreSettings
    from tests.addresses import HOSTS, page_addresses, richest_first

    CentreSettings.objects.update(is_demonstration=False)
    Site.objects.update(port=port)
    known = sorted(page_addresses(), key=lambda pair: richest_first(pair[0]))
    pages = []
    for site in HOSTS:
        for kind in KINDS:
            address = next(address for _, address in known if (address.site, address.name) == (site, kind))
            pages.append(Page(site, kind, f"https://{address.host}:{port}{address.path}"))
    return pages


def reports(lighthouse, page, options):
    """What Lighthouse found in each round."""
    from tests.serving import FLAGS, chromium_path

    # Lighthouse takes quotation marks round a value only.
    flags = " ".join(re.sub(r"=(.*)", r'="\1"', flag) for flag in [*FLAGS, "--headless", "--ignore-certificate-errors"])
    command = [lighthouse, page.url, "--quiet", "--output=json", "--output-path=stdout", f"--chrome-flags={flags}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--form-factor=mobile", "--throttling-method=simulate"]
    environment = {**os.environ, "CHROME_PATH": chromium_path()}
    found = []
    for number in range(options.rounds):
        warm(page.url)
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            sys.exit(f"{page.url}: {done.stderr[-3000:]}")
        found.append(json.loads(done.stdout))
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{page.site}-{page.kind}-{number}.json").write_text(done.stdout, encoding="utf-8")
    return found


def warm(url):
    """Have the cache keep what visitors before this one asked for: the page, and what crawlers read."""
    place = urlsplit(url)
    for path in (place.path, "/robots.txt"):
        untrusting = ssl._create_unverified_context()  # noqa: S323 - our own certificate, which nobody signed
        with contextlib.closing(http.client.HTTPSConnection("127.0.0.1", place.port, context=untrusting)) as connection:
            connection.request("GET", path, headers={"Host": place.hostname, "Accept-Encoding": "gzip"})
            connection.getresponse().read()


def table(pages, options):
    """The lines for bench/RESULTS.md, and beneath them whatever was not perfect."""
    version = pages[0].reports[0]["lighthouseVersion"]
    index = statistics.median(report["environment"]["benchmarkIndex"] for page in pages for report in page.reports)
    lines = [
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores; `bench/lighthouse.py`, Lighthouse {version}, mobile,",
        f"simulated throttling, through nginx (TLS, HTTP/2) and Varnish; medians of {options.rounds}, demonstration flag off;",
        f"benchmark index {index:.0f}: much below 1000 other work ran beside it, and the times say little of the site.",
        "",
        f"| site | page | {' | '.join(CATEGORIES.values())} | {' | '.join(TIMES.values())} | kB |",
        f"|{'---|' * (3 + len(CATEGORIES) + len(TIMES))}",
    ]
    for page in pages:
        scores = " | ".join(str(page.score(category)) for category in CATEGORIES)
        times = " | ".join(f"{page.value(audit):.{0 if unit.endswith('ms') else 3}f}" for audit, unit in TIMES.items())
        lines.append(f"| {page.site} | {page.kind} | {scores} | {times} | {page.kilobytes():.0f} |")
    for page in pages:
        lines += ["", f"{page.site} {page.kind}:", "", *(f"- {remark}" for remark in page.remarks())]
    return lines


if __name__ == "__main__":
    main()

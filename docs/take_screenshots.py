"""Take the six pictures of the README from a running demonstration.

usage: take_screenshots.py [URL]

Without a URL the demonstration is started here, in a folder of its own that vanishes afterwards.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PORT = 8765
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP localhost 127.0.0.1, MAP * ~NOTFOUND",
]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PICTURES = [  # name, host, path, window, colour scheme
    ("gok-home", "localhost", "/", WIDE, "light"),
    ("mok-home-dark", "mok.localhost", "/", WIDE, "dark"),
    ("programme", "localhost", "/program/", WIDE, "light"),
    ("timetable", "mok.localhost", "/zajecia/plan/", WIDE, "light"),
    ("mission", "localhost", "/misja/", WIDE, "light"),
    ("declaration-phone", "localhost", "/deklaracja-dostepnosci/", PHONE, "light"),
]


@contextlib.contextmanager
def demonstration():
    """Serve the demonstration from an empty folder; yield its port."""
    with tempfile.TemporaryDirectory() as data:
        environment = {
            **{key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "SECRET_KEY"}},
            "DATA_DIR": data,
            "PORT": str(PORT),
            "DJANGO_SETTINGS_MODULE": "gok_site.settings.dev",
        }
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.py", "gok_site.wsgi"],
            cwd=ROOT,
            env=environment,
        )
        try:
            wait_for(f"http://127.0.0.1:{PORT}/healthz")
            yield PORT
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(url, seconds=60):
    for _ in range(seconds * 10):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url).close()  # noqa: S310 - our own address
            return
        time.sleep(0.1)
    sys.exit(f"{url} does not answer")


def take(port):
    """Write every picture of `PICTURES` to docs/screenshots/."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = next(
        filter(None, map(shutil.which, ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]))
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", path), args=FLAGS)
        for name, host, address, window, scheme in PICTURES:
            page = browser.new_page(viewport=window, color_scheme=scheme, reduced_motion="reduce", locale="pl-PL")
            page.goto(f"http://{host}:{port}{address}", wait_until="networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
            sys.stdout.write(f"docs/screenshots/{name}.png\n")
        browser.close()


def main(arguments):
    if arguments:
        take(urlsplit(arguments[0]).port or 80)
    else:
        with demonstration() as port:
            take(port)


if __name__ == "__main__":
    main(sys.argv[1:])

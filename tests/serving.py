"""A real server with the demonstration, and Chromium to look at it."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from accessibility.audit import chromium
from gok_site.management.commands.prepare import static_fingerprint
from tests import addresses
from tests.databases import CACHE, ROOT, alone, databases

FLAGS = [
    *chromium.FLAGS,
    # The demonstration's names lead here; no other name leads anywhere.
    "--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP localhost 127.0.0.1, MAP * ~NOTFOUND",
]
SECONDS_TO_START = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Answer:
    """What the server said, whatever it said."""

    status: int
    headers: object
    body: bytes

    @property
    def text(self):
        return self.body.decode()


@dataclass
class Server:
    """A running copy of the demonstration."""

    port: int
    data: Path
    environment: dict = field(repr=False)

    def url(self, address_or_path, site="gok"):
        if isinstance(address_or_path, addresses.Address):
            site, address_or_path = address_or_path.site, address_or_path.path
        return f"http://{addresses.HOSTS[site]}:{self.port}{address_or_path}"

    def add_administrator(self, username):
        """A new account that may do everything; its password."""
        password, email = secrets.token_urlsafe(12), f"{username}@example.org"
        subprocess.run(
            [sys.executable, "manage.py", "createsuperuser", "--noinput", "--username", username, "--email", email],
            cwd=ROOT,
            env={**self.environment, "DJANGO_SUPERUSER_PASSWORD": password},
            check=True,
            capture_output=True,
        )
        return password

    def get(self, address_or_path, site="gok", *, method="GET", headers=None, data=None):
        """Ask over 127.0.0.1 and name the site in `Host`: `mok.localhost` does not resolve everywhere."""
        parts = urlsplit(self.url(address_or_path, site))
        request = urllib.request.Request(
            parts._replace(netloc=f"127.0.0.1:{self.port}").geturl(),
            headers={"Host": parts.netloc, **(headers or {})},
            method=method,
            data=data,
        )
        opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as answer:
            with answer:
                return Answer(answer.code, answer.headers, answer.read())


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments, **keywords):
        return None


def server_environment(data, port):
    """What `make run` has in its environment, pointed at a folder of the test's own."""
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "SECRET_KEY"}}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "gok_site.settings.dev",
        "DATA_DIR": str(data),
        "PORT": str(port),
    }


def wait_until_up(server, process=None):
    """Until the server answers; fails at once when the `process`, if given, has ended."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process and process.poll() is not None:
            pytest.fail(f"the server ended at once, with {process.returncode}")
        try:
            if server.get("/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer in time")


def run_folder():
    """What all workers of one run share; the process that started them removes it."""
    return CACHE / f"run-{os.environ['GOK_SITE_TEST_RUN']}"


@pytest.fixture(scope="session")
def site_server(django_db_blocker):
    """The demonstration on gunicorn, with production's middleware and hashed static files. Read only.

    The first worker that asks starts it for all; it ends with the run.
    """
    folder = run_folder()
    data = folder / "server"
    with alone(folder):
        if not (folder / "port").exists():
            _lay_out(data, django_db_blocker)
            port = free_port()
            _start_server(data, port)
            wait_until_up(Server(port, data, server_environment(data, port)))
            (folder / "port").write_text(str(port))
        port = int((folder / "port").read_text())
    return Server(port, data, server_environment(data, port))


def _lay_out(data, django_db_blocker):
    data.mkdir(parents=True)
    with django_db_blocker.unblock():
        store = databases().store
        databases().ensure_template("demonstration")
    shutil.copyfile(store.template("demonstration"), data / "gok_site.sqlite3")
    shutil.copytree(store.folder("demonstration") / "media", data / "media")
    # Collected once for each state of the files, whoever tests at the same time.
    static = CACHE / f"static-{static_fingerprint()[:20]}" / "files"
    static.mkdir(parents=True, exist_ok=True)
    (data / "static").symlink_to(static, target_is_directory=True)


def _start_server(data, port):
    environment = server_environment(data, port)
    with alone((data / "static").resolve().parent):
        prepared = subprocess.run(
            [sys.executable, "manage.py", "prepare", "--quiet"],
            cwd=ROOT,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
    assert prepared.returncode == 0, prepared.stderr
    where = ["--bind", f"127.0.0.1:{port}", "--pid", data / "pid", "--error-logfile", data / "server.log"]
    how = ["--worker-class", "gthread", "--threads", "4", "--workers", "2", "--preload", "--no-control-socket"]
    subprocess.run(
        [sys.executable, "-m", "gunicorn", *where, *how, "--daemon", "gok_site.wsgi"],
        cwd=ROOT,
        env=environment,
        check=True,
    )


def end_of_run():
    """End the server that the workers shared, if any; for the process that started them."""
    folder = run_folder()
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        os.kill(int((folder / "server" / "pid").read_text()), signal.SIGTERM)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def all_pages(site_server, django_db_blocker):
    """The address of every live page of both sites, those with most to show first."""
    with django_db_blocker.unblock():
        pages = addresses.page_addresses()
        pages.sort(key=lambda pair: addresses.richest_first(pair[0]))
    return [address for _, address in pages]


@pytest.fixture(scope="session")
def address_of(all_pages):
    """A function: the address of the richest page of a type on a site."""

    def find(site, page_type):
        found = [address for address in all_pages if (address.site, address.name) == (site, page_type)]
        assert found, f"the demonstration of {site} has no {page_type}"
        return found[0]

    return find


def chromium_path():
    """The system's Chromium; a browser test that cannot run fails, it is never skipped."""
    named = os.environ.get("CHROMIUM")
    # The shell without windows comes first: it opens a page in a quarter of the time.
    shells = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    for name in [named] if named else shells:
        path = shutil.which(name)
        if path:
            return path
    pytest.fail("Chromium is missing: run `make test`, or install it (sudo apt-get install chromium-headless-shell).")
    return None


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page in the browser, with all that it asked for and said."""

    page: object
    requests: list = field(default_factory=list)
    finished: list = field(default_factory=list)
    messages: list = field(default_factory=list)

    def foreign_requests(self):
        ours = set(addresses.HOSTS.values())
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme in {"http", "https", "ws", "wss"} and urlsplit(url).hostname not in ours
        ]

    def complaints(self, *, is_error=False):
        """Console messages; a browser's own line about an error status is not the page's."""
        return [text for text in self.messages if not (is_error and "Failed to load resource" in text)]


@pytest.fixture(scope="session")
def browser_pages(browser):
    """A function: the browser page for the given options.

    Visits with the same options share one and its page, so that styles, fonts, pictures and scripts are fetched and
    compiled once; each leaves it as it found it. `is_first_visit` gives an empty one.
    """
    kept = {}

    def page_with(options, *, is_first_visit):
        key = tuple(sorted(options.items()))
        if is_first_visit and key in kept:
            kept.pop(key).context.close()
        if key not in kept:
            kept[key] = browser.new_context(**options).new_page()
        return kept[key]

    return page_with


@pytest.fixture(scope="session")
def open_page(browser_pages, site_server):
    """A context manager: opens an address as a new visitor would and notes its requests and console messages."""

    @contextmanager
    def open_address(
        address,
        *,
        width=1280,
        height=900,
        wait_until="load",
        color_scheme="light",
        is_first_visit=False,
        **context_options,
    ):
        options = {"reduced_motion": "reduce", "locale": "pl-PL", **context_options}
        page = browser_pages(options, is_first_visit=is_first_visit)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme)
        visit = Visit(page)
        listeners = {
            "request": lambda request: visit.requests.append(request.url),
            "requestfinished": lambda request: visit.finished.append(request),
            "console": lambda message: visit.messages.append(message.text),
            "pageerror": lambda error: visit.messages.append(str(error)),
        }
        for event, listener in listeners.items():
            page.on(event, listener)
        try:
            visit.response = page.goto(site_server.url(address), wait_until=wait_until)
            yield visit
        finally:
            if context_options.get("java_script_enabled", True):
                page.evaluate("() => localStorage.clear()")
            # Away from the page, whatever the test left open or under way there.
            page.goto("about:blank")
            for event, listener in listeners.items():
                page.remove_listener(event, listener)
            page.context.clear_cookies()

    return open_address

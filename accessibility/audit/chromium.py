"""Chromium for an audit: one page at a time, its own name, nowhere but to the site's host."""

import functools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from . import engine
from .inspection import first_line, inspect

USER_AGENT = (
    "Mozilla/5.0 (compatible; gok_site-audit; accessibility audit of this site by its owner) Chromium/{version}"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
]
SCRIPTS = Path(__file__).with_name("scripts")
# `place` comes first: the others call it.
SCRIPT_NAMES = ["place", "axe", "lost", "spacing", "focus", "words", "links"]
SECONDS_A_PAGE = 30
PAGES_A_BROWSER = 200  # then a new one: whatever it has piled up goes with it


@functools.cache
def bundle():
    """axe and our own checks as one script that gives the page `axe` and `gokAudit`."""
    own = [f"gokAudit.{name} = {(SCRIPTS / f'{name}.js').read_text(encoding='utf-8')};" for name in SCRIPT_NAMES]
    return "\n".join([engine.axe_script(), "window.gokAudit = {};", *own])


class Chromium:
    """A browser that visits the pages of one site.

    It lives in a thread of its own, because Playwright keeps an event loop and Django refuses to ask the database
    beside one. Use as a context manager. Raises AuditUnavailableError when something is missing.
    """

    def __init__(self, root_url):
        if problem := engine.missing():
            raise engine.AuditUnavailableError(problem)
        self.root_url = root_url.rstrip("/")
        self.visits = 0

    def __enter__(self):
        self.thread = ThreadPoolExecutor(max_workers=1)
        try:
            self.versions = self.thread.submit(self._start).result()
        except Exception as error:
            self.thread.shutdown()
            raise engine.AuditUnavailableError(first_line(error)) from error
        return self

    def __exit__(self, *exception):
        self.thread.submit(self._stop).result()
        self.thread.shutdown()

    def inspect(self, address):
        """What is seen at `address` (a path), as an `Inspection`; a page that cannot be opened says why in `problem`."""
        return self.thread.submit(self._inspect, address).result()

    def _inspect(self, address):
        if self.visits >= PAGES_A_BROWSER or not self.browser.is_connected():
            self._stop()
            self._start()
        self.visits += 1
        if self.page.is_closed():
            self._open_page()
        inspection = inspect(self.page, self.root_url + address, bundle())
        if inspection.problem and self.browser.is_connected():
            self.page.close()  # whatever state the error has left it in, the next address does not inherit it
        return inspection

    def _open_page(self):
        self.page = self.context.new_page()
        self.page.set_default_timeout(SECONDS_A_PAGE * 1000)

    def _start(self):
        from playwright.sync_api import sync_playwright  # an optional package

        self.visits = 0
        self.playwright = sync_playwright().start()
        host = urlsplit(self.root_url).hostname
        self.browser = self.playwright.chromium.launch(
            executable_path=engine.chromium_path(),
            # Every other name leads nowhere, whatever a page asks for.
            args=[*FLAGS, f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {host}"],
        )
        self.context = self.browser.new_context(
            user_agent=USER_AGENT.format(version=self.browser.version),
            locale="pl-PL",
            reduced_motion="reduce",
            service_workers="block",
            accept_downloads=False,
        )
        self._open_page()
        self.page.evaluate(bundle())
        axe = self.page.evaluate("() => axe.version")
        return {"axe": axe, "chromium": self.browser.version, **engine.package_versions()}

    def _stop(self):
        if self.browser.is_connected():
            self.browser.close()
        self.playwright.stop()

"""Audits the accessibility of published sites with Chromium and axe-core; see docs/audit.md."""

import argparse
import time

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from accessibility.audit import engine, running
from accessibility.audit.chromium import Chromium
from accessibility.audit.models import CHANGES, AuditState, PageState
from mission.models import CentreSettings

PAGES, MINUTES = 500, 60
BAR = 24
SAID = {
    "new": ("Nowe", "ERROR"),
    "returned": ("Wróciły", "ERROR"),
    "remaining": ("Pozostały", "WARNING"),
    "repaired": ("Naprawione", "SUCCESS"),
}
LISTED = 15


def positive(text):
    """A whole number above zero."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above zero")
    return number


class Command(BaseCommand):
    help = (
        "Audits the published pages of a site (of all sites without --site) with Chromium and axe-core, and records "
        "findings. An interrupted audit goes on where it stopped. Ends with 1 when a page could not be opened."
    )

    def add_arguments(self, parser):
        parser.add_argument("--site", help="host name of one site")
        parser.add_argument("--base-url", help="where to reach the site, if not at its own address (needs --site)")
        parser.add_argument("--pages", type=positive, default=PAGES, help=f"most pages ({PAGES})")
        parser.add_argument("--minutes", type=positive, default=MINUTES, help=f"most minutes ({MINUTES})")
        parser.add_argument("--pause", type=float, default=0.2, help="seconds between pages (0.2)")
        again = parser.add_mutually_exclusive_group()
        again.add_argument("--resume", action="store_true", help="go on with an audit that stopped at its limit, too")
        again.add_argument("--fresh", action="store_true", help="begin anew, even when an audit was interrupted")

    def handle(self, *args, **options):
        if problem := engine.missing():
            raise CommandError(problem)
        if options["base_url"] and not options["site"]:
            raise CommandError("--base-url needs --site.")
        failed = [self.audit(site, options) for site in sites_of(options["site"])]
        if any(failed):
            raise SystemExit(1)

    def audit(self, site, options):
        """Audit one site; tell how many of its pages could not be opened."""
        self.stdout.write(self.style.MIGRATE_HEADING(f"{CentreSettings.for_site(site)} ({site.hostname})"))
        try:
            with running.only_audit(site):
                run = self.run_of(site, options)
                with Chromium(run.root_url) as browser:
                    self.begun, self.before = time.monotonic(), run.pages.exclude(state=PageState.WAITING).count()
                    running.carry_on(
                        run, browser, now=timezone.now, pause=max(options["pause"], 0), progress=self.progress
                    )
        except running.AlreadyRunningError as error:
            raise CommandError("Another audit of this site is running.") from error
        except engine.AuditUnavailableError as error:
            raise CommandError(f"The browser does not start: {error}") from error
        self.end_of_progress()
        return self.report(run)

    def run_of(self, site, options):
        """The run to go on with, or a new one."""
        states = [AuditState.RUNNING, *([AuditState.STOPPED] if options["resume"] else [])]
        run = None if options["fresh"] else running.resumable(site, at=timezone.now(), states=states)
        root_url = (options["base_url"] or site.root_url).rstrip("/")
        limits = {"page_limit": options["pages"], "minute_limit": options["minutes"]}
        if run is None:
            return running.begin(site, root_url=root_url, at=timezone.now(), **limits)
        self.stdout.write(f"  Przerwany audyt z {timezone.localtime(run.started_at):%d.%m.%Y %H:%M} idzie dalej.")
        run.root_url, run.page_limit, run.minute_limit = root_url, limits["page_limit"], limits["minute_limit"]
        run.save(update_fields=["root_url", *limits])
        return run

    def progress(self, done, known, address):
        """One line that is written over on a terminal, a line for each page elsewhere."""
        filled = BAR * done // max(known, 1)
        line = f"  [{'#' * filled}{'.' * (BAR - filled)}] {done}/{known}"
        if done > self.before:
            pace = (time.monotonic() - self.begun) / (done - self.before)
            line += f", jeszcze ok. {max(round(pace * (known - done) / 60), 1)} min"
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K{line}  {address}"[:110], ending="")
            self.stdout.flush()
        else:
            self.stdout.write(f"  {done + 1}/{known} {address}")

    def end_of_progress(self):
        if self.stdout.isatty():
            self.stdout.write("\r\033[K", ending="")

    def report(self, run):
        """Print the comparison and what could not be done; return how many pages failed."""
        self.stdout.write(f"  {run.proof}, {run.get_state_display()}.")
        for change in CHANGES:
            label, style = SAID[change]
            findings = list(run.findings(change))
            self.stdout.write(f"  {label}: {len(findings)}")
            for finding in findings[:LISTED]:
                self.stdout.write(getattr(self.style, style)(f"    {in_words(finding)}"))
            if len(findings) > LISTED:
                self.stdout.write(f"    … i {len(findings) - LISTED} innych, zob. panel administracyjny.")
        failed = run.pages.filter(state=PageState.FAILED)
        for page in failed[:LISTED]:
            self.stdout.write(self.style.ERROR(f"  Nie otwarto: {page.address} ({page.problem})"))
        waiting = run.pages.filter(state=PageState.WAITING).count()
        if waiting:
            self.stdout.write(f"  Czeka: {waiting}. Dalej: --resume z wyższym limitem.")
        return failed.count()


def in_words(finding):
    """One line: what is wrong, by which criterion, and where to mend it."""
    level = f"{finding.criterion} {finding.level or 'zalecenie'}".strip()
    if finding.page:
        where = f"treść {finding.address}, edycja: {reverse('wagtailadmin_pages:edit', args=[finding.page_id])}"
    else:
        where = f"szablon, np. {finding.address}, stron: {finding.pages_count}"
    return f"{finding.message} ({level}; {where})"


def sites_of(hostname):
    """The sites to audit. Raises CommandError when there is none of that name."""
    sites = Site.objects.select_related("root_page").order_by("-is_default_site", "hostname")
    found = [site for site in sites if hostname in (None, site.hostname, site.root_url)]
    if not found:
        raise CommandError(f"{hostname} is no site of this installation.")
    return found

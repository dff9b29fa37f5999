"""Checks declarations of accessibility: of this installation's sites, from a file, or from the web."""

import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Site

from accessibility.declaration import validator
from accessibility.declaration.fetching import UnreadableError, fetch_declaration
from accessibility.declaration.live_pages import live_pages
from accessibility.declaration.rules import ALL_RULES
from accessibility.declaration.uploads import LIMIT
from accessibility.models import DeclarationPage
from mission.models import CentreSettings

# What the page around the document can spoil: ids that stand twice, a language that is not Polish.
OF_THE_PAGE_AROUND = ["R1", "R2", "R3", "R4", "R20"]
NEEDS = {rule.id: rule.needs for rule in ALL_RULES}


class Command(BaseCommand):
    help = (
        "Checks a declaration of accessibility against the technical conditions 2.0. Without an argument: the "
        "published declarations of all sites here. With one: an HTML file (- for standard input), the address or "
        "host name of a site here, or any other http(s) address, which is fetched. "
        "Ends with 0 when all is right, with 1 when an error is found, with 2 when there is nothing to read."
    )

    def add_arguments(self, parser):
        parser.add_argument("target", nargs="?", help="HTML file, -, site of this installation, or http(s) address")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument(
            "--site", default="", help="address of the site that a fetched or saved declaration is about"
        )

    def handle(self, *args, target=None, **options):
        at = timezone.localdate()
        try:
            reports = dict(self.reports(target, options["site"], at))
        except (UnreadableError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        if not reports:
            raise CommandError("No published declaration was found.", returncode=2)
        if options["json"]:
            data = {name: report.as_dict() for name, report in reports.items()}
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            for name, report in reports.items():
                self.print_report(name, report)
        if any(report.errors for report in reports.values()):
            raise SystemExit(1)

    def reports(self, target, site_url, at):
        """(name, Report) of everything to check on the day `at`."""
        sites = list(Site.objects.select_related("root_page"))
        if target:
            sites = [site for site in sites if target.rstrip("/") in (site.root_url, site.hostname)]
        if sites or not target:
            yield from self.own_reports(sites, at)
        elif target.startswith(("http://", "https://")):
            found, home = fetch_declaration(target)
            context = validator.SiteContext(url=site_url or home, read_at=found.url)
            yield found.url, validator.check(found.content, at=at, context=context, charset=found.charset)
        else:
            yield target, validator.check(read(target), at=at, context=validator.SiteContext(url=site_url))

    def own_reports(self, sites, at):
        for site in sites:
            for page in DeclarationPage.objects.in_site(site).live():
                pages = live_pages(site)
                links = validator.check("", at=at, context=validator.SiteContext(pages=pages), only=["R18"])
                report = page.report(at).completed_by(links)
                if served := pages.get(page.full_url):
                    report = report.joined_with(validator.check(served, at=at, only=OF_THE_PAGE_AROUND))
                yield f"{CentreSettings.for_site(site)} ({page.full_url})", report

    def print_report(self, name, report):
        self.stdout.write(self.style.MIGRATE_HEADING(name))
        for finding in report.findings:
            style = self.style.ERROR if finding.severity == "error" else self.style.WARNING
            label = "BŁĄD" if finding.severity == "error" else "UWAGA"
            self.stdout.write(style(f"  {finding.rule} {label}: {finding.message}"))
            self.stdout.write(f"      miejsce: {finding.place}")
            self.stdout.write(f"      co zrobić: {finding.mend}")
        if report.left_out:
            self.stdout.write(f"  Podobnych uwag jest jeszcze: {report.left_out}.")
        if not report.findings:
            self.stdout.write(self.style.SUCCESS("  Bez uwag."))
        for rule in report.not_checked:
            self.stdout.write(f"  {rule} nie sprawdzono: sam HTML nie wystarcza. Potrzebne: {NEEDS[rule]}.")


def read(target):
    """The content of a file or, for "-", of standard input; raises `UnreadableError` or OSError."""
    if target == "-":
        content = sys.stdin.buffer.read(LIMIT + 1)
    elif not Path(target).is_file():
        hint = " Write http:// or https:// before it to fetch it." if urlsplit(f"//{target}").hostname else ""
        raise UnreadableError(f"{target} is neither a file nor a site of this installation.{hint}")
    else:
        with Path(target).open("rb") as file:
            content = file.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise UnreadableError(f"{target} is larger than {LIMIT // 1024 // 1024} MB.")
    return content

"""Checks declarations of accessibility: of this installation's sites, or from a file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Site

from accessibility.declaration import validator
from accessibility.models import DeclarationPage
from mission.models import CentreSettings


class Command(BaseCommand):
    help = (
        "Checks a declaration of accessibility. Without an argument: the published declarations of all sites here. "
        "With one: an HTML file, or the address of a site here. Ends with 1 when an error is found."
    )

    def add_arguments(self, parser):
        parser.add_argument("target", nargs="?", help="HTML file, or address of a site of this installation")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args, target=None, **options):
        at = timezone.localdate()
        reports = dict(self.reports(target, at))
        if not reports:
            raise CommandError("No published declaration was found.")
        if options["json"]:
            data = {name: report.as_dict() for name, report in reports.items()}
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            for name, report in reports.items():
                self.print_report(name, report)
        if any(report.errors for report in reports.values()):
            raise SystemExit(1)

    def reports(self, target, at):
        """(name, Report) of everything to check on the day `at`."""
        if target and Path(target).is_file():
            yield target, validator.check(Path(target).read_bytes(), at=at)
            return
        sites = Site.objects.select_related("root_page")
        if target:
            sites = [site for site in sites if target.rstrip("/") in (site.root_url, site.hostname)]
            if not sites:
                raise CommandError(
                    f"{target} is neither a file nor a site of this installation. To check another site, save its page first."
                )
        for site in sites:
            for page in DeclarationPage.objects.in_site(site).live():
                yield f"{CentreSettings.for_site(site)} ({page.full_url})", page.report(at)

    def print_report(self, name, report):
        self.stdout.write(self.style.MIGRATE_HEADING(name))
        for finding in report.findings:
            style = self.style.ERROR if finding.severity == "error" else self.style.WARNING
            label = "BŁĄD" if finding.severity == "error" else "UWAGA"
            self.stdout.write(style(f"  {finding.rule} {label}: {finding.message}"))
            self.stdout.write(f"      miejsce: {finding.place}")
            self.stdout.write(f"      co zrobić: {finding.mend}")
        if not report.findings:
            self.stdout.write(self.style.SUCCESS("  Bez uwag."))
        self.stdout.write(f"  Nie sprawdzono: {', '.join(report.not_checked) or 'niczego nie pominięto'}.")

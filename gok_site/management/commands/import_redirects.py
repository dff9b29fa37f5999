"""The addresses of a centre's old site, taken over so that no link to it breaks."""

import csv
from pathlib import Path
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site


class Command(BaseCommand):
    help = (
        "Take over an old site's addresses from a CSV file with two columns: old address, new address. "
        "Without --write nothing is changed. A line that is wrong is reported and stops nothing but itself."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--hostname", required=True, help="The host name of the centre's new site.")
        parser.add_argument("--write", action="store_true", help="Write; without it the file is only checked.")

    def handle(self, *, file, hostname, write, **options):
        site = Site.objects.filter(hostname=hostname).first()
        if site is None:
            raise CommandError(_("There is no site with the host name %(name)s.") % {"name": hostname})
        good, bad = read(file, site)
        for line, problem in bad:
            self.stderr.write(_("line %(line)d: %(problem)s") % {"line": line, "problem": problem})
        changed = write_redirects(site, good) if write else changes(site, good)
        said = _("%(changed)d to write, %(same)d already there, %(bad)d wrong.")
        if write:
            said = _("%(changed)d written, %(same)d already there, %(bad)d wrong.")
        self.stdout.write(said % {"changed": len(changed), "same": len(good) - len(changed), "bad": len(bad)})
        if bad:
            raise CommandError(_("Some lines are wrong. Mend them and run this again: what is there stays."))


def read(file, site):
    """Return ({old path: new address}, [(line number, what is wrong)]) of a CSV file in UTF-8."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(_("The file cannot be read as text in UTF-8: %(name)s") % {"name": file}) from error
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    good, bad = {}, []
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), start=1):
        if not any(cell.strip() for cell in row):
            continue
        problem, old, new = check(row, site)
        if not problem and good.get(old, new) != new:
            problem = _("%(old)s stands twice with different targets.") % {"old": old}
        if problem:
            bad.append((number, problem))
        else:
            good[old] = new
    return good, bad


def check(row, site):
    """Return (what is wrong or "", normalised old path, new address) of one row."""
    if len(row) != 2:
        return _("Two columns are needed: old address, new address."), "", ""
    old, new = (cell.strip() for cell in row)
    if not old or not new:
        return _("Both addresses are needed."), "", ""
    parts = urlsplit(old)
    if not parts.path.startswith("/"):
        return _("The old address must start with / or https://: %(old)s") % {"old": old}, "", ""
    if not is_own(new, site):
        return _("The new address must lead to this site: %(new)s") % {"new": new}, "", ""
    path = Redirect.normalise_path(old if not parts.netloc else parts._replace(scheme="", netloc="").geturl())
    if path in ("", "/"):
        return _("The home page cannot be sent elsewhere."), "", ""
    if path == Redirect.normalise_path(new):
        return _("The address would lead to itself: %(old)s") % {"old": old}, "", ""
    if len(path) > 255 or len(new) > 255:
        return _("The address is longer than 255 characters."), "", ""
    return "", path, new


def is_own(address, site):
    """Whether `address` is a path, or stands on the host of `site`: an import must not open a way to elsewhere."""
    if address.startswith("/"):
        return not address.startswith(("//", "/\\")) and "\\" not in address
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and parts.hostname == site.hostname


def changes(site, good):
    """Those of `good` ({old path: new address}) that the site does not have yet."""
    present = dict(Redirect.objects.filter(site=site).values_list("old_path", "redirect_link"))
    return {old: new for old, new in good.items() if present.get(old) != new}


@transaction.atomic
def write_redirects(site, good):
    """Write what is missing or different; return it. Other redirects of the site stay."""
    changed = changes(site, good)
    for old, new in changed.items():
        Redirect.objects.update_or_create(
            site=site, old_path=old, defaults={"redirect_link": new, "redirect_page": None, "is_permanent": True}
        )
    return changed

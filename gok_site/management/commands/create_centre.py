"""A real centre's site from one command, without any sample content."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from gok_site.centres import create_centre
from gok_site.staff.roles import CONTRIBUTORS, COORDINATORS, EDITORS
from mission.models import CentreKind


class Command(BaseCommand):
    help = "Make an empty but complete site for a culture centre: pages, settings, roles, no sample content."

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True, help="The full official name, as in the statute.")
        parser.add_argument("--short-name", required=True, help="As people say it, for example: GOK Rudziniec.")
        parser.add_argument("--hostname", required=True, help="The site's host name, for example: gok.example.org.")
        parser.add_argument("--kind", required=True, choices=CentreKind.values)
        parser.add_argument(
            "--port",
            type=int,
            default=443 if settings.SECURE_SSL_REDIRECT else 80,
            help="The port of the site's addresses: 443 says https.",
        )
        parser.add_argument(
            "--default", action="store_true", help="Answer for every host name that no site is registered for."
        )

    def handle(self, *, name, short_name, hostname, kind, port, default, **options):
        try:
            site = create_centre(
                name=name,
                short_name=short_name,
                hostname=hostname,
                kind=kind,
                port=port,
                is_default=default,
                at=timezone.now(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(next_steps(site, short_name))


def next_steps(site, short_name):
    """What is left for people to do, as text for the terminal."""
    groups = ", ".join(f"„{role} – {short_name}”" for role in (EDITORS, CONTRIBUTORS, COORDINATORS))
    return _(
        "The site %(url)s is ready. What comes next:\n"
        "1. Add %(hostname)s to ALLOWED_HOSTS, point its DNS record at this server and restart the service.\n"
        "2. Create an administrator's account if there is none: manage.py createsuperuser.\n"
        "3. Create the staff's accounts and put each into its group: %(groups)s.\n"
        "4. Fill in the centre's data: address, telephone, opening hours, BIP, data-protection officer.\n"
        "5. Complete and publish the drafts: mission, declaration of accessibility, accessibility, "
        "protection of minors, personal data. Each says what is missing.\n"
        "6. Take over the old site's addresses: manage.py import_redirects FILE --hostname %(hostname)s."
    ) % {"url": f"{site.root_url}/", "hostname": site.hostname, "groups": groups}

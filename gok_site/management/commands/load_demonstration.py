"""Two complete sample centres, for everyone who wants to see the product before writing a word."""

from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gok_site.demonstration.loader import DatabaseInUseError, load


def moment(text):
    """An ISO 8601 date and time; one without an offset is local time."""
    parsed = datetime.fromisoformat(text)
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed)


class Command(BaseCommand):
    help = "Load the two sample centres into an empty database. A second run changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="Where both sites are served.")
        parser.add_argument("--at", type=moment, help="The moment that the samples' dates count from; now by default.")

    def handle(self, *, port, at, verbosity, **options):
        try:
            loaded = load(at or timezone.now(), port=port)
        except DatabaseInUseError as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write("The demonstration is loaded." if loaded else "The demonstration was there already.")

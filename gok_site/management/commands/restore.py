"""`manage.py restore`: a backup laid back into an empty place."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from gok_site.backup.databases import database_of
from gok_site.backup.folder import BackupError
from gok_site.backup.restoring import restore
from gok_site.management.commands.backup import summary


class Command(BaseCommand):
    help = "Restore a backup into an empty database and an empty media storage; no site needs to run."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="one backup, such as backups/2026-11-27T02-00-00Z")

    def handle(self, *, folder, **options):
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        try:
            manifest = restore(folder, database=database_of(), storage=default_storage)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored {summary(manifest)}. Now: manage.py migrate, then start the site.")

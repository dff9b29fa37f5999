"""`manage.py backup`: a copy of all that was written, proven whole."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from gok_site.backup.databases import database_of
from gok_site.backup.folder import BackupError, read_manifest
from gok_site.backup.writing import write
from gok_site.models import Heartbeat

KEPT = 14


class Command(BaseCommand):
    help = "Copy the database and the media files into a folder of their own, read the copy again, drop old ones."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--to", type=Path, default=settings.BACKUP_DIR, metavar="FOLDER", help="default: BACKUP_DIR"
        )
        parser.add_argument("--keep", type=int, default=KEPT, metavar="N", help=f"backups to keep, {KEPT} by default")

    def handle(self, *, to, keep, **options):
        if keep < 1:
            raise CommandError("--keep must be 1 or more.")
        at = timezone.now()
        try:
            folder = write(to, database=database_of(), storage=default_storage, at=at, keep=keep)
        except BackupError as error:
            raise CommandError(str(error)) from error
        try:
            if Heartbeat._meta.db_table in connection.introspection.table_names():  # not before the first migration
                Heartbeat.beat(Heartbeat.BACKUP, at)
        except DatabaseError as error:
            raise CommandError(f"{folder} is whole, but the database could not note that it was made.") from error
        self.stdout.write(f"{folder}: {summary(read_manifest(folder))}")


def summary(manifest):
    """What a backup holds, in one line."""
    files = manifest["files"].values()
    size = sum(file["size"] for file in files) / 1_000_000
    return f"{sum(manifest['rows'].values())} rows, {len(files)} files, {size:.1f} MB"

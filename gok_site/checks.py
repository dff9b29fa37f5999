"""System checks of our own. An error refuses the start of production; a warning is logged there and goes on."""

import logging
import sqlite3
import stat
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.utils import timezone

from gok_site.backup.folder import newest_moment

logger = logging.getLogger(__name__)

TAG = "production"
SHORTEST_SECRET = 50
SHORTEST_TOKEN = 20
FEWEST_CHARACTERS = 5
FROM_EXAMPLES = ("django-insecure-", "changeme", "only-for-")
DEFAULT_PASSWORDS = {"admin", "changeme", "gok", "gok_site", "password", "postgres", "redis", "root", "secret"}
SAFE_SQLITE = (3, 51, 3)
BACKUP_PATIENCE = timedelta(hours=48)


def in_production(check):
    """Registers a check that is silent in the demonstration and in tests."""

    def run(app_configs, **options):
        return list(check()) if settings.IS_PRODUCTION else []

    checks.register(run, TAG)
    return check


def refuse_unsafe_start():
    """End the process with one sentence for each thing that is unsafe; log what only deserves a look."""
    found = checks.run_checks(tags=[TAG])
    reasons = [f"{message.msg} {message.hint or ''}".strip() for message in found if message.is_serious()]
    if reasons:
        sys.exit("The site does not start. " + "\n".join(reasons))
    for message in found:
        logger.warning("%s: %s", message.id, message.msg)
    if settings.IS_PRODUCTION:
        refuse_start_without_database()


def refuse_start_without_database():
    """End the process when the database does not answer. One that goes away later comes back without a restart."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        sys.exit(f"The site does not start. The database does not answer: {str(error).splitlines()[0]}")
    finally:
        connection.close()  # the workers must not share it


@in_production
def secrets():
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_SECRET or len(set(key)) < FEWEST_CHARACTERS or key.lower().startswith(FROM_EXAMPLES):
        yield checks.Error(
            f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters or taken from an example.",
            hint="Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
            id="gok_site.E001",
        )
    if settings.DEBUG:
        yield checks.Error("DEBUG is on: errors would show settings and source to visitors.", id="gok_site.E002")
    database = settings.DATABASES["default"]
    if database.get("PASSWORD") and database["PASSWORD"].lower() in {*DEFAULT_PASSWORDS, database.get("USER")}:
        yield checks.Error("The password in DATABASE_URL is one that everybody tries first.", id="gok_site.E003")
    if settings.HEALTH_TOKEN and len(settings.HEALTH_TOKEN) < SHORTEST_TOKEN:
        yield checks.Error(f"HEALTH_TOKEN is shorter than {SHORTEST_TOKEN} characters.", id="gok_site.E004")


@in_production
def data_folder():
    """Writing is tried, not asked about: permissions say nothing of a file system that is read-only."""
    folder = Path(settings.DATA_DIR)
    if not folder.is_dir():
        yield checks.Error(
            f"The folder DATA_DIR={folder} is missing.",
            hint="Make it, and give it to the account that runs the site.",
            id="gok_site.E005",
        )
        return
    for place in (folder, Path(settings.MEDIA_ROOT)):
        try:
            if place.is_dir():
                tempfile.TemporaryFile(dir=place).close()
        except OSError as error:
            yield checks.Error(f"The folder {place} cannot be written to: {error.strerror}.", id="gok_site.E006")


@in_production
def private_files():
    """The database, its logs and the secret hold what only the site's own account may read."""
    for path in private_paths():
        if is_open_to_all(path):
            yield checks.Error(
                f"Every account of this machine can read {path}.",
                hint=f"chmod o-rwx {path}",
                id="gok_site.E007",
            )


def private_paths():
    """Those of our private files that exist."""
    database = settings.DATABASES["default"]
    found = [Path(settings.DATA_DIR) / "secret-key", settings.BASE_DIR / ".env"]
    if database["ENGINE"].endswith("sqlite3"):
        found += [Path(f"{database['NAME']}{end}") for end in ("", "-wal", "-shm")]
    return [path for path in found if path.is_file()]


def is_open_to_all(path):
    """Whether others may read a file and pass through each folder above it."""
    folders = path.resolve().parents
    return bool(path.stat().st_mode & stat.S_IROTH) and all(folder.stat().st_mode & stat.S_IXOTH for folder in folders)


@in_production
def backups():
    newest = newest_moment(settings.BACKUP_DIR)
    if newest is None:
        yield checks.Warning(
            f"There is no backup in {settings.BACKUP_DIR}.", hint="manage.py backup", id="gok_site.W001"
        )
    elif timezone.now() - newest > BACKUP_PATIENCE:
        yield checks.Warning(f"The newest backup in {settings.BACKUP_DIR} is of {newest:%Y-%m-%d}.", id="gok_site.W002")


@in_production
def database_program():
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and sqlite3.sqlite_version_info < SAFE_SQLITE:
        yield checks.Warning(
            f"SQLite {sqlite3.sqlite_version} has a rare fault that can damage a database in WAL mode.",
            hint="It is mended in 3.51.3; keep backups, or use PostgreSQL.",
            id="gok_site.W003",
        )


@in_production
def letters():
    if urlsplit(settings.WAGTAILADMIN_BASE_URL).scheme != "https":
        yield checks.Warning("ADMIN_BASE_URL is not https: letters would lead to it in the clear.", id="gok_site.W004")
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        yield checks.Warning("EMAIL_URL is not set: no letter is sent.", id="gok_site.W005")

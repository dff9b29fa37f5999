"""Places to back up and to restore into: a folder and a database each, on SQLite or on PostgreSQL."""

import contextlib
import os
import subprocess
import sys
import uuid
from urllib.parse import urlsplit

import psycopg

from tests.databases import ROOT


class Place:
    """One installation: its own data folder and database, and the environment that names them."""

    def __init__(self, folder, database_url=None):
        self.folder = folder
        kept = {key: value for key, value in os.environ.items() if key not in {"SECRET_KEY", "DATABASE_URL"}}
        self.environment = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "gok_site.settings.dev",
            "DATA_DIR": str(folder),
            **({"DATABASE_URL": database_url} if database_url else {}),
        }

    def command(self, *arguments, status=0):
        """Run python here; return what it said."""
        result = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True
        )
        assert result.returncode == status, result.stderr[-2000:]
        return result.stdout + result.stderr

    def manage(self, *arguments, status=0):
        return self.command("manage.py", *arguments, status=status)

    def start(self, *arguments, **options):
        return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=self.environment, **options)

    @contextlib.contextmanager
    def load(self, journals):
        """Editors at work, one for each journal, until the block ends."""
        editors = [
            self.start("tests/faults/backup_load.py", str(journal), stdin=subprocess.PIPE) for journal in journals
        ]
        try:
            yield editors
        finally:
            for editor in editors:
                editor.stdin.close()
            statuses = [editor.wait(timeout=60) for editor in editors]
        assert statuses == [0] * len(editors)


@contextlib.contextmanager
def two_places(folder, database_url):
    """The installation in use and the empty one; databases of our own on the given server are removed afterwards."""
    names = []
    if database_url:
        names = [f"test_drill_{uuid.uuid4().hex[:10]}_{end}" for end in "ab"]
        for name in names:
            _execute(database_url, f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
    urls = [urlsplit(database_url)._replace(path=f"/{name}").geturl() for name in names] or [None, None]
    try:
        yield [Place(folder / end, url) for end, url in zip("ab", urls, strict=True)]
    finally:
        for name in names:
            _execute(database_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _execute(url, statement):
    with contextlib.closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(statement)

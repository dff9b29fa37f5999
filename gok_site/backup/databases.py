"""A consistent copy of the database while others write to it, and the way back, for SQLite and PostgreSQL."""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.db import connections
from django.db.backends.postgresql.client import DatabaseClient

from .folder import BackupError

SECONDS_TO_WAIT = 30
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


@dataclass(frozen=True)
class Contents:
    """What is in a database: the server's version, rows of each table, applied migrations."""

    version: str
    rows: dict
    migrations: list


def database_of(alias="default"):
    """The database that the settings name, as something that can be saved and loaded."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        return SQLite(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        return PostgreSQL(alias)
    raise BackupError(f"Backups know SQLite and PostgreSQL, not {connection.vendor}.")


class SQLite:
    """One file. It needs no running site, and no Django beyond its name."""

    kind = "SQLite"
    file = "database.sqlite3"

    def __init__(self, path):
        self.path = Path(path)

    def save(self, target):
        """Copy in one step, so in one reading transaction: writers go on, and the copy is of one moment."""
        if not self.path.is_file():
            raise BackupError(f"There is no database at {self.path}.")
        with closing(self._open(self.path)) as source, closing(self._open(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # the copy is one file, without a log beside it
        return self.contents(target)

    def check(self, path):
        """Have SQLite read the whole copy."""
        with closing(self._open(path)) as database:
            found = database.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise BackupError(f"The copy of the database is damaged: {found}.")

    def contents(self, path=None):
        with closing(self._open(path or self.path)) as database:
            tables = database.execute(
                "SELECT name FROM pragma_table_list"
                " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
            )
            rows = {name: _count(database.execute, name) for (name,) in tables.fetchall()}
            migrations = [list(row) for row in database.execute(MIGRATIONS)]
        return Contents(sqlite3.sqlite_version, rows, migrations)

    def ensure_empty(self):
        if self.path.exists() and self.path.stat().st_size:
            raise BackupError(
                f"The database {self.path} is there already; a backup is restored into an empty place only."
            )

    def load(self, source):
        """Lay the copy beside its place, have it read, and only then give it the name."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(f".{self.path.name}.unfinished")
        try:
            shutil.copyfile(source, beside)
            self.check(beside)
            beside.replace(self.path)
        finally:
            beside.unlink(missing_ok=True)

    def _open(self, path):
        return sqlite3.connect(path, timeout=SECONDS_TO_WAIT, isolation_level=None)


class PostgreSQL:
    """A server, reached with its own client programs."""

    kind = "PostgreSQL"
    file = "database.pgdump"

    def __init__(self, alias="default"):
        self.alias = alias

    def save(self, target):
        """Dump and count in one snapshot: both tell of the same moment, whatever is written meanwhile."""
        with closing(connections.create_connection(self.alias)) as connection, connection.cursor() as cursor:
            self._ensure_programs(connection.pg_version)
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", *UNOWNED)
            contents = self._contents(cursor)
            cursor.execute("ROLLBACK")
        return contents

    def check(self, path):
        """Have PostgreSQL's own program read the whole archive."""
        self._run("pg_restore", "--file=/dev/null", str(path), database=False)

    def contents(self):
        with closing(connections.create_connection(self.alias)) as connection, connection.cursor() as cursor:
            return self._contents(cursor)

    def ensure_empty(self):
        with closing(connections.create_connection(self.alias)) as connection, connection.cursor() as cursor:
            self._ensure_programs(connection.pg_version)
            cursor.execute(TABLES)
            if cursor.fetchone():
                name = connection.settings_dict["NAME"]
                raise BackupError(
                    f"The database {name} has tables already; a backup is restored into an empty place only."
                )

    def load(self, source):
        self._run("pg_restore", "--single-transaction", "--exit-on-error", *UNOWNED, str(source))

    def _contents(self, cursor):
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
        cursor.execute(TABLES)
        rows = {name: _count(cursor.execute, name) for (name,) in cursor.fetchall()}
        cursor.execute(MIGRATIONS)
        return Contents(version, rows, [list(row) for row in cursor.fetchall()])

    def _ensure_programs(self, server):
        """Both client programs are here and not older than the server, whose version number is given."""
        for program in ("pg_dump", "pg_restore"):
            if shutil.which(program) is None:
                raise BackupError(f"{program} is missing; install PostgreSQL's client programs (postgresql-client).")
            said = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout  # noqa: S603
            version = re.search(r"\b(\d+)", said)
            if version and int(version[1]) < server // 10_000:
                raise BackupError(
                    f"{program} {version[1]} is older than the server, {server // 10_000}; install the same."
                )

    def _run(self, program, *options, database=True):
        """Run a client program; the password goes by the environment, where no list of processes shows it."""
        settings = connections[self.alias].settings_dict
        (_, *where, name), secrets = DatabaseClient.settings_to_cmd_args_env(settings, [])
        to = [*where, f"--dbname={name}"] if database else []
        result = subprocess.run(  # noqa: S603 - our own arguments
            [program, *to, *options],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, **(secrets or {})},
        )
        if result.returncode:
            raise BackupError(f"{program} failed: {result.stderr.strip()[:500]}")


UNOWNED = ("--no-owner", "--no-privileges")
TABLES = (
    "SELECT tablename FROM pg_catalog.pg_tables"
    " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY tablename"
)


def _count(execute, table):
    """Rows of a table whose name the database itself has given."""
    return execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608

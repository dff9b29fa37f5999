"""The databases that tests start with: `empty` (migrated), `centre` (one centre without content, as
`tests.factories.make_site` makes it), `staffed` (two centres with their staff and one of each thing, by
`tests.staff.builders`) and `demonstration` (both centres loaded).

Each is made once, as a template, and copied for each worker: a copy takes milliseconds, the making half a
minute. Templates on SQLite are kept under var/test/ for as long as no source file and no day has changed.
"""

import contextlib
import datetime
import fcntl
import functools
import hashlib
import os
import pickle
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test.utils import override_settings
from wagtail.models import Site

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "var" / "test"
SECONDS_KEPT = 3600
ROOMS = ["mission", "accessibility", "programme", "gok_site"]  # lowest first
# What shapes each template: a change there names another folder.
SOURCES = {"empty": ["migrations/*.py"], "centre": ["**/*.py"], "staffed": ["**/*.py"], "demonstration": ["**/*"]}
BUILDERS = {"centre": ROOT / "tests" / "factories.py", "staffed": ROOT / "tests" / "staff" / "builders.py"}
DATED = {"staffed", "demonstration"}
MAKERS = []  # processes, to be waited for at the end


def make_beside(labels):
    """Have templates made beside the tests, in this order, so that nobody waits for them."""
    MAKERS.append(subprocess.Popen([sys.executable, "-m", "tests.make_databases", *labels], cwd=ROOT))


def digest(label):
    """A name for the state of everything that shapes a template; what has dates counts them from today."""
    found = {path for room in ROOMS for pattern in SOURCES[label] for path in (ROOT / room).glob(pattern)}
    found |= {*(ROOT / "gok_site" / "settings").glob("*.py"), ROOT / "requirements" / "runtime.txt"}
    name = hashlib.sha256()
    if label in BUILDERS:
        found.add(BUILDERS[label])
    if label in DATED:
        name.update(datetime.date.today().isoformat().encode())  # noqa: DTZ011 - only names a folder
    if label == "demonstration":
        found |= set((ROOT / "locale").rglob("*.mo"))
    for path in sorted(found):
        if path.is_file() and "__pycache__" not in path.parts:
            name.update(f"{path.relative_to(ROOT)}\n".encode())
            name.update(path.read_bytes())
    return name.hexdigest()[:20]


@contextlib.contextmanager
def alone(folder, name="lock"):
    """Only one process at a time, of all workers and runs that use the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SQLiteStore:
    """Databases are files."""

    def __init__(self, own):
        self.own = own
        self.folders = {label: CACHE / f"{label}-{digest(label)}" for label in SOURCES}

    def folder(self, label):
        return self.folders[label]

    def name(self, label):
        return str(self.own / f"{label}.sqlite3")

    def template(self, label):
        return str(self.folders[label] / "template.sqlite3")

    def is_ready(self, label):
        return Path(self.template(label)).exists()

    def building(self, label):
        return str(self.folders[label] / f"building-{os.getpid()}.sqlite3")

    def create(self, name):
        Path(name).unlink(missing_ok=True)

    def copy(self, source, target):
        for end in ("-wal", "-shm"):
            Path(f"{target}{end}").unlink(missing_ok=True)
        shutil.copyfile(source, target)

    def finish(self, building, template):
        """What is half made must never look ready."""
        Path(building).replace(template)

    def close(self):
        """Nothing to give back: the folder goes with the run, old templates when new ones are made."""

    def forget_old_templates(self):
        for lock in CACHE.glob("*-*/*lock"):
            is_old = time.time() - lock.stat().st_mtime > SECONDS_KEPT
            if is_old and lock.parent not in self.folders.values():
                shutil.rmtree(lock.parent, ignore_errors=True)


class PostgreSQLStore:
    """Databases live in one server; a copy is `CREATE DATABASE … TEMPLATE …`."""

    def __init__(self, shared, run, worker):
        self.shared, self.run, self.worker = shared, run, worker
        self.maintenance = dict(settings.DATABASES["default"])

    def folder(self, label):
        """One for each label: making the demonstration takes the lock of `empty` too."""
        return self.shared / label

    def name(self, label):
        return f"test_{self.run}_{self.worker}_{label}"

    def template(self, label):
        return f"test_{self.run}_template_{label}"

    def building(self, label):
        return f"test_{self.run}_template_building_{label}"

    def execute(self, statement, *parameters):
        connection = psycopg.connect(
            dbname=self.maintenance["NAME"] or "postgres",
            user=self.maintenance.get("USER") or None,
            password=self.maintenance.get("PASSWORD") or None,
            host=self.maintenance.get("HOST") or None,
            port=self.maintenance.get("PORT") or None,
            autocommit=True,
        )
        with contextlib.closing(connection):
            cursor = connection.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    def is_ready(self, label):
        return bool(self.execute("SELECT 1 FROM pg_database WHERE datname = %s", self.template(label)))

    def create(self, name):
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")

    def copy(self, source, target):
        self.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        self.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def finish(self, building, template):
        self.execute(f'ALTER DATABASE "{building}" RENAME TO "{template}"')

    def close(self):
        """Drop what this worker made."""
        for label in SOURCES:
            self.execute(f'DROP DATABASE IF EXISTS "{self.name(label)}" WITH (FORCE)')

    def close_run(self):
        """Drop whatever the run has left, templates and all: for the process that outlives the workers."""
        for (name,) in self.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", f"test_{self.run}_%"):
            self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(self.shared, ignore_errors=True)

    def forget_old_templates(self):
        """They go with the run."""


class Databases:
    """Which of the databases Django's default connection means, for the test that runs now."""

    def __init__(self, store):
        self.store = store
        self.current = None
        self.laid = set()

    def use(self, label):
        """Point every connection at the database `label`, making it first if need be."""
        if self.current == label:
            return
        if label not in self.laid:
            self.restore(label)
        self._point_at(self.store.name(label))
        self.current = label

    def restore(self, label):
        """Bring one database back to its template, after a test that committed."""
        self.ensure_template(label)
        self.current = None
        connections.close_all()
        self.store.copy(self.store.template(label), self.store.name(label))
        media = self.store.folder(label) / "media"
        if media.exists():
            shutil.copytree(media, settings.MEDIA_ROOT, dirs_exist_ok=True)
        self.laid.add(label)

    def ensure_template(self, label):
        """Make the template unless another worker has."""
        with alone(self.store.folder(label), f"{label}.lock"):
            if not self.store.is_ready(label):
                self._build(label)
                self.store.forget_old_templates()

    def _build(self, label):
        if label != "empty":
            self.ensure_template("empty")
        building = self.store.building(label)
        connections.close_all()
        if label == "empty":
            self.store.create(building)
            self._point_at(building)
            call_command("migrate", verbosity=0, interactive=False)
        else:
            self.store.copy(self.store.template("empty"), building)
            self._point_at(building)
            self._fill(label)
        # Closing the last connection folds SQLite's write-ahead log into the file.
        connections.close_all()
        self.store.finish(building, self.store.template(label))

    def _fill(self, label):
        # The builders know models, which can be named only once Django is set up.
        if label == "centre":
            from tests.factories import make_site

            make_site()
            return
        media = self.store.folder(label) / "media"
        media.mkdir(exist_ok=True)
        with override_settings(MEDIA_ROOT=media):
            if label == "staffed":
                from tests.staff.builders import make_two_centres

                (self.store.folder(label) / "made.pickle").write_bytes(pickle.dumps(make_two_centres()))
            else:
                call_command("load_demonstration", verbosity=0)

    def made(self, label):
        """What the builder of a template gave back, as if it had just done so."""
        return pickle.loads((self.store.folder(label) / "made.pickle").read_bytes())  # noqa: S301 - written above

    def _point_at(self, name):
        connections.close_all()
        connections.settings["default"]["NAME"] = name
        settings.DATABASES["default"]["NAME"] = name
        cache.clear()
        Site.clear_site_root_paths_cache()


def is_postgresql():
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@functools.cache
def databases():
    """This worker's databases, made when the first test asks."""
    own = Path(settings.DATA_DIR)
    own.mkdir(parents=True, exist_ok=True)
    if is_postgresql():
        run, worker = os.environ["GOK_SITE_TEST_RUN"], os.environ.get("PYTEST_XDIST_WORKER", "main")
        return Databases(PostgreSQLStore(own.parent / f"gok_site-test-{run}", run, worker))
    return Databases(SQLiteStore(own))

"""What would be unsafe or could not work does not start: one clear sentence, no traceback, a status that is not zero."""

import contextlib
import os
import pwd
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.databases import ROOT, databases
from tests.serving import free_port

NOBODY = "nobody"
SERVE = ["-m", "gunicorn", "--config", "deploy/gunicorn.py", "gok_site.wsgi"]
MIGRATE = ["manage.py", "migrate"]
DEBUGGING = "from gok_site.settings.base import *\nDEBUG = True\n"


@pytest.fixture
def place():
    """A folder of an account that permissions hold for, even where the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="gok_site-start-"))
    (folder / "data" / "media").mkdir(parents=True)
    if os.geteuid() == 0:
        account = pwd.getpwnam(NOBODY)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    shutil.rmtree(folder)


def start(place, command=SERVE, **changes):
    """Start as an unprivileged account with the settings of production; the process when it has ended."""
    account = []
    if os.geteuid() == 0:
        user = pwd.getpwnam(NOBODY)
        account = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    kept = {key: value for key, value in os.environ.items() if key.startswith(("PATH", "LANG", "PYTHON"))}
    chosen = {
        "DJANGO_SETTINGS_MODULE": "gok_site.settings.base",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATA_DIR": str(place / "data"),
        "ALLOWED_HOSTS": "gok.example.org",
        "ADMIN_BASE_URL": "https://gok.example.org",
        "BEHIND_PROXY": "true",
        "PORT": str(free_port()),
        **changes,
    }
    environment = {**kept, **{name: value for name, value in chosen.items() if value is not None}}
    return subprocess.run(
        [*account, sys.executable, *command],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,  # a machine may be busy with other things
    )


def assert_refused(ended, sentence, *secret_words):
    assert ended.returncode not in (0, None), ended.stderr
    said = [line for line in ended.stderr.splitlines() if not line.startswith("{")]  # the log has lines of its own
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(said) == 1, said
    assert not any(word in ended.stderr for word in secret_words)


@pytest.mark.fault("P11", "DATA_DIR is missing", "start refused with one clear sentence")
def test_a_missing_folder_is_named(place):
    ended = start(place, DATA_DIR=str(place / "elsewhere"))
    assert_refused(ended, f"The folder DATA_DIR={place}/elsewhere is missing.")


@pytest.mark.fault("P11", "DATA_DIR or media are read-only", "start refused with one clear sentence")
@pytest.mark.parametrize("name", ["data", "data/media"])
def test_a_folder_that_cannot_be_written_to_is_named(place, name):
    (place / name).chmod(0o500)
    assert_refused(start(place), f"The folder {place / name} cannot be written to: Permission denied.")


@pytest.mark.fault("P11", "SECRET_KEY is missing", "start refused with one clear sentence")
def test_a_missing_secret_is_named(place):
    assert_refused(start(place, SECRET_KEY=None), "Set the SECRET_KEY environment variable")


@pytest.mark.fault(
    "P11", "the database does not answer, is unknown, or the password is wrong", "start refused likewise"
)
@pytest.mark.parametrize("command", [SERVE, MIGRATE], ids=["serve", "migrate"])
def test_a_database_that_is_not_there_is_named(place, command):
    url = f"postgres://gok:Wq7-Lp3x@127.0.0.1:{free_port()}/gok"  # only for this test
    assert_refused(start(place, command, DATABASE_URL=url), "The database does not answer: ", "Wq7-Lp3x")


@pytest.mark.fault(
    "P11", "the database does not answer, is unknown, or the password is wrong", "start refused likewise"
)
def test_an_unknown_database_is_named(place, postgresql):
    ended = start(place, DATABASE_URL=postgresql.url("nowhere"))
    assert_refused(ended, 'database "nowhere" does not exist', "Wq7-Lp3x")


@pytest.mark.fault("P11", "all is right", "start not refused")
def test_what_is_right_starts(place):
    """The other tests would pass, too, if nothing started at all."""
    ended = start(place, ["-c", "import gok_site.wsgi; print('started')"])
    assert (ended.returncode, ended.stdout) == (0, "started\n"), ended.stderr


@pytest.mark.fault("O7", "SECRET_KEY is short, from an example, or one letter", "start refused, the key not repeated")
@pytest.mark.parametrize("key", ["only-four-words-long", "django-insecure-" + "aB3-" * 20, "changeme-" * 10, "x" * 80])
def test_a_secret_that_is_none_is_refused(place, key):
    assert_refused(start(place, SECRET_KEY=key), "SECRET_KEY is shorter than 50 characters or taken from", key)


@pytest.mark.fault("O7", "DEBUG is on", "start refused")
def test_debugging_in_production_is_refused(place):
    (place / "debugging.py").write_text(DEBUGGING)
    ended = start(place, DJANGO_SETTINGS_MODULE="debugging", PYTHONPATH=str(place))
    assert_refused(ended, "DEBUG is on")
    ended = start(
        place, ["-c", "import django; django.setup(); from django.conf import settings; print(settings.DEBUG)"]
    )
    assert ended.stdout == "False\n", "no variable of the environment turns it on"


@pytest.mark.fault("O7", "the database's password is one that everybody tries", "start refused")
@pytest.mark.parametrize("password", ["postgres", "Changeme", "gok"])
def test_a_default_password_is_refused(place, password):
    url = f"postgres://gok:{password}@127.0.0.1:{free_port()}/gok"
    assert_refused(start(place, DATABASE_URL=url), "The password in DATABASE_URL is one that everybody tries first.")


@pytest.mark.fault("O7", "the database's file is open to all accounts", "start refused")
def test_a_database_that_all_can_read_is_refused(place):
    place.chmod(0o755)
    for path, mode in [(place / "data", 0o755), (place / "data" / "gok_site.sqlite3", 0o644)]:
        path.touch()
        path.chmod(mode)
    assert_refused(start(place), f"Every account of this machine can read {place}/data/gok_site.sqlite3.")


@pytest.mark.fault("O7", "a fresh installation", "no account whose password anybody could know")
def test_a_fresh_installation_has_no_account(django_db_blocker):
    with django_db_blocker.unblock():
        databases().ensure_template("empty")
    with contextlib.closing(sqlite3.connect(databases().store.template("empty"))) as fresh:
        assert fresh.execute("SELECT count(*) FROM auth_user").fetchone() == (0,)

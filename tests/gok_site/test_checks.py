"""Production refuses an unsafe set-up with a sentence, warns of what deserves a look, and is silent when all is well."""

import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from gok_site import checks
from gok_site.backup.folder import SEAL, name_of
from tests.databases import ROOT

SECRET = "Zp4-eH0sQ1w8RkX7_uYb2VtN5cMdL9aJfG3hKi6oTnBvCxPqWsEr"  # only for this test


def production(data, **changes):
    """The environment of a correct production set-up."""
    kept = {key: value for key, value in os.environ.items() if key.startswith(("PATH", "PYTHON", "LANG"))}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "gok_site.settings.base",
        "DATA_DIR": str(data),
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "gok.example.org",
        "ADMIN_BASE_URL": "https://gok.example.org",
        "EMAIL_URL": "smtp+tls://gok:Wq7-Lp3x@mail.example.org:587",  # only for this test
        "DATABASE_URL": "postgres://gok:Wq7-Lp3x@database.example.org/gok",  # only for this test
        "BEHIND_PROXY": "true",
        **changes,
    }


def run(data, *arguments, **changes):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=production(data, **changes),
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


def back_up(place, at):
    folder = place / name_of(at)
    folder.mkdir(parents=True)
    (folder / SEAL).touch()


def test_a_correct_production_set_up_passes_the_deployment_check_without_a_word(tmp_path):
    back_up(tmp_path / "backups", timezone.now())
    result = run(tmp_path, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize("door", [["manage.py", "migrate"], ["-c", "import gok_site.wsgi"]], ids=["migrate", "server"])
def test_a_refused_start_says_why_in_words_and_without_the_secret(tmp_path, door):
    result = run(tmp_path / "missing", *door, SECRET_KEY="short-but-mine")
    assert result.returncode == 1
    assert "SECRET_KEY is shorter than 50 characters" in result.stderr
    assert "missing is missing" in result.stderr
    assert "Traceback" not in result.stderr
    assert "short-but-mine" not in result.stderr


def test_a_start_without_a_secret_says_so(tmp_path):
    environment = production(tmp_path)
    del environment["SECRET_KEY"]
    result = subprocess.run(
        [sys.executable, "-c", "import gok_site.wsgi"],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert "Set the SECRET_KEY environment variable" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def safe(settings, tmp_path, monkeypatch):
    """Settings of production that no check complains of, as far as they can be set here."""
    settings.IS_PRODUCTION = True
    settings.SECRET_KEY = SECRET
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.WAGTAILADMIN_BASE_URL = "https://gok.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    postgresql = {"ENGINE": "django.db.backends.postgresql", "PASSWORD": "Wq7-Lp3x", "USER": "gok"}
    monkeypatch.setitem(settings.DATABASES, "default", postgresql)
    back_up(settings.BACKUP_DIR, timezone.now())
    return settings


def found():
    every = [checks.secrets, checks.data_folder, checks.private_files, checks.backups]
    return {message.id for check in [*every, checks.database_program, checks.letters] for message in check()}


def test_a_safe_set_up_is_not_complained_of(safe):
    assert found() == set()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SECRET_KEY", "x" * 60, "gok_site.E001"),
        ("SECRET_KEY", "django-insecure-" + SECRET, "gok_site.E001"),
        ("DEBUG", True, "gok_site.E002"),
        ("HEALTH_TOKEN", "abc", "gok_site.E004"),
        ("DATA_DIR", Path("/proc"), "gok_site.E006"),  # nobody can write there, not even root
        ("BACKUP_DIR", Path("/nowhere"), "gok_site.W001"),
        ("WAGTAILADMIN_BASE_URL", "http://gok.example.org", "gok_site.W004"),
        ("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend", "gok_site.W005"),
    ],
)
def test_each_unsafe_setting_is_noticed(safe, name, value, code):
    setattr(safe, name, value)
    assert found() == {code}


@pytest.mark.parametrize("password", ["postgres", "Changeme", "gok"])
def test_a_password_that_everybody_tries_first_is_refused(safe, password):
    safe.DATABASES["default"]["PASSWORD"] = password
    assert found() == {"gok_site.E003"}


def test_an_old_backup_is_noticed(safe, tmp_path):
    safe.BACKUP_DIR = tmp_path / "old"
    back_up(safe.BACKUP_DIR, timezone.now() - timedelta(days=3))
    assert found() == {"gok_site.W002"}


def test_an_old_sqlite_is_noticed(safe, tmp_path, monkeypatch):
    safe.DATABASES["default"] |= {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "gok_site.sqlite3"}
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 51, 2))
    assert found() == {"gok_site.W003"}
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 51, 3))
    assert found() == set()


def test_a_database_that_all_accounts_can_read_is_refused(safe, tmp_path, monkeypatch):
    database = tmp_path / "gok_site.sqlite3"
    database.touch(0o644)
    safe.DATABASES["default"] |= {"ENGINE": "django.db.backends.sqlite3", "NAME": database}
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 51, 3))
    tmp_path.chmod(0o700)
    assert found() == set()  # nobody else gets as far as the file
    monkeypatch.setattr(checks, "is_open_to_all", lambda path: path.stat().st_mode & 0o004)
    assert found() == {"gok_site.E007"}
    database.chmod(0o640)
    assert found() == set()


def test_whether_others_can_read_depends_on_every_folder_above():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "file"
        file.touch()
        for folder_mode, file_mode, is_open in [(0o755, 0o644, True), (0o750, 0o644, False), (0o755, 0o640, False)]:
            folder.chmod(folder_mode)
            file.chmod(file_mode)
            assert checks.is_open_to_all(file) is is_open


def test_the_demonstration_is_left_in_peace(safe):
    safe.IS_PRODUCTION = False
    safe.SECRET_KEY = "short"
    checks.refuse_unsafe_start()


def test_production_is_refused(safe):
    safe.DEBUG = True
    with pytest.raises(SystemExit, match="DEBUG is on"):
        checks.refuse_unsafe_start()


@pytest.mark.parametrize(
    ("more", "expected"), [("", "-c random_page_cost=1.1"), ("?options=-c%20work_mem%3D8MB", "-c work_mem=8MB")]
)
def test_postgresql_is_told_what_disks_cost_unless_the_address_says_something_else(tmp_path, more, expected):
    show = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['options'])"
    url = production(tmp_path)["DATABASE_URL"] + more
    assert run(tmp_path, "-c", show, DATABASE_URL=url).stdout.strip() == expected


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a setting of PostgreSQL")
def test_postgresql_takes_the_word_for_what_disks_cost():
    with connection.cursor() as cursor:
        cursor.execute("SHOW random_page_cost")
        assert cursor.fetchone() == ("1.1",)

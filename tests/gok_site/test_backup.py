"""A backup is whole or is none; it goes back into an empty place only, and damage is noticed before anything is written."""

import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from gok_site.backup import daily, writing
from gok_site.backup.databases import PostgreSQL, SQLite
from gok_site.backup.folder import BackupError, finished, read_manifest
from gok_site.backup.restoring import restore
from gok_site.backup.writing import write

NIGHT = datetime(2026, 11, 27, 2, 30, tzinfo=UTC)


class Centre:
    """A database and a folder of media, small enough to be copied in a blink."""

    def __init__(self, place):
        self.place = place
        self.database = SQLite(place / "gok_site.sqlite3")
        self.storage = FileSystemStorage(location=place / "media")

    def fill(self):
        self.place.mkdir()
        with closing(sqlite3.connect(self.database.path)) as database, database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app TEXT, name TEXT)")
            database.execute("INSERT INTO django_migrations (app, name) VALUES ('mission', '0001_initial')")
            database.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, title TEXT)")
            database.executemany("INSERT INTO event (title) VALUES (?)", [("Żółw",), ("Koncert",)])
        self.storage.save("images/chór.jpg", ContentFile(b"picture" * 1000))
        self.storage.save("documents/plan.pdf", ContentFile(b"%PDF plan"))
        return self

    def titles(self):
        with closing(sqlite3.connect(self.database.path)) as database:
            return [title for (title,) in database.execute("SELECT title FROM event ORDER BY id")]

    def back_up(self, to, at=NIGHT, keep=14):
        return write(to, database=self.database, storage=self.storage, at=at, keep=keep)

    def restore(self, folder):
        return restore(folder, database=self.database, storage=self.storage)


@pytest.fixture
def centre(tmp_path):
    return Centre(tmp_path / "centre").fill()


@pytest.fixture
def place(tmp_path):
    return tmp_path / "backups"


def test_what_is_restored_is_what_was_there(centre, place, tmp_path):
    folder = centre.back_up(place)
    other = Centre(tmp_path / "other")
    other.restore(folder)
    assert other.titles() == ["Żółw", "Koncert"]
    for name in ("images/chór.jpg", "documents/plan.pdf"):
        with centre.storage.open(name) as before, other.storage.open(name) as after:
            assert before.read() == after.read()


def test_the_manifest_tells_what_is_inside(centre, place):
    manifest = read_manifest(centre.back_up(place))
    assert manifest["rows"] == {"django_migrations": 1, "event": 2}
    assert manifest["migrations"] == [["mission", "0001_initial"]]
    assert manifest["made_at"] == "2026-11-27T02:30:00+00:00"
    assert {"django", "wagtail", "gok_site"} <= set(manifest["versions"])
    assert set(manifest["files"]) == {"database.sqlite3", "media/images/chór.jpg", "media/documents/plan.pdf"}


def test_nobody_else_can_read_a_backup(centre, place):
    folder = centre.back_up(place)
    for path in [place, folder, *folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_files_that_have_not_changed_are_shared_by_backups(centre, place):
    first = centre.back_up(place)
    centre.storage.delete("documents/plan.pdf")
    centre.storage.save("documents/plan.pdf", ContentFile(b"%PDF another plan"))
    second = centre.back_up(place, NIGHT + timedelta(days=1))
    picture, plan = "media/images/chór.jpg", "media/documents/plan.pdf"
    assert (first / picture).samefile(second / picture)
    assert (first / plan).read_bytes() != (second / plan).read_bytes()


def test_a_shared_file_that_has_rotted_is_copied_anew(centre, place):
    first = centre.back_up(place)
    damage(first / "media/images/chór.jpg")
    second = centre.back_up(place, NIGHT + timedelta(days=1))
    assert (second / "media/images/chór.jpg").read_bytes() == b"picture" * 1000


def damage(path):
    """Flip one bit in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "name", ["database.sqlite3", "media/images/chór.jpg", "media/documents/plan.pdf", "manifest.json"]
)
@pytest.mark.parametrize("harm", [damage, lambda path: path.write_bytes(b""), lambda path: path.unlink()])
def test_a_damaged_backup_is_refused_by_name_and_nothing_is_written(centre, place, tmp_path, name, harm):
    folder = centre.back_up(place)
    harm(folder / name)
    with pytest.raises(BackupError, match=name):
        Centre(tmp_path / "other").restore(folder)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("occupied", ["database", "media"])
def test_a_place_in_use_is_left_alone(centre, place, tmp_path, occupied):
    folder = centre.back_up(place)
    other = Centre(tmp_path / "other").fill()
    if occupied == "database":
        shutil.rmtree(other.storage.location)
    else:
        other.database.path.unlink()
    with pytest.raises(BackupError, match="into an empty place only"):
        other.restore(folder)


def test_a_restore_that_breaks_leaves_the_place_empty(centre, place, tmp_path, monkeypatch):
    folder = centre.back_up(place)
    other = Centre(tmp_path / "other")
    monkeypatch.setattr(SQLite, "check", broken)
    with pytest.raises(BackupError, match="No space left on device"):
        other.restore(folder)
    monkeypatch.undo()
    other.restore(folder)
    assert other.titles() == centre.titles()


def broken(*arguments, **keywords):
    raise OSError(28, "No space left on device")


def test_a_backup_of_another_database_is_not_forced_in(centre, place):
    folder = centre.back_up(place)
    with pytest.raises(BackupError, match="of SQLite, DATABASE_URL names PostgreSQL"):
        restore(folder, database=PostgreSQL(), storage=centre.storage)


@pytest.mark.parametrize("step", ["described", "seal", "verified"])
def test_a_backup_that_breaks_off_is_never_taken_for_whole_and_harms_no_older_one(centre, place, monkeypatch, step):
    kept = centre.back_up(place)
    monkeypatch.setattr(writing.backup_folder, step, broken)
    with pytest.raises(BackupError, match="No space left on device"):
        centre.back_up(place, NIGHT + timedelta(days=1), keep=1)
    assert finished(place) == [kept]


def test_what_a_killed_backup_left_is_removed_by_the_next(centre, place):
    left = place / ".unfinished-2026-11-26T02-30-00Z"
    left.mkdir(parents=True)
    assert finished(place) == []
    folder = centre.back_up(place)
    assert not left.exists()
    with pytest.raises(BackupError, match="no finished backup"):
        Centre(place / "other").restore(left)
    assert finished(place) == [folder]


def test_old_backups_go_only_after_a_new_one_is_whole(centre, place):
    nights = [centre.back_up(place, NIGHT + timedelta(days=day), keep=2) for day in range(4)]
    assert finished(place) == nights[-2:]


def test_two_backups_at_once_do_not_meet(centre, place):
    with writing._alone(place), pytest.raises(BackupError, match="Another backup is just being written"):
        centre.back_up(place)


def test_a_target_that_is_no_folder_is_named(centre, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupError, match=r"No backup was written to .*file"):
        centre.back_up(tmp_path / "file")


@pytest.mark.parametrize("version", ["pg_dump (PostgreSQL) 13.4", None])
def test_missing_or_older_client_programs_are_named(monkeypatch, tmp_path, version):
    if version:
        program = tmp_path / "pg_dump"
        program.write_text(f"#!/bin/sh\necho '{version}'\n")
        program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="older than the server, 15" if version else "pg_dump is missing"):
        PostgreSQL()._ensure_programs(150_020)


@pytest.mark.parametrize(
    ("now", "newest", "due"),
    [
        ("2026-11-27 02:59", "2026-11-26 03:00", False),
        ("2026-11-27 03:00", "2026-11-26 03:00", True),
        ("2026-11-27 03:05", "2026-11-27 03:01", False),
        ("2026-11-27 18:00", "2026-11-24 03:01", True),  # the machine was off at night
        ("2026-11-27 18:00", None, True),
    ],
)
def test_the_clock_makes_one_backup_a_night_and_makes_up_for_a_missed_one(now, newest, due):
    def local(text):
        return datetime.fromisoformat(f"{text}+01:00") if text else None

    assert daily.is_due(local(now), local(newest)) is due


def test_the_clock_does_not_wait_for_the_backup_and_reports_a_failed_one(settings, tmp_path, monkeypatch):
    settings.DAILY_BACKUP, settings.BACKUP_DIR = True, tmp_path
    started = []

    class Process:
        status = None

        def __init__(self, command, **options):
            started.append(command[-1])

        def poll(self):
            return Process.status

    monkeypatch.setattr(daily, "_running", None)
    monkeypatch.setattr(daily.subprocess, "Popen", Process)
    for minute in range(3):
        daily.daily_backup(NIGHT + timedelta(minutes=minute))
    assert started == ["backup"]
    Process.status = 1
    with pytest.raises(RuntimeError):
        daily.daily_backup(NIGHT + timedelta(minutes=4))
    daily.daily_backup(NIGHT + timedelta(minutes=61))
    assert started == ["backup", "backup"]


def test_a_clock_that_ends_takes_its_backup_along(monkeypatch):
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as process:
        monkeypatch.setattr(daily, "_running", (process, NIGHT))
        daily.end_backup()
        assert process.returncode

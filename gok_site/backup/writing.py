"""Writing a backup: under another name, read again, renamed when all of it is right; old ones go only then."""

import contextlib
import fcntl
import os
import shutil
import sqlite3
import tomllib
from datetime import UTC
from importlib.metadata import version

from django.conf import settings

from . import folder as backup_folder
from .folder import MANIFEST, MEDIA, SEAL, UNFINISHED, BackupError
from .media import MediaCopy


def write(place, *, database, storage, at, keep):
    """Write a backup of the moment `at` under the folder `place` and return its folder.

    Afterwards the `keep` newest are kept. Raises `BackupError`, whose words are for the operator; what was there
    before is then as it was.
    """
    try:
        with backup_folder.private_files(), _alone(place):
            _forget_unfinished(place)
            finished = place / backup_folder.name_of(at)
            beside = place / f"{UNFINISHED}{finished.name}"
            try:
                _fill(beside, place, database, storage, at)
                beside.rename(finished)
            finally:
                shutil.rmtree(beside, ignore_errors=True)
            os.sync()  # the name, too, must outlive a power cut
            _prune(place, keep)
    except (OSError, sqlite3.Error) as error:
        where = getattr(error, "filename", None)
        words = f"{getattr(error, 'strerror', None) or error}{f' ({where})' if where else ''}"
        raise BackupError(f"No backup was written to {place}: {words}. Older backups are as they were.") from error
    return finished


def _fill(folder, place, database, storage, at):
    folder.mkdir()
    media = MediaCopy(storage, folder, *_newest(place))
    media.take()
    contents = database.save(folder / database.file)
    media.take()
    os.sync()  # read what lies on the disk, not what is still on its way there
    names = {database.file: {}, **media.files}
    manifest = {
        "made_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "versions": {"gok_site": _own_version(), "django": version("django"), "wagtail": version("wagtail")},
        "database": {"kind": database.kind, "version": contents.version},
        "migrations": contents.migrations,
        "rows": contents.rows,
        "files": {name: {**about, **backup_folder.described(folder / name)} for name, about in names.items()},
    }
    _ensure_as_seen(manifest["files"], media.files)
    backup_folder.seal(folder, manifest)
    database.check(folder / database.file)
    backup_folder.verified(folder)


def _own_version():
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]


def _ensure_as_seen(files, seen):
    """A file that is shorter than its source was written badly."""
    for name, about in seen.items():
        if files[name]["size"] != about["size"]:
            raise BackupError(
                f"{name} was not copied whole; the disk may be failing or the file was just being written."
            )


def _newest(place):
    """The newest backup and its files, to share what has not changed; nothing when it cannot be trusted."""
    found = backup_folder.finished(place)
    if not found:
        return None, {}
    try:
        files = backup_folder.read_manifest(found[-1])["files"]
    except BackupError:
        return None, {}
    return found[-1], {name: about for name, about in files.items() if name.startswith(f"{MEDIA}/")}


@contextlib.contextmanager
def _alone(place):
    """Only one backup at a time is written to a folder; the system lets go of the lock however a process ends."""
    place.mkdir(parents=True, exist_ok=True)
    with (place / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(f"Another backup is just being written to {place}.") from error
        yield


def _forget_unfinished(place):
    """What an interrupted backup left; we hold the lock, so nobody is writing there."""
    for path in place.glob(f"{UNFINISHED}*"):
        shutil.rmtree(path)


def _prune(place, keep):
    """Remove the oldest; first the seal, so that one which is half removed is never taken for whole."""
    for old in backup_folder.finished(place)[:-keep]:
        (old / SEAL).unlink()
        (old / MANIFEST).unlink()
        shutil.rmtree(old)

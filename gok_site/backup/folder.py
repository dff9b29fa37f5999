"""The folder of one backup: its name, its manifest, whether it is whole."""

import contextlib
import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

FORMAT = 1
MANIFEST = "manifest.json"
SEAL = "manifest.json.sha256"
MEDIA = "media"
NAME = "%Y-%m-%dT%H-%M-%SZ"
UNFINISHED = ".unfinished-"


class BackupError(Exception):
    """What went wrong, in one sentence for the operator."""


def name_of(at):
    """The name of a backup made at the moment `at` (aware)."""
    return at.astimezone(UTC).strftime(NAME)


def moment_of(folder):
    """When a backup was made, by its name; None when the folder is not one."""
    try:
        return datetime.strptime(folder.name, NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def finished(place):
    """The backups under a folder, oldest first; half-written ones have another name and no seal."""
    if not Path(place).is_dir():
        return []
    return sorted(path for path in Path(place).iterdir() if moment_of(path) and (path / SEAL).is_file())


def newest_moment(place):
    """When the newest backup under a folder was made, or None."""
    found = finished(place)
    return moment_of(found[-1]) if found else None


def sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def described(path):
    """Size (bytes) and checksum of a file."""
    return {"size": path.stat().st_size, "sha256": sha256(path)}


def seal(folder, manifest):
    """Write the manifest and its checksum; the last thing that happens to a backup before it is read again."""
    text = json.dumps({"format": FORMAT, **manifest}, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    (folder / SEAL).write_text(f"{sha256(folder / MANIFEST)}  {MANIFEST}\n", encoding="ascii")


def read_manifest(folder):
    """The manifest, if it is the one that was sealed."""
    try:
        stated = (folder / SEAL).read_text(encoding="ascii").partition(" ")[0]
        if sha256(folder / MANIFEST) == stated:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            if manifest["format"] == FORMAT:
                return manifest
            raise BackupError(f"{folder} is written in a form that this version does not know: {manifest['format']}.")
    except FileNotFoundError as error:
        raise BackupError(f"{folder} is no finished backup: {Path(error.filename).name} is missing.") from error
    except UnicodeDecodeError:
        pass
    raise BackupError(f"The backup {folder} is damaged: the checksum of {MANIFEST} is wrong.")


def verified(folder):
    """The manifest, once every file that it names has been read and found unchanged."""
    manifest = read_manifest(folder)
    for name, stated in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise BackupError(f"The backup {folder} is damaged: {name} is missing.")
        if described(path) != {key: stated[key] for key in ("size", "sha256")}:
            raise BackupError(f"The backup {folder} is damaged: the checksum of {name} is wrong.")
    return manifest


@contextlib.contextmanager
def private_files():
    """What is written meanwhile can be read by this account alone: folders 0700, files 0600."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)

"""The way back: into an empty place only, every byte checked before, every row counted after."""

import sqlite3

from . import folder as backup_folder
from .folder import MEDIA, BackupError
from .media import file_names, put_back


def restore(folder, *, database, storage):
    """Restore a backup and return its manifest.

    Raises `BackupError` in words for the operator. The database comes last: until then there is no site that could
    be opened by mistake.
    """
    manifest = backup_folder.verified(folder)
    kind = manifest["database"]["kind"]
    if kind != database.kind:
        raise BackupError(
            f"This backup is of {kind}, DATABASE_URL names {database.kind}; a backup goes back to its own kind."
        )
    database.ensure_empty()
    if next(file_names(storage), None) is not None:
        raise BackupError("The media storage holds files already; a backup is restored into an empty place only.")
    try:
        put_back(folder, [name for name in manifest["files"] if name.startswith(f"{MEDIA}/")], storage)
        with backup_folder.private_files():
            database.load(folder / database.file)
    except BaseException as error:
        _empty(storage)
        if isinstance(error, OSError | sqlite3.Error):
            raise BackupError(f"Nothing was restored: {getattr(error, 'strerror', None) or error}.") from error
        raise
    _ensure_same(manifest, database, storage)
    return manifest


def _empty(storage):
    """Take back what was laid into a storage that was empty before."""
    for name in list(file_names(storage)):
        storage.delete(name)


def _ensure_same(manifest, database, storage):
    """The same rows in the same tables, and the same files, by name and size."""
    rows = database.contents().rows
    differing = sorted(name for name in manifest["rows"].keys() | rows if manifest["rows"].get(name) != rows.get(name))
    if differing:
        raise BackupError(f"Restored, but the number of rows differs in: {', '.join(differing)}.")
    stated = {name: about["size"] for name, about in manifest["files"].items() if name.startswith(f"{MEDIA}/")}
    found = {f"{MEDIA}/{name}": storage.size(name) for name in file_names(storage)}
    if stated != found:
        raise BackupError(f"Restored, but {len(dict(stated.items() ^ found.items()))} media files differ.")

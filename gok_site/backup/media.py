"""Media files on their way into a backup and back, from whatever storage the site uses."""

import os
import shutil

from django.core.files import File

from .folder import MEDIA, BackupError, sha256


def file_names(storage, folder=""):
    """Every file of a storage, folder by folder; none when it has not been written to yet."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in sorted(files))
    for name in sorted(folders):
        yield from file_names(storage, prefix + name)


class MediaCopy:
    """Copies files into a backup; what an earlier backup holds already is linked to, not copied.

    `take()` is called before and after the database is copied: what a row of that copy names was there at that moment,
    so it is found by the first round even if it is deleted meanwhile, or by the second if it is new.
    """

    def __init__(self, storage, target, earlier=None, earlier_files=()):
        self.storage, self.target = storage, target
        self.earlier, self.earlier_files = earlier, dict(earlier_files)
        self.files = {}  # name in the backup: size, moment of the last change

    def take(self):
        """Copy what is new or has changed since the last round."""
        for name in file_names(self.storage):
            try:
                about = {
                    "size": self.storage.size(name),
                    "modified": self.storage.get_modified_time(name).isoformat(),
                }
                if self.files.get(f"{MEDIA}/{name}") != about:
                    self._take_one(name, about)
            except FileNotFoundError:  # deleted between the listing and the copying
                self.files.pop(f"{MEDIA}/{name}", None)

    def _take_one(self, name, about):
        inside = f"{MEDIA}/{name}"
        path = self.target / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if not self._link(inside, path, about):
            with self.storage.open(name) as source, path.open("wb") as copy:
                shutil.copyfileobj(source, copy)
        self.files[inside] = about

    def _link(self, inside, path, about):
        """Share an earlier backup's copy, if it is of the same file and still sound."""
        stated = self.earlier_files.get(inside)
        if not stated or {key: stated.get(key) for key in about} != about:
            return False
        try:
            if sha256(self.earlier / inside) != stated["sha256"]:
                return False
            os.link(self.earlier / inside, path)
        except OSError:
            return False
        return True


def put_back(folder, names, storage):
    """Give the files of a backup to an empty storage, under their own names."""
    for inside in names:
        name = inside.removeprefix(f"{MEDIA}/")
        with (folder / inside).open("rb") as source:
            if storage.save(name, File(source)) != name:
                raise BackupError(f"The media storage would not take {name} under its own name.")

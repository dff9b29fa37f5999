"""Media in a bucket of an S3-compatible store that all nodes share, shown from the site's own address.

The bucket stays private: visitors and editors get every file through `/media/` and `/documents/`, so that no page asks
another host for anything and every file has the site's own headers.
"""

import contextlib
import io
import mimetypes
from datetime import timedelta
from urllib.parse import urljoin

import obstore
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible
from django.utils.encoding import filepath_to_uri
from django.utils.functional import cached_property
from obstore.exceptions import BaseError, GenericError, InvalidPathError
from obstore.store import S3Store

from gok_site.outages import Outage, StorageAwayError

SECONDS_LEFT_ALONE = 10
# A picture is fetched whole, with one question; a film in pieces as it is read (bytes).
WHOLE = 8 * 1024 * 1024
PIECE = 2 * 1024 * 1024
PATIENCE = {
    "connect_timeout": timedelta(seconds=2),
    "read_timeout": timedelta(seconds=5),  # between two parts of an answer
    "timeout": timedelta(seconds=60),
}


@deconstructible
class ObjectStorage(Storage):
    """Django's storage on a bucket. What is missing is `FileNotFoundError`, a store that is away `StorageAwayError`.

    `endpoint`: the store's address without the bucket; the other arguments are the names of obstore's `S3Config`.
    """

    def __init__(self, *, bucket, endpoint, access_key_id, secret_access_key, region):
        self._bucket = bucket
        self._config = {
            "endpoint": endpoint,
            "access_key_id": access_key_id,
            "secret_access_key": secret_access_key,
            "region": region,
            # Many stores that are compatible otherwise do not know how to delete several files at once.
            "disable_bulk_delete": True,
        }
        self._outage = Outage("The store of media", SECONDS_LEFT_ALONE)

    @cached_property
    def _store(self):
        # Made on first use: its threads would not outlive gunicorn's fork.
        is_plain = self._config["endpoint"].startswith("http:")
        return S3Store(
            self._bucket,
            config=self._config,
            client_options={**PATIENCE, "allow_http": is_plain},
            retry_config={"max_retries": 0},
        )

    @property
    def is_away(self):
        """Whether the store has lately not answered this process; costs no question."""
        return self._outage.is_on

    @contextlib.contextmanager
    def _asked(self):
        if self._outage.is_on:
            raise StorageAwayError("The store of media does not answer.")
        try:
            yield
        except (InvalidPathError, ValueError) as error:
            raise FileNotFoundError("No file can have this name.") from error
        except BaseError as error:
            # What it refuses is about one question, and keeps nobody else from asking.
            if isinstance(error, GenericError):
                self._outage.begin(error)
            raise StorageAwayError("The store of media does not answer.") from error
        self._outage.end()

    def _open(self, name, mode="rb"):
        if mode != "rb":
            raise ValueError("Media are written whole, by `save`.")
        with self._asked():
            found = obstore.get(self._store, name)
            if found.meta["size"] <= WHOLE:
                return File(io.BytesIO(bytes(found.bytes())), name)
        return File(io.BufferedReader(_Film(self, name, found.meta["size"]), PIECE), name)

    def piece(self, name, start, length):
        """`length` bytes of a file from `start` on, which it must have."""
        with self._asked():
            return bytes(obstore.get_range(self._store, name, start=start, length=length))

    def _save(self, name, content):
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        content.seek(0)
        try:
            with self._asked():
                obstore.put(self._store, name, content.file, attributes={"Content-Type": kind}, max_concurrency=2)
        except FileNotFoundError as error:
            raise StorageAwayError("There is no bucket of this name.") from error
        return name

    def delete(self, name):
        if not name:
            raise ValueError("The name must be given to delete().")
        with self._asked(), contextlib.suppress(FileNotFoundError):
            obstore.delete(self._store, name)

    def exists(self, name):
        try:
            self._about(name)
        except FileNotFoundError:
            return False
        return True

    def listdir(self, path):
        prefix = f"{path.strip('/')}/" if path.strip("/") else ""
        with self._asked():
            found = obstore.list_with_delimiter(self._store, prefix or None)
        folders = [folder.strip("/").removeprefix(prefix) for folder in found["common_prefixes"]]
        return folders, [about["path"].removeprefix(prefix) for about in found["objects"]]

    def size(self, name):
        return self._about(name)["size"]

    def get_modified_time(self, name):
        return self._about(name)["last_modified"]

    def url(self, name):
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def _about(self, name):
        with self._asked():
            return obstore.head(self._store, name)


class _Film(io.RawIOBase):
    """A large file in the bucket, whose bytes are asked for when they are read."""

    def __init__(self, storage, name, size):
        self._storage, self._name, self._size, self._at = storage, name, size, 0

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self._at

    def seek(self, offset, whence=io.SEEK_SET):
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readall(self):
        # The inherited one asks for 8 KiB at a time.
        rest = self._storage.piece(self._name, self._at, self._size - self._at) if self._at < self._size else b""
        self._at += len(rest)
        return rest

    def readinto(self, buffer):
        length = min(len(buffer), self._size - self._at)
        if length > 0:
            buffer[:length] = self._storage.piece(self._name, self._at, length)
            self._at += length
        return max(length, 0)

"""Static files under hashed names, compressed once when they are collected."""

import posixpath
import re

from django.core.files.base import ContentFile
from rcssmin import cssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(rb'^@import "([^"/:]+\.css)";$', re.MULTILINE)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Makes our style sheets light: without comments and spare space, and one file with those beside it that it imports.

    Where nothing is collected, browsers follow the imports. ES module imports are hashed, so that no build step is needed.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        """Django's, of the lighter sheets: `paths` are name → (storage, path) of what was collected."""
        if not dry_run:
            for name in [name for name in paths if name.startswith("css/") and name.endswith(".css")]:
                self.delete(name)
                self._save(name, ContentFile(cssmin(_joined(name, paths))))
                paths[name] = self, name
        yield from super().post_process(paths, dry_run=dry_run, **options)


def _joined(name, paths):
    """The text of a style sheet, with its parts in place of its imports."""
    beside = posixpath.dirname(name)
    return IMPORT.sub(lambda found: _read(*paths[posixpath.join(beside, found[1].decode())]), _read(*paths[name]))


def _read(storage, path):
    with storage.open(path) as file:
        return file.read()

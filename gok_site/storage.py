"""Static files under hashed names, compressed once when they are collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashes CSS `@import`s and ES module imports too, so that no build step is needed."""

    support_js_module_import_aggregation = True

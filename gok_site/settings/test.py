"""The settings of the test suite: quick hashing, plain static files, nothing outside a temporary folder."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")
# Each worker has a folder of its own; it would inherit that of the process that started it.
if "PYTEST_XDIST_WORKER" in os.environ or "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="gok_site-test-")

from .base import *  # noqa: F403  (the folder must be known first)
from .base import LOGGING

ALLOWED_HOSTS = ["localhost", "127.0.0.1", ".localhost", "testserver"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECOND_FACTOR_REQUIRED = False
IS_PRODUCTION = DAILY_BACKUP = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
LOGGING["loggers"]["gok_site.access"] = {"level": "WARNING"}

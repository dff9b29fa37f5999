"""What `make run` serves: production, save HSTS, secure cookies and TLS, with a secret made on first use."""

import os
import secrets
from pathlib import Path

_data = Path(os.environ.get("DATA_DIR") or Path(__file__).resolve().parent.parent.parent / "var")
_secret = _data / "secret-key"
if "SECRET_KEY" not in os.environ:
    if not _secret.exists():
        _data.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(_secret, os.O_WRONLY | os.O_CREAT, 0o600), "w") as _file:
            _file.write(secrets.token_urlsafe(50))
    os.environ["SECRET_KEY"] = _secret.read_text()

from .base import *  # noqa: E402, F403  (the secret must be in the environment first)
from .base import DATA_DIR, LOGGING, env  # noqa: E402

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", ".localhost", *env.list("ALLOWED_HOSTS", default=[])]
WAGTAILADMIN_BASE_URL = env.str("ADMIN_BASE_URL", default=f"http://localhost:{env.int('PORT', default=8000)}")
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# One password opens the demonstration; a second factor may be tried, under "localhost" also without TLS.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
SILENCED_SYSTEM_CHECKS = ["gok_site.W010"]
IS_PRODUCTION = DAILY_BACKUP = False

# On a screen people read the log, and nobody wants a line for each picture.
LOGGING["formatters"]["line"] = {"format": "{levelname} {name} {message}", "style": "{"}
LOGGING["loggers"]["gok_site.access"] = {"level": "WARNING"}

# Letters are written to files, so that a password reset can be tried without a mail server.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"

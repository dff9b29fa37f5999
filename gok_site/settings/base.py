"""Production settings: safe as they stand. A missing secret stops the process.

Every value that an installation may choose comes from the environment; the README's table lists them.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from . import shared

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DATA_DIR = Path(env.path("DATA_DIR", default=str(BASE_DIR / "var")))
BACKUP_DIR = Path(env.path("BACKUP_DIR", default=str(DATA_DIR / "backups")))
SECRET_KEY = env.str("SECRET_KEY")
HEALTH_TOKEN = env.str("HEALTH_TOKEN", default="")
DEBUG = False
# Production refuses to start in an unsafe set-up (gok_site/checks.py).
IS_PRODUCTION = True
# The cache on the same machine asks `localhost` whether the site is healthy.
ALLOWED_HOSTS = ["localhost", *env.list("ALLOWED_HOSTS", default=[])]
WAGTAILADMIN_BASE_URL = env.str("ADMIN_BASE_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    "gok_site",
    "programme",
    "accessibility",
    "mission",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    # Last: what it hears of must have been done by the others.
    "gok_site.front_cache",
]

MIDDLEWARE = [
    "gok_site.logs.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "gok_site.middleware.PolicyMiddleware",
    # Static files, too, get every header from above.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gok_site.front_cache.middleware.FrontCacheMiddleware",
    "gok_site.middleware.BadRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gok_site.staff.second_factor.SecondFactorMiddleware",
    "gok_site.staff.addresses.StaffMiddleware",
    "accessibility.declaration.refusing.RefusalMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "mission.fragments.take_turns",
]

ROOT_URLCONF = "gok_site.urls"
WSGI_APPLICATION = "gok_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mission.context_processors.centre",
                "accessibility.context_processors.declaration",
            ],
            "builtins": ["mission.templatetags.mission_tags"],
        },
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'gok_site.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: two writers wait for each other instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # As for disks without moving heads: at PostgreSQL's own 4 it reads a full archive rather than ask its index for the
    # little that is ahead. `?options=…` in DATABASE_URL takes its place.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c random_page_cost=1.1")

# The clock makes a backup each night where one machine holds everything; PostgreSQL has a timer (docs/backup.md).
DAILY_BACKUP = DATABASES["default"]["ENGINE"].endswith("sqlite3")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in [
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
]

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish"))]
FORMAT_MODULE_PATH = ["gok_site.formats"]
# The second holds the Polish that Wagtail's own catalogue lacks.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o644
STORAGES = {
    "default": shared.media(env),
    "staticfiles": {"BACKEND": "gok_site.storage.StaticStorage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="dummymail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds that the clock, or a password reset, waits for a mail server that hangs
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="strona@localhost")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gok_site.views.csrf_failure"
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Caches in front that are told of every change: http://127.0.0.1:6081/
FRONT_CACHE_URLS = env.list("FRONT_CACHE_URL", default=[])
# How many of our own stand between the visitor and us: the visitor's address is that many from the end. Varnish, too,
# adds whom it has been asked by: the proxy before it.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=BEHIND_PROXY + (BEHIND_PROXY and bool(FRONT_CACHE_URLS)))
X_FRAME_OPTIONS = "SAMEORIGIN"
# Sub-domains of a municipality's host are not ours to force to https (W005, W021); previews need their own frame (W019).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        # No page of ours asks for anything by script; without it Lighthouse cannot read robots.txt in a page's name.
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        # Wagtail's preview shows pages in its own frame.
        "frame-ancestors": [SELF],
    }
}
# What only parts of a page are made of: opened by itself, it may fetch nothing and run nothing.
FILE_CONTENT_SECURITY_POLICY = {"default-src": [NONE], "frame-ancestors": [SELF]}
# Wagtail's editor writes style attributes and, in its date pickers, inline scripts.
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}
# The pages of the login are our own, and strict.
LOGIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "frame-ancestors": [NONE],
}

AUTHENTICATION_BACKENDS = ["gok_site.staff.accounts.StaffBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_ADAPTER = "gok_site.staff.accounts.StaffAdapter"
ACCOUNT_FORMS = {"login": "gok_site.staff.login.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Enough for slips, too few for guessing; every limit ends by itself. "key" is the account, or the letter's address.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
}
MFA_ADAPTER = "gok_site.staff.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "gok_site.staff.passkeys.AddPasskeyForm",
    "edit_webauthn": "gok_site.staff.passkeys.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
# Whoever may publish or manage accounts sets up an app or a passkey before anything else.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)
WAGTAILUSERS_PASSWORD_REQUIRED = False

WAGTAIL_SITE_NAME = "gok_site"
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("pl", "polski"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_MODEL = "mission.CentreImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "gok_site.uploads.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "gok_site.uploads.DocumentForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# A fifth smaller than at 80, with no difference seen in drawings: a phone has its first window a tenth of a second earlier.
WAGTAILIMAGES_WEBP_QUALITY = 65
# A third smaller than WebP at 65, and no difference was seen beside it.
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "epub",
    "ics",
    "mp3",
    "mp4",
    "odp",
    "ods",
    "odt",
    "pdf",
    "pptx",
    "rtf",
    "txt",
    "vtt",
    "webm",
    "xlsx",
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
# Documents go out through Wagtail's view alone, which knows who may read them.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Only what a player needs is shown in place; everything else is handed over as a file.
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["audio/mpeg", "text/vtt", "video/mp4", "video/webm"]
WAGTAILEMBEDS_FINDERS = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# The editor's own requests must not contend with saving on SQLite (milliseconds).
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 3000
WAGTAIL_AUTOSAVE_INTERVAL = 10_000
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILADMIN_PAGE_SEARCH_FILTER_BY_PERMISSIONS = True

# The audit's browser, where it is not one that the PATH knows (docs/audit.md).
CHROMIUM = env.str("CHROMIUM", default="")

CACHES = shared.caches(env)
SESSION_ENGINE = "django.contrib.sessions.backends.db"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "gok_site.logs.LineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "gok_site": {"level": "INFO"},
        "django.server": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},  # of a 404 the line of the request tells enough
    },
}

"""What `make run` serves, and the bare pages beside it."""

from gok_site.settings.dev import *  # noqa: F403
from gok_site.settings.dev import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.bare"]

"""What an audit needs and a site does not: Chromium, Playwright, axe-core and a reader of PDF, an extra of the package."""

import importlib.util
import shutil
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

PACKAGES = ["playwright", "axe_playwright_python", "pypdf"]
# The shell without windows comes first: it opens a page in a quarter of the time.
SHELLS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]


class AuditUnavailableError(Exception):
    """The audit cannot run here; its words say how to add what is missing."""


def chromium_path():
    """The browser to start: the one that CHROMIUM names, or the first known one on the PATH; None when there is none."""
    names = [settings.CHROMIUM] if settings.CHROMIUM else SHELLS
    return next(filter(None, map(shutil.which, names)), None)


def missing():
    """One sentence about what is missing and how to add it, or "" when audits can run."""
    if not all(map(importlib.util.find_spec, PACKAGES)):
        return _(
            "The audit is an optional part: add it with “python -m pip install -r requirements/audit.txt” "
            "in the site's environment."
        )
    if chromium_path() is None:
        return _("The audit needs Chromium: install it (sudo apt-get install chromium) or name it in CHROMIUM.")
    return ""


def axe_script():
    """The source of axe-core, as the package carries it."""
    spec = importlib.util.find_spec("axe_playwright_python")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def package_versions():
    """{name: version} of what the audit is made with, beside the browser and axe, which say it themselves."""
    return {name: version(name) for name in ("playwright", "pypdf")}

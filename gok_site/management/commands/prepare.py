"""All that lies between a fresh copy and a running demonstration, in one process: a start is quick."""

import hashlib
import os
import sys

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app import wsgiapp
from wagtail.models import Site

from gok_site.models import HomePage
from mission.models import CentreSettings


class Command(BaseCommand):
    help = "Migrate, collect static files, load the demonstration into an empty database, say where it is."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument(
            "--serve", action="store_true", help="Then become gunicorn, without loading Django a second time."
        )
        parser.add_argument("--quiet", action="store_true", help="Say nothing about addresses and accounts.")

    def handle(self, *, port, serve, quiet, **options):
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        self.migrate()
        self.collect_static()
        if not HomePage.objects.exists():
            self.stdout.write("Loading the demonstration: two centres, about half a minute …")
            call_command("load_demonstration")
        sites = set_demonstration_port(port)
        if not quiet:
            self.say_where(sites, port)
        if serve:
            become_gunicorn()

    def migrate(self):
        """Migrate only if something is to be done: an empty run alone would take a second."""
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("migrate", interactive=False, verbosity=0)

    def collect_static(self):
        """Collect and compress static files if any of them has changed since the last time."""
        stamp, now = settings.STATIC_ROOT / ".collected", static_fingerprint()
        if not stamp.is_file() or stamp.read_text() != now:
            self.stdout.write("Collecting static files …")
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
            stamp.write_text(now)

    def say_where(self, sites, port):
        for site in sites:
            self.stdout.write(f"  {site.site_name or site.hostname}: {site.root_url}/")
        self.stdout.write(f"  Administration: http://localhost:{port}/admin/")
        call_command("sample_editor", stdout=self.stdout)
        self.stdout.write("Ctrl+C stops the site.")


def become_gunicorn():
    """Serve from this very process; workers must not inherit its connection to the database."""
    connections.close_all()
    sys.argv = ["gunicorn", "--config", str(settings.BASE_DIR / "deploy" / "gunicorn.py"), "gok_site.wsgi"]
    sys.stdout.flush()
    wsgiapp.run()


def set_demonstration_port(port):
    """Give both demonstration sites the port they are served at, so that absolute addresses are right."""
    demonstration = CentreSettings.objects.filter(is_demonstration=True).values("site_id")
    sites = list(Site.objects.filter(pk__in=demonstration).order_by("-is_default_site", "hostname"))
    for site in sites:
        if site.port != port:
            site.port = port
            site.save()
    return sites


def static_fingerprint():
    """Name, size and time of every static file, as one digest."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            about = os.stat(storage.path(path))
            digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()

"""What happens by itself: each minute scheduled pages are published and expired ones withdrawn.

Wagtail's own `publish_scheduled` stops at the first page that fails. Here each page has a transaction of its
own: one broken page neither holds up the others nor leaves anything half done, and staff see it on the
admin's first page (`overdue`).

A room adds a job of its own through Wagtail's hook `clock_tick`: a function that takes the moment. A job that
waits for another machine (a mail server) says so with the attribute `is_errand`: it runs outside any transaction,
so that nobody who wants to write waits with it.
"""

import contextlib
import fcntl
import logging
import traceback
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from wagtail import hooks
from wagtail.models import DraftStateMixin, Page, Revision

from gok_site.models import Heartbeat

logger = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=5)
ADVISORY_LOCK = 0x676F6B  # "gok": any number will do, if nobody else uses it in this database
_failing = set()  # labels of what failed in the last round


@dataclass(frozen=True)
class Overdue:
    """A page or snippet that should have appeared or vanished by now."""

    instance: object
    due_at: object
    is_expiry: bool


def tick(at):
    """Do all that is due at the moment `at`; return how many jobs failed."""
    failures = publish_due(at)
    for job in hooks.get_hooks("clock_tick"):
        run = _guard if getattr(job, "is_errand", False) else _attempt
        failures += not run(f"job {job.__module__}.{job.__name__}", job, at)
    Heartbeat.beat(Heartbeat.CLOCK, at, sorted(_failing))
    return failures


def publish_due(at):
    """Withdraw what has expired and publish what is due, oldest first; return how many failed."""
    failures = 0
    for model in _draft_models():
        for pk in _expired(model, at).values_list("pk", flat=True):
            failures += not _attempt(f"expiry of {model._meta.label} {pk}", _expire, model, pk, at)
    for revision in _due_revisions(at).values("pk", "content_type__model", "object_id"):
        label = "publication of {content_type__model} {object_id}".format(**revision)
        failures += not _attempt(label, _publish, revision["pk"], at)
    return failures


def overdue(at):
    """What should have happened more than five minutes before `at` and has not, as a list of `Overdue`."""
    late = at - PATIENCE
    found = [
        Overdue(revision.content_object, revision.approved_go_live_at, is_expiry=False)
        for revision in _due_revisions(late)
        if revision.content_object is not None
    ]
    for model in _draft_models():
        found += [Overdue(instance, instance.expire_at, is_expiry=True) for instance in _expired(model, late)]
    return sorted(found, key=lambda row: row.due_at)


@contextlib.contextmanager
def only_clock():
    """Yield a function that tells whether this process is the one clock of its database.

    On PostgreSQL an advisory lock on a connection of its own, elsewhere a locked file under DATA_DIR: the
    system lets go of both when the process dies, however it dies.
    """
    connection = connections["default"]
    holder = _AdvisoryLock() if connection.vendor == "postgresql" else _FileLock()
    try:
        yield holder.is_held
    finally:
        holder.release()


class _FileLock:
    """Who holds it keeps SQLite's file open, too.

    The last to close the file removes what the next one, who may only want to read, has to write anew, and that
    fails on a full disk. Opened anew each round, in case another file has taken its place.
    """

    def __init__(self):
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        self.file = (settings.DATA_DIR / "clock.lock").open("w")
        self.reader = None

    def is_held(self):
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self._keep_open()
        return True

    def _keep_open(self):
        before, self.reader = self.reader, connections.create_connection("default")
        with self.reader.cursor() as cursor:
            cursor.execute("PRAGMA schema_version")
        if before:
            before.close()

    def release(self):
        if self.reader:
            self.reader.close()
        self.file.close()


class _AdvisoryLock:
    """Held for as long as the connection lives, so a lost connection loses the lock and asks for it again."""

    def __init__(self):
        self.connection = connections.create_connection("default")
        self.has_lock = False

    def is_held(self):
        try:
            with self.connection.cursor() as cursor:
                if self.has_lock:
                    cursor.execute("SELECT 1")
                else:
                    cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
                    self.has_lock = cursor.fetchone()[0]
        except Exception:
            self.has_lock = False
            with contextlib.suppress(Exception):
                self.connection.close()
            raise
        return self.has_lock

    def release(self):
        self.connection.close()


def _draft_models():
    """Pages and every other model that Wagtail can publish by the clock."""
    others = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [Page, *(model for model in others if not issubclass(model, Page))]


def _expired(model, at):
    return model.objects.filter(live=True, expire_at__lt=at).order_by("expire_at")


def _due_revisions(at):
    return Revision.objects.filter(approved_go_live_at__lt=at).order_by("approved_go_live_at", "pk")


def _expire(model, pk, at):
    """Withdraw one object, if it is still due now that its row is ours."""
    instance = _expired(model, at).select_for_update().filter(pk=pk).first()
    if instance is not None:
        getattr(instance, "specific", instance).unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(pk, at):
    """Publish one revision, if it is still due now that its row is ours."""
    revision = _due_revisions(at).select_for_update().filter(pk=pk).first()
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")


def _attempt(label, job, *arguments):
    """Run one job in one transaction; tell whether it went well."""
    return _guard(label, transaction.atomic(job), *arguments)


def _guard(label, job, *arguments):
    """Run one job; tell whether it went well."""
    try:
        job(*arguments)
    except Exception as error:
        _report(label, error)
        return False
    _failing.discard(label)
    return True


def _report(label, error):
    """Log a failure once, not every minute: its kind and places, never its words, which may be personal data."""
    if label not in _failing:
        _failing.add(label)
        frames = traceback.extract_tb(error.__traceback__)
        where = ", ".join(f"{frame.filename}:{frame.lineno}" for frame in frames[-3:])
        logger.error("The clock failed at %s: %s (%s)", label, type(error).__name__, where)

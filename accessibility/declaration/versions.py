"""Which version of the declaration was in force when: read from Wagtail's log of publications."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.urls import register_converter
from django.utils import timezone
from wagtail.models import PageLogEntry

PUBLICATIONS = ("wagtail.publish", "wagtail.publish.scheduled")


class IsoDateConverter:
    """A day in an address: YYYY-MM-DD that exists."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()


register_converter(IsoDateConverter, "iso_date")


@dataclass(frozen=True)
class Version:
    """One publication of the declaration: the revision, the moment, the day in Poland."""

    revision: object
    published_at: datetime

    @property
    def day(self):
        return timezone.localtime(self.published_at).date()

    @cached_property
    def page(self):
        """The declaration rebuilt from the revision."""
        return self.revision.as_object()


def published_versions(page):
    """The versions that were published, newest first; of several on one day the last one counts."""
    entries = (
        PageLogEntry.objects.filter(page=page, action__in=PUBLICATIONS, revision__isnull=False)
        .select_related("revision")
        .order_by("-timestamp", "-pk")
    )
    versions = {}
    for entry in entries:
        version = Version(entry.revision, entry.timestamp)
        versions.setdefault(version.day, version)
    return list(versions.values())


def version_on(page, day):
    """The version in force at the end of `day` (a date), or None when nothing had been published yet."""
    return next((version for version in published_versions(page) if version.day <= day), None)

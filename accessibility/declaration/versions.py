"""Which version of the declaration was in force when: read from Wagtail's log of publications."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.urls import register_converter
from django.utils import timezone
from wagtail.models import PageLogEntry

from .printed import printed_places

PUBLICATIONS = ("wagtail.publish", "wagtail.publish.scheduled")
UNKNOWN = "—"


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
    """One publication of the declaration: the revision, the moment, who published it, what else came that day."""

    revision: object
    published_at: datetime
    user: object = None
    replaced: list = field(default_factory=list)  # moments of publications of the same day that this one replaced

    @property
    def day(self):
        return timezone.localtime(self.published_at).date()

    @cached_property
    def page(self):
        """The declaration rebuilt from the revision."""
        return self.revision.as_object()

    def document(self):
        """The declaration as it was printed then, buildings of venue pages included."""
        document = self.page.document(self.day)
        document.venues = printed_places(self.page, self.published_at)
        return document

    @cached_property
    def author(self):
        """The name of the account; without one its role; never a login or an address."""
        if self.user is None:
            return UNKNOWN
        groups = sorted(group.name for group in self.user.groups.all())
        return self.user.get_full_name() or next(iter(groups), UNKNOWN)


def published_versions(page):
    """The versions that were published, newest first; of several on one day the last one counts."""
    entries = _publications(page.pk).select_related("revision__user", "user")
    versions = {}
    for entry in entries.prefetch_related("revision__user__groups", "user__groups").order_by("-timestamp", "-pk"):
        # What the clock publishes has no user; whoever wrote it is its author.
        version = Version(entry.revision, entry.timestamp, entry.user or entry.revision.user)
        if version.day in versions:
            versions[version.day].replaced.append(entry.timestamp)
        else:
            versions[version.day] = version
    return list(versions.values())


def version_on(page, day):
    """The version in force at the end of `day` (a date), or None when nothing had been published yet."""
    return next((version for version in published_versions(page) if version.day <= day), None)


def version_before(page, version):
    """The version that `version` has replaced, or None for the first one."""
    return next((other for other in published_versions(page) if other.day < version.day), None)


def first_published(pk, name):
    """The date `name` as the first publication of the page `pk` had it, or None."""
    return _date(_publications(pk).order_by("timestamp", "pk"), name)


def last_published(pk, name):
    """The date `name` as the last publication of the page `pk` had it, or None."""
    return _date(_publications(pk).order_by("-timestamp", "-pk"), name)


def _publications(pk):
    return PageLogEntry.objects.filter(page=pk, action__in=PUBLICATIONS, revision__isnull=False)


def _date(entries, name):
    entry = entries.select_related("revision").first()
    value = entry.revision.content.get(name) if entry else None
    return date.fromisoformat(value) if value else None

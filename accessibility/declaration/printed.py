"""What a published version needs beside its revision, and what keeps that revision from being cleared away.

Venue pages change, versions of the declaration do not: what those pages said of the buildings is kept here.
"""

from dataclasses import asdict

from django.db import models
from django.db.models import CASCADE, ProtectedError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from .places import DeclarationPlace, registered_places


def only_with_its_page(collector, field, rows, using):
    """For `on_delete`: a published revision goes when its page goes, and never when old revisions are purged."""
    going = {page.pk for model, pages in collector.data.items() if issubclass(model, Page) for page in pages}
    if staying := [row for row in rows if row.page_id not in going]:
        raise ProtectedError("A published version of the declaration is kept.", staying)
    CASCADE(collector, field, rows, using)


class PrintedPlaces(models.Model):
    """The buildings of rooms above, as one publication of a declaration printed them."""

    page = models.ForeignKey("accessibility.DeclarationPage", on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, null=True, on_delete=only_with_its_page, related_name="+", editable=False)
    printed_at = models.DateTimeField(editable=False)
    places = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("printed buildings")
        verbose_name_plural = _("printed buildings")
        ordering = ["-printed_at", "-pk"]

    def __str__(self):
        return str(self.printed_at)


def keep_printed(page, at):
    """Keep what the rooms above say of the buildings while `page` is being published at the moment `at`."""
    places = [asdict(place) for place in registered_places(page.site, at)]
    last = PrintedPlaces.objects.filter(page=page).first()
    if last is None or (last.revision_id, last.places) != (page.live_revision_id, places):
        PrintedPlaces.objects.create(page=page, revision_id=page.live_revision_id, printed_at=at, places=places)


def printed_places(page, published_at):
    """The DeclarationPlace objects that the version published at this moment printed; None when nothing was kept."""
    kept = PrintedPlaces.objects.filter(page=page)
    row = kept.filter(printed_at__lte=published_at).first() or kept.last()
    return [DeclarationPlace(**place) for place in row.places] if row else None

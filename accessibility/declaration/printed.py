"""What venue pages said of the buildings when the declaration was published: those pages change, its versions do not."""

from dataclasses import asdict

from django.db import models
from django.utils.translation import gettext_lazy as _

from .places import DeclarationPlace, registered_places


class PrintedPlaces(models.Model):
    """The buildings of rooms above, as one publication of a declaration printed them."""

    page = models.ForeignKey("accessibility.DeclarationPage", on_delete=models.CASCADE, related_name="+")
    printed_at = models.DateTimeField(editable=False)
    places = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("printed buildings")
        verbose_name_plural = _("printed buildings")
        ordering = ["-printed_at", "-pk"]

    def __str__(self):
        return str(self.printed_at)


def keep_printed(page, at):
    """Keep what the rooms above say of the buildings at the moment `at`, when it is not what was kept last."""
    places = [asdict(place) for place in registered_places(page.site, at)]
    last = PrintedPlaces.objects.filter(page=page).first()
    if last is None or last.places != places:
        PrintedPlaces.objects.create(page=page, printed_at=at, places=places)


def printed_places(page, published_at):
    """The DeclarationPlace objects that the version published at this moment printed; None when nothing was kept."""
    kept = PrintedPlaces.objects.filter(page=page)
    row = kept.filter(printed_at__lte=published_at).first() or kept.last()
    return [DeclarationPlace(**place) for place in row.places] if row else None

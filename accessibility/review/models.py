"""The yearly review of a declaration (art. 11): who went through the list, when, and with what result."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site


class Answer(models.TextChoices):
    """What the reviewer found for one item of the list."""

    RIGHT = "right", _("checked: right as it is")
    CHANGE = "change", _("checked: needs a change")
    NONE = "none", _("does not concern us")


class DeclarationReview(models.Model):
    """One review of one centre's declaration; only made, never changed.

    `items`: list of {"item": key of an item, "text": the item as it was read, "answer": an `Answer`}.
    """

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    reviewed_on = models.DateField(_("reviewed on"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    items = models.JSONField(default=list, editable=False)
    note = models.TextField(_("note"), blank=True, help_text=_("For staff only; not published."))

    class Meta:
        verbose_name = _("review of the declaration")
        verbose_name_plural = _("reviews of the declaration")
        ordering = ["-reviewed_on", "-pk"]

    def __str__(self):
        return str(self.reviewed_on)

    @property
    def to_change(self):
        """The texts of the items that needed a change."""
        return [item["text"] for item in self.items if item["answer"] == Answer.CHANGE]


def last_reviewed_on(site):
    """The day of the last review at `site` (or None), or None."""
    reviews = DeclarationReview.objects.filter(site=site)
    return reviews.values_list("reviewed_on", flat=True).first() if site else None

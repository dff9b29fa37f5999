"""The picture of a shared link, drawn for every event when it is published."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SharePicture(models.Model):
    """An event's drawn picture (1200 × 630 px PNG). Derived: it can be drawn again at any time.

    `digest` names what was drawn, so that nothing is drawn twice.
    """

    event = models.OneToOneField("programme.EventPage", on_delete=models.CASCADE, related_name="share_picture")
    file = models.FileField(upload_to="share")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("picture for shared links")

    def __str__(self):
        return str(self.event)

"""A page that groups events: a series, a festival, an umbrella event."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from mission.blocks import ContentBlock
from mission.models import BasePage, CentreSettings

from .page_context import series_context


class SeriesForm(models.TextChoices):
    """What the grouped events are to visitors."""

    SERIES = "series", _("series")
    FESTIVAL = "festival", _("festival")
    UMBRELLA = "umbrella", _("event with a programme of its own")


class SeriesPage(BasePage):
    """Events that belong together, with their programme by day. The events name it; it lists them."""

    form = models.CharField(_("what it is"), max_length=10, choices=SeriesForm, default=SeriesForm.SERIES)
    image = models.ForeignKey(
        "mission.CentreImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["programme.EventIndexPage"]
    subpage_types = []
    content_panels = [*BasePage.content_panels, "form", FieldPanel("image"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("series or festival")
        verbose_name_plural = _("series and festivals")

    def get_content(self, request):
        centre = CentreSettings.for_request(request)
        return series_context(self, centre=centre, at=timezone.now())

"""The page that leads to everything about access: `/dostepnosc/`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import StreamField
from wagtail.models import Site
from wagtail.search import index

from mission.blocks import ContentBlock
from mission.models import BasePage
from mission.models.base import FIXED_PROMOTE_PANELS


class AccessibilityHubPage(BasePage):
    """What the centre does, in the three forms the law wants (act of 19 July 2019, art. 6 point 3 letter c).

    A text is called easy to read only after people with intellectual disabilities have tested it, and a
    sign-language recording is one made by a person, never by an avatar.
    """

    easy_text = StreamField(
        ContentBlock(),
        verbose_name=_("plain text about the centre"),
        blank=True,
        help_text=_("Short sentences, one thought each. Who we are, what we do, how to get help."),
    )
    is_easy_text_tested = models.BooleanField(
        _("people with intellectual disabilities have tested this text"),
        default=False,
        help_text=_("Only then the site calls it easy to read; otherwise it is called plain."),
    )
    easy_text_tested_by = models.CharField(_("who tested it and when"), max_length=200, blank=True)
    sign_language_video = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("recording in Polish Sign Language"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A film file (MP4 or WebM) with a person who signs."),
    )
    sign_language_transcript = models.TextField(_("transcript of the recording"), blank=True)
    machine_readable_text = StreamField(
        ContentBlock(),
        verbose_name=_("full text about the centre"),
        blank=True,
        help_text=_("The scope of activity as ordinary text, readable by machines."),
    )
    coordinator = models.CharField(_("accessibility coordinator"), max_length=160, blank=True)
    coordinator_contact = models.CharField(_("coordinator's contact"), max_length=200, blank=True)
    report = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("report on accessibility"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Every four years; the next one by 31 March 2029."),
    )
    report_url = models.URLField(_("or the report's address"), blank=True)

    fixed_slug = "dostepnosc"
    max_count_per_parent = 1
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["easy_text", "is_easy_text_tested", "easy_text_tested_by"], heading=_("Plain text")),
        MultiFieldPanel(["sign_language_video", "sign_language_transcript"], heading=_("Polish Sign Language")),
        FieldPanel("machine_readable_text"),
        MultiFieldPanel(["coordinator", "coordinator_contact"], heading=_("Coordinator")),
        MultiFieldPanel(["report", "report_url"], heading=_("Report")),
    ]
    promote_panels = FIXED_PROMOTE_PANELS
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("easy_text"),
        index.SearchField("machine_readable_text"),
    ]

    class Meta:
        verbose_name = _("accessibility page")
        verbose_name_plural = _("accessibility pages")


def way_here(request):
    """The breadcrumbs of the room's own views; the accessibility page stands among them once it is published."""
    hub = AccessibilityHubPage.objects.in_site(Site.find_for_request(request)).live().first()
    trail = [(_("Home page"), "/")]
    return [*trail, (hub.title, hub.get_url(request))] if hub else trail

"""Plain pages, the contact page, and the pages that Polish law wants."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from ..blocks import ContentBlock
from .base import FIXED_PROMOTE_PANELS, BasePage


class StandardPage(BasePage):
    """A page of text: statute, price list, hire of rooms, history."""

    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    subpage_types = ["mission.StandardPage"]
    content_panels = [*BasePage.content_panels, "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def get_content(self, request):
        return {"subpages": self.get_children().live().public()}


class ContactPage(BasePage):
    """Where the centre is, when it is open, whom to ask; facts come from the centre's data."""

    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    fixed_slug = "kontakt"
    max_count_per_parent = 1
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body", help_text=_("Address, telephone and opening hours come from the centre's data.")),
    ]
    promote_panels = FIXED_PROMOTE_PANELS
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contact pages")


class MinorsProtectionPage(BasePage):
    """Standards of the protection of minors, full and shortened (act of 13 May 2016, art. 22b–22c)."""

    short_version = StreamField(
        ContentBlock(),
        verbose_name=_("shortened version"),
        blank=True,
        help_text=_("In words that children understand."),
    )
    body = StreamField(ContentBlock(), verbose_name=_("full version"), blank=True)

    fixed_slug = "ochrona-maloletnich"
    max_count_per_parent = 1
    subpage_types = []
    content_panels = [*BasePage.content_panels, "short_version", "body"]
    promote_panels = FIXED_PROMOTE_PANELS
    search_fields = [*BasePage.search_fields, index.SearchField("short_version"), index.SearchField("body")]

    class Meta:
        verbose_name = _("protection of minors")
        verbose_name_plural = _("protection of minors")


class DataProtectionPage(BasePage):
    """Who processes which personal data and why: one clause a process (GDPR art. 13)."""

    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    fixed_slug = "dane-osobowe"
    max_count_per_parent = 1
    subpage_types = []
    content_panels = [*BasePage.content_panels, "body"]
    promote_panels = FIXED_PROMOTE_PANELS
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("personal data")
        verbose_name_plural = _("personal data")

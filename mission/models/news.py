"""What has happened and what has been announced."""

from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from ..blocks import ContentBlock
from .base import FIXED_PROMOTE_PANELS, BasePage


class NewsQuerySet(PageQuerySet):
    def newest_first(self):
        """Latest publication first, with what a card prints."""
        return self.select_related("image").order_by("-first_published_at", "-pk")


NewsManager = PageManager.from_queryset(NewsQuerySet)


class NewsIndexPage(BasePage):
    """All news, latest first."""

    fixed_slug = "aktualnosci"
    max_count_per_parent = 1
    subpage_types = ["mission.NewsPage"]
    promote_panels = FIXED_PROMOTE_PANELS
    parameters = frozenset({"page"})
    news_per_page = 12

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_content(self, request):
        news = NewsPage.objects.live().public().child_of(self).newest_first()
        return {"news": Paginator(news, self.news_per_page).get_page(request.GET.get("page"))}


class NewsPage(BasePage):
    """One piece of news; its date is the day of its first publication."""

    image = models.ForeignKey(
        "mission.CentreImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    objects = NewsManager()

    parent_page_types = ["mission.NewsIndexPage"]
    subpage_types = []
    content_panels = [*BasePage.content_panels, "image", "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")

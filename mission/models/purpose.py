"""Why the centre exists: its mission, its strategic areas, its goals."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from ..blocks import ContentBlock
from ..evidence import with_evidence
from .base import FIXED_PROMOTE_PANELS, BasePage


class GoalQuerySet(PageQuerySet):
    def in_order(self):
        """By number, as the centre counts its goals, each with its area."""
        return self.select_related("area").order_by("number", "path")


GoalManager = PageManager.from_queryset(GoalQuerySet)


class MissionPage(BasePage):
    """The mission in one sentence, and everything that follows from it at a glance."""

    statement = models.TextField(
        _("mission"), max_length=500, help_text=_("The mission itself, in one or two sentences.")
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    fixed_slug = "misja"
    reserved_child_slugs = frozenset({"cele"})
    max_count_per_parent = 1
    subpage_types = ["mission.StrategicAreaPage", "mission.GoalIndexPage"]
    content_panels = [*BasePage.content_panels, "statement", "body"]
    promote_panels = FIXED_PROMOTE_PANELS
    search_fields = [*BasePage.search_fields, index.SearchField("statement"), index.SearchField("body")]

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")

    def get_content(self, request):
        goals = with_evidence(GoalPage.objects.live().descendant_of(self).in_order(), at=timezone.now())
        areas = list(StrategicAreaPage.objects.live().child_of(self).order_by("path"))
        for area in areas:
            area.listed_goals = [goal for goal in goals if goal.area_id == area.pk]
        shown = {area.pk for area in areas}
        without_area = [goal for goal in goals if goal.area_id not in shown]
        return {"areas": areas, "goals": goals, "goals_without_area": without_area}


class StrategicAreaPage(BasePage):
    """One of the directions in which the centre works: its aim, goals, partners and projects."""

    numeral = models.CharField(
        _("number"), max_length=5, blank=True, help_text=_("As the centre counts its areas, for example: II.")
    )
    aim = models.TextField(_("aim"), max_length=600, help_text=_("What is to change for residents."))
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["mission.MissionPage"]
    subpage_types = []
    content_panels = [*BasePage.content_panels, "numeral", "aim", "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("aim"), index.SearchField("body")]

    class Meta:
        verbose_name = _("strategic area")
        verbose_name_plural = _("strategic areas")

    def get_content(self, request):
        return {
            "goals": with_evidence(self.goals.live().in_order(), at=timezone.now()),
            "partners": self.partners.live().order_by("path"),
            "projects": self.projects.live().order_by("-start_date", "path"),
        }


class GoalIndexPage(BasePage):
    """All goals in one list."""

    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    fixed_slug = "cele"
    max_count_per_parent = 1
    parent_page_types = ["mission.MissionPage"]
    subpage_types = ["mission.GoalPage"]
    content_panels = [*BasePage.content_panels, "body"]
    promote_panels = FIXED_PROMOTE_PANELS
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("list of goals")
        verbose_name_plural = _("lists of goals")

    def get_content(self, request):
        return {"goals": with_evidence(GoalPage.objects.live().child_of(self).in_order(), at=timezone.now())}


class GoalPage(BasePage):
    """Something the centre has promised, with the evidence that it does it."""

    number = models.PositiveSmallIntegerField(_("number"), help_text=_("Its place in the list of goals."))
    area = models.ForeignKey(
        StrategicAreaPage,
        verbose_name=_("strategic area"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="goals",
        help_text=_("Leave empty if your centre has goals without areas."),
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    objects = GoalManager()

    parent_page_types = ["mission.GoalIndexPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel(["number", PageChooserPanel("area")]),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def get_content(self, request):
        (goal,) = with_evidence([self], at=timezone.now())
        return {"goal": goal}

"""With whom the centre works, and on whose money: partners and projects."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from ..blocks import ContentBlock
from ..evidence import Evidence, EvidenceItem
from .base import FIXED_PROMOTE_PANELS, BasePage


class PartnerIndexPage(BasePage):
    """All partners."""

    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    fixed_slug = "partnerzy"
    max_count_per_parent = 1
    subpage_types = ["mission.PartnerPage"]
    content_panels = [*BasePage.content_panels, "body"]
    promote_panels = FIXED_PROMOTE_PANELS

    class Meta:
        verbose_name = _("list of partners")
        verbose_name_plural = _("lists of partners")

    def get_content(self, request):
        return {"partners": PartnerPage.objects.live().child_of(self).order_by("path")}


class PartnerPage(BasePage):
    """An institution or association with which the centre works."""

    role = models.CharField(
        _("what we do together"),
        max_length=200,
        blank=True,
        help_text=_("One line, for example: joint reviews."),
    )
    website = models.URLField(_("website"), blank=True)
    areas = ParentalManyToManyField(
        "mission.StrategicAreaPage", verbose_name=_("strategic areas"), blank=True, related_name="partners"
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["mission.PartnerIndexPage"]
    subpage_types = []
    content_panels = [*BasePage.content_panels, "role", "website", "areas", "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("role"), index.SearchField("body")]

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def get_content(self, request):
        return {"areas": [area for area in self.areas.all() if area.live]}


class ProjectIndexPage(BasePage):
    """All projects, the running ones first."""

    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    fixed_slug = "projekty"
    max_count_per_parent = 1
    subpage_types = ["mission.ProjectPage"]
    content_panels = [*BasePage.content_panels, "body"]
    promote_panels = FIXED_PROMOTE_PANELS

    class Meta:
        verbose_name = _("list of projects")
        verbose_name_plural = _("lists of projects")

    def get_content(self, request):
        return {"projects": ProjectPage.objects.live().child_of(self).order_by("-start_date", "-path")}


class ProjectPage(BasePage):
    """Something done on a grant: who pays, for what, how much, when, with what result."""

    funder = models.CharField(_("funder"), max_length=200, blank=True)
    programme_name = models.CharField(_("programme or fund"), max_length=200, blank=True)
    task = models.CharField(_("task"), max_length=300, blank=True)
    amount = models.DecimalField(_("sum (PLN)"), max_digits=12, decimal_places=2, null=True, blank=True)
    amount_note = models.CharField(_("about the sum"), max_length=120, blank=True)
    start_date = models.DateField(_("from"), null=True, blank=True)
    end_date = models.DateField(_("until"), null=True, blank=True)
    dates_note = models.CharField(_("about the dates"), max_length=120, blank=True)
    results = StreamField(ContentBlock(), verbose_name=_("results"), blank=True)
    areas = ParentalManyToManyField(
        "mission.StrategicAreaPage", verbose_name=_("strategic areas"), blank=True, related_name="projects"
    )
    goals = ParentalManyToManyField(
        "mission.GoalPage", verbose_name=_("goals served"), blank=True, related_name="projects"
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["mission.ProjectIndexPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["funder", "programme_name", "task"], heading=_("Who pays, for what")),
        MultiFieldPanel(
            [
                FieldRowPanel(["amount", "amount_note"]),
                FieldRowPanel(["start_date", "end_date"]),
                "dates_note",
            ],
            heading=_("How much, when"),
        ),
        FieldPanel("body"),
        FieldPanel("results"),
        InlinePanel("logos", heading=_("Logos of funders"), label=_("Logo")),
        MultiFieldPanel(["areas", "goals"], heading=_("What it serves")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("funder"),
        index.SearchField("programme_name"),
        index.SearchField("task"),
        index.SearchField("body"),
        index.SearchField("results"),
    ]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def get_content(self, request):
        return {"goals": [goal for goal in self.goals.all() if goal.live]}

    def clean(self):
        super().clean()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("The project cannot end before it starts.")})


class ProjectLogo(Orderable):
    """A funder's emblem together with its name in words, because the emblem alone says nothing to many."""

    project = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="logos")
    image = models.ForeignKey(
        "mission.CentreImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("name in words"), max_length=160)

    panels = ["image", "name"]

    class Meta(Orderable.Meta):
        verbose_name = _("funder's logo")

    def __str__(self):
        return self.name


def projects_for_goals(goals, at):
    """Evidence of projects: ended this year up to `at`, still running or to come; undated ones are only named."""
    today = timezone.localdate(at)
    links = ProjectPage.goals.through.objects.filter(goalpage__in=goals, projectpage__live=True)
    pairs = list(links.order_by("projectpage__title").values_list("goalpage_id", "projectpage_id"))
    projects = ProjectPage.objects.in_bulk({project for _goal, project in pairs})
    served = {goal.pk: [projects[project] for served, project in pairs if served == goal.pk] for goal in goals}
    return {
        goal_pk: Evidence(
            _("projects"),
            done=sum(bool(each.end_date and today.replace(month=1, day=1) <= each.end_date < today) for each in found),
            ahead=sum(bool(each.end_date and each.end_date >= today) for each in found),
            items=[EvidenceItem(each.title, each.get_url()) for each in found],
        )
        for goal_pk, found in served.items()
    }

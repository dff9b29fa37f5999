"""Classes that run all season: sections, their groups, the groups' weekly meetings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, PageManager, PageQuerySet
from wagtail.search import index

from mission.blocks import TEXT_FEATURES, ContentBlock
from mission.models import BasePage, CentreSettings, Weekday
from mission.models.base import FIXED_PROMOTE_PANELS

from ..ages import ages_in_words
from ..code_lists import ProgrammeSettings, SectionFamily
from ..forms import ProgrammePageForm
from . import structured_data


class Availability(models.TextChoices):
    """Whether somebody can still join a group."""

    FREE = "free", _("places free")
    FEW = "few", _("last places")
    FULL = "full", _("no places")
    UNKNOWN = "unknown", _("ask for places")


class SectionQuerySet(PageQuerySet):
    def for_listing(self):
        """Fetch what a card prints, so the cost does not grow with the list."""
        return self.select_related("image", "form").prefetch_related("image__renditions")


SectionManager = PageManager.from_queryset(SectionQuerySet)


class SectionIndexPage(BasePage):
    """All classes of the season."""

    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    fixed_slug = "zajecia"
    reserved_child_slugs = frozenset({"plan"})
    max_count_per_parent = 1
    subpage_types = ["programme.SectionPage"]
    content_panels = [*BasePage.content_panels, "body"]
    promote_panels = FIXED_PROMOTE_PANELS

    class Meta:
        verbose_name = _("list of classes")
        verbose_name_plural = _("lists of classes")

    def get_content(self, request):
        sections = list(SectionPage.objects.live().public().child_of(self).for_listing().order_by("title"))
        return {
            "sections": sections,
            "families": by_family(sections),
            "season": ProgrammeSettings.for_request(request),
            "timetable_url": reverse("programme:timetable"),
        }


class SectionPage(BasePage):
    """A class that one joins for the season: ceramics, dance, choir."""

    form = models.ForeignKey(
        "programme.SectionForm",
        verbose_name=_("form"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("As the yearly statistics count it."),
    )
    image = models.ForeignKey(
        "mission.CentreImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without one the site draws a poster from the title and the form."),
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)
    how_to_join = RichTextField(
        _("how and when to join"),
        features=TEXT_FEATURES,
        help_text=_("In person, by telephone, by e-mail; from which day."),
    )
    whom_to_ask = models.CharField(_("whom to ask"), max_length=200, help_text=_("Name or office, telephone, e-mail."))
    goals = ParentalManyToManyField(
        "mission.GoalPage", verbose_name=_("goals served"), blank=True, related_name="sections"
    )

    objects = SectionManager()

    parent_page_types = ["programme.SectionIndexPage"]
    subpage_types = []
    base_form_class = ProgrammePageForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("form"),
        FieldPanel("image"),
        FieldPanel("body"),
        InlinePanel("groups", heading=_("Groups"), label=_("Group"), min_num=1),
        MultiFieldPanel(["how_to_join", "whom_to_ask"], heading=_("Joining")),
        FieldPanel("goals"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("how_to_join"),
        index.RelatedFields("form", [index.SearchField("name")]),
        index.RelatedFields(
            "groups", [index.SearchField("name"), index.SearchField("instructor"), index.SearchField("level")]
        ),
    ]

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")

    def get_content(self, request):
        season = ProgrammeSettings.for_request(request)
        groups = list(self.groups.all())
        # In a preview some groups are not saved yet and carry their meetings themselves.
        places = [f"meetings__venue{outer}" for outer in ("", "__part_of", "__part_of__part_of")]
        saved = [group for group in groups if group.pk]
        models.prefetch_related_objects(saved, *(f"{place}__access" for place in places))
        centre = CentreSettings.for_request(request)
        return {
            "groups": groups,
            "goals": [goal for goal in self.goals.all() if goal.live],
            "season": season,
            "timetable_url": reverse("programme:timetable"),
            "structured_data": structured_data.course(self, groups, centre=centre, season=season),
        }

    @property
    def ages(self):
        """For whom, all groups together, as numbers in words."""
        groups = list(self.groups.all())
        lowest = [group.age_from for group in groups]
        highest = [group.age_to for group in groups]
        return ages_in_words(
            None if None in lowest else min(lowest, default=None),
            None if None in highest else max(highest, default=None),
        )


def by_family(sections):
    """`sections` in their order as [(label of the family, [sections])], families as the code list knows them."""
    families = [(family, [s for s in sections if s.form.family == family]) for family in SectionFamily]
    return [(family.label, members) for family, members in families if members]


class Group(ClusterableModel, Orderable):
    """A group of one class: who it is for, who leads it, what it costs, whether one can join."""

    section = ParentalKey(SectionPage, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name of the group"), max_length=80)
    age_from = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    level = models.CharField(_("level"), max_length=60, blank=True)
    instructor = models.CharField(_("instructor"), max_length=120, blank=True)
    fee = models.CharField(_("fee"), max_length=120, blank=True, help_text=_("With its period: 60 PLN a month."))
    availability = models.CharField(_("places"), max_length=10, choices=Availability, default=Availability.UNKNOWN)
    free_places = models.PositiveSmallIntegerField(_("number of free places"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    panels = [
        "name",
        FieldRowPanel(["age_from", "age_to", "level"]),
        FieldRowPanel(["instructor", "fee"]),
        InlinePanel("meetings", label=_("Meeting"), min_num=1),
        FieldRowPanel(["availability", "free_places"]),
        "note",
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValidationError({"age_to": _("The upper age cannot be below the lower one.")})
        if self.availability == Availability.FULL and self.free_places:
            raise ValidationError({"free_places": _("A group without places has no free places.")})

    @property
    def ages(self):
        """For whom, as numbers in words; empty when it is for everyone."""
        return ages_in_words(self.age_from, self.age_to)


class Meeting(Orderable):
    """When and where a group meets every week."""

    group = ParentalKey(Group, on_delete=models.CASCADE, related_name="meetings")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    start = models.TimeField(_("from"))
    end = models.TimeField(_("until"))
    venue = models.ForeignKey(
        "programme.VenuePage",
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="meetings",
    )
    room = models.CharField(_("room"), max_length=80, blank=True)

    panels = [
        FieldRowPanel(["weekday", "start", "end"]),
        FieldRowPanel([PageChooserPanel("venue"), "room"]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(end__gt=F("start")),
                violation_error_message=_("The end must be later than the start."),
            )
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.start:%H:%M}–{self.end:%H:%M}"

"""The home page, the one page that shows all rooms; what works by itself leaves its trace; what staff were given."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.search import index

from mission.blocks import ContentBlock
from mission.models import BasePage, GoalPage, MissionPage, NewsPage, StrategicAreaPage
from mission.models.base import few
from programme.events.soon import changes_soon, first_of_each, first_today
from programme.models import Occurrence, SectionPage

# First path segments that views, files and fixed pages answer.
RESERVED_SLUGS = frozenset(
    {
        *("admin", "api", "documents", "favicon", "healthz", "media", "motyw", "robots", "sitemap", "static"),
        *("aktualnosci", "dane-osobowe", "deklaracja-dostepnosci", "dostepnosc", "kontakt", "mapa-strony"),
        *("miejsca", "misja", "ochrona-maloletnich", "partnerzy", "program", "projekty", "szukaj", "zajecia"),
    }
)


class HomePage(BasePage):
    """The root of a centre's site: what is on today and next, and the way to everything else."""

    lead = models.TextField(
        _("welcome"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences: who you are and for whom."),
    )
    image = models.ForeignKey(
        "mission.CentreImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    reserved_child_slugs = RESERVED_SLUGS
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "mission.MissionPage",
        "mission.PartnerIndexPage",
        "mission.ProjectIndexPage",
        "mission.NewsIndexPage",
        "mission.StandardPage",
        "mission.ContactPage",
        "mission.MinorsProtectionPage",
        "mission.DataProtectionPage",
        "accessibility.AccessibilityHubPage",
        "accessibility.DeclarationPage",
        "programme.EventIndexPage",
        "programme.VenueIndexPage",
        "programme.SectionIndexPage",
    ]
    content_panels = [*BasePage.content_panels, "lead", "image", "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    dates_shown = 6
    notice_days = 7

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_content(self, request):
        now = timezone.now()
        today = timezone.localdate(now)
        announced = Occurrence.objects.public().filter(event__path__startswith=self.path)
        dates = announced.for_listing().with_pictures()
        on_today = list(first_today(dates, at=now, day=today)[: self.dates_shown])
        seen = {date.event_id for date in on_today}
        return {
            "changed_dates": changes_soon(announced, at=now, days=self.notice_days),
            "today": today,
            "dates_today": on_today,
            "dates_next": first_of_each(dates.upcoming(now), self.dates_shown, seen),
            "news": self._public(NewsPage).newest_first()[:3],
            "sections": self._public(SectionPage).for_listing().order_by("title")[:8],
            "mission": self._public(MissionPage).first(),
            "areas": self._public(StrategicAreaPage).order_by("path"),
            "goals": self._public(GoalPage).in_order(),
        }

    def _public(self, model):
        """The public pages of type `model`, of which there are few, under this one."""
        return few(model.objects.live().public().descendant_of(self))


class Heartbeat(models.Model):
    """When something that works by itself last did so; in the database, where every node sees it."""

    CLOCK, BACKUP = "clock", "backup"

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    beaten_at = models.DateTimeField(_("last time"))
    # Labels of jobs that failed in this round: numbers, no words of anybody.
    failing = models.JSONField(_("failing jobs"), default=list)

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self):
        return self.name

    @classmethod
    def beat(cls, name, at, failing=()):
        cls.objects.update_or_create(name=name, defaults={"beaten_at": at, "failing": list(failing)})


class StaffRole(models.Model):
    """Which group does the work of one role at one centre, and what it was ever given.

    What was given and is missing was taken away by an administrator, on purpose: an update brings only what is new.
    """

    site = models.ForeignKey("wagtailcore.Site", verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=60, editable=False)
    group = models.ForeignKey(
        "auth.Group", verbose_name=_("group"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("group")
        constraints = [models.UniqueConstraint("site", "role", name="each_role_once_at_a_centre")]

    def __str__(self):
        return f"{self.role} ({self.site})"

"""What the public attends: the programme and its events."""

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from accessibility.card import access_card
from mission.blocks import TEXT_FEATURES, ContentBlock
from mission.models import BasePage, CentreSettings
from mission.models.base import FIXED_PROMOTE_PANELS

from ..ages import ages_in_words
from .filters import PageFilter
from .listing import programme_context
from .page_context import event_context
from .page_form import EventPageForm
from .plan_form import PlanPreviewPanel
from .querysets import EventManager


class EventIndexPage(BasePage):
    """What is on: the parent of every event."""

    fixed_slug = "program"
    reserved_child_slugs = frozenset({"archiwum"})
    parameters = frozenset({"od", *PageFilter.base_fields}) - {"q"}
    max_count_per_parent = 1
    subpage_types = ["programme.EventPage", "programme.SeriesPage"]
    promote_panels = FIXED_PROMOTE_PANELS

    class Meta:
        verbose_name = _("programme of events")
        verbose_name_plural = _("programmes of events")

    def get_content(self, request):
        return programme_context(self, request.GET, at=timezone.now())


class AttendanceMode(models.TextChoices):
    """Where one attends. The stored value is schema.org's own word."""

    OFFLINE = "OfflineEventAttendanceMode", _("on the spot")
    ONLINE = "OnlineEventAttendanceMode", _("online")
    MIXED = "MixedEventAttendanceMode", _("on the spot and online")


class EventPage(BasePage):
    """Something the public can attend, once or many times."""

    kind = models.ForeignKey(
        "programme.EventKind",
        verbose_name=_("kind"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("As the yearly statistics count it."),
    )
    venue = models.ForeignKey(
        "programme.VenuePage",
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    room = models.CharField(_("room or spot"), max_length=80, blank=True)
    attendance_mode = models.CharField(
        _("where one attends"), max_length=30, choices=AttendanceMode, default=AttendanceMode.OFFLINE
    )
    online_url = models.URLField(_("address of the stream or meeting"), blank=True)
    bad_weather = models.CharField(
        _("outdoors: in bad weather"),
        max_length=200,
        blank=True,
        help_text=_("Plan B and when it is decided, for example: in the hall, decision by 14:00."),
    )
    series = models.ForeignKey(
        "programme.SeriesPage",
        verbose_name=_("part of a series or festival"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    observes = ParentalManyToManyField(
        "programme.BreakCalendar",
        verbose_name=_("no dates during"),
        blank=True,
        related_name="events",
        help_text=_("Break calendars that the repetition leaves out."),
    )
    image = models.ForeignKey(
        "mission.CentreImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without one the site draws a poster from the title and the kind."),
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)
    age_from = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    audience = models.CharField(
        _("for whom, in words"),
        max_length=120,
        blank=True,
        help_text=_("For example: families, seniors, beginners."),
    )
    is_accessible_for_free = models.BooleanField(_("admission free"), default=False)
    is_donation = models.BooleanField(_("free-will donation"), default=False)
    price_note = models.CharField(_("about the price"), max_length=200, blank=True)
    ticket_url = models.URLField(_("address of ticket sales"), blank=True)
    sign_up = RichTextField(
        _("sign-up"), features=TEXT_FEATURES, blank=True, help_text=_("Is it needed? How, from when, where?")
    )
    organizer = models.CharField(_("organiser, if other than the centre"), max_length=160, blank=True)
    access_contact = models.CharField(
        _("whom to ask about access"),
        max_length=160,
        blank=True,
        help_text=_("Telephone or e-mail and until when. Empty: the centre's own contact."),
    )
    access_request_days = models.PositiveSmallIntegerField(
        _("ask about access at least so many days before"),
        null=True,
        blank=True,
        help_text=_("Empty: as the centre's settings say."),
    )
    afterwards = StreamField(
        ContentBlock(),
        verbose_name=_("afterwards: how it was"),
        blank=True,
        help_text=_("Photographs and a few words. Shown first once the event is over."),
    )
    goals = ParentalManyToManyField(
        "mission.GoalPage", verbose_name=_("goals served"), blank=True, related_name="events"
    )

    objects = EventManager()

    parent_page_types = ["programme.EventIndexPage"]
    subpage_types = []
    base_form_class = EventPageForm
    content_panels = [
        *BasePage.content_panels,
        InlinePanel(
            "plan",
            heading=_("When"),
            label=_("Date of the plan"),
            min_num=1,
            max_num=100,
            help_text=_("Published dates stay until somebody cancels or removes them under “Dates of the event”."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("observes", widget=CheckboxSelectMultiple),
                PageChooserPanel("series", "programme.SeriesPage"),
            ],
            heading=_("Breaks and series"),
        ),
        PlanPreviewPanel(heading=_("All dates of this plan")),
        MultiFieldPanel(
            [PageChooserPanel("venue"), "room", "bad_weather", "attendance_mode", "online_url"],
            heading=_("Where"),
        ),
        FieldPanel("kind"),
        FieldPanel("image"),
        FieldPanel("body"),
        MultiFieldPanel([FieldRowPanel(["age_from", "age_to"]), "audience"], heading=_("For whom")),
        MultiFieldPanel(
            [
                "is_accessible_for_free",
                "is_donation",
                InlinePanel("offers", label=_("Price")),
                InlinePanel("discounts", label=_("Discount for a card")),
                "price_note",
                "ticket_url",
                "sign_up",
            ],
            heading=_("Price and sign-up"),
        ),
        MultiFieldPanel(
            [InlinePanel("access", label=_("Provision")), FieldRowPanel(["access_contact", "access_request_days"])],
            heading=_("Access: what differs from the place's own card"),
        ),
        MultiFieldPanel(
            ["organizer", InlinePanel("roles", label=_("Role")), "goals"],
            heading=_("Who runs it, which goals it serves"),
        ),
        FieldPanel("afterwards"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("audience"),
        index.SearchField("organizer"),
        index.RelatedFields("kind", [index.SearchField("name")]),
        index.RelatedFields("venue", [index.SearchField("title")]),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self):
        super().clean()
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValidationError({"age_to": _("The upper age cannot be below the lower one.")})

    @property
    def access_card(self):
        """The provisions of the place and what it is a part of, overridden by the event's."""
        layers = self.venue.access_layers if self.venue else []
        return access_card(*layers, self.access.all())

    @property
    def ages(self):
        """Who it is for, as numbers in words; empty when it is for everyone."""
        return ages_in_words(self.age_from, self.age_to)

    def get_content(self, request):
        centre = CentreSettings.for_request(request)
        is_preview = getattr(request, "is_preview", False)
        return event_context(self, centre=centre, at=timezone.now(), is_preview=is_preview)

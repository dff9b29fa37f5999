"""Where things happen, and how to get in."""

from datetime import timedelta
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from accessibility.card import AccessProvision, access_card
from mission.blocks import ContentBlock
from mission.models import BasePage, CentreSettings
from mission.models.base import FIXED_PROMOTE_PANELS
from mission.models.centre import Weekday

from ..events.dates import OFF, Occurrence, set_next_dates
from . import structured_data

EVENTS_SHOWN = 12
NOTICE_AHEAD = timedelta(days=14)


class VenueIndexPage(BasePage):
    """All places of the centre."""

    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    fixed_slug = "miejsca"
    max_count_per_parent = 1
    subpage_types = ["programme.VenuePage"]
    content_panels = [*BasePage.content_panels, "body"]
    promote_panels = FIXED_PROMOTE_PANELS

    class Meta:
        verbose_name = _("list of places")
        verbose_name_plural = _("lists of places")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        venues = VenuePage.objects.live().public().child_of(self).order_by("path")
        context["venues"] = buildings_with_rooms(venues.select_related("image", "part_of").prefetch_related("access"))
        return context


def buildings_with_rooms(venues):
    """The buildings of `venues`, each with its `listed_rooms`; a room whose building is not listed stands for itself."""
    venues = list(venues)
    listed = {venue.pk for venue in venues}
    buildings = [venue for venue in venues if venue.part_of_id not in listed]
    for building in buildings:
        building.listed_rooms = [venue for venue in venues if venue.part_of_id == building.pk]
    return buildings


class VenueKind(models.TextChoices):
    """What a place is in the tree: a place (a village, a park) has buildings, a building has rooms."""

    PLACE = "place", _("place: a village, a square, a park")
    BUILDING = "building", _("building")
    ROOM = "room", _("room")


class VenuePage(BasePage):
    """A place, a building or a room: its address, how to get there, who can get in.

    A page rather than a snippet, so that Wagtail's page permissions keep one centre's places from the other's editors.
    """

    kind = models.CharField(_("what it is"), max_length=8, choices=VenueKind, default=VenueKind.BUILDING)
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parts",
        help_text=_("For a room: the building it is in. Its address and access are taken from there."),
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=6, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    directions = models.TextField(
        _("how to get there"), blank=True, help_text=_("From the stop and from the car park, step by step.")
    )
    keeper = models.CharField(_("keeper (position or name)"), max_length=120, blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    image = models.ForeignKey(
        "mission.CentreImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    access_checked_on = models.DateField(_("access checked on"), null=True, blank=True)
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["programme.VenueIndexPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            ["kind", PageChooserPanel("part_of", "programme.VenuePage")], heading=_("In the tree of places")
        ),
        MultiFieldPanel(
            [
                "street",
                FieldRowPanel(["postal_code", "town"]),
                FieldRowPanel(["latitude", "longitude"]),
                "directions",
                "keeper",
                FieldRowPanel(["telephone", "email"]),
                InlinePanel("opening_hours", label=_("Opening hours")),
            ],
            heading=_("Address, contact, hours"),
        ),
        MultiFieldPanel(
            ["access_checked_on", InlinePanel("access", label=_("Provision"))],
            heading=_("Access card: who can get in and take part"),
        ),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("street"),
        index.SearchField("town"),
        index.SearchField("directions"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def clean(self):
        super().clean()
        if self.part_of_id and (self.part_of_id == self.pk or self.part_of.part_of_id):
            raise ValidationError({"part_of": _("Choose the building itself, not a room in it.")})

    @property
    def building(self):
        """The place that has the address: itself, or what it is a part of."""
        return self.part_of or self

    @property
    def full_address(self):
        """Street, postal code and town in one line, as on an envelope."""
        at = self.building if not self.street else self
        place = f"{at.postal_code} {at.town}".strip()
        return ", ".join(part for part in [at.street, place] if part)

    @property
    def access_card(self):
        """What this place provides, its own lines before those of what it is a part of."""
        return access_card(*self.access_layers)

    @property
    def access_layers(self):
        """The lines of the access card, the outermost place's first."""
        return [place.access.all() for place in [*self.above, self]]

    @property
    def above(self):
        """What this place is a part of, the outermost first: at most two (place and building)."""
        inner = self.part_of
        outer = inner.part_of if inner else None
        return [place for place in (outer, inner) if place]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        here = Q(venue=self) | Q(venue__part_of=self)
        events = self.events.model.objects.live().public().filter(here).upcoming(at=now).for_listing()
        context["rooms"] = self.parts.live().order_by("path")
        context["events"] = set_next_dates(list(events[:EVENTS_SHOWN]))
        context["dates_soon_off"] = dates_off(self, at=now)
        context["meetings"] = meetings_by_day(self)
        centre = CentreSettings.for_request(request)
        context["structured_data"] = structured_data.venue_page(self, centre=centre)
        return context


def dates_off(venue, *, at):
    """What of the next days was to be at `venue` or in its rooms and is cancelled or postponed."""
    dates = Occurrence.objects.public().upcoming(at).filter(start__lt=at + NOTICE_AHEAD, status__in=OFF)
    here = Q(event__venue=venue) | Q(event__venue__part_of=venue)
    return list(dates.filter(here).for_listing()[:EVENTS_SHOWN])


def meetings_by_day(venue):
    """The weekly meetings of classes at `venue` or in its rooms, as [(weekday in words, [meetings])]."""
    here = Q(venue=venue) | Q(venue__part_of=venue)
    meetings = venue.meetings.model.objects.filter(here, group__section__live=True)
    meetings = meetings.select_related("group__section", "venue").order_by("weekday", "start", "pk")
    days = groupby(meetings, key=lambda meeting: meeting.get_weekday_display())
    return [(label, list(group)) for label, group in days]


class VenueAccess(AccessProvision):
    """A line of a venue's access card."""

    venue = ParentalKey(VenuePage, on_delete=models.CASCADE, related_name="access")
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    panels = [*AccessProvision.panels, "checked_on"]

    class Meta(AccessProvision.Meta):
        verbose_name = _("access provision")
        constraints = [models.UniqueConstraint(fields=["venue", "provision"], name="venue_states_a_provision_once")]


class VenueHours(Orderable):
    """When a place is open on one weekday; without hours it is closed."""

    venue = ParentalKey(VenuePage, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=120, blank=True)

    panels = [FieldRowPanel(["weekday", "opens", "closes"]), "note"]

    class Meta(Orderable.Meta):
        verbose_name = _("opening hours")
        constraints = [
            models.CheckConstraint(
                name="venue_hours_close_after_they_open",
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(closes__gt=F("opens")),
                violation_error_message=_("Give both hours, the later one second; or none, when it is closed."),
            )
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens}–{self.closes}"

"""Where things happen, and how to get in."""

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

from . import structured_data
from .page_context import venue_context
from .tree import in_tree


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

    def get_content(self, request):
        venues = VenuePage.objects.live().public().child_of(self).order_by("path")
        return {"venues": in_tree(venues.select_related("image", "part_of__part_of"))}


class VenueKind(models.TextChoices):
    """What a place is in the tree: a place (a village, a park) has buildings, a building has rooms."""

    PLACE = "place", _("place: a village, a square, a park")
    BUILDING = "building", _("building")
    ROOM = "room", _("room")


#: What each kind is a part of: a room of a building, a building of a place, so that no circle can close.
OUTER = {VenueKind.ROOM: VenueKind.BUILDING, VenueKind.BUILDING: VenueKind.PLACE}


PART_OF_ERRORS = {
    VenueKind.ROOM: _("A room is part of a building: choose the building."),
    VenueKind.BUILDING: _("A building is part of a place, such as a village. Or is this a room? Then say so above."),
    VenueKind.PLACE: _("A place such as a village stands for itself: leave this empty."),
}


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
        help_text=_(
            "For a room: its building. For a building: its village or square. Address and access are taken from there."
        ),
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
        outer = OUTER.get(self.kind)
        if self.part_of_id and (outer is None or self.part_of.kind != outer):
            raise ValidationError({"part_of": PART_OF_ERRORS[self.kind]})
        if self.pk and any(OUTER.get(part.kind) != self.kind for part in self.parts.all()):
            raise ValidationError({"kind": _("Something is a part of this: it stays what it is.")})

    @property
    def building(self):
        """The building of a room; anything else is its own."""
        return self.part_of if self.kind == VenueKind.ROOM and self.part_of else self

    @property
    def addressed(self):
        """Which of this place and those it is a part of gives the address: the nearest with a street, or else a town."""
        levels = [self, *reversed(self.above)]
        with_street = [place for place in levels if place.street]
        return next(iter(with_street or [place for place in levels if place.town]), self)

    @property
    def full_address(self):
        """Street, postal code and town in one line, as on an envelope."""
        at = self.addressed
        place = f"{at.postal_code} {at.town}".strip()
        return ", ".join(part for part in [at.street, place] if part)

    @property
    def coordinates(self):
        """(latitude, longitude) of the nearest level that has them, or None."""
        levels = [self, *reversed(self.above)]
        return next(((at.latitude, at.longitude) for at in levels if None not in (at.latitude, at.longitude)), None)

    @property
    def contact(self):
        """Telephone and e-mail of the keeper, or of what this is a part of, as one line."""
        lines = (", ".join(filter(None, [at.telephone, at.email])) for at in [self, *reversed(self.above)])
        return next(filter(None, lines), "")

    def week(self):
        """Seven (weekday label, [VenueHours]) pairs from Monday; an empty list means closed. Nothing while no hours are known."""
        rows = list(self.opening_hours.all())
        return rows and [(day.label, [row for row in rows if row.weekday == day and row.opens]) for day in Weekday]

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

    def get_content(self, request):
        centre = CentreSettings.for_request(request)
        return {
            **venue_context(self, centre=centre, at=timezone.now()),
            "structured_data": structured_data.venue_page(self, centre=centre),
        }


class VenueAccess(AccessProvision):
    """A line of a venue's access card."""

    venue = ParentalKey(VenuePage, on_delete=models.CASCADE, related_name="access")
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    panels = [*AccessProvision.panels, "checked_on"]

    class Meta(AccessProvision.Meta):
        verbose_name = _("access provision")
        constraints = [models.UniqueConstraint(fields=["venue", "provision"], name="venue_states_a_provision_once")]

    @property
    def checked(self):
        """When somebody last looked: at this line, otherwise at the whole card (date or None)."""
        return self.checked_on or self.venue.access_checked_on


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

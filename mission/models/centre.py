"""What a centre is called, where it is, when it is open, whom to ask: asked for once, printed everywhere."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from .belonging import SiteSettingForm


class CentreKind(models.TextChoices):
    """The kinds of municipal culture centre, by their customary Polish abbreviations."""

    GOK = "gok", _("commune culture centre (GOK)")
    MOK = "mok", _("town culture centre (MOK)")
    MGOK = "mgok", _("town and commune culture centre (MGOK)")
    DK = "dk", _("house of culture (dom kultury)")
    OTHER = "other", _("other culture centre")


class NoticeLevel(models.TextChoices):
    INFO = "info", _("information")
    ALERT = "alert", _("alert")


class Weekday(models.IntegerChoices):
    """ISO 8601 weekdays."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


@register_setting(icon="home", order=100)
class CentreSettings(BaseSiteSetting, ClusterableModel):
    """One centre: the facts that its pages, feeds and declaration take from here."""

    name = models.CharField(_("full official name"), max_length=160, blank=True)
    short_name = models.CharField(
        _("short name"),
        max_length=60,
        blank=True,
        help_text=_("As people say it, for example: GOK Rudziniec."),
    )
    kind = models.CharField(_("kind of centre"), max_length=10, choices=CentreKind, default=CentreKind.GOK)
    tagline = models.CharField(_("sentence under the name"), max_length=160, blank=True)
    director = models.CharField(_("director"), max_length=120, blank=True)

    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(
        _("postal code"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^\d{2}-\d{3}$", _("Write the postal code as 00-000."))],
    )
    town = models.CharField(_("town"), max_length=80, blank=True)
    municipality = models.CharField(_("commune"), max_length=80, blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    nip = models.CharField(_("tax number (NIP)"), max_length=13, blank=True)
    regon = models.CharField(_("register number (REGON)"), max_length=14, blank=True)
    bank_account = models.CharField(_("bank account"), max_length=34, blank=True)
    e_delivery_address = models.CharField(_("e-delivery address"), max_length=40, blank=True)
    bip_url = models.URLField(_("address of the BIP page"), blank=True)
    data_protection_officer = models.CharField(_("data-protection officer"), max_length=120, blank=True)
    data_protection_email = models.EmailField(_("data-protection officer's e-mail"), blank=True)

    hue = models.PositiveSmallIntegerField(
        _("hue"),
        default=25,
        validators=[MinValueValidator(0), MaxValueValidator(359)],
        help_text=_(
            "0–359 on the colour wheel: 25 red, 90 yellow, 145 green, 250 blue, 320 purple. Every hue is readable."
        ),
    )
    logo = models.ForeignKey(
        "mission.CentreImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    notice_text = models.CharField(_("notice"), max_length=300, blank=True)
    notice_level = models.CharField(_("weight"), max_length=5, choices=NoticeLevel, default=NoticeLevel.INFO)
    notice_url = models.URLField(_("address with more"), blank=True)
    notice_start = models.DateTimeField(_("shown from"), null=True, blank=True)
    notice_end = models.DateTimeField(_("shown until"), null=True, blank=True)

    is_demonstration = models.BooleanField(_("demonstration site"), default=False, editable=False)
    collection = models.ForeignKey(
        "wagtailcore.Collection", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    base_form_class = SiteSettingForm
    select_related = ["logo", "site"]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(["name", "short_name", "kind", "tagline", "director"], heading=_("Name")),
                    MultiFieldPanel(
                        [
                            "street",
                            FieldRowPanel(["postal_code", "town", "municipality"]),
                            FieldRowPanel(["telephone", "email"]),
                        ],
                        heading=_("Address and contact"),
                    ),
                    InlinePanel("opening_hours", heading=_("Opening hours"), label=_("Day")),
                    InlinePanel("social_links", heading=_("Social media"), label=_("Profile")),
                ],
                heading=_("Centre"),
            ),
            ObjectList(
                [
                    FieldPanel("notice_text", help_text=_("One sentence at the top of every page.")),
                    FieldRowPanel(["notice_level", "notice_url"]),
                    FieldRowPanel(["notice_start", "notice_end"]),
                ],
                heading=_("Notice"),
            ),
            ObjectList(
                [
                    FieldRowPanel(["nip", "regon"]),
                    "bank_account",
                    FieldRowPanel(["e_delivery_address", "bip_url"]),
                    FieldRowPanel(["data_protection_officer", "data_protection_email"]),
                ],
                heading=_("Official data"),
            ),
            ObjectList(["hue", "logo"], heading=_("Look")),
        ]
    )

    class Meta:
        verbose_name = _("centre's data")
        verbose_name_plural = _("centres' data")

    def __str__(self):
        return self.name or str(self.site)

    def clean(self):
        super().clean()
        if self.notice_start and self.notice_end and self.notice_end <= self.notice_start:
            raise ValidationError({"notice_end": _("The notice must end later than it starts.")})

    def notice_at(self, at):
        """Whether the notice is to be shown at the moment `at` (aware datetime; the end is exclusive)."""
        if not self.notice_text or (self.notice_start and at < self.notice_start):
            return False
        return not self.notice_end or at < self.notice_end

    @property
    def demonstration_notice(self):
        """What pages, feeds and open data of a demonstration say about it; empty on a centre's real site."""
        if not self.is_demonstration:
            return ""
        return gettext(
            "Demonstration site. %(name)s neither runs nor has approved it. The mission and goals were written from "
            "a public description; events, people and contacts are made up."
        ) % {"name": self.name}

    @property
    def full_address(self):
        """Street, postal code and town in one line, as on an envelope."""
        place = f"{self.postal_code} {self.town}".strip()
        return ", ".join(part for part in [self.street, place] if part)

    def week(self):
        """Seven (weekday label, [OpeningHours]) pairs from Monday; an empty list means closed. Nothing while no hours are known."""
        rows = self._hours
        return rows and [(day.label, [row for row in rows if row.weekday == day and row.opens]) for day in Weekday]

    @cached_property
    def _hours(self):
        return list(self.opening_hours.all())

    def hours_on(self, day):
        """The opening hours on `day` (a date)."""
        return [row for row in self._hours if row.weekday == day.isoweekday() and row.opens]


class OpeningHours(Orderable):
    """When the office is open on one weekday; without hours it is closed."""

    centre = ParentalKey(CentreSettings, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=120, blank=True)

    panels = [FieldRowPanel(["weekday", "opens", "closes"]), "note"]

    class Meta(Orderable.Meta):
        verbose_name = _("opening hours")
        constraints = [
            models.CheckConstraint(
                name="opening_hours_close_after_they_open",
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(closes__gt=F("opens")),
                violation_error_message=_("Give both hours, the later one second; or none, when it is closed."),
            )
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens}–{self.closes}"


class SocialLink(Orderable):
    """A profile of the centre elsewhere: a plain link, nothing is loaded from there."""

    centre = ParentalKey(CentreSettings, on_delete=models.CASCADE, related_name="social_links")
    name = models.CharField(_("name of the service"), max_length=40)
    url = models.URLField(_("address"))

    class Meta(Orderable.Meta):
        verbose_name = _("social media profile")

    def __str__(self):
        return self.name

"""The rows of a declaration: barriers, exemptions, costs, buildings, applications, shortcuts, checks."""

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from ..evidence.sources import Method
from . import spec

PAGE = "accessibility.DeclarationPage"
PAGE_ADDRESS = RegexValidator(
    r"^(/|https?://)\S*$", _("Write the address as /aktualnosci/wpis/ or with https:// in front.")
)


class DeclarationRow(Orderable):
    """What rows of the declaration share: nothing but their order."""

    class Meta(Orderable.Meta):
        abstract = True


class Barrier(DeclarationRow):
    """One thing that does not conform (heading "Niezgodność z załącznikiem")."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="barriers")
    element = models.CharField(
        _("element"), max_length=160, help_text=_("For example: recording of the spring concert")
    )
    address = models.CharField(
        _("address of the page"),
        max_length=300,
        validators=[PAGE_ADDRESS],
        help_text=_("For example: /aktualnosci/koncert/"),
    )
    what = models.TextField(_("what is wrong"), help_text=_("In plain words, without names of standards."))
    effect = models.TextField(
        _("who cannot do what"), help_text=_("For example: a blind person will not learn what is seen.")
    )
    way_around = models.TextField(
        _("another way to the content"), help_text=_("For example: we describe the film by telephone.")
    )
    owner = models.CharField(
        _("who mends it"), max_length=120, blank=True, help_text=_("For staff only; not published.")
    )
    repair_on = models.DateField(_("mended by"), null=True, blank=True)
    finding = models.ForeignKey(
        "accessibility.Finding",
        verbose_name=_("finding"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="barriers",
    )

    panels = [
        FieldPanel("finding", widget=forms.HiddenInput, classname="w-hidden"),
        FieldRowPanel(["element", "address"]),
        "what",
        "effect",
        "way_around",
        FieldRowPanel(["owner", "repair_on"]),
    ]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("barrier")

    def __str__(self):
        return self.element


class Exemption(DeclarationRow):
    """Content that the act does not cover (heading "Treści nieobjęte przepisami")."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="exemptions")
    ground = models.CharField(_("why the act does not cover it"), max_length=12, choices=spec.EXEMPTION_CHOICES)
    element = models.CharField(
        _("element"), max_length=200, help_text=_("For example: recording of the jubilee of 3 May 2019")
    )
    address = models.CharField(_("address of the page"), max_length=300, blank=True, validators=[PAGE_ADDRESS])
    published_on = models.DateField(
        _("published on"),
        null=True,
        blank=True,
        help_text=_("Needed where the provision depends on a date."),
    )

    panels = ["ground", "element", FieldRowPanel(["address", "published_on"])]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("content the act does not cover")

    def __str__(self):
        return self.element

    @property
    def legal_ground(self):
        """The point of art. 3 as `spec.ExemptionGround`."""
        return spec.EXEMPTION_GROUND[self.ground]


class ExcessiveCost(DeclarationRow):
    """An element whose repair would cost too much, with the assessment that shows it (art. 8)."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="excessive_costs")
    element = models.CharField(_("element"), max_length=200, help_text=_("One element, never the whole site."))
    address = models.CharField(_("address of the page"), max_length=300, blank=True, validators=[PAGE_ADDRESS])
    reason = models.TextField(
        _("why the cost is excessive"),
        help_text=_("For example: rewriting 900 pages by hand would cost twice our yearly budget for the website."),
    )
    way_around = models.TextField(
        _("another way to the content"), help_text=_("For example: we read the chosen pages by telephone.")
    )
    assessment_url = models.CharField(
        _("address of the assessment"),
        max_length=300,
        blank=True,
        validators=[PAGE_ADDRESS],
        help_text=_("The published assessment under art. 8."),
    )
    assessment = models.TextField(
        _("or the assessment itself"),
        blank=True,
        help_text=_(
            "When it is published nowhere else: what was considered, the cost, who would gain, how often it is used. "
            "At least two sentences."
        ),
    )

    panels = [FieldRowPanel(["element", "address"]), "reason", "way_around", "assessment_url", "assessment"]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("excessive cost")

    def __str__(self):
        return self.element


class Place(DeclarationRow):
    """A building and how it can be used; the first one is the main seat."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(_("name"), max_length=160, help_text=_("For example: Seat, village hall in Bojszów"))
    address = models.CharField(
        _("postal address"), max_length=200, help_text=_("Street and number, postal code, town.")
    )
    entrance = models.TextField(_("entrance"), blank=True, help_text=_("Steps, ramp, bell, width of the door."))
    corridors = models.TextField(
        _("corridors and stairs"), blank=True, help_text=_("Width, doors, stairs, handrails, marked edges.")
    )
    lifts = models.TextField(
        _("lifts"), blank=True, help_text=_("Where it goes, size of the cabin, voice, Braille; or that there is none.")
    )
    adaptations = models.TextField(
        _("adaptations"), blank=True, help_text=_("Ramps, induction loops, sound or touch guidance, toilet.")
    )
    parking = models.TextField(
        _("disabled parking"), blank=True, help_text=_("How many places and how far from the entrance.")
    )
    assistance_dog = models.TextField(
        _("assistance dog"), blank=True, help_text=_("For example: you can come in with an assistance dog.")
    )
    interpreter = models.TextField(
        _("sign-language interpreter on the spot"),
        blank=True,
        help_text=_("Whether there is one, and how long before to ask."),
    )

    panels = [
        FieldRowPanel(["name", "address"]),
        "entrance",
        "corridors",
        "lifts",
        "adaptations",
        "parking",
        "assistance_dog",
        "interpreter",
    ]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("building")

    def __str__(self):
        return self.name


class DeclarationApp(DeclarationRow):
    """A mobile application of the institution."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="apps")
    name = models.CharField(_("name"), max_length=120)
    download_url = models.URLField(_("where to download it"), help_text=_("Its page in the shop of applications."))
    declaration_url = models.URLField(
        _("its declaration of accessibility"), help_text=_("An application has a declaration of its own.")
    )

    panels = ["name", "download_url", "declaration_url"]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("mobile application")

    def __str__(self):
        return self.name


class KeyboardShortcut(DeclarationRow):
    """A shortcut that only this site has."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="shortcuts")
    keys = models.CharField(_("keys"), max_length=60, help_text=_("For example: Alt + 1"))
    action = models.CharField(_("what they do"), max_length=200, help_text=_("For example: opens the search"))

    panels = [FieldRowPanel(["keys", "action"])]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("keyboard shortcut")

    def __str__(self):
        return self.keys


class EvidenceCheck(DeclarationRow):
    """One check of the site: the evidence behind the declaration."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="checks")
    checked_on = models.DateField(_("checked on"))
    method = models.CharField(_("how"), max_length=10, choices=Method)
    scope = models.TextField(
        _("what was checked"), help_text=_("For example: home page, programme, five events, the request form.")
    )
    tool = models.CharField(
        _("tool or list"), max_length=160, blank=True, help_text=_("For example: NVDA, keyboard, the ministry's list")
    )
    result = models.TextField(_("result"), help_text=_("What was found, and what was done about it."))
    checked_by = models.CharField(_("by whom (position)"), max_length=120, blank=True)

    panels = [FieldRowPanel(["checked_on", "method"]), "scope", FieldRowPanel(["tool", "checked_by"]), "result"]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("check")

    def __str__(self):
        return f"{self.checked_on} {self.get_method_display()}"

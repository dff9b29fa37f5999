"""The code lists that the yearly statistics (GUS form K-07) are counted by. Staff keep them; code never names a code."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

CHECK_NOTE = "sprawdź z tegorocznym formularzem"

EVENT_KINDS = [
    "seanse filmowe",
    "wystawy",
    "koncerty",
    "pokazy teatralne",
    "festiwale i przeglądy artystyczne",
    "konkursy",
    "warsztaty",
    "prelekcje, spotkania, wykłady",
    "imprezy turystyczne i sportowo-rekreacyjne",
    "konferencje",
    "imprezy interdyscyplinarne",
    "inne",
]
SECTION_FORMS = {
    "ensemble": [
        "teatralne",
        "muzyczno-instrumentalne",
        "wokalne i chóry",
        "folklorystyczne",
        "taneczne",
        "kabaretowe",
        "inne",
    ],
    "circle": [
        "plastyczne i techniczne",
        "taneczne",
        "muzyczne",
        "fotograficzne i filmowe",
        "dyskusyjne kluby filmowe",
        "literackie",
        "teatralne",
        "turystyczne i sportowe",
        "kulinarne",
        "seniora, UTW",
        "inne",
    ],
    "course": [
        "języków obcych",
        "plastyczne",
        "gry na instrumentach",
        "komputerowe",
        "tańca",
        "wiedzy praktycznej",
        "inne",
    ],
}


class SectionFamily(models.TextChoices):
    ENSEMBLE = "ensemble", _("ensemble")
    CIRCLE = "circle", _("circle or club")
    COURSE = "course", _("course")


class ProgrammeSettingsForm(WagtailAdminModelForm):
    """Refuses to delete what pages use: the year's figures would be lost with a code, days off with a break calendar."""

    def clean(self):
        cleaned = super().clean()
        for name, users in [("event_kinds", "pages"), ("section_forms", "pages"), ("break_calendars", "events")]:
            formset = self.formsets.get(name)
            for form in formset.deleted_forms if formset and formset.is_bound else []:
                row = form.instance
                if row.pk and getattr(row, users).exists():
                    raise ValidationError(
                        _("“%(name)s” cannot be deleted because pages use it. Change its name instead."),
                        params={"name": row.name},
                    )
        return cleaned


@register_setting(icon="calendar-alt", order=110)
class ProgrammeSettings(BaseSiteSetting, ClusterableModel):
    """One centre's season and code lists."""

    season_name = models.CharField(_("season"), max_length=40, blank=True, help_text=_("For example: 2026/2027."))
    season_start = models.DateField(_("classes start on"), null=True, blank=True)
    season_end = models.DateField(_("classes end on"), null=True, blank=True)
    access_request_days = models.PositiveSmallIntegerField(
        _("requests about access: at least so many days before"), default=5
    )
    codes_note = models.CharField(_("note on the lists"), max_length=120, blank=True, default=CHECK_NOTE)

    base_form_class = ProgrammeSettingsForm
    panels = [
        MultiFieldPanel(["season_name", FieldRowPanel(["season_start", "season_end"])], heading=_("Season of classes")),
        "access_request_days",
        InlinePanel("break_calendars", heading=_("Break calendars"), label=_("Break calendar")),
        "codes_note",
        InlinePanel("event_kinds", heading=_("Kinds of event"), label=_("Kind")),
        InlinePanel("section_forms", heading=_("Forms of class"), label=_("Form of class")),
    ]

    class Meta:
        verbose_name = _("season and code lists")
        verbose_name_plural = _("seasons and code lists")

    def __str__(self):
        return str(self.site)

    def clean(self):
        super().clean()
        if self.season_start and self.season_end and self.season_end < self.season_start:
            raise ValidationError({"season_end": _("The season cannot end before it starts.")})


class EventKind(Orderable, ClusterableModel):
    """A kind of event, as the statistics count it, with the lines that access cards of its events begin with."""

    settings = ParentalKey(ProgrammeSettings, on_delete=models.CASCADE, related_name="event_kinds")
    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(_("code in the form"), max_length=20, blank=True)

    panels = [
        FieldRowPanel(["name", "code"]),
        InlinePanel("access", label=_("Usual line of the access card")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("kind of event")

    def __str__(self):
        return self.name


class SectionForm(Orderable):
    """A form of regular class, as the statistics count it."""

    settings = ParentalKey(ProgrammeSettings, on_delete=models.CASCADE, related_name="section_forms")
    family = models.CharField(_("family"), max_length=10, choices=SectionFamily)
    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(_("code in the form"), max_length=20, blank=True)

    panels = [FieldRowPanel(["family", "name", "code"])]

    class Meta(Orderable.Meta):
        verbose_name = _("form of class")

    def __str__(self):
        return f"{self.get_family_display()}: {self.name}"


def write_starting_lists(settings):
    """Fill the empty code lists of `settings` (ProgrammeSettings) with the starting lists, and save it."""
    if not settings.event_kinds.exists():
        settings.event_kinds.set([EventKind(name=name, sort_order=i) for i, name in enumerate(EVENT_KINDS)])
    if not settings.section_forms.exists():
        rows = [(family, name) for family, names in SECTION_FORMS.items() for name in names]
        settings.section_forms.set(
            [SectionForm(family=family, name=name, sort_order=i) for i, (family, name) in enumerate(rows)]
        )
    settings.save()

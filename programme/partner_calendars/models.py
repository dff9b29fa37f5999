"""Partners' calendars and what they suggest. Nothing of it is public until a person adopts it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerCalendar(models.Model):
    """An iCalendar feed of a partner (`url`), or the name under which files from them are read (no `url`)."""

    site = models.ForeignKey(
        "wagtailcore.Site", on_delete=models.CASCADE, related_name="partner_calendars", editable=False
    )
    name = models.CharField(_("partner"), max_length=120)
    credit = models.CharField(
        _("credit"), max_length=160, help_text=_("Printed with every adopted event, for example: Parish council.")
    )
    url = models.URLField(_("address of the calendar (.ics)"), max_length=500, blank=True)
    is_active = models.BooleanField(_("read it regularly"), default=True)
    entity_tag = models.CharField(max_length=200, blank=True, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    problem = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("partner's calendar")
        verbose_name_plural = _("partners' calendars")
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="partner_calendar_named_once")]

    def __str__(self):
        return self.name


class SuggestionState(models.TextChoices):
    """What a person has decided about a suggestion."""

    WAITING = "waiting", _("waiting")
    ADOPTED = "adopted", _("adopted")
    DECLINED = "declined", _("declined")


class Suggestion(models.Model):
    """One event of a partner's calendar. It outlives the calendar; once adopted, no reading changes it.

    `key`: digest of the source's UID, unique within a calendar; `dates`: at most 200 of
    {"start", "end": ISO moments or days, "is_all_day"}; `changed_at`: LAST-MODIFIED or DTSTAMP of the source.
    """

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="suggestions", editable=False)
    calendar = models.ForeignKey(
        PartnerCalendar, null=True, on_delete=models.SET_NULL, related_name="suggestions", editable=False
    )
    source = models.CharField(max_length=120, editable=False)
    credit = models.CharField(max_length=160, editable=False)
    key = models.CharField(max_length=64, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    title = models.CharField(max_length=255, editable=False)
    summary = models.TextField(blank=True, editable=False)
    place = models.CharField(max_length=255, blank=True, editable=False)
    url = models.URLField(max_length=500, blank=True, editable=False)
    dates = models.JSONField(default=list, editable=False)
    first_start = models.DateTimeField(db_index=True, editable=False)
    is_cancelled = models.BooleanField(default=False, editable=False)
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.WAITING, editable=False)
    event = models.ForeignKey(
        "programme.EventPage", null=True, on_delete=models.SET_NULL, related_name="suggestions", editable=False
    )
    received_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["first_start", "pk"]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [models.UniqueConstraint(fields=["calendar", "key"], name="suggestion_received_once")]

    def __str__(self):
        return self.title

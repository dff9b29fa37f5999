"""The plan of an event, a part of its page's revisions: on which days, at which hours, how it repeats."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from . import plan_checks
from .plan_form import DaysInput, WeekdaysInput


class Repetition(models.TextChoices):
    """How a line of the plan repeats. The stored value is iCalendar's FREQ, where it has one."""

    NONE = "", _("once")
    WEEKLY = "WEEKLY", _("weekly")
    MONTHLY = "MONTHLY", _("monthly, on the same weekday of the month")
    DATES = "DATES", _("on the days listed below")


#: The style sheet of the administration hides what is marked with it while an event takes place once.
REPEATS_ONLY = "repetition__details"


class Nth(models.IntegerChoices):
    """Which of a month's weekdays of one name; iCalendar's number before BYDAY."""

    FIRST = 1, _("first")
    SECOND = 2, _("second")
    THIRD = 3, _("third")
    FOURTH = 4, _("fourth")
    LAST = -1, _("last")


class EventDate(Orderable):
    """A line of the plan: a day or days, with hours, perhaps repeated. Part of the page's revisions.

    `weekdays`: ISO numbers in a row ("135" is Monday, Wednesday, Friday), empty for the weekday of `day`;
    `listed_days`, `except_days`: ISO dates parted by spaces.
    """

    event = ParentalKey("programme.EventPage", on_delete=models.CASCADE, related_name="plan")
    day = models.DateField(_("day"))
    start_time = models.TimeField(_("starts at"), null=True, blank=True, help_text=_("Empty: hour to be confirmed."))
    end_day = models.DateField(_("last day, if other"), null=True, blank=True)
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    door_time = models.TimeField(_("doors open at"), null=True, blank=True)
    is_all_day = models.BooleanField(_("all day"), default=False)
    repetition = models.CharField(_("repeats"), max_length=8, choices=Repetition, default=Repetition.NONE, blank=True)
    interval = models.PositiveSmallIntegerField(
        _("every how many weeks or months"), default=1, help_text=_("1: every week; 2: every second week.")
    )
    weekdays = models.CharField(
        _("on weekdays"), max_length=7, blank=True, help_text=_("None chosen: the weekday of the first day.")
    )
    nth = models.SmallIntegerField(
        _("which in the month"), choices=Nth, null=True, blank=True, help_text=_("Empty: as the first day is.")
    )
    repeat_until = models.DateField(_("until"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(_("or this many times"), null=True, blank=True)
    listed_days = models.TextField(
        _("further days"), blank=True, help_text=_("One date a line, for example 8.12.2026. The hours are the same.")
    )
    except_days = models.TextField(
        _("except on"), blank=True, help_text=_("Days left out, one date a line, for example 24.12.2026.")
    )

    panels = [
        FieldRowPanel(["day", "start_time", "end_time"]),
        FieldRowPanel(["end_day", "door_time", "is_all_day"]),
        MultiFieldPanel(
            [
                "repetition",
                FieldRowPanel(["interval", "nth"], classname=REPEATS_ONLY),
                FieldPanel("weekdays", widget=WeekdaysInput, classname=REPEATS_ONLY),
                FieldRowPanel(
                    [
                        "repeat_until",
                        FieldPanel(
                            "count",
                            help_text=_("With both, whichever comes first. Days left out below are counted, too."),
                        ),
                    ],
                    classname=REPEATS_ONLY,
                ),
                FieldPanel("listed_days", widget=DaysInput, classname=REPEATS_ONLY),
                FieldPanel("except_days", widget=DaysInput, classname=REPEATS_ONLY),
            ],
            classname="repetition",
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("date in the plan")

    def __str__(self):
        return f"{self.day} {self.start_time or ''}".strip()

    def clean(self):
        super().clean()
        errors = plan_checks.errors_of(self)
        if errors:
            raise ValidationError(errors)

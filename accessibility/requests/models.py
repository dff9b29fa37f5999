"""Requests about access: what a visitor asked for, until when the centre owes an answer, and the answer."""

import secrets
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class RequestKind(models.TextChoices):
    """Three requests of two acts; the values stand in addresses, so they are Polish."""

    BARRIER = "bariera", _("report of a barrier")
    ACCESS = "dostepnosc", _("application for access")
    DIGITAL = "cyfrowe", _("demand for digital accessibility")

    @property
    def days(self):
        """Days that the act gives for providing access; None when it sets no term.

        Act of 19 July 2019, art. 29 (report: none) and art. 31 (application: 14); act of 4 April 2019, art. 18 (7).
        """
        return {"dostepnosc": 14, "cyfrowe": 7}.get(self.value)


class RequestStatus(models.TextChoices):
    NEW = "new", _("new")
    IN_PROGRESS = "in_progress", _("in progress")
    ANSWERED = "answered", _("done: access provided")
    ALTERNATIVE = "alternative", _("done: alternative access provided")
    REFUSED = "refused", _("refused with reasons")


#: What still waits for an answer.
OPEN = (RequestStatus.NEW, RequestStatus.IN_PROGRESS)
CLOSED = (RequestStatus.ANSWERED, RequestStatus.ALTERNATIVE, RequestStatus.REFUSED)
# Both acts: a longer term is at most two months from the day of receipt.
LONGEST_TERM = relativedelta(months=2)
SOON = timedelta(days=3)


class ContactWay(models.TextChoices):
    EMAIL = "email", _("by e-mail")
    TELEPHONE = "telephone", _("by telephone")
    TEXT_MESSAGE = "sms", _("by text message")
    POST = "post", _("by post")
    OTHER = "other", _("in another way")


class AccessRequestQuerySet(models.QuerySet):
    def open(self):
        """Those that still wait for an answer."""
        return self.filter(status__in=OPEN)

    def overdue(self, at):
        """Open ones whose term has passed at the moment `at`."""
        return self.open().filter(due_at__lte=at)

    def due_soon(self, at):
        """Open ones whose term ends within three days of the moment `at`."""
        return self.open().filter(due_at__gt=at, due_at__lte=at + SOON)

    def most_urgent_first(self):
        """Those that wait for an answer before those that have one; the nearest term first, none at all last."""
        is_closed = models.Case(models.When(status__in=OPEN, then=0), default=1)
        return self.order_by(is_closed, models.F("due_at").asc(nulls_last=True), "-received_at", "-pk")


class AccessRequest(models.Model):
    """One request about access at one centre."""

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+", editable=False)
    reference = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=RequestKind, editable=False)
    received_at = models.DateTimeField(_("received"), editable=False)
    due_at = models.DateTimeField(
        _("due"), null=True, editable=False, help_text=_("The first moment at which the term is over.")
    )
    subject = models.TextField(_("what it is about"), max_length=4000)
    wish = models.TextField(_("what would help"), max_length=2000, blank=True)
    interest = models.TextField(_("why access is needed"), max_length=2000, blank=True)
    contact_way = models.CharField(_("way of contact"), max_length=10, choices=ContactWay, blank=True)
    contact = models.CharField(_("contact data"), max_length=300, blank=True)
    status = models.CharField(_("state"), max_length=12, choices=RequestStatus, default=RequestStatus.NEW)
    answer = models.TextField(
        _("answer"),
        blank=True,
        help_text=_("What was done or answered. A refusal and alternative access need their reasons."),
    )
    answered_on = models.DateField(_("answer sent on"), null=True, blank=True, help_text=_("Left empty: today."))
    extended_until = models.DateField(
        _("new last day"),
        null=True,
        blank=True,
        help_text=_("At most two months from receipt. Tell the person at once, with the reasons."),
    )
    extension_reason = models.TextField(_("reasons for the longer term"), max_length=2000, blank=True)
    # The person's words and contact are gone; what is left counts in statistics.
    erased_at = models.DateTimeField(_("personal data deleted"), null=True, editable=False)
    # The form's one-time mark: the same form sent twice is one request.
    form_mark = models.CharField(max_length=64, unique=True, editable=False)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about access")
        verbose_name_plural = _("requests about access")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="answered_access_request_has_an_answer",
                condition=~models.Q(status__in=["answered", "alternative", "refused"]) | ~models.Q(answer=""),
                violation_error_message=_("Write down the answer before closing the request."),
            ),
            models.CheckConstraint(
                name="extended_access_request_has_reasons",
                condition=models.Q(extended_until=None) | ~models.Q(extension_reason=""),
                violation_error_message=_("Write down the reasons for the longer term."),
            ),
        ]

    def __str__(self):
        return self.reference

    def save(self, **kwargs):
        if not self.reference:
            self.reference = new_reference()
        super().save(**kwargs)

    def clean(self):
        super().clean()
        if self.extended_until is None:
            return
        first = due_at(self.kind, self.received_at)
        if first is None:
            raise ValidationError({"extended_until": _("This kind of request has no term to extend.")})
        if not first.date() <= self.extended_until <= self.longest_term:
            days = {"first": date_format(first.date(), "j E Y"), "last": date_format(self.longest_term, "j E Y")}
            message = _("The new day must lie between %(first)s and %(last)s.") % days
            raise ValidationError({"extended_until": message})

    @property
    def due_on(self):
        """The last day of the term (date), or None when the act sets no term."""
        return timezone.localtime(self.due_at - timedelta(microseconds=1)).date() if self.due_at else None

    @property
    def longest_term(self):
        """The last day (date) to which both acts let the term be extended."""
        return timezone.localtime(self.received_at).date() + LONGEST_TERM

    @property
    def is_open(self):
        return self.status in OPEN

    def is_overdue(self, at):
        """Whether the term has passed at the moment `at` and nothing was answered."""
        return bool(self.is_open and self.due_at and self.due_at <= at)

    def is_due_soon(self, at):
        """Whether the term ends within three days of the moment `at` and nothing was answered."""
        return bool(self.is_open and self.due_at and at < self.due_at <= at + SOON)

    def keep_term(self):
        """Set the term anew after a change of `extended_until`."""
        self.due_at = end_of(self.extended_until) if self.extended_until else due_at(self.kind, self.received_at)


def due_at(kind, received_at):
    """The first moment after the term of a request of `kind` (RequestKind) received at `received_at` (aware).

    The day of receipt does not count (art. 57 of the code of administrative procedure); None without a term.
    """
    days = RequestKind(kind).days
    if days is None:
        return None
    return end_of(received_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date() + timedelta(days=days))


def end_of(day):
    """The first moment (aware) at which `day` (a date) is over."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def new_reference():
    """A number to quote on the telephone: says nothing about the person and cannot be guessed."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _place in range(8))
    return f"{letters[:4]}-{letters[4:]}"

"""Letters that wait to be sent, and for a short while those that were."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

PATIENCE = timedelta(days=3)
LATE = timedelta(minutes=10)


class Failure(models.TextChoices):
    """Why a letter did not go: the kind alone, because a mail server's own words repeat addresses."""

    CONNECTION = "connection", _("the mail server does not answer")
    LOGIN = "login", _("the mail server does not accept the name and password")
    REFUSED = "refused", _("the mail server refuses the address")
    OTHER = "other", _("the mail server refuses the letter")


class LetterQuerySet(models.QuerySet):
    def waiting(self):
        """Those that are still to be sent."""
        return self.filter(sent_at=None, given_up_at=None)

    def due(self, at):
        """Those whose turn has come at the moment `at`, the longest waiting first."""
        return self.waiting().filter(next_attempt_at__lte=at).order_by("next_attempt_at", "pk")

    def late(self, at):
        """Those that staff should know about at the moment `at`: tried in vain, or untouched for ten minutes."""
        is_late = models.Q(attempts__gt=0) & ~models.Q(failure="") | models.Q(created_at__lte=at - LATE)
        return self.waiting().filter(is_late)

    def given_up(self):
        return self.exclude(given_up_at=None)


class Letter(models.Model):
    """One plain-text letter of one centre to one address."""

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120, unique=True, editable=False)
    to = models.EmailField(_("to"), blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("written"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), db_index=True)
    sent_at = models.DateTimeField(_("sent"), null=True, db_index=True)
    given_up_at = models.DateTimeField(_("given up"), null=True)
    failure = models.CharField(_("failure"), max_length=12, choices=Failure, blank=True)

    objects = LetterQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.subject

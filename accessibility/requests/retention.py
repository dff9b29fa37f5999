"""How long the centre keeps what people wrote, and forgetting it afterwards."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from .models import CLOSED, AccessRequest

# A year: long enough for a complaint and the questions that follow it; neither act asks for more.
MONTHS = 12
WORDS = ("subject", "wish", "interest", "contact_way", "contact")
ERASED = "–"  # where the database insists that something was written


@register_setting(icon="mail", order=120)
class AccessRequestSettings(BaseSiteSetting):
    """What one centre decides about its requests about access."""

    months_kept = models.PositiveSmallIntegerField(
        _("months for which a closed request is kept"),
        default=MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_(
            "Counted from the day of the answer; then the site deletes what the person wrote and the answer, and "
            "keeps only the kind, the days and the result, for statistics. The forms say so. A year is enough for a "
            "complaint; choose more only if your records schedule asks for it."
        ),
    )

    panels = ["months_kept"]

    class Meta:
        verbose_name = _("keeping of requests about access")
        verbose_name_plural = _("keeping of requests about access")

    def __str__(self):
        return str(self.site)


def months_kept(site):
    """For how many months after its answer `site` keeps a request."""
    chosen = AccessRequestSettings.objects.filter(site=site).values_list("months_kept", flat=True).first()
    return chosen or MONTHS


def erase_old(at):
    """Take the person's words and contact out of what was closed long enough before the moment `at`."""
    closed = AccessRequest.objects.filter(status__in=CLOSED, erased_at=None)
    for site in {accepted.site for accepted in closed.select_related("site").only("site")}:
        last_day = timezone.localdate(at) - relativedelta(months=months_kept(site))
        old = closed.filter(site=site).filter(
            models.Q(answered_on__lte=last_day)
            | models.Q(answered_on=None, received_at__lte=at - timedelta(days=31 * months_kept(site)))
        )
        old.exclude(extended_until=None).update(extension_reason=ERASED)
        old.update(**dict.fromkeys(WORDS, ""), answer=ERASED, erased_at=at)

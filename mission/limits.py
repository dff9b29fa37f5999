"""How often somebody may do something within an hour, counted without writing down who it was.

Of a network address or an e-mail address only a keyed hash is kept, in the database, so that the count holds in
every process; an hour after the last count the clock forgets it.
"""

import ipaddress
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

WINDOW = timedelta(hours=1)


class Tally(models.Model):
    """The moments of the last hour at which one somebody did one thing."""

    key = models.CharField(max_length=64, primary_key=True, editable=False)
    moments = models.JSONField(default=list, editable=False)  # Unix times in seconds
    last_at = models.DateTimeField(db_index=True, editable=False)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self):
        return self.key


def is_within(purpose, who, limit, at):
    """Count one more use and tell whether it is among the first `limit` of the last hour; a refused one is not counted.

    `purpose`: name of what is limited; `who`: whom, never stored; `at`: aware datetime. Runs in the caller's
    transaction or one of its own: two at once wait for each other.
    """
    key = salted_hmac(f"mission.limits:{purpose}", who, algorithm="sha256").hexdigest()
    with transaction.atomic():
        Tally.objects.get_or_create(key=key, defaults={"last_at": at})
        tally = Tally.objects.select_for_update().get(key=key)
        start = (at - WINDOW).timestamp()
        recent = [moment for moment in tally.moments if moment > start]
        if len(recent) >= limit:
            return False
        tally.moments, tally.last_at = [*recent, at.timestamp()], at
        tally.save()
    return True


def forget(at):
    """Delete what is older than the hour that it was kept for; the clock does this."""
    Tally.objects.filter(last_at__lte=at - WINDOW).delete()


def network_address(request):
    """The visitor's network address as text, for limits alone; an IPv6 household counts as one (its /64).

    Of `X-Forwarded-For` only the entries that our own proxies (`TRUSTED_PROXIES`) wrote count; the others are claims.
    Where there are fewer entries than proxies, somebody has gone past one, and nothing in the header can be believed.
    """
    address = request.META.get("REMOTE_ADDR", "")
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < settings.TRUSTED_PROXIES <= len(hops):
        address = hops[-settings.TRUSTED_PROXIES].strip() or address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)

"""What `/healthz` tells of the letters: how many wait and for how long, never to whom."""

from datetime import timedelta

from django.db.models import Count, Min

from .models import Letter
from .posting import can_send

# Servers that first send everybody away are content within half an hour; whatever waits longer waits for a person.
STUCK = timedelta(hours=1)
STUCK_CODE = "outbox-stuck"


def letters(at):
    """For the hook `register_health_details`: `oldest_seconds` is how long the longest waiting letter has waited."""
    waiting = Letter.objects.waiting().aggregate(count=Count("pk"), oldest=Min("created_at"))
    age = at - waiting["oldest"] if waiting["count"] else timedelta()
    mail = {
        "ok": age < STUCK,
        "sends": can_send(),
        "waiting": waiting["count"],
        "oldest_seconds": round(age.total_seconds()),
        "given_up": Letter.objects.given_up().count(),
    }
    return {"mail": mail}


def warnings(at):
    """For the hook `register_health_warnings`."""
    return [STUCK_CODE] if Letter.objects.waiting().filter(created_at__lte=at - STUCK).exists() else []

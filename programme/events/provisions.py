"""Dates by what their access cards come to."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from accessibility.card import ProvisionState

from ..venues.models import VenueAccess
from .access import EventAccess

#: One can count on it, if need be by asking in time.
THERE = (ProvisionState.PROVIDED, ProvisionState.ON_REQUEST)


def offering(dates, provision):
    """The `dates` (OccurrenceQuerySet) whose card says that `provision` is provided, or provided on request.

    The card's own order, asked of the database: what the event says goes before its room, the room before the
    building, the building before the place; "not available" overrides too. The place is the date's own, otherwise
    the event's.
    """
    at = Coalesce(OuterRef("venue_id"), OuterRef("event__venue_id"))
    layers = [
        EventAccess.objects.filter(event=OuterRef("event_id")),
        *(VenueAccess.objects.filter(**{way: at}) for way in ("venue", "venue__parts", "venue__parts__parts")),
    ]
    said = (Subquery(layer.filter(provision=provision).order_by().values("state")[:1]) for layer in layers)
    name = f"says_{provision}"
    return dates.alias(**{name: Coalesce(*said)}).filter(**{f"{name}__in": THERE})

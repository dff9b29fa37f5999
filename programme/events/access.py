"""The access card of an event, and the lines that a kind of event begins with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from accessibility.card import AccessProvision


class EventAccess(AccessProvision):
    """A line of an event's access card, where it differs from the place's."""

    event = ParentalKey("programme.EventPage", on_delete=models.CASCADE, related_name="access")

    class Meta(AccessProvision.Meta):
        verbose_name = _("access provision")
        constraints = [models.UniqueConstraint(fields=["event", "provision"], name="event_states_a_provision_once")]


class KindAccess(AccessProvision):
    """A line that the access card of a new event of this kind begins with; editors change or remove it."""

    kind = ParentalKey("programme.EventKind", on_delete=models.CASCADE, related_name="access")

    class Meta(AccessProvision.Meta):
        verbose_name = _("access provision")
        constraints = [models.UniqueConstraint(fields=["kind", "provision"], name="kind_states_a_provision_once")]

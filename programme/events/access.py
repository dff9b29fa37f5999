"""The access card of an event: its own lines, the lines that its kind begins with, whom to ask and until when."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from accessibility.card import AccessProvision, Asking

from ..code_lists import ProgrammeSettings


class EventAccess(AccessProvision):
    """A line of an event's access card, where it differs from the place's."""

    event = ParentalKey("programme.EventPage", on_delete=models.CASCADE, related_name="access")

    class Meta(AccessProvision.Meta):
        verbose_name = _("access provision")
        constraints = [models.UniqueConstraint(fields=["event", "provision"], name="event_states_a_provision_once")]


class KindAccess(AccessProvision):
    """A line that the access card of a new event of this kind begins with; editors change or remove it."""

    kind = ParentalKey("programme.EventKind", verbose_name=_("kind"), on_delete=models.CASCADE, related_name="access")

    class Meta(AccessProvision.Meta):
        verbose_name = _("access provision")
        constraints = [models.UniqueConstraint(fields=["kind", "provision"], name="kind_states_a_provision_once")]


def begin_card(event):
    """Give an event (EventPage, not saved yet) whose card says nothing the lines of its kind; returns them."""
    if event.access.count():
        return []
    event.access = [
        EventAccess(provision=row.provision, state=row.state, note=row.note, sort_order=row.sort_order)
        for row in event.kind.access.all()
    ]
    return list(event.access.all())


def asking_about(event, date, *, centre, at):
    """Whom to ask about access to `event`, and until which day for its `date` (Occurrence, None when none is ahead).

    `centre`: CentreSettings. Days are counted in the calendar, so that no change of clocks moves the deadline.
    """
    contact = event.access_contact or ", ".join(filter(None, [centre.telephone, centre.email]))
    days = event.access_request_days
    if days is None:
        days = ProgrammeSettings.for_site(centre.site).access_request_days
    if date is None:
        return Asking(contact, days)
    until = date.first_day - timedelta(days=days)
    return Asking(contact, days, until, is_late=timezone.localdate(at) > until)

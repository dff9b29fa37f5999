"""The access card: how everyone can take part, in the same words on venues, events and in feeds."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable


class Provision(models.TextChoices):
    """What a place or an event can offer to people with special needs."""

    STEP_FREE = "step_free", _("step-free entrance")
    ACCESSIBLE_TOILET = "accessible_toilet", _("accessible toilet")
    WHEELCHAIR_PLACES = "wheelchair_places", _("places for wheelchairs")
    DISABLED_PARKING = "disabled_parking", _("disabled parking")
    ASSISTANCE_DOG = "assistance_dog", _("assistance dog welcome")
    COMPANION_FREE = "companion_free", _("companion admitted free")
    HELP_FROM_STOP = "help_from_stop", _("help on the way from the stop")
    SIGN_LANGUAGE = "sign_language", _("Polish Sign Language interpreter")
    INDUCTION_LOOP = "induction_loop", _("induction loop")
    CAPTIONS = "captions", _("captions")
    WRITTEN_CONTACT = "written_contact", _("contact in writing")
    AUDIO_DESCRIPTION = "audio_description", _("audio description")
    TOUCH_TOUR = "touch_tour", _("touch tour")
    LARGE_PRINT = "large_print", _("large print or Braille")
    QUIET_ROOM = "quiet_room", _("quiet room")
    RELAXED_SESSION = "relaxed_session", _("relaxed session")
    STROBE_OR_NOISE = "strobe_or_noise_warning", _("strobe or noise: see the note")
    EASY_READ = "easy_read", _("easy-to-read programme")


#: The same in two or three words, for lists.
SHORT = {
    Provision.STEP_FREE: _("no steps"),
    Provision.ACCESSIBLE_TOILET: _("accessible toilet"),
    Provision.WHEELCHAIR_PLACES: _("wheelchair places"),
    Provision.DISABLED_PARKING: _("accessible parking"),
    Provision.ASSISTANCE_DOG: _("assistance dog"),
    Provision.COMPANION_FREE: _("companion free"),
    Provision.HELP_FROM_STOP: _("help from the stop"),
    Provision.SIGN_LANGUAGE: _("sign language"),
    Provision.INDUCTION_LOOP: _("induction loop"),
    Provision.CAPTIONS: _("captions"),
    Provision.WRITTEN_CONTACT: _("contact in writing"),
    Provision.AUDIO_DESCRIPTION: _("audio description"),
    Provision.TOUCH_TOUR: _("touch tour"),
    Provision.LARGE_PRINT: _("large print"),
    Provision.QUIET_ROOM: _("quiet room"),
    Provision.RELAXED_SESSION: _("relaxed session"),
    Provision.STROBE_OR_NOISE: _("strobe or noise"),
    Provision.EASY_READ: _("easy to read"),
}


class ProvisionState(models.TextChoices):
    """Whether a provision is there. What nobody has stated is unknown and is never printed as a promise."""

    PROVIDED = "provided", _("provided")
    ON_REQUEST = "on_request", _("on request")
    NOT_AVAILABLE = "not_available", _("not available")


class AccessProvision(Orderable):
    """One line of an access card. The room above adds the place or event it speaks of."""

    provision = models.CharField(_("what"), max_length=30, choices=Provision)
    state = models.CharField(_("state"), max_length=15, choices=ProvisionState, default=ProvisionState.PROVIDED)
    note = models.CharField(
        _("note"), max_length=160, blank=True, help_text=_("For example: bell at the gate, ask until a week before.")
    )

    panels = ["provision", "state", "note"]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self):
        return f"{self.get_provision_display()}: {self.get_state_display()}"

    @property
    def short(self):
        """What, in two or three words for a list."""
        return SHORT[self.provision]


@dataclass(frozen=True)
class Asking:
    """Whom to ask about access, and until when.

    `days`: at least so many days before; `until`: the last day for one date, None when no date is meant;
    `is_late`: that day has passed.
    """

    contact: str
    days: int
    until: date | None = None
    is_late: bool = False


def access_card(*layers):
    """One row for each provision that any layer states, in the order of `Provision`; later layers override.

    `layers`: iterables of AccessProvision, the building's first, the event's last.
    """
    stated = {row.provision: row for layer in layers for row in layer}
    return [stated[provision] for provision in Provision if provision in stated]

"""What happens, when, where: the models of the room, each kept with its concern."""

from .code_lists import EventKind, ProgrammeSettings, SectionForm
from .events.dates import EventDate, EventStatus, Occurrence, RemovedDate
from .events.models import EventAccess, EventIndexPage, EventPage, Offer
from .sections.models import Availability, Group, Meeting, SectionIndexPage, SectionPage
from .venues.models import VenueAccess, VenueIndexPage, VenuePage

__all__ = [
    "Availability",
    "EventAccess",
    "EventDate",
    "EventIndexPage",
    "EventKind",
    "EventPage",
    "EventStatus",
    "Group",
    "Meeting",
    "Occurrence",
    "Offer",
    "ProgrammeSettings",
    "RemovedDate",
    "SectionForm",
    "SectionIndexPage",
    "SectionPage",
    "VenueAccess",
    "VenueIndexPage",
    "VenuePage",
]

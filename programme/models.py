"""What happens, when, where: the models of the room, each kept with its concern."""

from .code_lists import EventKind, ProgrammeSettings, SectionForm
from .events.access import EventAccess, KindAccess
from .events.breaks import BreakCalendar, BreakPeriod
from .events.dates import AttendanceMethod, EventStatus, Occurrence, RemovedDate, Seats
from .events.models import AttendanceMode, EventIndexPage, EventPage
from .events.offers import CardDiscount, Offer
from .events.plan import EventDate, Nth, Repetition
from .events.roles import EventRole, Role
from .events.series import SeriesForm, SeriesPage
from .events.share_pictures import SharePicture
from .partner_calendars.models import PartnerCalendar, Suggestion, SuggestionState
from .sections.models import Availability, Group, Meeting, SectionIndexPage, SectionPage
from .venues.models import VenueAccess, VenueHours, VenueIndexPage, VenueKind, VenuePage

__all__ = [
    "AttendanceMethod",
    "AttendanceMode",
    "Availability",
    "BreakCalendar",
    "BreakPeriod",
    "CardDiscount",
    "EventAccess",
    "EventDate",
    "EventIndexPage",
    "EventKind",
    "EventPage",
    "EventRole",
    "EventStatus",
    "Group",
    "KindAccess",
    "Meeting",
    "Nth",
    "Occurrence",
    "Offer",
    "PartnerCalendar",
    "ProgrammeSettings",
    "RemovedDate",
    "Repetition",
    "Role",
    "Seats",
    "SectionForm",
    "SectionIndexPage",
    "SectionPage",
    "SeriesForm",
    "SeriesPage",
    "SharePicture",
    "Suggestion",
    "SuggestionState",
    "VenueAccess",
    "VenueHours",
    "VenueIndexPage",
    "VenueKind",
    "VenuePage",
]

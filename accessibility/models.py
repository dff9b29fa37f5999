"""The room's models, gathered for Django; each lives with the rest of its concern."""

from .declaration.models import (
    Barrier,
    DeclarationApp,
    DeclarationPage,
    EvidenceCheck,
    ExcessiveCost,
    Exemption,
    KeyboardShortcut,
    Place,
)
from .declaration.printed import PrintedPlaces
from .findings.models import ConformanceLevel, Finding, FindingSource, FindingState
from .hub.models import AccessibilityHubPage
from .requests.models import AccessRequest, RequestKind, RequestStatus
from .review.models import DeclarationReview

__all__ = [
    "AccessRequest",
    "AccessibilityHubPage",
    "Barrier",
    "ConformanceLevel",
    "DeclarationApp",
    "DeclarationPage",
    "DeclarationReview",
    "EvidenceCheck",
    "ExcessiveCost",
    "Exemption",
    "Finding",
    "FindingSource",
    "FindingState",
    "KeyboardShortcut",
    "Place",
    "PrintedPlaces",
    "RequestKind",
    "RequestStatus",
]

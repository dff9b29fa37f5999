"""The room's models, gathered for Django; each lives with the rest of its concern."""

from .audit.models import AuditedDocument, AuditedPage, AuditRun, AuditState
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
from .findings.models import ConformanceLevel, Finding, FindingSource, FindingState
from .hub.models import AccessibilityHubPage
from .requests.models import AccessRequest, RequestKind, RequestStatus

__all__ = [
    "AccessRequest",
    "AccessibilityHubPage",
    "AuditRun",
    "AuditState",
    "AuditedDocument",
    "AuditedPage",
    "Barrier",
    "ConformanceLevel",
    "DeclarationApp",
    "DeclarationPage",
    "EvidenceCheck",
    "ExcessiveCost",
    "Exemption",
    "Finding",
    "FindingSource",
    "FindingState",
    "KeyboardShortcut",
    "Place",
    "RequestKind",
    "RequestStatus",
]

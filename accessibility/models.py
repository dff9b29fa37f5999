"""The room's models, gathered for Django; each lives with the rest of its concern."""

from .audit.models import AuditedDocument, AuditedPage, AuditRun, AuditState
from .declaration.models import DeclarationPage
from .declaration.printed import PrintedPlaces
from .declaration.rows import (
    Barrier,
    DeclarationApp,
    EvidenceCheck,
    ExcessiveCost,
    Exemption,
    KeyboardShortcut,
    Place,
)
from .evaluation.models import (
    CriterionResult,
    Evaluation,
    EvaluationState,
    Failure,
    Outcome,
    PageChoice,
    SampledPage,
    TestMode,
)
from .findings.models import ConformanceLevel, Finding, FindingSource, FindingState
from .hub.models import AccessibilityHubPage
from .requests.models import AccessRequest, RequestKind, RequestStatus
from .requests.retention import AccessRequestSettings
from .review.models import DeclarationReview

__all__ = [
    "AccessRequest",
    "AccessRequestSettings",
    "AccessibilityHubPage",
    "AuditRun",
    "AuditState",
    "AuditedDocument",
    "AuditedPage",
    "Barrier",
    "ConformanceLevel",
    "CriterionResult",
    "DeclarationApp",
    "DeclarationPage",
    "DeclarationReview",
    "Evaluation",
    "EvaluationState",
    "EvidenceCheck",
    "ExcessiveCost",
    "Exemption",
    "Failure",
    "Finding",
    "FindingSource",
    "FindingState",
    "KeyboardShortcut",
    "Outcome",
    "PageChoice",
    "Place",
    "PrintedPlaces",
    "RequestKind",
    "RequestStatus",
    "SampledPage",
    "TestMode",
]

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

__all__ = [
    "AccessRequest",
    "AccessRequestSettings",
    "AccessibilityHubPage",
    "Barrier",
    "ConformanceLevel",
    "CriterionResult",
    "DeclarationApp",
    "DeclarationPage",
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
    "RequestKind",
    "RequestStatus",
    "SampledPage",
    "TestMode",
]

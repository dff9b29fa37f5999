"""Findings, criteria and checks as data that may be published: nothing about people."""

from accessibility.findings.models import FindingSource
from mission.plain_text import plain_line, plain_lines


def finding_record(finding):
    """A finding as a dict that JSON can carry.

    What a visitor reported may be in the visitor's own words, so of a report only the facts are published; the barrier
    in the declaration says in the house's words what is wrong.
    """
    is_report = finding.source == FindingSource.REPORT
    return {
        "id": finding.pk,
        "source": finding.source,
        "source_label": finding.found_by,
        "state": finding.state,
        "state_label": str(finding.get_state_display()),
        "covered_by": finding.covered_by_id,
        "criterion": finding.criterion,
        "rule": finding.rule,
        "level": finding.level,
        "address": plain_line(finding.address),
        "pages": finding.pages_count,
        "message": "" if is_report else plain_lines(finding.message),
        "mend": "" if is_report else plain_lines(finding.mend),
        "reason": "" if is_report else plain_lines(finding.reason),
        "first_seen": finding.first_seen_at.isoformat(),
        "last_seen": finding.last_seen_at.isoformat(),
        "state_since": finding.state_changed_at.isoformat(),
        "repaired_on": day(finding.repaired_on),
        "proof": plain_line(finding.proof),
        "places": [] if is_report else finding.places,
    }


def criterion_record(criterion, result):
    """A criterion with its result."""
    return {
        "number": criterion.number,
        "name": criterion.name,
        "level": criterion.level,
        "clause": criterion.clause,
        "outcome": result.outcome,
        "outcome_label": str(result.get_outcome_display()),
        "mode": result.mode,
        "method": plain_lines(result.method or criterion.test),
        "evidence": plain_lines(result.evidence),
        "tested_by": plain_line(result.tester),
        "tested_on": day(result.tested_on),
    }


def check_record(check):
    """A `CheckEvidence`."""
    return {
        "checked_on": day(check.checked_on),
        "method": check.method,
        "method_label": str(check.method_label),
        "scope": plain_lines(check.scope),
        "tool": plain_line(check.tool),
        "coverage": plain_line(check.coverage),
        "result": plain_lines(check.result),
        "checked_by": plain_line(check.checked_by),
        "is_sample": check.is_sample,
        "data": check.data,
    }


def day(value):
    return value.isoformat() if value else None

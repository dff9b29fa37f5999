"""What a check of a declaration says: findings, and what it knew about the site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One fault: the rule, how bad it is, what is wrong, where, and how to mend it (all in Polish)."""

    rule: str
    severity: Severity
    message: str
    place: str
    mend: str


@dataclass(frozen=True)
class SiteContext:
    """What is known about the site beside its declaration.

    `url`: absolute address of the site; `subject`: official name, "" when unknown; `is_demonstration`: None when
    unknown; `pages`: {address: HTML} of pages that must link to the declaration; `forbidding`: texts of the findings
    that forbid "w pełni zgodna"; `unlisted`: texts of accepted findings that the document does not list; `axe`: what
    axe found in the declaration itself in the last audit; the three are None when unknown; `exemption_dates`:
    {element: day of publication} as the site's own data have it.
    """

    url: str = ""
    subject: str = ""
    is_demonstration: bool | None = None
    pages: Mapping[str, str] = field(default_factory=dict)
    forbidding: list[str] | None = None
    unlisted: list[str] | None = None
    axe: tuple | list | None = None
    exemption_dates: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What a check found: findings in the order of the rules, and the rules that could not be checked."""

    findings: list[Finding]
    checked: list[str]
    not_checked: list[str]

    @property
    def errors(self):
        return [finding for finding in self.findings if finding.severity == Severity.ERROR]

    @property
    def warnings(self):
        return [finding for finding in self.findings if finding.severity == Severity.WARNING]

    @property
    def is_correct(self):
        return not self.errors

    def as_dict(self):
        """The report as plain data for JSON."""
        return {
            "is_correct": self.is_correct,
            "findings": [
                {
                    "rule": finding.rule,
                    "severity": str(finding.severity),
                    "message": finding.message,
                    "place": finding.place,
                    "mend": finding.mend,
                }
                for finding in self.findings
            ],
            "checked": self.checked,
            "not_checked": self.not_checked,
        }

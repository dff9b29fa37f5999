"""What a check of a declaration says: findings, and what it knew about the site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    """What is known about the site beside its declaration; None, "" and no pages mean "unknown".

    `url`: absolute address of the site; `read_at`: absolute address at which the declaration was read, which
    counts when `url` is unknown; `subject`: official name; `is_demonstration`; `pages`: {address: HTML} of pages
    that must link to the declaration; `forbidding`: texts of findings with which a site is not "w pełni zgodna";
    `unlisted`: texts of accepted findings that the declaration leaves out; `axe`: messages of axe about the
    declaration's own page in the last audit; `exemption_dates`: {element as the declaration calls it: day of its
    publication or last change} of exempted elements.
    """

    url: str = ""
    subject: str = ""
    is_demonstration: bool | None = None
    pages: Mapping[str, str] = field(default_factory=dict)
    forbidding: Sequence[str] | None = None
    unlisted: Sequence[str] | None = None
    axe: Sequence[str] | None = None
    exemption_dates: Mapping[str, date] | None = None
    read_at: str = ""


@dataclass(frozen=True)
class Report:
    """What a check found: findings in the order of the rules, and the rules that could not be checked.

    `left_out`: how many more findings there are of rules that have found very many.
    """

    findings: list[Finding]
    checked: list[str]
    not_checked: list[str]
    left_out: int = 0

    @property
    def errors(self):
        return [finding for finding in self.findings if finding.severity == Severity.ERROR]

    @property
    def warnings(self):
        return [finding for finding in self.findings if finding.severity == Severity.WARNING]

    @property
    def is_correct(self):
        return not self.errors

    def completed_by(self, other):
        """This report with what another report checked and this one could not."""
        added = [rule for rule in self.not_checked if rule in other.checked]
        findings = self.findings + [finding for finding in other.findings if finding.rule in added]
        return replace(
            self,
            findings=sorted(findings, key=lambda finding: number_of(finding.rule)),
            checked=sorted([*self.checked, *added], key=number_of),
            not_checked=[rule for rule in self.not_checked if rule not in added],
            left_out=self.left_out + other.left_out,
        )

    def joined_with(self, other):
        """This report with the findings of another look at the same declaration, each fault once."""
        known = {(finding.rule, finding.message) for finding in self.findings}
        added = [finding for finding in other.findings if (finding.rule, finding.message) not in known]
        findings = sorted(self.findings + added, key=lambda finding: number_of(finding.rule))
        return replace(self, findings=findings)

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
            "left_out": self.left_out,
            "checked": self.checked,
            "not_checked": self.not_checked,
        }


def number_of(rule):
    """26 for "R26"."""
    return int(rule[1:])

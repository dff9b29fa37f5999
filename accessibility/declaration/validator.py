"""Checks anybody's declaration of accessibility from its HTML alone.

`check` reads the document, asks every rule of `rules` and returns a `Report`. What HTML alone cannot
decide needs a `SiteContext`; without one the rule is reported as not checked.
"""

from .reading import Reading
from .report import Finding, Report, Severity, SiteContext
from .rules import ALL_RULES

__all__ = ["Finding", "Report", "Severity", "SiteContext", "check"]

FINDINGS_OF_A_RULE = 30  # more of one kind help nobody, and a page made to hurt could hold a million


def check(html, *, at, context=None, charset="", only=()):
    """Check a declaration.

    `html`: str or bytes of a whole page or of a fragment; `at`: the day (date) on which it has to be right;
    `context`: SiteContext or None; `charset`: the encoding that a server announced; `only`: ids of rules ("R18"),
    all when empty. Returns a `Report`; never raises on broken HTML.
    """
    reading = Reading(html, charset)
    findings, checked, not_checked, left_out = [], [], [], 0
    for rule in ALL_RULES:
        if only and rule.id not in only:
            continue
        found = rule.check(reading, at, context or SiteContext())
        if found is None:
            not_checked.append(rule.id)
            continue
        checked.append(rule.id)
        findings += found[:FINDINGS_OF_A_RULE]
        left_out += len(found[FINDINGS_OF_A_RULE:])
    return Report(findings, checked, not_checked, left_out)

"""Checks anybody's declaration of accessibility from its HTML alone.

`check` reads the document, asks every rule of `rules.py` and returns a `Report`. What HTML alone cannot
decide needs a `SiteContext`; without one the rule is reported as not checked.
"""

from .reading import Reading
from .report import Finding, Report, Severity, SiteContext
from .rules import ALL_RULES

__all__ = ["Finding", "Report", "Severity", "SiteContext", "check"]


def check(html, *, at, context=None):
    """Check a declaration.

    `html`: str or bytes of a whole page or of a fragment; `at`: the day (date) on which it has to be right;
    `context`: SiteContext or None. Returns a `Report`; never raises on broken HTML.
    """
    reading = Reading(html)
    findings, checked, not_checked = [], [], []
    for rule in ALL_RULES:
        found = rule.check(reading, at, context)
        if found is None:
            not_checked.append(rule.id)
        else:
            checked.append(rule.id)
            findings += found
    return Report(findings, checked, not_checked)

"""The rules R1–R26 that a declaration is checked against.

A rule is a function of (reading, at, context) that returns findings, or None when it cannot be checked. Its
messages are Polish and stay so: they quote a Polish document to the people who answer for it.
"""

from ..report import number_of
from . import addresses, conformity, dates, descriptions, headings, identifiers, placeholders, quality, site
from .registry import RULES, Rule

ALL_RULES = sorted(RULES, key=lambda rule: number_of(rule.id))

__all__ = [
    "ALL_RULES",
    "Rule",
    "addresses",
    "conformity",
    "dates",
    "descriptions",
    "headings",
    "identifiers",
    "placeholders",
    "quality",
    "site",
]

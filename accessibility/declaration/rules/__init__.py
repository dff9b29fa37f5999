"""The rules R1–R26 that a declaration is checked against.

A rule is a function of (reading, at, context) that returns findings, or None when it cannot be checked. Its
messages are Polish and stay so: they quote a Polish document to the people who answer for it.
"""

from . import conformity, contents, context, dates, headings, identifiers, quality
from .registry import RULES, Rule

ALL_RULES = sorted(RULES, key=lambda rule: int(rule.id[1:]))

__all__ = ["ALL_RULES", "Rule", "conformity", "contents", "context", "dates", "headings", "identifiers", "quality"]

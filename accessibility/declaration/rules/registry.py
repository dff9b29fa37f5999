"""How a rule is written down and what it may say."""

from collections.abc import Callable
from dataclasses import dataclass

from ..report import Finding, Severity

DOCUMENT = "cały dokument"
RULES = []  # in the order of import; the package sorts them


@dataclass(frozen=True)
class Rule:
    """One rule: its number, its subject in a few words, and the function that checks it."""

    id: str
    title: str
    check: Callable


def rule(number, title):
    """Register a function of (reading, at, context) as rule R`number`. `title`: its subject, in Polish."""

    def register(function):
        RULES.append(Rule(f"R{number}", title, function))
        return function

    return register


def error(number, message, place, mend):
    return Finding(f"R{number}", Severity.ERROR, message, place, mend)


def warning(number, message, place, mend):
    return Finding(f"R{number}", Severity.WARNING, message, place, mend)

"""How a rule is written down and what it may say."""

from collections.abc import Callable
from dataclasses import dataclass

from ..report import Finding, Severity

DOCUMENT = "cały dokument"
LONGEST = 300  # characters of a sentence: it may quote a document that holds anything
RULES = []  # in the order of import; the package sorts them


@dataclass(frozen=True)
class Rule:
    """One rule: its number, its subject in a few words, the function that checks it, and what that needs.

    `needs`: what has to be known beside the HTML for the rule to be checked, "" when HTML is enough.
    """

    id: str
    title: str
    check: Callable
    needs: str = ""


def rule(number, title, needs=""):
    """Register a function of (reading, at, context) as rule R`number`; `title` and `needs` in Polish."""

    def register(function):
        RULES.append(Rule(f"R{number}", title, function, needs))
        return function

    return register


def error(number, message, place, mend):
    return _finding(number, Severity.ERROR, message, place, mend)


def warning(number, message, place, mend):
    return _finding(number, Severity.WARNING, message, place, mend)


def _finding(number, severity, *sentences):
    return Finding(f"R{number}", severity, *(shortened(sentence, LONGEST) for sentence in sentences))


def shortened(text, longest=80):
    """`text` cut to at most `longest` characters."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"

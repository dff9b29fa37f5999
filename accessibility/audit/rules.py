"""What each rule of an audit means: its criterion, its level, and its Polish words."""

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from ..findings.models import ConformanceLevel

TEXTS = Path(__file__).with_name("rules.toml")
CRITERION_TAG = re.compile(r"wcag(\d)(\d)(\d{1,2})")
# The norm of the declaration is WCAG 2.1 A and AA; what only WCAG 2.2 asks for is advice beyond it.
LEVEL_TAGS = {
    "wcag2a": ConformanceLevel.A,
    "wcag21a": ConformanceLevel.A,
    "wcag2aa": ConformanceLevel.AA,
    "wcag21aa": ConformanceLevel.AA,
}
AXE_TAGS = [*LEVEL_TAGS, "wcag22a", "wcag22aa", "best-practice"]
# What may change when only colours do.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
#: Link texts that say nothing about where they lead.
VAGUE_LINKS = [
    *("kliknij", "kliknij tutaj", "kliknij tu", "tutaj", "tu", "link", "więcej", "czytaj więcej", "czytaj dalej"),
    *("zobacz", "zobacz więcej", "dowiedz się więcej", "szczegóły", "przejdź", "pobierz", "here", "click here"),
    *("more", "read more", "strona", "dalej", "sprawdź", "otwórz"),
]


@dataclass(frozen=True)
class Rule:
    """One rule: `criterion` such as "1.4.3" or "", `level` of ConformanceLevel or "", `owner` "content",
    "template" or "" where the place decides."""

    id: str
    criterion: str
    level: str
    message: str
    mend: str
    owner: str = ""


@functools.cache
def texts():
    """{rule id: its entry in rules.toml}."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def criterion_of(tags):
    """The first WCAG criterion that axe's `tags` name (wcag143 is 1.4.3), or ""."""
    matches = (CRITERION_TAG.fullmatch(tag) for tag in tags)
    return next((".".join(match.groups()) for match in matches if match), "")


def level_of(tags):
    """The level of the norm's criterion that axe's `tags` name, or "" for advice beyond the norm."""
    return next((LEVEL_TAGS[tag] for tag in tags if tag in LEVEL_TAGS), "")


def rule(rule_id, *, tags=(), text=""):
    """The `Rule`; `tags` and `text` are axe's, used where our own list is silent."""
    entry = texts().get(rule_id, {})
    return Rule(
        id=rule_id,
        criterion=entry.get("criterion", criterion_of(tags)),
        level=entry.get("level", str(level_of(tags))),
        message=entry.get("message", text or rule_id),
        mend=entry.get("mend", ""),
        owner=entry.get("owner", ""),
    )

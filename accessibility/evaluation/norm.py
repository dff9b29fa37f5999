"""The norm by which a site is evaluated, read from data: criteria of WCAG and further clauses of EN 301 549.

A new edition of the norm is a new file in `norms/`; an evaluation keeps the edition by which it was made.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NORMS = Path(__file__).parent / "norms"
CURRENT = "en-301-549-v3.2.1"
CLAUSES = "en"  # the group of clauses that are no criteria of WCAG


@dataclass(frozen=True)
class Criterion:
    """One thing to test. `id`: "1.4.3" for a criterion of WCAG, "en-9.6" for another clause of the norm.

    `level`: "A", "AA", or "" for a clause; `uri`, `uri_20`: its fragment in WCAG 2.1 and in WCAG 2.0 ("" = none);
    `axe`: "partly" or "none"; `asks`, `test`, `affects`: plain Polish.
    """

    id: str
    number: str
    name: str
    clause: str
    asks: str
    test: str
    affects: str
    level: str = ""
    uri: str = ""
    uri_20: str = ""
    axe: str = "none"

    @property
    def is_wcag(self):
        return bool(self.level)

    @property
    def group(self):
        """The number of its principle in WCAG, or the group of clauses."""
        return self.number[0] if self.is_wcag else CLAUSES

    @property
    def label(self):
        """For people: "1.4.3 Kontrast (minimalny)"."""
        return f"{self.number} {self.name}"


@dataclass(frozen=True)
class Norm:
    """One edition. `groups`: {key: name in Polish}; `criteria`: {id: Criterion} in the norm's order."""

    key: str
    edition: str
    published: str
    wcag: str
    wcag_uri: str
    groups: dict
    criteria: dict

    def of_group(self, group):
        """The criteria of a principle ("1" to "4") or of the further clauses ("en")."""
        return [criterion for criterion in self.criteria.values() if criterion.group == group]

    @property
    def wcag_criteria(self):
        return [criterion for criterion in self.criteria.values() if criterion.is_wcag]

    @property
    def clauses(self):
        return self.of_group(CLAUSES)


@cache
def read_norm(key=CURRENT):
    """The `Norm` of an edition. Raises KeyError when there is no such edition."""
    if key not in editions():
        raise KeyError(key)
    facts = tomllib.loads((NORMS / f"{key}.toml").read_text(encoding="utf-8"))
    criteria = [_criterion(row) for row in facts.pop("criteria")]
    return Norm(key=key, criteria={criterion.id: criterion for criterion in criteria}, **facts)


@cache
def editions():
    """The keys of all editions."""
    return sorted(file.stem for file in NORMS.glob("*.toml"))


def _criterion(row):
    number = row["number"]
    return Criterion(**{"id": number if row.get("level") else f"en-{number}", "clause": number} | row)

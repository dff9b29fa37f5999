"""Live evidence for the goals: what was done this year and what comes next.

The mission does not know of events or classes. Rooms above it register a function for Wagtail's hook
`register_goal_evidence`:

    @hooks.register("register_goal_evidence")
    def events_for_goals(goals, at):
        '''goals: list of GoalPage; at: aware datetime. Returns {goal.pk: Evidence}.'''

A function is called once for all goals of a page, so the number of queries does not grow with the goals.
"""

from dataclasses import dataclass, field
from datetime import datetime

from wagtail import hooks

HOOK = "register_goal_evidence"


@dataclass(frozen=True)
class EvidenceItem:
    """One thing that serves a goal. `start`: aware datetime of its next date, or None for all season."""

    title: str
    url: str
    start: datetime | None = None
    detail: str = ""


@dataclass(frozen=True)
class Evidence:
    """What one kind of activity contributes to one goal.

    `label`: the kind in words (lazy string), `done`: how many this calendar year up to `at`,
    `ahead`: how many are still to come or running, `items`: the next few, `calendar_url`: address of a calendar
    of all of them that one can subscribe to, or empty.
    """

    label: str
    done: int = 0
    ahead: int = 0
    items: list[EvidenceItem] = field(default_factory=list)
    calendar_url: str = ""

    def __bool__(self):
        return bool(self.done or self.ahead or self.items)


def evidence_for(goals, at):
    """{goal pk: [Evidence, …]} with empty evidence left out. `goals`: iterable of GoalPage; `at`: aware datetime."""
    goals = list(goals)
    found = {goal.pk: [] for goal in goals}
    for contribute in hooks.get_hooks(HOOK):
        for goal_pk, evidence in contribute(goals, at).items():
            if evidence:
                found[goal_pk].append(evidence)
    return found


def with_evidence(goals, at):
    """The goals as a list, each with `evidence` (list), `done` and `ahead` (totals) set."""
    goals = list(goals)
    found = evidence_for(goals, at)
    for goal in goals:
        goal.evidence = found[goal.pk]
        goal.done = sum(evidence.done for evidence in goal.evidence)
        goal.ahead = sum(evidence.ahead for evidence in goal.evidence)
    return goals

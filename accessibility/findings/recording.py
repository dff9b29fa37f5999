"""Takes down what a check has observed: the one door through which audits and tests make findings."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from .models import STANDING, Finding, FindingState
from .sameness import Known

PLACES_KEPT = 20


@dataclass(frozen=True)
class Observation:
    """One cause that a check has seen; the fields are those of `Finding`.

    `places`: all places, each {"address", "selector", "excerpt"}; only the first ones are kept.
    """

    cause: str
    message: str
    rule: str = ""
    criterion: str = ""
    level: str = ""
    mend: str = ""
    is_content: bool = False
    page_id: int | None = None
    address: str = ""
    places: list = field(default_factory=list)
    pages_count: int = 1

    @property
    def facts(self):
        names = ("message", "rule", "criterion", "level", "mend", "is_content", "page_id", "address", "pages_count")
        return {name: getattr(self, name) for name in names} | {"places": self.places[:PLACES_KEPT]}


@dataclass
class Recorded:
    """What a check changed: findings that are new, seen again after a repair, still there, and proved repaired."""

    new: list = field(default_factory=list)
    returned: list = field(default_factory=list)
    remaining: list = field(default_factory=list)
    repaired: list = field(default_factory=list)


@transaction.atomic
def record(site, source, observations, *, at, proof, covered):
    """Write down what one check saw at `site`; returns `Recorded`.

    `observations`: of this check, each cause once; `at`: aware datetime of the check; `proof`: the check in a few
    words, kept with what it proves repaired; `covered`: function of a Finding, whether this check has looked at
    its cause again, so that not seeing it means that it is gone. A disputed finding stays disputed, an accepted
    one accepted. What another check has found already is covered by that finding, and counts as still there.
    """
    told = Known(site, source)
    known = {finding.cause: finding for finding in Finding.objects.of(site).filter(source=source).select_for_update()}
    recorded = Recorded()
    for observation in observations:
        finding = known.pop(observation.cause, None)
        if finding is None:
            finding = _create(site, source, observation, told.telling(observation), at)
            (recorded.remaining if finding.covered_by_id else recorded.new).append(finding)
        else:
            has_returned = _refresh(finding, observation, told, at)
            (recorded.returned if has_returned else recorded.remaining).append(finding)
    for finding in known.values():
        if finding.state in (*STANDING, FindingState.COVERED) and covered(finding):
            _close(finding, at, proof)
            recorded.repaired.append(finding)
    return recorded


def _create(site, source, observation, telling, at):
    return Finding.objects.create(
        site=site,
        source=source,
        cause=observation.cause,
        first_seen_at=at,
        last_seen_at=at,
        state=FindingState.COVERED if telling else FindingState.OPEN,
        covered_by=telling,
        state_changed_at=at,
        **observation.facts,
    )


def _refresh(finding, observation, told, at):
    """Write down that `finding` was seen again; tells whether it has come back after a repair."""
    for name, value in observation.facts.items():
        setattr(finding, name, value)
    finding.last_seen_at = at
    before = finding.state
    finding.state, finding.covered_by = _state_when_seen(finding, told)
    if finding.state != before:
        words = {"from": before, "proof": ""}
        log(finding, f"accessibility.finding.{finding.state}", timestamp=at, data=words)
        finding.state_changed_at, finding.state_changed_by = at, None
        finding.repaired_on, finding.proof = None, ""
    finding.save()
    return finding.state == FindingState.OPEN and before in (FindingState.REPAIRED, FindingState.COVERED)


def _state_when_seen(finding, told):
    """(state, covering finding) of what a check has just seen again."""
    is_undecided = finding.state == FindingState.OPEN and finding.state_changed_by_id is None
    has_ended = finding.state == FindingState.REPAIRED
    # What was said to be repaired and is seen all the same stands for itself again.
    has_lost_its_teller = finding.state == FindingState.COVERED and finding.covered_by.state == FindingState.REPAIRED
    if has_ended or has_lost_its_teller or (is_undecided and not finding.also_seen.exists()):
        telling = told.telling(finding)
        return (FindingState.COVERED, telling) if telling else (FindingState.OPEN, None)
    return finding.state, finding.covered_by


def _close(finding, at, proof):
    finding.state, finding.state_changed_at, finding.state_changed_by = FindingState.REPAIRED, at, None
    finding.repaired_on, finding.proof = timezone.localdate(at), proof
    finding.save()
    words = {"proof": proof, "repaired_on": finding.repaired_on.isoformat()}
    log(finding, "accessibility.finding.repaired", timestamp=at, data=words)

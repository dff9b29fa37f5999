"""What staff decide about a finding. Each decision is one transaction and one line of the finding's history."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..declaration.models import DeclarationPage
from .listing import list_in_draft
from .models import STANDING, Finding, FindingState

#: The states from which each decision may be taken.
FROM = {
    "accept": {FindingState.OPEN},
    "repair": {*STANDING},
    "dispute": {*STANDING},
    "cover": {FindingState.OPEN},
    "reopen": {FindingState.ACCEPTED, FindingState.DISPUTED, FindingState.REPAIRED, FindingState.COVERED},
}
ACCEPTED_FACTS = ("element", "what", "effect", "way_around", "owner", "repair_on")


class TooLateError(Exception):
    """Somebody else has decided meanwhile, or the finding cannot go from its state to the wanted one."""


def accept(finding, facts, *, user, at):
    """Accept a finding as a barrier and list it in a new draft of the site's declaration.

    `facts`: {name: value} of `ACCEPTED_FACTS`; returns the new revision of the declaration, or None where the site has
    none. Raises TooLateError.
    """
    with _decided(finding, FindingState.ACCEPTED, FROM["accept"], user=user, at=at) as held:
        for name in ACCEPTED_FACTS:
            setattr(held, name, facts[name])
        held.save()
        return list_in_draft(_declaration_of(held.site), [held], user=user)


def dispute(finding, reason, *, user, at):
    """Say that a finding is none, and why. Raises TooLateError."""
    with _decided(finding, FindingState.DISPUTED, FROM["dispute"], user=user, at=at, reason=reason) as held:
        held.reason = reason
        held.save()


def repair(finding, *, repaired_on, proof, user, at):
    """Mark a finding as repaired, as the check `proof` (words) showed on the day `repaired_on` (a date).

    Raises ValidationError for a day that proves nothing, TooLateError.
    """
    if repaired_on > timezone.localdate(at):
        raise ValidationError({"repaired_on": _("This date has not come yet.")})
    if repaired_on < timezone.localdate(finding.last_seen_at):
        raise ValidationError(
            {"repaired_on": _("The finding was still seen later than this: a newer check is needed.")}
        )
    words = {"proof": proof, "repaired_on": repaired_on.isoformat()}
    with _decided(finding, FindingState.REPAIRED, FROM["repair"], user=user, at=at, **words) as held:
        held.repaired_on, held.proof = repaired_on, proof
        held.save()


def cover(finding, other, *, user, at):
    """Say that `finding` is the same as `other`, which tells it from now on. Raises TooLateError."""
    with _decided(finding, FindingState.COVERED, FROM["cover"], user=user, at=at, other=str(other)) as held:
        if other not in possible_tellers(held):
            raise TooLateError
        held.covered_by = other
        held.save()
        held.also_seen.update(covered_by=other)


def possible_tellers(finding):
    """The findings that may tell `finding`: of the same centre, standing, and not lighter in the eyes of the norm."""
    others = Finding.objects.of(finding.site).filter(state__in=STANDING).exclude(pk=finding.pk)
    return (others.against_the_norm() if finding.level else others).most_serious_first()


def reopen(finding, reason, *, user, at):
    """Take a decision back. Raises TooLateError."""
    with _decided(finding, FindingState.OPEN, FROM["reopen"], user=user, at=at, reason=reason) as held:
        held.reason, held.repaired_on, held.proof, held.covered_by = reason, None, "", None
        held.save()


@contextmanager
def _decided(finding, state, allowed, *, user, at, **words):
    """The finding's row, held until its new state is written with whatever the caller changes in it."""
    with transaction.atomic():
        held = Finding.objects.select_for_update().get(pk=finding.pk)
        if held.state not in allowed:
            raise TooLateError
        words["from"] = held.state
        held.state, held.state_changed_at, held.state_changed_by = state, at, user
        yield held
        log(instance=held, action=f"accessibility.finding.{state}", user=user, timestamp=at, data=words)


def _declaration_of(site):
    return DeclarationPage.objects.child_of(site.root_page).first()

"""Writes the barriers that findings prove into a new draft of the declaration; publishing stays with a person."""

from contextlib import contextmanager

from django.db import transaction

from ..declaration.models import DeclarationPage
from ..declaration.rows import Barrier
from .agreement import proposed_status, repaired_barriers, unlisted

HOME = "/"


def list_in_draft(declaration, findings, *, user):
    """A new draft of `declaration` (or None) that lists `findings`, on top of the newest draft there is."""
    if declaration is None:
        return None
    with newest_draft(declaration) as draft:
        draft.barriers = [*draft.barriers.all(), *map(barrier_of, findings)]
        return draft.save_revision(user=user, log_action=True)


def take_over(declaration, *, user):
    """A new draft of `declaration` with what the findings propose: all accepted ones, no repaired one, the status."""
    with newest_draft(declaration) as draft:
        repaired = {id(barrier) for barrier, _finding in repaired_barriers(draft)}
        stay = [barrier for barrier in draft.barriers.all() if id(barrier) not in repaired]
        draft.barriers = [*stay, *map(barrier_of, unlisted(draft))]
        draft.status = proposed_status(draft)
        return draft.save_revision(user=user, log_action=True)


@contextmanager
def newest_draft(declaration):
    """The newest draft, while the page's row is held: two drafts made at once do not lose each other's rows."""
    with transaction.atomic():
        yield DeclarationPage.objects.select_for_update().get(pk=declaration.pk).get_latest_revision_as_object()


def barrier_of(finding):
    """An unsaved row of the declaration that says what is known of an accepted finding."""
    return Barrier(
        finding=finding,
        element=finding.element or str(finding)[:160],
        address=finding.address or HOME,
        what=finding.what or finding.message,
        effect=finding.effect,
        way_around=finding.way_around,
        owner=finding.owner,
        repair_on=finding.repair_on,
    )

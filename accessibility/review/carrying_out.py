"""Carries out a review: writes it down, dates the declaration by it, and publishes when nothing stands against it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ..findings.listing import newest_draft
from .items import ITEMS
from .models import DeclarationReview


@dataclass(frozen=True)
class Outcome:
    """The review, and why the dated declaration stayed a draft: sentences, none when it was published."""

    review: DeclarationReview
    reasons: list[str]


@transaction.atomic
def carry_out(declaration, answers, *, note, user, at):
    """Review `declaration` (a DeclarationPage) at the moment `at`.

    `answers`: {key of an item: `Answer`}, one for each item. Returns an `Outcome`. What was in an open draft is
    published with the date only when that draft has no problem and no item needs a change.
    """
    today = timezone.localdate(at)
    review = DeclarationReview.objects.create(
        site=declaration.site,
        reviewed_on=today,
        reviewed_by=user,
        note=note,
        items=[{"item": item.key, "text": str(item.text), "answer": answers[item.key]} for item in ITEMS],
    )
    with newest_draft(declaration) as draft:
        draft.last_review_on = today
        revision = draft.save_revision(user=user, log_action=True)
        reasons = [*review.to_change, *(problem.message for problem in draft.problems(today))]
        if not reasons:
            revision.publish(user=user)
    return Outcome(review, reasons)

"""When a review is due: staff are reminded from 1 February, and warned after 31 March."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..declaration import spec
from ..declaration.models import DeclarationPage

REMINDED_FROM = (2, 1)  # month, day
OVERDUE_CODE = "declaration-review-overdue"


class ReviewState(models.TextChoices):
    """How urgent the review is."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"


def review_state(declaration, at):
    """The `ReviewState` of a published declaration on the day `at` (a date); drawing it up counts as a review."""
    latest = max(filter(None, (declaration.drawn_up_on, declaration.last_review_on)), default=None)
    if latest is None or latest.year < spec.year_of_required_review(at):
        return ReviewState.OVERDUE
    is_time = (at.month, at.day) >= REMINDED_FROM
    return ReviewState.DUE if is_time and latest.year < at.year else ReviewState.DONE


def warnings_for_health(at):
    """For the hook `register_health_warnings`: codes of what is wrong at the moment `at`, without whose it is."""
    limit = date(spec.year_of_required_review(timezone.localdate(at)), 1, 1)
    is_old = (Q(last_review_on=None) | Q(last_review_on__lt=limit)) & (Q(drawn_up_on=None) | Q(drawn_up_on__lt=limit))
    return [OVERDUE_CODE] if DeclarationPage.objects.live().filter(is_old).exists() else []

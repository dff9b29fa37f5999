"""From what a calendar proposes to the queue of suggestions. Nothing is ever deleted here.

A new event comes once. It changes only while it waits and only when its source is newer; what a person has adopted
or declined is theirs. A calendar is taken in whole or not at all.
"""

import logging
from datetime import timedelta
from time import monotonic

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from .fetching import fetch
from .models import PartnerCalendar, Suggestion, SuggestionState
from .problems import CalendarError
from .reading import read

logger = logging.getLogger(__name__)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Of one minute of the clock; what is left over waits for the next.
ROUND = timedelta(seconds=20)
CONTENT = ["title", "summary", "place", "url", "dates", "first_start"]
STAMPS = ["sequence", "changed_at"]


def read_calendar(calendar, *, at):
    """Ask the address of `calendar` (PartnerCalendar) and take in what it answers at the moment `at`.

    Returns the number of new suggestions. Raises CalendarError; by then the problem stands beside the calendar and
    everything that was known is as it was.
    """
    rows = PartnerCalendar.objects.filter(pk=calendar.pk, url=calendar.url)
    rows.update(tried_at=at)
    try:
        # Once a day everything is read anew: the months ahead have moved on although the calendar has not.
        is_recent = (
            calendar.read_at is not None and calendar.read_at > at - DAY and calendar.read_at.date() == at.date()
        )
        fetched = fetch(calendar.url, validator=calendar.entity_tag if is_recent else "")
        if fetched is None:
            _keep(rows, calendar, at)
            return 0
        return _take_in(calendar, fetched.content, at, is_feed=True, validator=fetched.validator)
    except CalendarError as error:
        rows.update(problem=error.sentence[:300])
        raise
    except Exception as error:
        # The kind alone: words of an error may hold somebody's data.
        logger.error("Partner's calendar %s could not be read: %s", calendar.pk, type(error).__name__)
        sentence = _("The calendar could not be read, and the reason is not known. Ask the administrator.")
        rows.update(problem=sentence)
        raise CalendarError(sentence) from None


def take_in_file(calendar, content, *, at):
    """Take in the `content` (bytes) of a file that a partner sent; return the number of new suggestions.

    Raises CalendarError when the bytes are no calendar; nothing is changed then.
    """
    return _take_in(calendar, content, at, is_feed=not calendar.url)


def _take_in(calendar, content, at, *, is_feed, validator=""):
    """`is_feed`: whether this is what the calendar's health tells of, rather than a file beside its feed."""
    reading = read(content, at=at)
    with transaction.atomic():
        rows = PartnerCalendar.objects.filter(pk=calendar.pk, url=calendar.url)
        locked = rows.select_for_update().first()
        if locked is None:  # removed, or given another address, while the old one was answering
            return 0
        new = _merge(locked, reading.proposals, at)
        if is_feed:
            rows.update(tried_at=at, read_at=at, problem=reading.note[:300], entity_tag=validator)
    return new


def read_due(at):
    """Ask every calendar that is due, the one that has waited longest first; for the clock, outside of transactions."""
    begun = monotonic()
    failures = 0
    for calendar in due(at):
        if monotonic() - begun > ROUND.total_seconds():
            break
        try:
            read_calendar(calendar, at=at)
        except CalendarError:
            failures += 1
    return failures


def due(at):
    """The calendars to be asked at `at`: hourly; after failures as rarely as they have lasted, but once a day."""
    calendars = PartnerCalendar.objects.filter(is_active=True).exclude(url="")
    waiting = calendars.filter(Q(tried_at=None) | Q(tried_at__lte=at - HOUR))
    ordered = waiting.order_by(F("tried_at").asc(nulls_first=True), "pk")
    return [calendar for calendar in ordered if calendar.tried_at is None or calendar.tried_at + pause(calendar) <= at]


def pause(calendar):
    """How long after its last try a calendar is left alone."""
    if not is_failing(calendar):
        return HOUR
    failing_for = calendar.tried_at - calendar.read_at if calendar.read_at else 6 * HOUR
    return min(max(failing_for, HOUR), DAY)


def is_failing(calendar):
    """Whether the last try did not end in a reading."""
    return calendar.tried_at is not None and (calendar.read_at is None or calendar.read_at < calendar.tried_at)


def _keep(rows, calendar, at):
    """The source says that nothing has changed: what was noted about its content stands, a failure does not."""
    rows.update(read_at=at, **({"problem": ""} if is_failing(calendar) else {}))


def _merge(calendar, proposals, at):
    known = _known(calendar, [proposal.key for proposal in proposals])
    new, changed = [], []
    for proposal in proposals:
        suggestion = known.get(proposal.key)
        if suggestion is None:
            if not proposal.is_cancelled:
                new.append(_suggestion(calendar, proposal, at))
        elif suggestion.state == SuggestionState.WAITING and _change(suggestion, proposal, at):
            changed.append(suggestion)
    Suggestion.objects.bulk_create(new)
    Suggestion.objects.bulk_update(changed, [*CONTENT, *STAMPS, "is_cancelled", "updated_at"], batch_size=100)
    return len(new)


def _known(calendar, keys):
    """The suggestions with these keys; those that outlived an earlier calendar of the same name join this one."""
    outlived = Suggestion.objects.filter(site=calendar.site_id, calendar=None, source=calendar.name, key__in=keys)
    own = Suggestion.objects.filter(calendar=calendar, key__in=keys)
    taken = set(own.values_list("key", flat=True))
    newest = {suggestion.key: suggestion.pk for suggestion in outlived.order_by("pk")}
    joining = [pk for key, pk in newest.items() if key not in taken]
    Suggestion.objects.filter(pk__in=joining).update(calendar=calendar)
    return {suggestion.key: suggestion for suggestion in own.select_for_update()}


def _suggestion(calendar, proposal, at):
    fields = {name: getattr(proposal, name) for name in [*CONTENT, *STAMPS, "key", "is_cancelled"]}
    return Suggestion(
        site_id=calendar.site_id,
        calendar=calendar,
        source=calendar.name,
        credit=calendar.credit,
        received_at=at,
        updated_at=at,
        **fields,
    )


def _change(suggestion, proposal, at):
    """Bring a waiting suggestion up to its source; tell whether anything changed."""
    order = _order(proposal, suggestion)
    if order > 0:
        for name in [*CONTENT, *STAMPS]:
            setattr(suggestion, name, getattr(proposal, name))
        suggestion.is_cancelled = proposal.is_cancelled
    elif order == 0 and proposal.is_cancelled and not suggestion.is_cancelled:
        suggestion.is_cancelled = True
    else:
        return False
    suggestion.updated_at = at
    return True


def _order(proposal, suggestion):
    """1 when the proposal is newer than what is known, -1 when it is older, 0 when nobody can tell."""
    if proposal.sequence != suggestion.sequence:
        return 1 if proposal.sequence > suggestion.sequence else -1
    if proposal.changed_at is None or suggestion.changed_at is None:
        return 1 if proposal.changed_at else 0
    return (proposal.changed_at > suggestion.changed_at) - (proposal.changed_at < suggestion.changed_at)

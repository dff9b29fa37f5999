"""What a person decides about a suggestion: make an event of it, decline it, think again."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html, linebreaks
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.rich_text import RichText

from ..code_lists import EventKind
from ..events.access import begin_card
from ..events.models import EventIndexPage, EventPage
from ..events.plan import EventDate, Repetition
from ..events.roles import EventRole, Role
from ..venues.models import VenuePage
from .models import Suggestion, SuggestionState

MAX_SUMMARY = 300


class NothingToAdopt(Exception):  # noqa: N818 -- says what the suggestion is
    """The suggestion has no date ahead, or the centre has nowhere to put it. The words are for staff."""


@transaction.atomic
def adopt(suggestion, *, user, at):
    """The draft event made of `suggestion` by `user` at the moment `at`; asked again, the same one.

    From now on no reading of the partner's calendar changes anything. Raises NothingToAdopt.
    """
    suggestion = (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("event", "site__root_page")
        .get(pk=suggestion.pk)
    )
    if suggestion.state == SuggestionState.ADOPTED and suggestion.event:
        return suggestion.event
    index = EventIndexPage.objects.child_of(suggestion.site.root_page).first()
    # The last kind of the list is the centre's word for whatever fits no other.
    kind = EventKind.objects.filter(settings__site=suggestion.site_id).last()
    if index is None or kind is None:
        raise NothingToAdopt(_("This centre has no programme or no kinds of events yet."))
    if suggestion.is_cancelled:
        raise NothingToAdopt(_("The partner has called this event off."))
    plan = plan_of(suggestion.dates, at=at)
    if not plan:
        raise NothingToAdopt(_("All dates of this suggestion are over."))
    event = _draft(suggestion, index, kind, plan, user)
    index.add_child(instance=event)
    log(event, "wagtail.create", user=user)
    event.save_revision(user=user)
    Suggestion.objects.filter(pk=suggestion.pk).update(state=SuggestionState.ADOPTED, event=event)
    return event


def decline(suggestions):
    """Put away those of `suggestions` (queryset) that wait; return how many. They do not come again."""
    return suggestions.filter(state=SuggestionState.WAITING).update(state=SuggestionState.DECLINED)


def restore(suggestions):
    """Let those of `suggestions` (queryset) that were declined wait again; return how many."""
    return suggestions.filter(state=SuggestionState.DECLINED).update(state=SuggestionState.WAITING)


def _draft(suggestion, index, kind, plan, user):
    venue = VenuePage.objects.live().descendant_of(suggestion.site.root_page)
    venue = venue.filter(title__iexact=suggestion.place).first() if suggestion.place else None
    event = EventPage(
        title=suggestion.title,
        slug=_slug(suggestion.title, suggestion.pk, index),
        summary=_shortened(suggestion.summary),
        kind=kind,
        venue=venue,
        room="" if venue else suggestion.place[:80],
        owner=user,
        live=False,
    )
    event.body = [("text", RichText(html))] if (html := _text(suggestion)) else []
    event.plan = plan
    event.roles = [EventRole(role=Role.CO_ORGANIZER, name=suggestion.credit)]
    begin_card(event)
    return event


def _slug(title, pk, index):
    """The title as an address under `index`; with the number of the suggestion where that is taken."""
    slug = slugify(title.replace("ł", "l").replace("Ł", "L"))[:200].strip("-")
    is_free = slug and slug not in index.reserved_child_slugs and not index.get_children().filter(slug=slug).exists()
    return slug if is_free else f"{slug or 'propozycja'}-{pk}"


def _shortened(text):
    """The first sentences, as many as fit where a summary stands."""
    text = " ".join(text.split())
    if len(text) <= MAX_SUMMARY:
        return text
    cut = text[: MAX_SUMMARY - 1]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > 0 else cut[: cut.rfind(" ")].rstrip(" ,;:–-") + "…"


def _text(suggestion):
    """The description as paragraphs, if the summary could not hold it, and where it came from."""
    paragraphs = linebreaks(suggestion.summary, autoescape=True) if len(suggestion.summary) > MAX_SUMMARY else ""
    if suggestion.url:
        paragraphs += format_html(
            '<p>{} <a href="{}">{}</a></p>', _("Source:"), suggestion.url, suggestion.credit or suggestion.source
        )
    return paragraphs


def plan_of(dates, *, at):
    """`dates` of a suggestion that are not over at `at`, as lines of a plan (EventDate, not saved).

    Dates with equal hours share one line, so a weekly class does not fill the editor's screen.
    """
    lines = defaultdict(list)
    for row in dates:
        day, hours = _all_day(row) if row["is_all_day"] else _with_hours(row)
        if over_at(row) > at:
            lines[hours].append(day)
    found = [_line(sorted(set(days)), *hours) for hours, days in lines.items()]
    return sorted(found, key=lambda line: (line.day, line.start_time or time.min))


def _line(days, start_time, end_time, more_days, is_all_day):
    first, *further = days
    return EventDate(
        day=first,
        start_time=start_time,
        end_time=end_time,
        end_day=first + timedelta(days=more_days) if more_days else None,
        is_all_day=is_all_day,
        repetition=Repetition.DATES if further else Repetition.NONE,
        listed_days=" ".join(day.isoformat() for day in further),
    )


def _all_day(row):
    start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    return start, (None, None, (end - start).days - 1, True)


def _with_hours(row):
    start = timezone.localtime(datetime.fromisoformat(row["start"]))
    if not row["end"]:
        return start.date(), (start.time(), None, 0, False)
    end = timezone.localtime(datetime.fromisoformat(row["end"]))
    more_days = (end.date() - start.date()).days
    # The plan itself reads an earlier end as the next day's.
    is_over_midnight = more_days == 1 and end.time() <= start.time()
    return start.date(), (start.time(), end.time(), 0 if is_over_midnight else more_days, False)


def over_at(row):
    """The moment at which one of a suggestion's dates is over; without a known end, the moment it begins."""
    text = row["end"] or row["start"]
    if row["is_all_day"]:
        return datetime.combine(date.fromisoformat(text), time.min, timezone.get_default_timezone())
    return datetime.fromisoformat(text)

"""The picture of a shared link, drawn for every event when it is published."""

import hashlib
import json
import logging
from functools import partial

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mission.models import CentreSettings

from . import drawing
from .dates import Occurrence

logger = logging.getLogger(__name__)

#: What one minute of the clock looks through and draws at most.
LOOKED_THROUGH, MOST_AT_ONCE = 400, 5
#: Events whose picture this process could not draw: the clock does not try them again every minute.
_failing = set()


class SharePicture(models.Model):
    """An event's drawn picture (1200 × 630 px PNG). Derived: it can be drawn again at any time.

    `digest` names what was drawn, so that nothing is drawn twice.
    """

    event = models.OneToOneField("programme.EventPage", on_delete=models.CASCADE, related_name="share_picture")
    file = models.FileField(upload_to="share", editable=False)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("picture for shared links")

    def __str__(self):
        return str(self.event)


def draw_on_publish(sender, instance, **kwargs):
    """Receiver of Wagtail's `page_published`: draws once the publishing is kept. A failure is logged and stops nothing."""
    transaction.on_commit(partial(_draw_now, sender, instance.pk), robust=True)


def _draw_now(model, pk):
    event = model.objects.filter(pk=pk, live=True).select_related("kind__settings", "image", "share_picture").first()
    if event is None:
        return
    dates = list(event.occurrences.select_related("venue").order_by("start", "pk"))
    for date in dates:
        date.event = event
    centre = CentreSettings.for_site(event.kind.settings.site)
    renew(event, dates, centre=centre, at=timezone.now())


def remove_file(sender, instance, **kwargs):
    """Receiver of `post_delete`: the file goes with its row."""
    if instance.file:
        transaction.on_commit(partial(_remove, instance.file.storage, instance.file.name), robust=True)


def draw_missing(at):
    """Draw what is missing or no longer true of events with dates ahead of the moment `at`; a job of the clock.

    A few at once, so that nothing else waits: the next minute goes on.
    """
    dates = Occurrence.objects.filter(event__live=True).upcoming(at)
    dates = dates.select_related(
        "event__kind__settings", "event__image", "event__share_picture", "event__venue", "venue"
    )
    by_event = {}
    for date in dates.defer("event__body", "event__afterwards", "event__venue__body", "venue__body")[:LOOKED_THROUGH]:
        by_event.setdefault(date.event_id, []).append(date)
    centres = {centre.site_id: centre for centre in CentreSettings.objects.all()}
    left = MOST_AT_ONCE
    for dates_ahead in by_event.values():
        event = dates_ahead[0].event
        centre = centres.get(event.kind.settings.site_id)
        if left and centre and event.pk not in _failing and renew(event, dates_ahead, centre=centre, at=at):
            left -= 1


def renew(event, dates, *, centre, at):
    """Draw the picture of `event` (EventPage) unless it is true already; whether it was tried.

    `dates`: its Occurrences, in order; `centre`: CentreSettings.
    """
    old = getattr(event, "share_picture", None)
    words = words_for(event, chosen(dates, at), centre=centre)
    digest = digest_of(event, words, hue=centre.hue)
    if old and old.digest == digest:
        return False
    try:
        _keep(event, old, digest, *_drawn(event, words, centre.hue))
    except Exception:
        logger.exception("The picture for shared links was not drawn: event %s", event.pk)
        _failing.add(event.pk)
    return True


@transaction.atomic
def _keep(event, old, digest, content, ending):
    """Put a drawn picture in the place of the `old` (SharePicture or None)."""
    former = old and (old.file.storage, old.file.name)
    picture = old or SharePicture(event=event)
    picture.digest = digest
    picture.file.save(f"{digest[:24]}.{ending}", ContentFile(content), save=False)
    picture.save()
    if former and former[1] != picture.file.name:
        transaction.on_commit(partial(_remove, *former), robust=True)


def _drawn(event, words, hue):
    """The picture upon the event's own, or the poster where there is none or its file cannot be read."""
    if event.image:
        try:
            with event.image.file.open("rb") as photograph:
                return drawing.drawn(words, hue=hue, photograph=photograph, **_focus(event.image))
        except Exception:
            logger.exception("A poster was drawn in place of a picture that cannot be read: image %s", event.image_id)
    return drawing.drawn(words, hue=hue)


def _focus(image):
    """Where the editor has said that people look, if anywhere."""
    point = image.get_focal_point()
    return {"focus": (point.centroid.x / image.width, point.centroid.y / image.height)} if point else {}


def _remove(storage, name):
    storage.delete(name)


def chosen(dates, at):
    """The date that a picture tells of: the next that takes place, otherwise the next, otherwise the last; or None."""
    ahead = [date for date in dates if date.end > at]
    held = [date for date in ahead if not date.is_off]
    return next(iter(held or ahead or dates[-1:]), None)


def words_for(event, date, *, centre):
    """What the picture of `event` says about its `date` (Occurrence or None)."""
    place, spot = (date.place, date.spot) if date else (event.venue, event.room)
    where = ", ".join(part for part in [place.title if place else "", spot] if part)
    return drawing.Words(
        title=event.title,
        when=_when(date) if date else "",
        where=where,
        kind=event.kind.name,
        centre=centre.short_name or centre.name,
    )


def _when(date):
    if date.is_off:
        return f"{capfirst(date.get_status_display())}: {date_format(date.first_day, 'j E Y')}"
    if date.spans_days:
        return f"{date_format(date.first_day, 'j E')} – {date_format(date.last_day, 'j E Y')}"
    day = capfirst(date_format(date.first_day, "l, j E Y").lower())
    return f"{day}, {date_format(timezone.localtime(date.start), 'G:i')}" if date.has_hours else day


def digest_of(event, words, *, hue):
    """Names everything that a picture depends on."""
    image = [event.image_id, event.image.file.name, *_focus(event.image).values()] if event.image else None
    said = [drawing.VERSION, event.pk, hue, image, *vars(words).values()]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()

"""The dates of an event: rows made from its plan, which no revision of the page touches."""

import uuid
from datetime import time, timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accessibility.card import access_card
from mission.plain_text import plain_line

from .querysets import OccurrenceQuerySet


class EventStatus(models.TextChoices):
    """The stored value is schema.org's own word, so publishing it needs no map."""

    SCHEDULED = "EventScheduled", _("as planned")
    CANCELLED = "EventCancelled", _("cancelled")
    POSTPONED = "EventPostponed", _("postponed")
    RESCHEDULED = "EventRescheduled", _("moved to another date")
    MOVED_ONLINE = "EventMovedOnline", _("moved online")


#: Nobody should come: cancelled, or postponed without a new date.
OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


class Seats(models.TextChoices):
    """Whether there is room left. What nobody has stated is not printed."""

    UNSTATED = "", _("not stated")
    FEW = "few", _("last places")
    FULL = "full", _("no places left")
    SOLD_OUT = "sold_out", _("sold out")


class AttendanceMethod(models.TextChoices):
    """How the number of those who came was found."""

    COUNTED = "counted", _("counted")
    ESTIMATED = "estimated", _("estimated")


#: Nobody else can come in.
NO_SEATS = (Seats.FULL, Seats.SOLD_OUT)


def words_of_change(status, *, seats="", is_elsewhere=False):
    """What is other than announced, in a few words each. `status`: EventStatus; `seats`: Seats.

    Of a date that is off only that is said: whether there were places left helps nobody.
    """
    if status in OFF:
        return [str(EventStatus(status).label)]
    words = []
    if status == EventStatus.RESCHEDULED:
        words.append(gettext("new date"))
    if status == EventStatus.MOVED_ONLINE:
        words.append(str(EventStatus.MOVED_ONLINE.label))
    if is_elsewhere:
        words.append(gettext("another place"))
    if seats in NO_SEATS:
        words.append(str(Seats(seats).label))
    return words


def say_status(title, status, *, seats="", is_elsewhere=False):
    """`title`, led by what has changed: "Cancelled: Concert", "New date, sold out: Concert"."""
    words = words_of_change(status, seats=seats, is_elsewhere=is_elsewhere)
    if not words:
        return title
    return gettext("%(what)s: %(title)s") % {"what": capfirst(", ".join(words)), "title": title}


class Occurrence(models.Model):
    """One sitting of an event; the end is the first moment it is over.

    Not part of the page's revisions: publishing a draft must never un-cancel a date.
    """

    event = models.ForeignKey(
        "programme.EventPage", verbose_name=_("event"), on_delete=models.CASCADE, related_name="occurrences"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    original_start = models.DateTimeField(editable=False)
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"))
    is_all_day = models.BooleanField(_("all day"), default=False)
    is_time_confirmed = models.BooleanField(_("hour confirmed"), default=True)
    is_end_confirmed = models.BooleanField(_("end confirmed"), default=True)
    door_time = models.DateTimeField(_("doors open at"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=EventStatus, default=EventStatus.SCHEDULED)
    reason = models.CharField(_("reason, told to visitors"), max_length=200, blank=True)
    seats = models.CharField(_("places"), max_length=8, choices=Seats, default=Seats.UNSTATED, blank=True)
    venue = models.ForeignKey(
        "programme.VenuePage",
        verbose_name=_("another place"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="dates_of_its_own",
        help_text=_("Only when this date is elsewhere than the event."),
    )
    room = models.CharField(_("room or spot"), max_length=80, blank=True)
    note = models.CharField(_("note, told to visitors"), max_length=200, blank=True)
    attendance = models.PositiveIntegerField(_("how many came"), null=True, blank=True)
    attendance_method = models.CharField(
        _("how it was found"), max_length=10, choices=AttendanceMethod, default="", blank=True
    )
    is_changed_by_hand = models.BooleanField(default=False, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects = models.Manager.from_queryset(OccurrenceQuerySet)()

    planned_fields = ["end", "is_all_day", "is_time_confirmed", "is_end_confirmed", "door_time"]

    class Meta:
        ordering = ["start", "pk"]
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        indexes = [models.Index(fields=["end", "start"], name="occurrence_by_end")]
        constraints = [
            models.UniqueConstraint(fields=["event", "original_start"], name="occurrence_written_once"),
            models.CheckConstraint(
                name="occurrence_ends_after_it_starts",
                condition=Q(end__gt=F("start")),
                violation_error_message=_("The end must be later than the start."),
            ),
        ]

    def __str__(self):
        return f"{self.event} {timezone.localtime(self.start):%Y-%m-%d %H:%M}"

    @property
    def is_off(self):
        """Nobody should come: cancelled, or postponed without a new date."""
        return self.status in OFF

    @property
    def is_moved(self):
        """It takes place, at another time than first announced."""
        return self.status == EventStatus.RESCHEDULED

    @property
    def place(self):
        """Where this date is: its own place, otherwise the event's (VenuePage or None)."""
        return self.venue if self.venue_id else self.event.venue

    @property
    def spot(self):
        """The room or spot at the place; the event's own does not follow a date that moved elsewhere."""
        return self.room if self.room or self.venue_id else self.event.room

    @property
    def access_card(self):
        """How everyone can take part in this date: the provisions of where it is, overridden by the event's."""
        return access_card(*(self.place.access_layers if self.place else []), self.event.access.all())

    @property
    def is_moved_online(self):
        """It takes place, but nobody should come to the place."""
        return self.status == EventStatus.MOVED_ONLINE

    @property
    def has_moved_place(self):
        """Whether this date is elsewhere than the event."""
        return self.venue_id is not None and self.venue_id != self.event.venue_id

    @property
    def is_full(self):
        """It takes place, but nobody else can come in."""
        return self.seats in NO_SEATS and not self.is_off

    @property
    def seats_words(self):
        """What is known about places, in words; empty when nobody has stated it or the date is off."""
        return "" if self.is_off or not self.seats else str(self.get_seats_display())

    @property
    def words_of_change(self):
        """What is other than announced, as a list of a few words each."""
        return words_of_change(self.status, seats=self.seats, is_elsewhere=self.has_moved_place)

    @property
    def headline(self):
        """The event's title, led by the word that changes an evening: a colour alone would say nothing aloud."""
        return say_status(self.event.title, self.status, seats=self.seats, is_elsewhere=self.has_moved_place)

    @property
    def headline_afterwards(self):
        """The event's title once the date is over: only that it did not take place still matters."""
        return say_status(self.event.title, self.status) if self.is_off else self.event.title

    @property
    def has_hours(self):
        """Whether its hour is announced; what starts at an unknown hour or lasts all day has none."""
        return self.is_time_confirmed and not self.is_all_day

    @property
    def has_new_start(self):
        """Whether its day or hour is another than first announced; midnight stands for an hour not announced."""
        announced = timezone.localtime(self.original_start)
        if announced.date() != self.first_day:
            return True
        return self.has_hours and announced.time() != time.min and self.start != self.original_start

    @property
    def status_when_held(self):
        """What becomes of its status when it takes place after all: a date that was moved stays moved."""
        return EventStatus.RESCHEDULED if self.has_new_start else EventStatus.SCHEDULED

    @property
    def first_day(self):
        """The local date of the start."""
        return timezone.localdate(self.start)

    @property
    def last_day(self):
        """The local date on which it is last under way; an end at 00:00 belongs to the day before."""
        return timezone.localdate(self.end - timedelta(microseconds=1))

    @property
    def spans_days(self):
        """Whether it is to be read as several days; a night that ends before 6:00 is still one evening."""
        if self.last_day == self.first_day:
            return False
        end = timezone.localtime(self.end)
        is_one_night = (end.date() - self.first_day).days == 1 and end.hour < 6
        return not (is_one_night and self.is_time_confirmed and not self.is_all_day)

    def differs_from(self, sitting):
        """Whether the plan now says something else than this row about anything but its start."""
        return any(getattr(self, name) != getattr(sitting, name) for name in self.planned_fields)

    def adopt(self, sitting, *, at):
        """Take over what the plan says; calendars learn of it by the raised `sequence`."""
        for name in self.planned_fields:
            setattr(self, name, getattr(sitting, name))
        self.sequence += 1
        self.changed_at = at
        self.save()

    def change(self, *, at, **values):
        """Set `values` by hand: from now on the plan leaves this date alone, and calendars learn of the change."""
        for name, value in values.items():
            # One pasted control character would break a feed: it stops here.
            setattr(self, name, plain_line(value) if type(value) is str else value)
        self.is_changed_by_hand = True
        self.sequence += 1
        self.changed_at = at
        self.save()

    def record_attendance(self, number, method):
        """Note how many came (None: nobody knows). Not a change of the date: calendars need not hear of it."""
        self.attendance, self.attendance_method = number, method
        self.save(update_fields=["attendance", "attendance_method"])

    def remove(self):
        """Delete this date for good: publishing the plan again does not bring it back."""
        with transaction.atomic():
            RemovedDate.objects.get_or_create(event_id=self.event_id, original_start=self.original_start)
            self.delete()


class RemovedDate(models.Model):
    """A date that staff took out, remembered so that no publishing writes it again."""

    event = models.ForeignKey("programme.EventPage", on_delete=models.CASCADE, related_name="removed_dates")
    original_start = models.DateTimeField()

    class Meta:
        verbose_name = _("removed date")
        constraints = [models.UniqueConstraint(fields=["event", "original_start"], name="removed_date_remembered_once")]

    def __str__(self):
        return f"{self.event} {timezone.localtime(self.original_start):%Y-%m-%d %H:%M}"


def set_next_dates(events):
    """Give each of `events` (a list with `next_start`) its `next_date` (Occurrence or None), in one query."""
    wanted = Q(pk__in=[])
    for event in events:
        wanted |= Q(event=event, start=event.next_start)
    found = {sitting.event_id: sitting for sitting in Occurrence.objects.filter(wanted).order_by("-pk")}
    for event in events:
        event.next_date = found.get(event.pk)
        if event.next_date:
            event.next_date.event = event
    return events

"""What the clocks on the wall show in the site's zone, and the moment that it means."""

from datetime import UTC, datetime

from django.utils import timezone


def local(day, clock):
    """The aware moment at which the clocks in the site's zone show `clock` on `day`.

    An hour that the clocks skip in March means the moment after the gap, as in iCalendar: 02:30 becomes 03:30.
    Of an hour that October has twice, it is the first.
    """
    zone = timezone.get_default_timezone()
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC).astimezone(zone)


def exists(day, clock):
    """False for the hour that the clocks skip in March."""
    return local(day, clock).time() == clock

"""Time zones as partners' calendars name them."""

from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

# As calendars of this country are named by hand.
POLISH = ("warsaw", "warszawa", "polska", "poland")


@lru_cache(maxsize=256)
def zone_named(name):
    """The ZoneInfo that `name` means: IANA's name, also behind a maker's prefix, or Windows'; None for any other."""
    name = name.strip().strip('"')
    if name in WINDOWS_TO_OLSON:
        return ZoneInfo(WINDOWS_TO_OLSON[name])
    parts = name.strip("/").split("/")
    for first in range(min(len(parts), 6)):
        candidate = "/".join(parts[first:])
        if candidate in _known():
            return ZoneInfo(candidate)
    if any(word in name.casefold() for word in POLISH):
        return ZoneInfo("Europe/Warsaw")
    return None


@lru_cache(maxsize=1)
def _known():
    return available_timezones()

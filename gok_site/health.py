"""What a monitor may know: everybody that the site serves and which warnings there are; a holder of the token, why.

Rooms add to it through two hooks, each a function that takes the moment:
`register_health_warnings` returns a list of codes, which name nothing and nobody, because everybody reads them;
`register_health_details` returns a dictionary {part: {"ok": …, …}}, which only the token shows.
"""

import shutil
import time
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.crypto import constant_time_compare
from wagtail import hooks

from gok_site.models import Heartbeat

CLOCK_PATIENCE = timedelta(minutes=5)
BACKUP_PATIENCE = timedelta(hours=30)
LEAST_FREE = 0.05  # of the disk
PROBE = "health-probe"


def warnings(at):
    """Codes of what staff should look at, sorted; the site serves nonetheless."""
    found = set()
    for find in hooks.get_hooks("register_health_warnings"):
        try:
            found.update(find(at))
        except Exception:  # a room that cannot look does not keep the others from serving
            found.add("check-failed")
    return sorted(found)


def may_see_details(request):
    """Whether the request carries HEALTH_TOKEN as `Authorization: Bearer …`; without a token set, nobody may."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return bool(settings.HEALTH_TOKEN) and kind == "Bearer" and constant_time_compare(token, settings.HEALTH_TOKEN)


def details(at):
    """Each part of the site with whether it is well and the figures that say so; a part that breaks is not well."""
    parts = {
        "database": database,
        "cache": cache_round_trip,
        "storage": storage,
        "disk": disk,
        "clock": clock,
        "backup": backup,
    }
    found = {name: _asked(look, at) for name, look in parts.items()}
    for look in hooks.get_hooks("register_health_details"):
        answer = _asked(look, at)
        found.update({look.__module__: answer} if "error" in answer else answer)
    return found


def _asked(look, at):
    try:
        return look(at)
    except Exception as error:  # its kind alone: words may hold addresses and names
        return {"ok": False, "error": type(error).__name__}


def database(at):
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "kind": connection.vendor, "milliseconds": round((time.perf_counter() - began) * 1000, 1)}


def cache_round_trip(at):
    """A cache that fails open swallows its errors, so only what comes back counts."""
    value = uuid.uuid4().hex
    cache.set(f"{PROBE}-{value}", value, 10)
    return {"ok": cache.get(f"{PROBE}-{value}") == value}


def neighbours_away(at):
    """Codes for everybody: the site serves without its cache and with the pictures that are kept in front, for a while.

    Of the store of media what this process has noticed is told; asking it is left to the details.
    """
    found = [] if cache_round_trip(at)["ok"] else ["cache-away"]
    return [*found, "storage-away"] if getattr(default_storage, "is_away", False) else found


def storage(at):
    """Whether media can be written."""
    name = default_storage.save(f"{PROBE}-{uuid.uuid4().hex}", ContentFile(b"ok"))
    default_storage.delete(name)
    return {"ok": True}


def disk(at):
    usage = shutil.disk_usage(settings.DATA_DIR)
    return {"ok": usage.free > usage.total * LEAST_FREE, "free_bytes": usage.free, "total_bytes": usage.total}


def clock(at):
    """The clock beats once a minute; what failed in its last round is named by number, never by words."""
    beat = Heartbeat.objects.filter(name=Heartbeat.CLOCK).first()
    failing = beat.failing if beat else []
    return {**_age(beat, at, CLOCK_PATIENCE, failing), "failing": failing}


def backup(at):
    return _age(Heartbeat.objects.filter(name=Heartbeat.BACKUP).first(), at, BACKUP_PATIENCE)


def _age(beat, at, patience, failing=()):
    if beat is None:
        return {"ok": False, "last": None}
    age = at - beat.beaten_at
    return {
        "ok": age <= patience and not failing,
        "last": beat.beaten_at.isoformat(timespec="seconds"),
        "seconds_ago": round(age.total_seconds()),
    }

"""Builders of partners' calendars for tests, as bytes that a stranger could send."""

from tests.factories import warsaw

NOW = "2026-05-06 12:00"
AT = warsaw(NOW)


def entry(uid="a@partner", start="20260510T180000", *lines, title="Koncert"):
    """The text of one VEVENT; `start` with its parameters, such as ";VALUE=DATE:20260510"."""
    start = start if start[0] in ";:" else f";TZID=Europe/Warsaw:{start}"
    own = [f"UID:{uid}", f"DTSTART{start}", f"SUMMARY:{title}"]
    return "\r\n".join(["BEGIN:VEVENT", *own, *lines, "END:VEVENT"])


def feed(*entries, head=""):
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", *filter(None, [head]), *entries, "END:VCALENDAR", ""]
    ).encode()

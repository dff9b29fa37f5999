"""The few words of schema.org that events, places and classes share."""

ZONE = "Europe/Warsaw"
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def filled(data):
    """`data` (dict) without what is empty; False and 0 are answers and stay."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def age_range(who):
    """`typicalAgeRange` of something with `age_from` and `age_to`, or None when it is for everyone."""
    if who.age_from is None and who.age_to is None:
        return None
    return f"{who.age_from or 0}-{'' if who.age_to is None else who.age_to}"


def weekly(iso_weekday, start_time, end_time, first_day, last_day):
    """A `Schedule` of every week; in the preview of an unfinished form anything may be None."""
    days = [f"https://schema.org/{WEEKDAYS[iso_weekday - 1]}"] if iso_weekday else []
    return schedule("P1W", days, start_time, end_time, first_day, last_day)


def schedule(frequency, days, start_time, end_time, first_day, last_day, **more):
    """A `Schedule`. `frequency`: an ISO 8601 duration; `days`: what `byDay` says, one as itself; `more`: by schema.org's names."""
    return filled(
        {
            "@type": "Schedule",
            "repeatFrequency": frequency,
            "byDay": days[0] if len(days) == 1 else days,
            "startTime": start_time.isoformat(timespec="minutes") if start_time else None,
            "endTime": end_time.isoformat(timespec="minutes") if end_time else None,
            "startDate": first_day.isoformat() if first_day else None,
            "endDate": last_day.isoformat() if last_day else None,
            "scheduleTimezone": ZONE,
            **more,
        }
    )

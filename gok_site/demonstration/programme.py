"""The programme's rows, made from sample texts: plans, prices, roles, access cards, hours, breaks, changes of dates."""

from datetime import date, time, timedelta
from decimal import Decimal

from django.utils import timezone

from mission.models import PartnerPage
from programme.models import (
    BreakCalendar,
    BreakPeriod,
    CardDiscount,
    EventDate,
    EventRole,
    KindAccess,
    Offer,
    Repetition,
    VenueHours,
)

YEARS_OF_HOLIDAYS = 3


def plan_line(row, days):
    """A line of a plan. `days`: Days, which knows what "sobota +2" is."""
    day = days.day(row["day"])
    times = {
        field: time.fromisoformat(row[name])
        for name, field in (("start", "start_time"), ("end", "end_time"), ("doors", "door_time"))
        if name in row
    }
    return EventDate(
        day=day,
        end_day=day + timedelta(days=row["days"]) if "days" in row else None,
        is_all_day=row.get("all_day", False),
        **times,
        **repetition(row, day),
    )


def repetition(row, day):
    """How a line of a plan repeats: `weekly_weeks`, `every_weeks` with `times`, or `monthly_times`."""
    if "weekly_weeks" in row:
        return {"repetition": Repetition.WEEKLY, "repeat_until": day + timedelta(weeks=row["weekly_weeks"])}
    if "every_weeks" in row:
        return {"repetition": Repetition.WEEKLY, "interval": row["every_weeks"], "count": row["times"]}
    if "monthly_times" in row:
        return {"repetition": Repetition.MONTHLY, "count": row["monthly_times"]}
    return {}


def children(texts, partners):
    """What belongs to an event and is linked to nothing but partners. `partners`: PartnerPage by slug."""
    return {
        "offers": [Offer(name=row["name"], price=Decimal(row["price"])) for row in texts.get("offers", [])],
        "discounts": [CardDiscount(**row) for row in texts.get("discounts", [])],
        "roles": [
            EventRole(**{name: partners[value] if name == "partner" else value for name, value in row.items()})
            for row in texts.get("roles", [])
        ],
    }


def partners_of(home):
    """The partners' pages of the centre whose home page is `home`, by slug."""
    return {page.slug: page for page in PartnerPage.objects.descendant_of(home)}


def access_rows(model, texts, days):
    """The lines of an access card; those of a place may say when they were checked."""
    return [
        model(
            provision=row["what"],
            state=row["state"],
            note=row.get("note", ""),
            **({"checked_on": days.day(row["checked"])} if "checked" in row else {}),
        )
        for row in texts.get("access", [])
    ]


def venue_hours(texts):
    """The opening hours of a place."""
    return [
        VenueHours(
            **row | {name: time.fromisoformat(row[name]) for name in ("opens", "closes") if name in row}, sort_order=i
        )
        for i, row in enumerate(texts.get("hours", []))
    ]


def break_calendar(texts, days):
    """A break calendar: periods counted from the day of loading, and days of every year ("12-25")."""
    periods = [
        BreakPeriod(name=row["name"], first_day=days.day(row["first"]), last_day=days.day(row["last"]))
        for row in texts.get("periods", [])
    ]
    years = range(days.today.year, days.today.year + YEARS_OF_HOLIDAYS)
    yearly = [date.fromisoformat(f"{year}-{day}") for year in years for day in texts.get("yearly", [])]
    return BreakCalendar(name=texts["name"], periods=[*periods, *(BreakPeriod(first_day=day) for day in yearly)])


def write_kind_lines(settings, texts, days):
    """Give kinds of event the lines that their access cards begin with."""
    kinds = {kind.name: kind for kind in settings.event_kinds.all()}
    for row in texts.get("kind_access", []):
        kind = kinds[row["kind"]]
        kind.access = access_rows(KindAccess, row, days)
        kind.save()


def change_dates(event, texts, venues, *, at):
    """What became of single dates after publishing: moved, sold out, postponed, how many came. `venues`: by slug."""
    dates = list(event.occurrences.order_by("start"))
    for row in texts:
        sitting = dates[row["date"]]
        values = {name: value for name, value in row.items() if name not in ("date", "move_days")}
        if "venue" in values:
            values["venue"] = venues[values["venue"]]
        if "move_days" in row:
            values |= {name: later(getattr(sitting, name), row["move_days"]) for name in ("start", "end")}
        sitting.change(at=at, **values)


def later(moment, days):
    """The same hour on the clocks, so many days later."""
    return timezone.localtime(moment) + timedelta(days=days)

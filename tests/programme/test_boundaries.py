"""One event walked through time: before, during, the instant of its end, and after, in every list at once."""

import pytest

from tests.factories import make_date, make_event, make_site, warsaw

pytestmark = pytest.mark.django_db

# What each list says at one moment: the list ahead, home's "today", the archive of the month in which it began.
BEFORE, ON_THE_DAY, AFTER = (True, False, False), (True, True, False), (False, False, True)

# (what it is, start, end, [(moment, what the lists say)], the days of its month's table, the days of its weeks)
CASES = [
    ("an evening", "2026-05-07 18:00", "2026-05-07 20:00",
     [("2026-05-06 23:59", BEFORE), ("2026-05-07 00:00", ON_THE_DAY), ("2026-05-07 18:00", ON_THE_DAY),
      ("2026-05-07 19:59", ON_THE_DAY), ("2026-05-07 20:00", AFTER), ("2026-05-08 00:00", AFTER)],
     ["05-07"], ["05-07"]),
    ("end at 00:00 spills into the next day", "2026-05-07 20:00", "2026-05-08 00:00",
     [("2026-05-07 23:59", ON_THE_DAY), ("2026-05-08 00:00", AFTER)],
     ["05-07"], ["05-07"]),
    ("over midnight and the year's edge", "2026-12-31 21:00", "2027-01-01 02:00",
     [("2026-12-30 23:59", BEFORE), ("2026-12-31 23:59", ON_THE_DAY), ("2027-01-01 00:00", ON_THE_DAY),
      ("2027-01-01 01:59", ON_THE_DAY), ("2027-01-01 02:00", AFTER)],
     ["12-31"], ["12-31"]),
    ("the night of the spring change", "2026-03-28 22:00", "2026-03-29 04:00",
     [("2026-03-28 12:00", ON_THE_DAY), ("2026-03-29 01:59", ON_THE_DAY), ("2026-03-29 03:00", ON_THE_DAY),
      ("2026-03-29 03:59", ON_THE_DAY), ("2026-03-29 04:00", AFTER)],
     ["03-28"], ["03-28"]),
    ("the night of the autumn change", "2026-10-24 22:00", "2026-10-25 03:00",
     [("2026-10-25 01:59", ON_THE_DAY), ("2026-10-25 02:30", ON_THE_DAY), ("2026-10-25 03:00", AFTER)],
     ["10-24"], ["10-24"]),
    ("the day of the spring change of 2027", "2027-03-28 18:00", "2027-03-28 20:00",
     [("2027-03-27 23:59", BEFORE), ("2027-03-28 00:00", ON_THE_DAY), ("2027-03-28 19:59", ON_THE_DAY),
      ("2027-03-28 20:00", AFTER)],
     ["03-28"], ["03-28"]),
    ("the day of the autumn change of 2027", "2027-10-31 18:00", "2027-10-31 20:00",
     [("2027-10-30 23:59", BEFORE), ("2027-10-31 00:00", ON_THE_DAY), ("2027-10-31 20:00", AFTER)],
     ["10-31"], ["10-31"]),
    ("all-day shows two days", "2026-06-04 00:00", "2026-06-05 00:00",
     [("2026-06-03 23:59", BEFORE), ("2026-06-04 00:00", ON_THE_DAY), ("2026-06-04 23:59", ON_THE_DAY),
      ("2026-06-05 00:00", AFTER)],
     ["06-04"], ["06-04"]),
    ("a whole day of 25 hours", "2026-10-25 00:00", "2026-10-26 00:00",
     [("2026-10-24 23:59", BEFORE), ("2026-10-25 23:59", ON_THE_DAY), ("2026-10-26 00:00", AFTER)],
     ["10-25"], ["10-25"]),
    ("exhibition gone on its last day", "2026-05-28 10:00", "2026-06-02 18:00",
     [("2026-05-27 23:59", BEFORE), ("2026-05-30 12:00", ON_THE_DAY), ("2026-06-02 00:00", ON_THE_DAY),
      ("2026-06-02 17:59", ON_THE_DAY), ("2026-06-02 18:00", AFTER)],
     ["05-28", "05-29", "05-30", "05-31"], ["05-28", "05-29", "05-30", "05-31", "06-01", "06-02"]),
    ("29 February", "2028-02-29 10:00", "2028-02-29 12:00",
     [("2028-02-28 23:59", BEFORE), ("2028-02-29 11:59", ON_THE_DAY), ("2028-02-29 12:00", AFTER)],
     ["02-29"], ["02-29"]),
]  # fmt: skip


def has_event(dates):
    return any(date.event.title == "Koncert" for date in dates)


def on_days(shown):
    return [f"{day.day:%m-%d}" for day in shown.days if day.showings]


@pytest.mark.parametrize(
    ("name", "start", "end", "moments", "month_days", "week_days"), CASES, ids=[case[0] for case in CASES]
)
def test_an_event_walks_through_every_list(clock, visitor, name, start, end, moments, month_days, week_days):
    make_site()
    make_event("Koncert", start=warsaw(start), end=warsaw(end))
    first = warsaw(start).date()
    weeks = dict.fromkeys("{:04}-W{:02}".format(*warsaw(day).isocalendar()[:2]) for day in (start, end))
    for moment, (is_ahead, is_today, is_in_archive) in moments:
        clock(moment)
        listed = visitor.get("/program/").context
        found = has_event(listed["under_way"]) or any(has_event(dates) for _day, dates in listed["days"])
        assert found is is_ahead, f"the list at {moment}"
        assert has_event(visitor.get("/").context["dates_today"]) is is_today, f"home at {moment}"
        archived = visitor.get(f"/program/archiwum/{first:%Y/%m}/")
        in_archive = archived.status_code == 200 and any(has_event(dates) for _day, dates in archived.context["days"])
        assert in_archive is is_in_archive, f"the archive at {moment}"
        month = visitor.get(f"/program/?widok=miesiac&miesiac={first:%Y-%m}").context["shown"]
        assert on_days(month) == month_days, f"the month at {moment}"
        shown = [visitor.get(f"/program/?widok=tydzien&tydzien={week}").context["shown"] for week in weeks]
        assert [day for week in shown for day in on_days(week)] == week_days, f"the week at {moment}"


def test_event_ending_today_in_both_lists_or_in_neither(clock, visitor):
    """From the instant of its end it is in the archive, and until then ahead: one of them at any moment."""
    make_site()
    make_event("Koncert", start=warsaw("2026-05-07 18:00"), end=warsaw("2026-05-07 20:00"))
    for moment in ["2026-05-07 17:00", "2026-05-07 19:59", "2026-05-07 20:00", "2026-05-07 20:01", "2026-05-07 23:59"]:
        clock(moment)
        ahead = visitor.get("/program/?kiedy=dzis").context["count"]
        past = sum(len(dates) for _day, dates in visitor.get("/program/archiwum/2026/05/").context["days"])
        assert ahead + past == 1, moment


def test_an_hour_still_to_be_confirmed_is_ahead_for_its_whole_day(clock, visitor):
    make_site()
    event = make_event("Koncert")
    make_date(event, warsaw("2026-05-07 00:00"), warsaw("2026-05-08 00:00"), is_time_confirmed=False)
    for moment, is_ahead in [("2026-05-07 00:00", 1), ("2026-05-07 23:59", 1), ("2026-05-08 00:00", 0)]:
        clock(moment)
        assert visitor.get("/program/").context["count"] == is_ahead, moment

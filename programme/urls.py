"""Addresses of the programme that are not pages. They are a promise to subscribers: none may change."""

from django.urls import path, register_converter

from .events import api
from .events import views as events
from .sections import views as sections


class YearConverter:
    """A year of four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04}"


class MonthConverter(YearConverter):
    """A month of two digits; the view knows which exist."""

    regex = "[0-9]{2}"

    def to_url(self, value):
        return f"{value:02}"


register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

app_name = "programme"
urlpatterns = [
    path("program/kalendarz.ics", events.calendar, name="calendar"),
    path("program/kanal.rss", events.news_feed, name="rss"),
    path("program/archiwum/", events.archive, name="archive"),
    path("program/archiwum/<year:year>/", events.archive, name="archive_year"),
    path("program/archiwum/<year:year>/<month:month>/", events.archive_month, name="archive_month"),
    path("program/<slug:slug>/kalendarz.ics", events.event_calendar, name="event_calendar"),
    path("miejsca/<slug:slug>/kalendarz.ics", events.venue_calendar, name="venue_calendar"),
    path("misja/cele/<slug:slug>/kalendarz.ics", events.goal_calendar, name="goal_calendar"),
    path("zajecia/plan/", sections.timetable, name="timetable"),
    path("api/events/", api.events, name="api"),
    path("api/events.csv", api.events_csv, name="csv"),
    path("api/openapi.json", api.description, name="openapi"),
]

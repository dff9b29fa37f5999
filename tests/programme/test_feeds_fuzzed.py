"""Whatever an editor or a partner's calendar writes, every feed can be read and says just that."""

import csv
import json
import re
from io import StringIO
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from mission.models import CentreSettings
from mission.plain_text import plain_line, plain_lines
from mission.spreadsheets import inert
from mission.templatetags.mission_tags import json_ld
from programme.events import structured_data
from programme.models import EventAccess, EventPage, EventRole, Occurrence, Offer, VenuePage
from tests.factories import make_event, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db

NOW = "2026-05-06 12:00"
#: What a database of PostgreSQL could hold: neither NUL nor half a character.
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
nasty = st.sampled_from(
    [
        "\r\nATTENDEE:mailto:x@example.org\r\n", "\n ", "\r", "\x0b", "\x1b", "\ufffe", "\u2028", "\x85",
        "\\n", "\\", ";", ",", ":", '"', "'", "=HYPERLINK(1)", "+48", "@x", "</script>", "<!--", "]]>", "&amp;", "&",
        "ąćęłńóśźż", "😀", "👩‍👩‍👧", "\u202e‏مرحبا", "e\u0301", "BEGIN:VEVENT", "END:VCALENDAR", "%0D%0A",
    ]
)  # fmt: skip
texts = st.lists(st.one_of(nasty, st.text(letters, max_size=12)), max_size=8).map(lambda parts: "".join(parts)[:160])
PROPERTIES = {
    "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "STATUS", "URL", "DESCRIPTION",
    "CATEGORIES", "LOCATION", "CONFERENCE",
}  # fmt: skip


@pytest.fixture
def event(clock):
    make_site()
    clock(NOW)
    return make_event(
        start=warsaw("2026-05-07 18:00"),
        venue=make_venue(),
        offers=[Offer(name="x", price="1")],
        roles=[EventRole(role="funder", name="x")],
        access=[EventAccess(provision="captions", note="x")],
    )


def write(event, text, other):
    """Put the texts wherever an event has one, past the forms: as an import or an old row might."""
    words = {"title": text, "summary": other, "organizer": text, "audience": other, "room": text, "bad_weather": other}
    put(EventPage.objects.filter(pk=event.pk), **words, price_note=text, access_contact=other)
    put(VenuePage.objects, title=text, street=other)
    put(Occurrence.objects, reason=text, note=other)
    for model, name in [(Offer, "name"), (EventRole, "name"), (EventAccess, "note")]:
        put(model.objects, **{name: text})


def put(rows, **words):
    """Write `words` into all `rows`, each cut to what its column holds: PostgreSQL refuses a longer one."""
    fields = {name: rows.model._meta.get_field(name) for name in words}
    rows.update(**{name: words[name][: field.max_length] for name, field in fields.items()})


def said(text):
    """A text that a reader may give back with other blanks at its ends."""
    return re.sub(r"\s+", " ", text).strip()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=texts, other=texts)
@example(text="Koncert\r\nATTENDEE:mailto:x@example.org", other="a\\nb\\\\;c,d")
@example(text="=1+1", other="</script><script>alert(1)</script>")
@example(text="ż" * 160, other="ź" * 160)
def test_any_text_comes_back_from_every_feed(event, visitor, text, other):
    write(event, text, other)
    title, summary = plain_line(text), plain_line(other)

    content = visitor.get("/program/kalendarz.ics").content
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    assert set(entry) <= PROPERTIES
    assert said(entry["SUMMARY"]) == said(title)
    assert plain_lines(other).strip() in entry["DESCRIPTION"]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))

    channel = ElementTree.fromstring(visitor.get("/program/kanal.rss").content).find("channel")  # noqa: S314 - our own
    (item,) = channel.findall("item")
    assert said(item.findtext("title") or "") == said(title)

    (row,) = visitor.get("/api/events/").json()["events"]
    assert (row["title"], row["summary"], row["place"]["name"]) == (title, summary, title)
    assert (row["reason"], row["organizer"]) == (title, title)

    table = visitor.get("/api/events.csv").content.decode("utf-8-sig")
    (cells,) = csv.DictReader(StringIO(table, newline=""), delimiter=";")
    assert (cells["title"], cells["summary"]) == (inert(title), inert(summary))
    assert None not in cells
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in cells.values())


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=texts, other=texts)
@example(text="</script><script>alert(1)</script><!--", other="\u2028]]>")
def test_any_text_stays_inside_the_linked_data(event, text, other):
    write(event, text, other)
    page = EventPage.objects.get(pk=event.pk)
    date = page.occurrences.get()
    script = json_ld(structured_data.event(page, date, [date], centre=make_centre(page)))
    body = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&") & set(body)
    found = json.loads(body)
    assert found.get("name", "") == plain_line(text)
    assert found.get("description", "") == plain_line(other)
    assert found["startDate"] == "2026-05-07T18:00+02:00"


def make_centre(page):
    return CentreSettings.for_site(page.get_site())

"""Everything at a place or on some days: what it concerns, that it is one step, that it reaches nobody else's."""

from datetime import date, time
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import PageLogEntry

from programme.models import EventStatus, Occurrence
from tests.factories import make_date, make_event, make_section, make_site, make_venue, warsaw
from tests.programme.test_staff import make_editor, signed_in

pytestmark = pytest.mark.django_db

NOW = "2026-05-06 12:00"  # a Wednesday


@pytest.fixture
def house(clock):
    """A centre with a building, its room and a park, each with an event tomorrow evening."""
    clock(NOW)
    site = make_site()
    building = make_venue("Dom kultury")
    room = make_venue("Sala", part_of=building)
    park = make_venue("Park")
    for title, venue in [("W domu", building), ("W sali", room), ("W parku", park), ("Bez miejsca", None)]:
        make_event(title, venue=venue, start=warsaw("2026-05-07 18:00"))
    return site, signed_in(make_editor(site)), building, park


def url(**asked):
    return reverse("programme_dates:closing") + (f"?{urlencode(asked)}" if asked else "")


def titles(response):
    return sorted(row.event.title for row in response.context["dates"])


def test_a_place_means_all_that_is_in_it_and_a_date_s_own_place_wins(house):
    _site, client, building, park = house
    moved_out = make_event("Wyszło", venue=building)
    make_date(moved_out, warsaw("2026-05-07 18:00"), venue=park)
    moved_in = make_event("Weszło", venue=park)
    make_date(moved_in, warsaw("2026-05-07 18:00"), venue=building)
    online = make_event("W sieci", venue=building)
    make_date(online, warsaw("2026-05-07 18:00"), status=EventStatus.MOVED_ONLINE)
    make_event("Szkic", venue=building, start=warsaw("2026-05-07 18:00"), live=False)
    assert titles(client.get(url(venue=building.pk))) == ["W domu", "W sali", "Weszło"]
    assert titles(client.get(url(venue=park.pk, first_day="2026-05-07"))) == ["W parku", "Wyszło"]


@pytest.mark.parametrize(
    ("start", "end", "is_concerned"),
    [
        ("2026-05-07 00:00", "2026-05-07 01:00", True),
        ("2026-05-06 22:00", "2026-05-07 00:00", False),
        ("2026-05-06 22:00", "2026-05-07 02:00", True),
        ("2026-05-08 00:00", "2026-05-08 01:00", False),
        ("2026-05-01 10:00", "2026-05-20 18:00", True),
    ],
)
def test_a_day_means_whatever_touches_it(house, start, end, is_concerned):
    _site, client, _building, _park = house
    make_event("Nocne", start=warsaw(start), end=warsaw(end))
    assert ("Nocne" in titles(client.get(url(first_day="2026-05-07")))) is is_concerned


def test_the_chosen_dates_are_off_in_one_step_and_the_others_stay(house):
    _site, client, _building, _park = house
    address = url(first_day="2026-05-07")
    shown = client.get(address).context["dates"]
    assert len(shown) == 4
    chosen = [row.pk for row in shown if row.event.title != "W parku"]
    for sent in [{}, {"dates": chosen}, {"dates": chosen, "action": "odwolaj", "reason": " "}, {"reason": "x"}]:
        assert client.post(address, sent).status_code == 422
    assert not Occurrence.objects.exclude(status=EventStatus.SCHEDULED).exists()
    sent = {"dates": chosen, "action": "odwolaj", "reason": "Żałoba narodowa"}
    assert client.post(address, sent).status_code == 302
    off = Occurrence.objects.filter(status=EventStatus.CANCELLED, reason="Żałoba narodowa", sequence=1)
    assert sorted(off.values_list("pk", flat=True)) == sorted(chosen)
    assert PageLogEntry.objects.filter(action="programme.change_dates").count() == 3
    again = client.get(address)
    assert titles(again) == ["W parku"]
    assert len(again.context["off_already"]) == 3
    assert "Żałoba narodowa" in again.content.decode()


def test_an_error_in_the_middle_of_a_closing_leaves_everything_on(house, monkeypatch):
    _site, client, _building, _park = house
    change, done = Occurrence.change, []

    def fail_at_the_third(self, **values):
        if len(done) == 2:
            raise RuntimeError("power cut")
        done.append(self)
        change(self, **values)

    monkeypatch.setattr(Occurrence, "change", fail_at_the_third)
    address = url(first_day="2026-05-07")
    chosen = list(Occurrence.objects.values_list("pk", flat=True))
    with pytest.raises(RuntimeError):
        client.post(address, {"dates": chosen, "action": "odwolaj", "reason": "Burza"})
    assert not Occurrence.objects.filter(sequence__gt=0).exists()


def test_only_what_was_shown_can_be_chosen(house):
    _site, client, building, park = house
    other_day = make_event("Pojutrze", venue=park, start=warsaw("2026-05-08 18:00")).occurrences.get()
    neighbour = make_event("Cudze", site=make_site("mok.localhost"), start=warsaw("2026-05-07 18:00")).occurrences.get()
    assert "Cudze" not in titles(client.get(url(first_day="2026-05-07")))
    for row in (other_day, neighbour):
        sent = {"dates": [row.pk], "action": "odwolaj", "reason": "Burza"}
        assert client.post(url(first_day="2026-05-07"), sent | {"dates": [row.pk, "9" * 30]}).status_code == 422
        assert client.post(url(venue=building.pk, first_day="2026-05-07"), sent).status_code == 422
    assert not Occurrence.objects.exclude(status=EventStatus.SCHEDULED).exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"venue": "", "first_day": ""},
        {"last_day": "2026-05-07"},
        {"first_day": "2026-05-07", "last_day": "2026-05-06"},
        {"first_day": "2026-05-07", "last_day": "2027-06-07"},
        {"first_day": "9999-12-31"},
        {"first_day": "0001-01-01"},
        {"first_day": "jutro"},
        {"venue": "1e9"},
        {"venue": "9" * 30},
        {"venue": "\x00"},
    ],
)
def test_a_question_that_makes_no_sense_gets_a_message(house, asked):
    _site, client, _building, _park = house
    for response in (client.get(url(**asked)), client.post(url(**asked), {"reason": "x"})):
        assert response.status_code == 422
        assert 'role="alert"' in response.content.decode()


def test_the_neighbours_place_is_no_choice_and_the_neighbours_programme_no_address(house):
    _site, client, _building, _park = house
    other = make_site("mok.localhost")
    foreign = make_venue("Cudza sala", site=other)
    make_event("Cudze", site=other, venue=foreign, start=warsaw("2026-05-07 18:00"))
    assert client.get(url(venue=foreign.pk)).status_code == 422
    page = client.get(url(first_day="2026-05-07", program=foreign.get_parent().pk)).content.decode()
    assert "Cudz" not in page


def test_an_administrator_of_two_centres_chooses_one(house):
    make_event("Cudze", site=make_site("mok.localhost"), start=warsaw("2026-05-07 18:00"))
    client = signed_in(get_user_model().objects.create_superuser("admin", password="x"))
    first, second = client.get(url()).context["programmes"]
    assert titles(client.get(url(first_day="2026-05-07", program=second.pk))) == ["Cudze"]
    assert "W domu" in titles(client.get(url(first_day="2026-05-07", program=first.pk)))


def test_weekly_classes_that_meet_there_then_are_called_to_mind(house):
    _site, client, building, park = house
    at = {"start": time(16), "end": time(17)}
    make_section("Czwartki", groups=[{"meetings": [{"weekday": 4, "venue": building, **at}]}])
    make_section("Piątki", groups=[{"meetings": [{"weekday": 5, "venue": building, **at}]}])
    make_section("Park", groups=[{"meetings": [{"weekday": 4, "venue": park, **at}]}])
    shown = client.get(url(venue=building.pk, first_day="2026-05-07")).context["meetings"]
    assert [meeting.group.section.title for meeting in shown] == ["Czwartki"]
    week = client.get(url(first_day="2026-05-04", last_day="2026-05-20")).context["meetings"]
    assert len(week) == 3


def test_a_contributor_cannot_close_anything(house):
    site, _client, _building, _park = house
    writer = signed_in(make_editor(site, "autorka", permissions=("add", "change")))
    for response in (writer.get(url()), writer.post(url(first_day="2026-05-07"), {"reason": "x"})):
        assert response.status_code in {302, 403}
    assert not Occurrence.objects.filter(sequence__gt=0).exists()


def test_what_is_over_stays_and_many_dates_cost_as_many_queries_as_few(house, django_assert_max_num_queries):
    _site, client, _building, park = house
    make_event("Rano", venue=park, start=warsaw("2026-05-06 09:00"))
    busy = make_event("Wystawa", venue=park)
    for hour in range(8, 20):
        make_date(busy, warsaw(f"2026-05-06 {hour:02}:00"), warsaw(f"2026-05-06 {hour + 1:02}:00"))
    with django_assert_max_num_queries(40):
        shown = client.get(url(venue=park.pk, first_day="2026-05-06"))
    assert "Rano" not in titles(shown)
    assert len(shown.context["dates"]) == 8


def test_a_place_without_days_is_closed_from_today(house):
    _site, client, building, _park = house
    closed = client.get(url(venue=building.pk)).context["closed"]
    assert closed.first == date(2026, 5, 6)
    assert (closed.last - closed.first).days == 366

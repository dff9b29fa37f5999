"""The staff's first page leads by verbs, tells what comes next, and shows nothing of the neighbour."""

import re

import pytest
from django.urls import reverse

from mission.models import GoalIndexPage, GoalPage
from programme.models import EventPage, VenueIndexPage, VenuePage

pytestmark = pytest.mark.django_db


def home_for(client, user):
    client.force_login(user)
    return client.get("/admin/").content.decode()


def test_the_editor_is_led_straight_to_the_forms_of_their_own_centre(centres, client):
    own, other = centres
    html = home_for(client, own.staff["editor"])
    for verb in ["Dodaj wydarzenie", "Dodaj aktualność", "Dodaj zajęcia", "Deklaracja dostępności"]:
        assert verb in html
    address = reverse("wagtailadmin_pages:add", args=["programme", "eventpage", own.things["events"].pk])
    assert f'href="{address}"' in html
    assert client.get(address).status_code == 200
    assert other.mark not in html


def test_each_role_is_offered_only_what_it_may_do(centres, client):
    own, _other = centres
    contributor = home_for(client, own.staff["contributor"])
    assert "Dodaj wydarzenie" in contributor
    assert "Godziny otwarcia" not in contributor
    coordinator = home_for(client, own.staff["coordinator"])
    assert "Deklaracja dostępności" in coordinator
    assert "Dodaj wydarzenie" not in coordinator


def test_what_is_scheduled_what_waits_and_idle_goals_stand_on_the_first_page(centres, client):
    own, _other = centres
    goals = GoalIndexPage.objects.descendant_of(own.home).get()
    goals.add_child(instance=GoalPage(title="Cel bez działań", number=1))
    html = home_for(client, own.staff["editor"])
    assert "Za trzy dni AGAWA" in html
    assert "Szkic AGAWA" in html
    assert "Cel bez działań" in html


def test_the_menu_is_polish_and_has_no_help_on_other_hosts(centres, client):
    html = home_for(client, centres[0].staff["editor"])
    for word in ["Strony", "Obrazy", "Dokumenty", "Ustawienia"]:
        assert word in html
    assert not re.search(r'src="(https?:)?//', html)
    assert "What's new" not in html


def test_an_event_takes_neither_place_nor_picture_of_the_neighbour(centres):
    own, other = centres
    venues = VenueIndexPage.objects.child_of(other.home).get()
    venue = venues.add_child(instance=VenuePage(title="Cudza sala"))
    form_class = EventPage.get_edit_handler().get_form_class()
    event = own.things["event"]
    data = {"title": "Koncert", "slug": "koncert", "kind": event.kind_id, "venue": venue.pk}
    data |= {"image": other.things["image"].pk, "body-count": "0", "afterwards-count": "0"}
    data |= {"sign_up": "null"}
    for rows in ("plan", "offers", "discounts", "access", "roles", "comments"):
        data |= {f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0", f"{rows}-MIN_NUM_FORMS": "0"}
    form = form_class(data, instance=event, parent_page=own.things["events"], for_user=own.staff["editor"])
    form.is_valid()
    assert {"venue", "image"} <= set(form.errors)

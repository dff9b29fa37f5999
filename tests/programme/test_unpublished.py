"""What is not published is not linked from events, classes and places."""

import pytest

from tests.factories import make_event, make_goal, make_section, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft_venue():
    make_site()
    return make_venue(live=False)


def shown(visitor, page):
    return visitor.get(page.url).content.decode()


def test_an_event_names_a_place_that_is_a_draft_without_linking_it(visitor, draft_venue):
    text = shown(visitor, make_event(start=warsaw("2030-05-01 18:00"), venue=draft_venue))
    assert draft_venue.title in text
    assert f'href="{draft_venue.url}"' not in text


def test_a_class_links_neither_a_draft_place_nor_a_draft_goal(visitor, draft_venue):
    goal = make_goal(live=False)
    text = shown(visitor, make_section(groups=[{"meetings": [{"venue": draft_venue}]}], goals=[goal]))
    assert draft_venue.title in text
    assert f'href="{draft_venue.url}"' not in text
    assert goal.url not in text


def test_a_room_does_not_link_a_building_that_is_a_draft(visitor, draft_venue):
    assert f'href="{draft_venue.url}"' not in shown(visitor, make_venue("Sala prób", part_of=draft_venue))


def test_an_exhibition_that_has_run_for_days_opens_the_home_page_with_its_last_day(visitor, clock):
    clock("2026-05-20 20:00")
    site = make_site()
    make_event("Wystawa", start=warsaw("2026-05-01 10:00"), end=warsaw("2026-06-01 00:00"))
    opening = visitor.get(site.root_page.url).content.decode().partition('<section class="frame band"')[0]
    assert 'datetime="2026-05-31"><span>do ' in opening
    assert 'class="date date--huge" datetime="2026-05-01"' not in opening


def test_the_contact_about_access_is_the_centres_telephone_and_address(visitor):
    make_site(telephone="+48 000 000 000", email="biuro@example.org")
    text = shown(visitor, make_event(start=warsaw("2030-05-01 18:00")))
    card = text.partition('id="karta-dostepnosci"')[2].partition("</section>")[0]
    assert "biuro@example.org" in card

"""What is not published is not linked: a resident never meets our own 404."""

import pytest

from mission.models import PartnerIndexPage, PartnerPage, ProjectIndexPage, ProjectPage, StrategicAreaPage
from tests.mission.builders import make_centre, make_goal, make_mission

pytestmark = pytest.mark.django_db


@pytest.fixture
def mission():
    return make_mission(make_centre())


@pytest.fixture
def draft_area(mission):
    return mission.add_child(instance=StrategicAreaPage(title="Szkic obszaru", aim="Cel.", live=False))


def shown(client, page):
    return client.get(page.url).content.decode()


def test_a_goal_does_not_link_an_area_that_is_a_draft(client, mission, draft_area):
    goal = make_goal(mission, area=draft_area)
    assert draft_area.url not in shown(client, goal)


def test_a_goal_of_a_draft_area_still_stands_on_the_mission_page(client, mission, draft_area):
    mission.add_child(instance=StrategicAreaPage(title="Obszar", aim="Cel."))
    goal = make_goal(mission, area=draft_area)
    assert goal.url in shown(client, mission)


def test_a_partner_does_not_link_an_area_that_is_a_draft(client, mission, draft_area):
    index = mission.get_parent().add_child(instance=PartnerIndexPage(title="Partnerzy"))
    partner = index.add_child(instance=PartnerPage(title="Szkoła", areas=[draft_area]))
    assert draft_area.url not in shown(client, partner)


def test_a_project_does_not_link_a_goal_that_is_a_draft(client, mission):
    goal = make_goal(mission, live=False)
    index = mission.get_parent().add_child(instance=ProjectIndexPage(title="Projekty"))
    project = index.add_child(instance=ProjectPage(title="Remont", goals=[goal]))
    assert goal.url not in shown(client, project)

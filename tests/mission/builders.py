"""Builders for the mission's tests: each makes the least that is valid and takes overrides by name."""

from wagtail.models import Page, Site

from gok_site.models import HomePage
from mission.models import CentreSettings, GoalIndexPage, GoalPage, MissionPage


def make_centre(hostname="localhost", **fields):
    """A site with a home page and settings; returns its CentreSettings."""
    root = Page.objects.get(depth=1)
    slug = hostname.replace(".", "-")
    home = root.add_child(instance=HomePage(title=f"Dom kultury {hostname}", slug=slug))
    Site.objects.filter(hostname=hostname).delete()
    site = Site.objects.create(
        hostname=hostname, root_page=home, is_default_site=not Site.objects.filter(is_default_site=True).exists()
    )
    return CentreSettings.objects.create(site=site, **{"name": f"Dom kultury {hostname}"} | fields)


def make_mission(centre, **fields):
    """A published mission with its list of goals; returns the MissionPage."""
    mission = centre.site.root_page.add_child(instance=MissionPage(title="Misja", statement="Razem.", **fields))
    mission.add_child(instance=GoalIndexPage(title="Cele"))
    return mission


def make_goal(mission, number=1, **fields):
    """A published goal of a mission."""
    index = GoalIndexPage.objects.child_of(mission).get()
    return index.add_child(instance=GoalPage(title=f"Cel {number}", number=number, **fields))

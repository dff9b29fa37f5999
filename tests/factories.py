"""Builders for tests: each makes the least that is valid and takes overrides by name.

`make_site` makes a centre with its fixed pages, or takes the one that the test's database starts with; the other
builders use the site they are given, or the first one made on demand, under `localhost`.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wagtail.models import Page, Site

from gok_site.models import HomePage
from mission.models import CentreSettings, GoalIndexPage, GoalPage, MissionPage
from programme.code_lists import write_starting_lists
from programme.models import (
    EventDate,
    EventIndexPage,
    EventPage,
    Group,
    Meeting,
    Occurrence,
    ProgrammeSettings,
    SectionIndexPage,
    SectionPage,
    VenueIndexPage,
    VenuePage,
)

WARSAW = ZoneInfo("Europe/Warsaw")


def warsaw(text):
    """The aware moment at which clocks in Warsaw show `text` ("2026-05-01 18:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


def make_site(hostname="localhost", *, name="Ośrodek Kultury", is_demonstration=False, **centre):
    """A centre: site, home page, its fixed pages, its data and its code lists."""
    facts = {"name": name, "is_demonstration": is_demonstration, **centre}
    site = Site.objects.filter(hostname=hostname, root_page__in=HomePage.objects.all()).first()
    if site is None:
        site = _new_site(hostname, name)
        CentreSettings.objects.create(site=site, **facts)
    elif centre or is_demonstration or name != site.site_name:
        CentreSettings.objects.filter(site=site).update(**facts)
        HomePage.objects.filter(pk=site.root_page_id).update(title=name, draft_title=name)
        Site.objects.filter(pk=site.pk).update(site_name=name)
        site.refresh_from_db()
    return site


def _new_site(hostname, name):
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title=name, slug=f"home-{hostname.replace('.', '-')}"))
    Site.objects.filter(hostname=hostname).delete()
    is_default = not Site.objects.filter(is_default_site=True).exists()
    site = Site.objects.create(hostname=hostname, site_name=name, root_page=home, is_default_site=is_default)
    for instance in (
        EventIndexPage(title="Program", slug="program", show_in_menus=True),
        SectionIndexPage(title="Zajęcia", slug="zajecia", show_in_menus=True),
        VenueIndexPage(title="Miejsca", slug="miejsca"),
    ):
        home.add_child(instance=instance)
    mission = home.add_child(instance=MissionPage(title="Misja", slug="misja", statement="Razem."))
    mission.add_child(instance=GoalIndexPage(title="Cele", slug="cele"))
    write_starting_lists(ProgrammeSettings.for_site(site))
    return site


def the_site():
    """The first centre, made when there is none yet."""
    home = HomePage.objects.first()
    return home.get_site() if home else make_site()


def under(model, site):
    """The page of type `model` that `site` has one of."""
    return model.objects.get(path__startswith=site.root_page.path)


def make_goal(number=1, *, site=None, **fields):
    fields = {"title": f"Cel {number}", "slug": f"cel-{number}"} | fields
    return under(GoalIndexPage, site or the_site()).add_child(instance=GoalPage(number=number, **fields))


def make_venue(title="Sala widowiskowa", *, site=None, **fields):
    """A published place: what is a part of a building is a room."""
    if outer := fields.get("part_of"):
        fields.setdefault("kind", "room" if outer.kind == "building" else "building")
    return under(VenueIndexPage, site or the_site()).add_child(instance=VenuePage(title=title, **fields))


def make_event(title="Koncert", *, site=None, start=None, end=None, plan=(), goals=(), **fields):
    """A published event.

    `start`, `end`: aware moments of one date, written as a row; `end` two hours after the start when left out.
    `plan`: EventDate fields as dicts; the dates are written from them by publishing.
    """
    site = site or the_site()
    kind = fields.pop("kind", None) or ProgrammeSettings.for_site(site).event_kinds.first()
    event = EventPage(title=title, kind=kind, **fields)
    event.plan = [EventDate(**row) for row in plan]
    event.goals = list(goals)
    under(EventIndexPage, site).add_child(instance=event)
    if start:
        make_date(event, start, end)
    if plan:
        event.save_revision().publish()
    return event


def make_date(event, start, end=None, **fields):
    """A row of an event's dates."""
    fields = {"original_start": start, "changed_at": start - timedelta(days=30)} | fields
    return Occurrence.objects.create(event=event, start=start, end=end or start + timedelta(hours=2), **fields)


def make_section(title="Ceramika", *, site=None, groups=({},), goals=(), **fields):
    """A published class. `groups`: Group fields as dicts, each with `meetings` (Meeting fields as dicts)."""
    site = site or the_site()
    form = fields.pop("form", None) or ProgrammeSettings.for_site(site).section_forms.first()
    fields = {"how_to_join": "<p>Zadzwoń.</p>", "whom_to_ask": "Biuro"} | fields
    section = SectionPage(title=title, form=form, **fields)
    section.groups = [make_group(**group) for group in groups]
    section.goals = list(goals)
    return under(SectionIndexPage, site).add_child(instance=section)


def make_group(*, name="Dzieci", meetings=({},), **fields):
    """A group that is not saved yet: it belongs to the class that it is given to."""
    group = Group(name=name, **fields)
    defaults = {"weekday": 2, "start": "16:00", "end": "17:30"}
    group.meetings = [Meeting(**defaults | meeting) for meeting in meetings]
    return group

"""A new centre: a complete, empty site with its pages, settings, collection and staff roles."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Collection, Page, Site

from accessibility.declaration.draft import draft_declaration
from accessibility.models import AccessibilityHubPage
from gok_site import starting_pages
from gok_site.models import HomePage
from gok_site.staff.roles import remove_wagtails_own_roles, write_roles
from mission.models import (
    CentreSettings,
    ContactPage,
    DataProtectionPage,
    GoalIndexPage,
    MinorsProtectionPage,
    MissionPage,
    NewsIndexPage,
    PartnerIndexPage,
    ProjectIndexPage,
)
from mission.polish import fold
from programme.code_lists import write_starting_lists
from programme.models import EventIndexPage, ProgrammeSettings, SectionIndexPage, VenueIndexPage


@dataclass(frozen=True)
class StartingPage:
    """A page that every centre has. Those that only the centre can word start as drafts."""

    page_class: type
    title: str
    in_menu: bool = True
    is_draft: bool = False
    fields: dict = field(default_factory=dict)
    children: tuple = ()


def _text(html):
    return [("text", html)]


# In the order of the main menu: what residents ask first comes first.
STARTING_PAGES = (
    StartingPage(EventIndexPage, "Program"),
    StartingPage(SectionIndexPage, "Zajęcia"),
    StartingPage(NewsIndexPage, "Aktualności"),
    StartingPage(VenueIndexPage, "Miejsca"),
    StartingPage(
        MissionPage,
        "Misja",
        is_draft=True,
        fields={"statement": starting_pages.MISSION},
        children=(StartingPage(GoalIndexPage, "Cele", in_menu=False, is_draft=True),),
    ),
    StartingPage(ProjectIndexPage, "Projekty"),
    StartingPage(
        AccessibilityHubPage,
        "Dostępność",
        is_draft=True,
        fields={
            "easy_text": _text(starting_pages.PLAIN_TEXT),
            "machine_readable_text": _text(starting_pages.SCOPE_OF_ACTIVITY),
        },
    ),
    StartingPage(ContactPage, "Kontakt"),
    StartingPage(PartnerIndexPage, "Partnerzy", in_menu=False),
    StartingPage(
        MinorsProtectionPage,
        "Ochrona małoletnich",
        in_menu=False,
        is_draft=True,
        fields={
            "short_version": _text(starting_pages.MINORS_SHORT),
            "body": _text(starting_pages.MINORS),
        },
    ),
    StartingPage(
        DataProtectionPage,
        "Dane osobowe",
        in_menu=False,
        is_draft=True,
        fields={"body": _text(starting_pages.DATA_PROTECTION)},
    ),
)


@transaction.atomic
def create_centre(*, name, short_name, hostname, kind, port=80, is_default=False, is_demonstration=False, at) -> Site:
    """Make a complete but empty centre and return its Site.

    `kind`: a value of CentreKind; `at`: the moment (aware datetime) that becomes the pages' first publication.
    Index pages are live; what only the centre can word (mission, declaration, statutory pages) is a draft that
    says what is missing. Raises ValidationError when `hostname` is taken.
    """
    remove_welcome_page()
    remove_wagtails_own_roles()
    if Site.objects.filter(hostname=hostname).exists():
        raise ValidationError(_("The host name %(hostname)s belongs to another site already.") % {"hostname": hostname})
    home = _add_home(name, short_name, at)
    site = Site(hostname=hostname, port=port, site_name=short_name, root_page=home, is_default_site=is_default)
    site.full_clean()
    site.save()
    collection = Collection.get_first_root_node().add_child(instance=Collection(name=short_name))
    _write_settings(site, collection, name=name, short_name=short_name, kind=kind, is_demonstration=is_demonstration)
    for page in STARTING_PAGES:
        _add_page(home, page, at)
    declaration = draft_declaration(CentreSettings.for_site(site), at)
    home.add_child(instance=declaration)
    declaration.save_revision()
    write_roles(site)
    return site


def remove_welcome_page():
    """Delete the page that a new Wagtail welcomes with, together with its site, if nobody has built on it."""
    welcome = Page.objects.filter(depth=2, slug="home", title="Welcome to your new Wagtail site!", numchild=0)
    for page in welcome:
        if page.specific_class is Page:
            page.delete()


def _add_home(name, short_name, at):
    root = Page.get_first_root_node()
    slug = slugify(fold(short_name)) or "home"
    if root.get_children().filter(slug=slug).exists():
        slug = f"{slug}-{root.numchild}"
    home = HomePage(title=name, slug=slug, live=False, first_published_at=at)
    root.add_child(instance=home)
    home.save_revision(clean=False).publish()
    home.refresh_from_db()
    return home


def _add_page(parent, start, at):
    page = start.page_class(
        title=start.title,
        slug=start.page_class.fixed_slug,
        show_in_menus=start.in_menu,
        live=False,
        first_published_at=None if start.is_draft else at,
        **start.fields,
    )
    parent.add_child(instance=page)
    revision = page.save_revision()
    if not start.is_draft:
        revision.publish()
    for child in start.children:
        _add_page(page, child, at)


def _write_settings(site, collection, **facts):
    centre = CentreSettings.for_site(site)
    centre.collection = collection
    for fact, value in facts.items():
        setattr(centre, fact, value)
    centre.full_clean()
    centre.save()
    write_starting_lists(ProgrammeSettings.for_site(site))

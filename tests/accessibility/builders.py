"""Builders for the accessibility room's tests: each makes the least that is valid and takes overrides by name."""

from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, GroupSitePermission, Page, Site

from accessibility.declaration.draft import draft_declaration, fill_sample
from accessibility.models import AccessRequest, Barrier, Finding, FindingSource
from mission.models import CentreSettings, StandardPage


def make_centre(hostname="localhost", **fields):
    """A site with a root page and settings; returns its CentreSettings."""
    home = Page.objects.get(depth=1).add_child(
        instance=StandardPage(title=f"Dom kultury {hostname}", slug=hostname.replace(".", "-"))
    )
    Site.objects.filter(hostname=hostname).delete()
    is_first = not Site.objects.filter(is_default_site=True).exists()
    site = Site.objects.create(hostname=hostname, root_page=home, is_default_site=is_first)
    facts = {
        "name": "Gminny Ośrodek Kultury w Rudzińcu",
        "street": "ul. Polna 1",
        "postal_code": "00-001",
        "town": "Rudziniec",
        "telephone": "+48 32 111 22 33",
        "email": "kontakt@gok.rudziniec.pl",
    }
    return CentreSettings.objects.create(site=site, **facts | fields)


def make_declaration(centre, *, is_published=True, barriers=(), **fields):
    """A complete declaration of `centre`, real or demonstration, published unless told otherwise."""
    at = timezone.now()
    page = draft_declaration(centre, at)
    fill_sample(page, centre, at, barriers)
    if not centre.is_demonstration:
        page.email, page.telephone = centre.email, centre.telephone
    for name, value in fields.items():
        setattr(page, name, value)
    centre.site.root_page.add_child(instance=page)
    revision = page.save_revision()
    if is_published:
        revision.publish()
    page.refresh_from_db()
    return page


def make_coordinator(centre, name="koordynacja"):
    """A member of staff who answers requests and edits pages of one centre only."""
    group = Group.objects.create(name=f"Koordynacja {centre.site.hostname}")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for action in ("change", "publish"):
        GroupPagePermission.objects.create(group=group, page=centre.site.root_page, permission_type=action)
    for model in (AccessRequest, Finding):
        content_type = ContentType.objects.get_for_model(model)
        for action in ("view", "change"):
            permission = Permission.objects.get(
                content_type=content_type, codename=f"{action}_{model._meta.model_name}"
            )
            GroupSitePermission.objects.create(group=group, site=centre.site, permission=permission)
    user = User.objects.create_user(f"{name}-{centre.site.hostname}", password="haslo")
    user.groups.add(group)
    return user


def coordinators_client(centre):
    """A client at the site's own host in which a new coordinator of `centre` is logged in."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(make_coordinator(centre))
    return client


def make_request(centre, **fields):
    """A report of a barrier that has just arrived."""
    facts = {
        "kind": "bariera",
        "received_at": timezone.now(),
        "subject": "Regulamin jest skanem.",
        "form_mark": str(AccessRequest.objects.count()),
    }
    return AccessRequest.objects.create(site=centre.site, **facts | fields)


def make_barrier(**fields):
    """An unsaved barrier: a film without audio description."""
    facts = {
        "element": "nagranie z przeglądu teatralnego",
        "address": "/aktualnosci/przeglad/",
        "what": "Film nie ma audiodeskrypcji. Ma napisy.",
        "effect": "Osoba niewidoma nie dowie się, co aktorzy robią na scenie.",
        "way_around": "Opowiemy przebieg spektaklu przez telefon.",
        "owner": "koordynacja dostępności",
    }
    return Barrier(**facts | fields)


def make_finding(centre, cause="film", **fields):
    """An open finding against the norm, made by hand."""
    now = timezone.now()
    facts = {
        "source": FindingSource.MANUAL,
        "message": f"Nie ma napisów: {cause}",
        "criterion": "1.2.2",
        "level": "A",
        "address": "/aktualnosci/przeglad/",
        "first_seen_at": now,
        "last_seen_at": now,
        "state_changed_at": now,
    }
    return Finding.objects.create(site=centre.site, cause=f"manual:{cause}", **facts | fields)

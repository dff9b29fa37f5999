"""Which changes a visitor could see, and on which hosts: whatever one touches, all kept pages of the host go, and all
finished pieces of pages (mission.fragments).

A row of our rooms counts unless it is named in `UNSEEN` or belongs to a page that is not published; of the
framework's tables count those in `SEEN`. Drafts, revisions, logs, sessions and renditions touch no public page.
"""

from functools import cache

from django.apps import apps
from django.conf import settings
from django.db.models import CASCADE, ForeignKey
from django.db.models.signals import m2m_changed, post_delete, post_save
from modelcluster.models import ClusterableModel
from wagtail.images.models import AbstractRendition
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .bans import ban_on_commit

ROOMS = {"mission", "accessibility", "programme", "gok_site"}
SEEN = {
    "wagtailcore.site",
    "wagtailcore.pageviewrestriction",
    "wagtailcore.collectionviewrestriction",
    "wagtaildocs.document",
    "wagtailredirects.redirect",
}
# What only staff see. What visitors send is here too: nobody outside shall be able to empty the cache.
UNSEEN = {
    "accessibility.accessrequest",
    "accessibility.auditeddocument",
    "accessibility.auditedpage",
    "accessibility.criterionresult",
    "accessibility.failure",
    "accessibility.sampledpage",
    "gok_site.heartbeat",
    "mission.edition",
    "mission.letter",
    "mission.tally",
    "programme.partnercalendar",
    "programme.removeddate",
    "programme.suggestion",
}
# The columns of a page that saving a draft, locking or a workflow writes.
DRAFT_COLUMNS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
}


def listen():
    """Connect to the framework's signals."""
    for signal in (post_save, post_delete):
        signal.connect(row_changed, dispatch_uid="front_cache_row")
    m2m_changed.connect(links_changed, dispatch_uid="front_cache_links")
    for signal in (page_published, page_unpublished, page_slug_changed):
        signal.connect(page_changed, dispatch_uid="front_cache_page")
    post_page_move.connect(tree_changed, dispatch_uid="front_cache_tree")


def row_changed(sender, instance, raw=False, update_fields=None, **kwargs):
    """Receiver of Django's signals about one row."""
    if raw or is_of_a_migration(sender) or not is_seen(sender):
        return
    if isinstance(instance, Page) and update_fields and set(update_fields) <= DRAFT_COLUMNS:
        return
    owners = list(owners_of(instance))
    if any(getattr(owner, "live", True) for owner in owners):
        tell(lambda: set().union(*map(hosts_of, owners)))


def links_changed(sender, instance, action, **kwargs):
    """Receiver of Django's signal about a many-to-many field."""
    if action.startswith("post_"):
        row_changed(type(instance), instance)


def page_changed(sender, instance, **kwargs):
    """Receiver of Wagtail's signals about one page that is or was public."""
    tell(lambda: hosts_of(instance))


def tree_changed(sender, instance, **kwargs):
    """Receiver of Wagtail's signal about a moved page, which may have left its site."""
    tell(all_hosts)


def tell(hosts):
    """Make known, on commit, that something changed on the hosts that the function `hosts` finds."""
    ban_on_commit(hosts() if settings.FRONT_CACHE_URLS else ())


def is_of_a_migration(model):
    """Whether `model` is a table as it once was: while a database is migrated, today's columns cannot be asked for."""
    return model._meta.apps is not apps


@cache
def is_seen(model):
    """Whether visitors could see rows of `model`."""
    if issubclass(model, Page):
        return True
    if issubclass(model, AbstractRendition):
        return False
    label = model._meta.label_lower
    return label in SEEN or (model._meta.app_label in ROOMS and label not in UNSEEN)


def owners_of(instance):
    """The pages or settings that a row is a part of, themselves if they are no part."""
    if isinstance(instance, Page):
        yield instance
        return
    owners = [getattr(instance, name) for name in owner_fields(type(instance)) if getattr(instance, f"{name}_id")]
    for owner in owners:
        yield from owners_of(owner)
    if not owners:
        yield instance


@cache
def owner_fields(model):
    """Names of the foreign keys that make rows of `model` a part of something: they are deleted with it."""
    return [
        field.name
        for field in model._meta.fields
        if isinstance(field, ForeignKey)
        and field.remote_field.on_delete is CASCADE
        and issubclass(field.related_model, ClusterableModel)
    ]


def hosts_of(owner):
    """The host names under which visitors may see `owner`: those of its site, or all when it belongs to none."""
    if isinstance(owner, Page):
        site = owner.get_site()
        return hosts_of_site(site) if site else set()
    if getattr(owner, "site_id", None) and not isinstance(owner, Site):
        return hosts_of_site(owner.site)
    return all_hosts()


def hosts_of_site(site):
    """The site's host name; for the default site also the other names by which this installation is called."""
    if not site.is_default_site:
        return {site.hostname.lower()}
    others = set(Site.objects.exclude(pk=site.pk).values_list("hostname", flat=True))
    return {site.hostname.lower()} | (_aliases() - others)


def all_hosts():
    return {name.lower() for name in Site.objects.values_list("hostname", flat=True)} | _aliases()


def _aliases():
    return {name.lower() for name in settings.ALLOWED_HOSTS if not name.startswith((".", "*", "["))}

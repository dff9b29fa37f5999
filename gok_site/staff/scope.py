"""Which centres a member of staff works for, and what is theirs."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Page, Site
from wagtail.permissions import policy_registry


def own_sites(user):
    """The sites of the centres whose pages `user` works on, the default site first. Administrators: all."""
    sites = Site.objects.select_related("root_page").order_by("-is_default_site", "hostname")
    if user.is_superuser:
        return list(sites)
    policy = policy_registry.get_by_type(Page)
    paths = {permission.page.path for permission in policy.get_cached_permissions_for_user(user)}
    return [site for site in sites if any(_meet(site.root_page.path, path) for path in paths)]


def own_pages(pages, user):
    """Those of `pages` (a queryset) that stand on the sites of the centres that `user` works for."""
    if user.is_superuser:
        return pages
    within = Q(pk__in=[])
    for site in own_sites(user):
        within |= Q(path__startswith=site.root_page.path)
    return pages.filter(within)


def colleagues(user):
    """Everybody whose groups work on the pages of the centres that `user` works for."""
    within = Q(pk=user.pk)
    for site in own_sites(user):
        within |= Q(groups__page_permissions__page__path__startswith=site.root_page.path)
    return get_user_model().objects.filter(within).distinct()


def _meet(root, path):
    return path.startswith(root) or root.startswith(path)

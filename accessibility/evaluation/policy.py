"""Who may read and fill in the evaluations of which centre."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.models import Site
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import Evaluation

evaluation_policy = SitePermissionPolicy(Evaluation)
register_permission_policy(Evaluation, evaluation_policy)

READ = ("view", "change")
WRITE = ("change",)


def sites_for(user, actions):
    """The sites at whose evaluations `user` may do one of `actions`, the default site first."""
    if user.is_superuser:
        sites = Site.objects.all()
    else:
        sites = evaluation_policy.sites_user_has_any_permission_for(user, actions)
    return list(sites.select_related("root_page").order_by("-is_default_site", "hostname"))


def own_sites(user, actions):
    """The same. Raises PermissionDenied when there are none."""
    sites = sites_for(user, actions)
    if not sites:
        raise PermissionDenied
    return sites


def own_site(user, site_id):
    """The site whose evaluations `user` may write. Raises PermissionDenied."""
    site = next((site for site in own_sites(user, WRITE) if site.pk == site_id), None)
    if site is None:
        raise PermissionDenied
    return site


def own_evaluation(user, evaluation_id, actions=READ):
    """The evaluation, when `user` may do one of `actions` at its centre. Raises Http404, PermissionDenied."""
    sites = own_sites(user, actions)
    return get_object_or_404(Evaluation.objects.select_related("site__root_page"), pk=evaluation_id, site__in=sites)


def may_write(user, evaluation):
    """Whether `user` may fill in `evaluation`: a finished one does not change any more."""
    return evaluation.is_draft and evaluation_policy.user_has_any_permission_for_instance(user, WRITE, evaluation)

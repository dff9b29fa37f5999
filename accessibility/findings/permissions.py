"""Whose findings: the accessibility coordinator of a centre sees and decides about those of that centre alone."""

from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import Finding

READ, CHANGE = ["view", "change"], ["change"]
finding_policy = SitePermissionPolicy(Finding)
register_permission_policy(Finding, finding_policy)


def sites_of(user, actions=READ):
    """The sites whose findings `user` sees, or may do one of `actions` with."""
    return finding_policy.sites_user_has_any_permission_for(user, actions)


def may_decide(user, site):
    """Whether `user` decides about the findings of `site` (or None)."""
    return site is not None and finding_policy.user_has_any_permission_for_instance(user, CHANGE, site)

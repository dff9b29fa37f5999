"""Who may do what at one centre: four groups, each with just the permissions that its work needs.

Every permission hangs on something that belongs to one centre (its page tree, its collection, its site), never
on a model as a whole, because a model-wide permission would open the neighbour's things too.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accessibility.models import AccessRequest, AccessRequestSettings, AuditRun, Evaluation, Finding
from mission.models import CentreSettings, Letter
from programme.models import ProgrammeSettings

EDITORS = "Redakcja"
CONTRIBUTORS = "Współpraca"
COORDINATORS = "Koordynacja dostępności"
AUDITORS = "Audyt dostępności"

MEDIA = {"wagtailimages": "image", "wagtaildocs": "document"}
WAGTAILS_OWN_GROUPS = ["Moderators", "Editors"]
WAGTAILS_OWN_WORKFLOW = "Moderators approval"


@dataclass(frozen=True)
class Roles:
    """The groups of one centre."""

    editors: Group
    contributors: Group
    coordinators: Group
    auditors: Group


def write_roles(site, *, collection, short_name, coordinated_pages):
    """Make the four groups of the centre of `site`, with their permissions and the approval of drafts.

    `coordinated_pages`: what the accessibility coordinator edits and publishes. Returns `Roles`.
    """
    roles = Roles(*(_group(name, short_name, site) for name in (EDITORS, CONTRIBUTORS, COORDINATORS, AUDITORS)))
    root = site.root_page
    _allow_pages(roles.editors, root, ["add", "change", "publish", "lock", "unlock"])
    _allow_pages(roles.contributors, root, ["add"])
    for page in coordinated_pages:
        _allow_pages(roles.coordinators, page, ["change", "publish"])
    _allow_media(roles.editors, collection, ["add", "change", "choose"])
    _allow_media(roles.contributors, collection, ["add", "choose"])
    _allow_media(roles.coordinators, collection, ["add", "choose"])
    _allow_site(
        roles.editors, site, [(CentreSettings, ["change"]), (ProgrammeSettings, ["change"]), (Letter, ["view"])]
    )
    answering = [(AccessRequest, ["view", "change"]), (AccessRequestSettings, ["change"]), (Letter, ["view"])]
    judging = [(Finding, ["view", "change"]), (Evaluation, ["view", "change"]), (AuditRun, ["view"])]
    _allow_site(roles.coordinators, site, [*answering, *judging])
    # An auditor sees everything about accessibility but the requests: these hold data of people.
    _allow_site(roles.auditors, site, [(Evaluation, ["view"]), (Finding, ["view"]), (AuditRun, ["view"])])
    _write_workflow(root, roles.editors)
    return roles


def remove_wagtails_own_roles():
    """Take away what a new Wagtail gives to two groups over the whole installation; keep groups that have members."""
    groups = Group.objects.filter(name__in=WAGTAILS_OWN_GROUPS)
    root = Page.objects.filter(depth=1)
    GroupPagePermission.objects.filter(group__in=groups, page__in=root).delete()
    GroupCollectionPermission.objects.filter(group__in=groups, collection__depth=1).delete()
    WorkflowPage.objects.filter(page__in=root, workflow__name=WAGTAILS_OWN_WORKFLOW).delete()
    Workflow.objects.filter(name=WAGTAILS_OWN_WORKFLOW, workflow_states=None, workflow_pages=None).delete()
    Task.objects.filter(name=WAGTAILS_OWN_WORKFLOW, task_states=None, workflow_tasks=None).delete()
    groups.filter(user=None).delete()


def _group(role, short_name, site):
    name = f"{role} – {short_name}"
    if Group.objects.filter(name=name).exists():
        name = f"{name} ({site.hostname})"
    group = Group.objects.create(name=name)
    group.permissions.add(_permission("wagtailadmin", "access_admin"))
    return group


def _permission(app_label, codename):
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _allow_pages(group, page, actions):
    for action in actions:
        GroupPagePermission.objects.create(group=group, page=page, permission_type=action)


def _allow_media(group, collection, actions):
    for app_label, name in MEDIA.items():
        for action in actions:
            permission = _permission(app_label, f"{action}_{name}")
            GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)


def _allow_site(group, site, allowed):
    for model, actions in allowed:
        content_type = ContentType.objects.get_for_model(model)
        for action in actions:
            permission = Permission.objects.get(
                content_type=content_type, codename=f"{action}_{model._meta.model_name}"
            )
            GroupSitePermission.objects.create(group=group, site=site, permission=permission)


def _write_workflow(root, editors):
    workflow = Workflow.objects.create(name=editors.name)
    task = GroupApprovalTask.objects.create(name=editors.name)
    task.groups.add(editors)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=root)

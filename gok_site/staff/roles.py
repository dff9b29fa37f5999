"""Who may do what at one centre: four groups, each with just the permissions that its work needs.

Every permission hangs on something that belongs to one centre (its page tree, its collection, its site), never
on a model as a whole, because a model-wide permission would open the neighbour's things too.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.documents.models import Document
from wagtail.images.models import Image
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

from accessibility.models import (
    AccessibilityHubPage,
    AccessRequest,
    AccessRequestSettings,
    AuditRun,
    DeclarationPage,
    Evaluation,
    Finding,
)
from gok_site.models import StaffRole
from mission.models import CentreSettings, Letter
from programme.models import ProgrammeSettings

EDITORS = "Redakcja"
CONTRIBUTORS = "Współpraca"
COORDINATORS = "Koordynacja dostępności"
AUDITORS = "Audyt dostępności"

# Wagtail asks for the permissions of its own two models, whatever models a site keeps its files in.
MEDIA = [Image, Document]
WAGTAILS_OWN_GROUPS = ["Moderators", "Editors"]
WAGTAILS_OWN_WORKFLOW = "Moderators approval"


@dataclass(frozen=True)
class Right:
    """One thing that a group may do. `key` names it for good, `row` is its kind of permission, `fields` the rest of it."""

    key: str
    row: type
    fields: dict

    def give(self, group):
        """Give it to `group`; False when the group has it already."""
        if self.row.objects.filter(group=group, **self.fields).exists():
            return False
        self.row.objects.create(group=group, **self.fields)
        return True


def write_roles(site):
    """Make the groups that the centre of `site` lacks, and give each group what it was never given before.

    What an administrator took away stays away, and so does a group that was deleted: `StaffRole` remembers what was
    given. Groups made before there was such a memory are known by their name. Returns {role: names of what is new}.
    """
    new = {}
    for role, rights in rights_of_roles(site).items():
        memory, is_first = StaffRole.objects.get_or_create(site=site, role=role)
        if is_first:
            memory.group = _group_of_old(role, site) or _new_group(role, site)
        elif memory.group is None:
            continue
        missing = [right for right in rights if right.key not in memory.given]
        given = [right.key for right in missing if right.give(memory.group)]
        memory.given = sorted({*memory.given, *(right.key for right in missing)})
        memory.save()
        if given:
            new[role] = given
    return new


def rights_of_roles(site):
    """{role: list of `Right`} at the centre of `site`."""
    root, collection = site.root_page, CentreSettings.for_site(site).collection
    # What the accessibility coordinator edits and publishes.
    coordinated = root.get_children().type(DeclarationPage, AccessibilityHubPage)
    answering = {AccessRequest: ["view", "change"], AccessRequestSettings: ["change"], Letter: ["view"]}
    judging = {Finding: ["view", "change"], Evaluation: ["view", "change"], AuditRun: ["view"]}
    return {
        EDITORS: [
            *_on_pages([root], ["add", "change", "publish", "lock", "unlock"]),
            *_on_media(collection, ["add", "change", "choose"]),
            *_on_site(site, {CentreSettings: ["change"], ProgrammeSettings: ["change"], Letter: ["view"]}),
        ],
        CONTRIBUTORS: [*_on_pages([root], ["add"]), *_on_media(collection, ["add", "choose"])],
        COORDINATORS: [
            *_on_pages(coordinated, ["change", "publish"]),
            *_on_media(collection, ["add", "choose"]),
            *_on_site(site, answering | judging),
        ],
        # An auditor sees everything about accessibility but the requests: these hold data of people.
        AUDITORS: _on_site(site, {Evaluation: ["view"], Finding: ["view"], AuditRun: ["view"]}),
    }


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


def _new_group(role, site):
    name = f"{role} – {site.site_name}"
    if Group.objects.filter(name=name).exists():
        name = f"{name} ({site.hostname})"
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    if role == EDITORS:
        _write_workflow(site.root_page, group)
    return group


def _group_of_old(role, site):
    """The group of a centre that is older than the memory: named by its role, with a right at this centre alone."""
    pages = Page.objects.descendant_of(site.root_page, inclusive=True)
    here = Q(page_permissions__page__in=pages) | Q(site_permissions__site=site)
    remembered = StaffRole.objects.exclude(group=None).values("group")
    return Group.objects.filter(here, name__startswith=f"{role} – ").exclude(pk__in=remembered).order_by("pk").first()


def _on_pages(pages, actions):
    kind = GroupPagePermission
    return [
        Right(f"page:{page.pk}:{action}", kind, {"page": Page(pk=page.pk), "permission": _permission(Page, action)})
        for page in pages
        for action in actions
    ]


def _on_media(collection, actions):
    if collection is None:
        return []
    kind = GroupCollectionPermission
    return [
        Right(
            f"collection:{collection.pk}:{action}_{model._meta.model_name}",
            kind,
            {"collection": collection, "permission": _permission(model, action)},
        )
        for model in MEDIA
        for action in actions
    ]


def _on_site(site, allowed):
    kind = GroupSitePermission
    return [
        Right(
            f"site:{model._meta.label_lower}:{action}", kind, {"site": site, "permission": _permission(model, action)}
        )
        for model, actions in allowed.items()
        for action in actions
    ]


def _permission(model, action):
    content_type = ContentType.objects.get_for_model(model)
    return Permission.objects.get(content_type=content_type, codename=f"{action}_{model._meta.model_name}")


def _write_workflow(root, editors):
    workflow = Workflow.objects.create(name=editors.name)
    task = GroupApprovalTask.objects.create(name=editors.name)
    task.groups.add(editors)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=root)

"""An update brings new rights to the groups of centres that are there already, and brings nothing back by force."""

import pytest
from django.contrib.auth.models import Group
from django.core.management.sql import emit_post_migrate_signal
from wagtail.models import GroupPagePermission, GroupSitePermission, Workflow

from accessibility.models import AuditRun
from gok_site.models import StaffRole
from gok_site.staff.roles import AUDITORS, COORDINATORS, EDITORS
from tests.staff.builders import make_centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make_centre("AGAWA", "localhost", is_default=True)


def update():
    """What `manage.py migrate` does at its end, whether or not there was anything to migrate."""
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", plan=[])


def group(role):
    return Group.objects.get(name=f"{role} – GOK AGAWA")


def rights(role):
    """Everything that a group may do, as text."""
    found = group(role)
    kinds = (found.page_permissions, found.collection_permissions, found.site_permissions)
    return sorted(str(row) for kind in kinds for row in kind.all())


def test_a_new_right_is_given_and_one_that_was_taken_away_is_not_given_back(centre):
    before = rights(AUDITORS)
    new = {"group": group(AUDITORS), "permission__content_type__model": AuditRun._meta.model_name}
    GroupSitePermission.objects.get(**new).delete()
    memory = StaffRole.objects.get(site=centre.site, role=AUDITORS)
    memory.given.remove("site:accessibility.auditrun:view")  # as of a version that did not know audits
    memory.save()
    GroupPagePermission.objects.get(group=group(EDITORS), permission__codename="lock_page").delete()
    taken = rights(EDITORS)
    update()
    assert rights(AUDITORS) == before
    assert rights(EDITORS) == taken


def test_groups_from_before_the_memory_are_known_by_name_and_completed(centre):
    before = {role: rights(role) for role in (EDITORS, COORDINATORS, AUDITORS)}
    groups = set(Group.objects.all())
    StaffRole.objects.all().delete()
    group(COORDINATORS).site_permissions.first().delete()
    make_centre("BROMBA", "mok.localhost")
    own = set(Group.objects.all())
    update()
    assert {role: rights(role) for role in before} == before
    assert set(Group.objects.all()) == own > groups
    assert Workflow.objects.count() == 2


def test_a_group_that_was_deleted_stays_deleted_and_a_renamed_one_is_still_known(centre):
    group(AUDITORS).delete()
    renamed = group(COORDINATORS)
    Group.objects.filter(pk=renamed.pk).update(name="Pełnomocnik")
    before = set(Group.objects.all())
    update()
    assert set(Group.objects.all()) == before
    assert StaffRole.objects.get(role=COORDINATORS).group == renamed
    assert StaffRole.objects.get(role=AUDITORS).group is None

"""The auditor's role: reads what is about accessibility at one centre, changes nothing, sees no personal data."""

import pytest
from django.test import Client
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from accessibility.models import AccessRequest
from tests.staff.builders import fill, make_centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make_centre("AGAWA", "localhost", is_default=True)


def test_the_group_may_read_and_nothing_else(centre):
    (group,) = centre.staff["auditor"].groups.all()
    assert group.name == "Audyt dostępności – GOK AGAWA"
    permissions = GroupSitePermission.objects.filter(group=group)
    codes = {permission.permission.codename for permission in permissions}
    assert codes == {"view_evaluation", "view_finding", "view_auditrun"}
    assert {permission.site for permission in permissions} == {centre.site}
    assert not GroupPagePermission.objects.filter(group=group).exists()
    assert not GroupCollectionPermission.objects.filter(group=group).exists()
    assert [permission.codename for permission in group.permissions.all()] == ["access_admin"]


def test_no_screen_that_is_open_to_the_auditor_shows_what_a_visitor_wrote(centre):
    fill(centre)
    secrets = {"subject": "Sekretny temat", "contact": "anna@example.org"}
    AccessRequest.objects.update(**secrets)
    client = Client()
    client.force_login(centre.staff["auditor"])
    evaluation = centre.things["evaluation"].pk
    for address in ("", "badania-dostepnosci/", "badania-dostepnosci/wnioski/", f"badania-dostepnosci/{evaluation}/"):
        response = client.get(f"/admin/{address}")
        assert response.status_code == 200, address
        for words in secrets.values():
            assert words not in response.content.decode(), address

"""Who stands behind an event is named with the role, and linked where everybody may follow."""

import pytest

from mission.models import PartnerIndexPage, PartnerPage
from programme.events.roles import roles_in_groups
from programme.models import EventPage, EventRole
from tests.factories import make_event, make_site, warsaw

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    index = make_site().root_page.add_child(instance=PartnerIndexPage(title="Partnerzy", slug="partnerzy"))
    return index.add_child(instance=PartnerPage(title="Biblioteka", slug="biblioteka"))


def test_roles_stand_in_their_order_with_all_who_have_them(partner):
    event = make_event(
        roles=[
            EventRole(role="funder", name="Fundusz", note="Program „Lato”, 10 000 zł"),
            EventRole(role="partner", partner=partner, sort_order=1),
            EventRole(role="partner", name="Koło gospodyń", sort_order=2),
            EventRole(role="patron"),
        ]
    )
    groups = roles_in_groups(event)
    assert [[row.title for row in rows] for _label, rows in groups] == [["Biblioteka", "Koło gospodyń"], ["Fundusz"]]
    assert [row.page for row in groups[0][1]] == [partner, None]


@pytest.mark.parametrize(("is_live", "links"), [(True, 1), (False, 0)])
def test_a_partner_is_linked_once_the_page_is_published(visitor, partner, is_live, links):
    PartnerPage.objects.filter(pk=partner.pk).update(live=is_live)
    event = make_event(start=warsaw("2030-05-01 18:00"), roles=[EventRole(role="partner", partner=partner)])
    text = visitor.get(event.url).content.decode()
    assert "Biblioteka" in text
    assert text.count(f'href="{partner.url}"') == links


def test_a_funder_says_what_for(visitor):
    event = make_event(
        start=warsaw("2030-05-01 18:00"), roles=[EventRole(role="funder", name="Fundusz", note="10 000 zł")]
    )
    assert "10 000 zł" in visitor.get(event.url).content.decode()


def test_many_roles_cost_as_much_as_one(partner, django_assert_num_queries):
    one = make_event("Mały", roles=[EventRole(role="partner", partner=partner)])
    many = make_event("Duży", roles=[EventRole(role="partner", partner=partner) for _ in range(10)])
    for event in (one, many):
        with django_assert_num_queries(4):
            roles_in_groups(EventPage(pk=event.pk))

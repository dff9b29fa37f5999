"""The editor's forms offer one centre's codes and goals, and no other's; a new event begins with its kind's card."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from programme.models import EventIndexPage, EventPage, KindAccess, ProgrammeSettings, SectionPage
from tests.accessibility.test_declaration_page import form_data
from tests.factories import make_event, make_goal, make_section, make_site, under


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "make", "code"), [(EventPage, make_event, "kind"), (SectionPage, make_section, "form")]
)
def test_a_form_offers_the_codes_and_goals_of_its_own_centre_in_order(model, make, code):
    ours, theirs = make_site(), make_site("mok.localhost")
    for number, site in [(2, ours), (1, ours), (7, theirs)]:
        make_goal(number, site=site)
    page = make(site=ours)
    editor = get_user_model().objects.create_superuser("editor", "editor@example.org", "secret")
    form_class = model.get_edit_handler().get_form_class()
    for instance in (page, model()):
        form = form_class(instance=instance, parent_page=page.get_parent(), for_user=editor)
        assert [goal.number for goal in form.fields["goals"].queryset] == [1, 2]
        assert {row.settings.site_id for row in form.fields[code].queryset} == {ours.pk}


@pytest.mark.django_db
def test_a_new_event_saved_without_a_card_has_the_lines_of_its_kind_once():
    site = make_site()
    kind = ProgrammeSettings.for_site(site).event_kinds.first()
    kind.access = [KindAccess(provision="captions"), KindAccess(provision="quiet_room", state="on_request")]
    kind.save()
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "secret"))
    address = reverse("wagtailadmin_pages:add", args=["programme", "eventpage", under(EventIndexPage, site).pk])
    data = form_data(client.get(address)) | {"body-count": 0, "afterwards-count": 0}
    data.pop("goals")  # nothing is chosen
    data |= {"title": "Koncert", "slug": "koncert", "kind": kind.pk}
    data |= {"plan-TOTAL_FORMS": 1, "plan-0-day": "2030-05-01", "plan-0-interval": 1, "plan-0-ORDER": 1}
    answer = client.post(address, data, follow=True)
    assert answer.redirect_chain
    event = EventPage.objects.get(slug="koncert")
    assert [row.provision for row in event.get_latest_revision_as_object().access.all()] == ["captions", "quiet_room"]
    told = " ".join(map(str, answer.context["messages"]))
    assert all(str(row) in told for row in event.access.all())
    again = form_data(client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])))
    assert again["access-INITIAL_FORMS"] == "2"

"""The editor's forms offer one centre's codes and goals, and no other's."""

import pytest
from django.contrib.auth import get_user_model

from programme.models import EventPage, SectionPage
from tests.factories import make_event, make_goal, make_section, make_site


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

"""Addresses promised to the public cannot be changed or taken by editors."""

import pytest
from django.core.exceptions import ValidationError

from gok_site.models import RESERVED_SLUGS
from mission.models import ContactPage, NewsIndexPage, StandardPage, StrategicAreaPage
from tests.mission.builders import make_centre, make_mission

pytestmark = pytest.mark.django_db


def test_a_fixed_page_keeps_its_address_whatever_an_editor_types():
    home = make_centre().site.root_page
    contact = home.add_child(instance=ContactPage(title="Napisz do nas", slug="napisz-do-nas"))
    assert contact.slug == "kontakt"
    contact.slug = "inny"
    contact.save()
    assert ContactPage.objects.get().slug == "kontakt"


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_a_plain_page_cannot_take_an_address_of_the_site(slug):
    home = make_centre().site.root_page
    with pytest.raises(ValidationError) as refusal:
        home.add_child(instance=StandardPage(title="Strona", slug=slug))
    assert "slug" in refusal.value.message_dict


def test_an_area_cannot_take_the_address_of_the_list_of_goals():
    mission = make_mission(make_centre())
    with pytest.raises(ValidationError):
        mission.add_child(instance=StrategicAreaPage(title="Cele", slug="cele", aim="Cokolwiek."))


def test_every_fixed_slug_under_the_home_page_is_reserved_there():
    from django.apps import apps

    from mission.models import BasePage

    fixed = {model.fixed_slug for model in apps.get_models() if issubclass(model, BasePage) and model.fixed_slug}
    assert fixed - {"cele"} <= RESERVED_SLUGS


def test_the_same_word_is_free_where_the_site_does_not_need_it():
    home = make_centre().site.root_page
    index = home.add_child(instance=StandardPage(title="O nas", slug="o-nas"))
    assert index.add_child(instance=StandardPage(title="Program", slug="program")).pk
    assert home.add_child(instance=NewsIndexPage(title="Nowiny")).slug == "aktualnosci"

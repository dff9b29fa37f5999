"""The editor's screen of the declaration: a help for every field, and what will be printed beside what is typed."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail import hooks

from accessibility.declaration import validator
from accessibility.declaration.places import DeclarationPlace
from accessibility.models import DeclarationPage, ExcessiveCost

from .builders import make_centre, make_coordinator, make_declaration

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
# Fields that Wagtail's own screens explain, or whose name says all.
PLAIN = {"title", "seo_title", "search_description", "comment_notifications", "finding", "ORDER", "DELETE", "id"}
PLAIN |= {"name", "checked_on", "method", "ground", "checked_by", "repair_on", "address"}


def test_every_field_of_the_declaration_is_explained():
    page = make_declaration(make_centre(), is_published=False)
    form = DeclarationPage.get_edit_handler().get_form_class()(instance=page)
    forms = [form, *(rows.empty_form for name, rows in form.formsets.items() if name != "comments")]
    without = {name for one in forms for name, field in one.fields.items() if not field.help_text}
    assert without - PLAIN == set()


def test_an_excessive_cost_may_carry_its_assessment_as_a_text():
    page = make_declaration(make_centre(), is_published=False)
    words = "Kronika ma 900 stron pisma ręcznego. Przepisanie kosztuje 40 tysięcy złotych. <b>Czyta ją kilka osób w roku.</b>"
    cost = ExcessiveCost(
        element="kronika", reason="Zbyt drogo.", way_around="Czytamy przez telefon.", assessment="Za drogo."
    )
    page.excessive_costs, page.status = [cost], "partial"
    assert [problem.field for problem in page.problems(TODAY)] == ["excessive_costs"]
    cost.assessment = words
    assert page.problems(TODAY) == []
    html = page.document(TODAY).html()
    block = BeautifulSoup(html, "html.parser").find(id="a11y-ocena")
    assert words in block.get_text()
    assert validator.check(html, at=TODAY).errors == []


def test_the_editor_sees_which_buildings_of_venue_pages_will_be_printed():
    centre = make_centre()
    page = make_declaration(centre)
    seat = page.places.first()
    places = [
        DeclarationPlace(name="Świetlica", address="ul. Szkolna 2", lifts="Winda jest."),
        DeclarationPlace(name=seat.name, address="inny adres", lifts="Tego nie będzie."),
    ]
    client = Client(SERVER_NAME="localhost")
    client.force_login(make_coordinator(centre))
    with hooks.register_temporarily("register_declaration_places", lambda site, at: places):
        text = BeautifulSoup(client.get(f"/admin/pages/{page.pk}/edit/").content, "html.parser").get_text(" ")
    assert "Winda jest." in text
    assert "Tego nie będzie." not in text
    assert "opisany już powyżej" in text

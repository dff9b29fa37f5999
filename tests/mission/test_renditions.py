"""Copies of pictures are ready before the first visitor; what is pasted into a text cannot break a feed."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from mission.models import CentreImage, NewsIndexPage, NewsPage, StandardPage
from mission.renditions import make_missing, printed_specs
from tests.mission.builders import make_centre

pytestmark = pytest.mark.django_db


def make_image():
    output = BytesIO()
    Image.new("RGB", (64, 48), "#cc3300").save(output, "PNG")
    return CentreImage.objects.create(title="Czerwień", file=ContentFile(output.getvalue(), "czerwien.png"))


def test_the_clock_makes_every_copy_that_a_published_page_may_print(django_capture_on_commit_callbacks):
    index = make_centre().site.root_page.add_child(instance=NewsIndexPage(title="Aktualności"))
    with django_capture_on_commit_callbacks(execute=True):
        page = index.add_child(instance=NewsPage(title="Wpis", image=make_image()))
        page.save_revision().publish()
    make_missing(timezone.now())
    made = set(page.image.renditions.values_list("filter_spec", flat=True))
    assert printed_specs() <= made
    assert any("webp" in spec for spec in made)


def test_the_pictures_of_drafts_are_left_alone(django_capture_on_commit_callbacks):
    index = make_centre().site.root_page.add_child(instance=NewsIndexPage(title="Aktualności"))
    with django_capture_on_commit_callbacks(execute=True):
        page = index.add_child(instance=NewsPage(title="Szkic", image=make_image(), live=False))
    make_missing(timezone.now())
    assert not page.image.renditions.exists()


def test_control_characters_stop_at_the_models_door():
    home = make_centre().site.root_page
    page = home.add_child(instance=StandardPage(title="Sta\x0btut\x07", summary="Dwa\x00 wiersze\r\ni koniec\u2028"))
    page.refresh_from_db()
    assert page.title == "Sta tut"
    assert page.summary == "Dwa wiersze\ni koniec"

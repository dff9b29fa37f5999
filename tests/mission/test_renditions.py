"""Copies of pictures are ready before the first visitor; what is pasted into a text cannot break a feed."""

import re
from io import BytesIO

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.template import Context, Template
from django.utils import timezone
from PIL import Image, ImageChops, ImageCms, ImageStat
from wagtail.images.models import SourceImageIOError

from mission import avif, renditions
from mission.models import CentreImage, NewsIndexPage, NewsPage, StandardPage
from mission.renditions import make_missing, printed_specs
from tests.mission.builders import make_centre

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _new_process():
    renditions.behind.cache_clear()
    caches["default"].clear()  # Wagtail looks there for copies of a picture of the same number
    yield
    renditions.behind.cache_clear()


def make_image(picture=None, kind="PNG", **options):
    output = BytesIO()
    (picture or Image.new("RGB", (64, 48), "#cc3300")).save(output, kind, **options)
    return CentreImage.objects.create(title="Czerwień", file=ContentFile(output.getvalue(), f"czerwien.{kind.lower()}"))


def test_the_clock_makes_every_copy_that_a_published_page_may_print(django_capture_on_commit_callbacks):
    index = make_centre().site.root_page.add_child(instance=NewsIndexPage(title="Aktualności"))
    with django_capture_on_commit_callbacks(execute=True):
        page = index.add_child(instance=NewsPage(title="Wpis", image=make_image()))
        page.save_revision().publish()
    make_missing(timezone.now())
    made = set(page.image.renditions.values_list("filter_spec", flat=True))
    assert printed_specs() <= made
    assert {"avif", "webp"} <= {spec.partition("format-")[2].partition("|")[0] for spec in made}


def test_after_an_update_pictures_shown_before_get_the_copies_printed_now_a_few_at_a_time(monkeypatch):
    older, newer, never_shown = make_image(), make_image(), make_image()
    for image in (older, newer):
        image.get_rendition("format-webp|fill-744x465")
    monkeypatch.setattr(renditions, "AT_ONCE", 1)
    made = []
    for _tick in range(3):
        make_missing(timezone.now())
        made.append([image.renditions.count() for image in (older, newer, never_shown)])
    every = len(printed_specs())
    assert made == [[1, every, 0], [every, every, 0], [every, every, 0]]


def test_a_picture_that_cannot_be_read_keeps_no_other_from_its_copies_and_is_told_of_once_after_an_update():
    images = [make_image() for _number in range(3)]
    for image in images:
        image.get_rendition("format-webp|fill-744x465")
    for image in (images[0], images[2]):
        image.file.storage.delete(image.file.name)
    with pytest.raises(SourceImageIOError):
        make_missing(timezone.now())
    assert images[1].renditions.count() == len(printed_specs())
    make_missing(timezone.now())


@pytest.mark.parametrize(
    ("size", "widths"), [((800, 600), [150, 204, 300, 450]), ((180, 240), [150, 180]), ((30, 40), [30])]
)
def test_a_picture_tag_names_each_width_once_however_small_the_picture(size, widths):
    template = (
        "{% load wagtailimages_tags %}{% picture image format-{avif,webp} fill-{150x200,204x272,300x400,600x800} %}"
    )
    image = make_image(Image.new("RGB", size, "#cc3300"))
    said = Template(template).render(Context({"image": image}))
    named = [re.findall(r" (\d+)w", value) for value in re.findall(r'srcset="([^"]*)"', said)]
    assert [list(map(int, each)) for each in named if each] == [widths] * 2 * (len(widths) > 1)
    assert said.count("<source") == 1
    assert f'width="{widths[0]}"' in said


def test_the_pictures_of_drafts_are_left_alone(django_capture_on_commit_callbacks):
    index = make_centre().site.root_page.add_child(instance=NewsIndexPage(title="Aktualności"))
    with django_capture_on_commit_callbacks(execute=True):
        page = index.add_child(instance=NewsPage(title="Szkic", image=make_image(), live=False))
    make_missing(timezone.now())
    assert not page.image.renditions.exists()


def opened(image, spec):
    with image.get_rendition(spec).file.open() as file:
        picture = Image.open(file)
        picture.load()
    return picture


def test_an_avif_copy_is_smaller_than_the_webp_one_and_shows_the_same():
    image = make_image(Image.effect_mandelbrot((800, 500), (-1.5, -1, 0.5, 1), 60).convert("RGB"))
    avif, webp = (image.get_rendition(f"fill-744x465|format-{kind}") for kind in ("avif", "webp"))
    assert avif.file.size < webp.file.size * 0.9
    difference = ImageChops.difference(*(opened(image, f"fill-744x465|format-{kind}") for kind in ("avif", "webp")))
    assert max(ImageStat.Stat(difference).mean) < 4, "of 255"


def test_avif_copies_are_made_at_a_speed_that_staff_can_wait_for(monkeypatch):
    used = []
    monkeypatch.setattr(avif, "PILLOWS_OWN", lambda image, *_rest: used.append(image.encoderinfo))
    drawing = Image.new("RGB", (64, 48))
    drawing.save(BytesIO(), "AVIF", quality=50)
    drawing.save(BytesIO(), "AVIF", speed=6)
    assert used == [{"quality": 50, "speed": avif.SPEED}, {"speed": 6}]


def test_avif_keeps_transparency_and_profile_and_turns_print_colours_into_screen_colours():
    clear = make_image(Image.new("RGBA", (64, 48), (204, 51, 0, 0)))
    assert opened(clear, "width-20|format-avif").getpixel((5, 5))[3] == 0
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    printed = make_image(Image.new("CMYK", (64, 48), (0, 200, 200, 0)), "JPEG")
    assert opened(printed, "width-20|format-avif").mode == "RGB"
    profiled = make_image(Image.new("RGB", (64, 48), "#cc3300"), "JPEG", icc_profile=profile)
    assert opened(profiled, "width-20|format-avif").info["icc_profile"] == profile


def test_control_characters_stop_at_the_models_door():
    home = make_centre().site.root_page
    page = home.add_child(instance=StandardPage(title="Sta\x0btut\x07", summary="Dwa\x00 wiersze\r\ni koniec\u2028"))
    page.refresh_from_db()
    assert page.title == "Sta tut"
    assert page.summary == "Dwa wiersze\ni koniec"

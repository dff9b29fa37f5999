"""Uploaded pictures keep no trace of where and with what they were taken, and say who made them."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from mission.alt_text import is_file_name
from tests.staff.builders import make_centre

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
]
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
SECRETS = [b"TAJNYAPARAT", b"Exif", b"tEXt", b"eXIf", b"EXIF", b"tajny opis", b"http://ns.adobe.com/xap"]


def picture(kind):
    """40×20, red on the left; stored as a camera held upright stores it (to be turned right)."""
    image = Image.new("RGB", (40, 20), "blue")
    image.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKE] = "TAJNYAPARAT"
    exif.get_ifd(GPS).update({1: "N", 2: (50.0, 21.0, 3.0), 3: "E", 4: (18.0, 26.0, 1.0)})
    options = {"exif": exif}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "tajny opis")
        options["pnginfo"] = text
    if kind in ("JPEG", "WEBP"):
        options["xmp"] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>http://ns.adobe.com/xap TAJNYAPARAT</x:xmpmeta>"
    file = BytesIO()
    image.save(file, format=kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_metadata_in_the_original_nor_in_its_copies_and_the_picture_stands_upright(kind):
    data = picture(kind)
    assert b"TAJNYAPARAT" in data
    stored = get_image_model().objects.create(title="Piec", file=ContentFile(data, name=f"piec.{kind.lower()}"))
    files = [stored.file, stored.get_rendition("width-10").file, stored.get_rendition("format-webp").file]
    for file in files:
        with file.open() as opened:
            found = opened.read()
        assert [secret for secret in SECRETS if secret in found] == []
        with Image.open(BytesIO(found)) as image:
            assert dict(image.getexif()) == {}
            assert image.height > image.width
    assert (stored.width, stored.height) == (20, 40)


def test_the_form_asks_for_author_and_licence_and_refuses_a_file_name_for_a_description():
    user = make_centre("AGAWA", "localhost", is_default=True).staff["editor"]
    form_class = get_image_form(get_image_model())
    assert {"credit", "licence", "description"} <= set(form_class.base_fields)
    upload = SimpleUploadedFile("IMG_2041.jpg", picture("JPEG"), "image/jpeg")
    data = {"title": "Piec", "description": "IMG_2041.jpg", "licence": "CC0-1.0"}
    form = form_class(data, {"file": upload}, user=user)
    assert "description" in form.errors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IMG_2041", True),
        ("DSC00017.JPG", True),
        ("20260412_183000", True),
        ("plakat-final.png", True),
        ("Zrzut 2026-04-12", True),
        ("Dzieci lepią z gliny", False),
        ("Rok 1926 w Rudzińcu", False),
        ("Plakat: 2 maja, godz. 18", False),
        ("", False),
    ],
)
def test_what_a_camera_calls_a_file_is_no_description(text, expected):
    assert is_file_name(text) is expected

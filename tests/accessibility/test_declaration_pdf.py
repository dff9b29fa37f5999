"""The PDF of the declaration: tagged, in Polish, made of our own files alone, and absent without the extra `pdf`."""

import re
import socket
import unicodedata
import zlib
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accessibility.declaration import pdf

from .builders import make_centre, make_declaration

pytestmark = pytest.mark.django_db
PAGE = "/deklaracja-dostepnosci/"
FILE = f"{PAGE}deklaracja.pdf"
# Every letter that Polish has beside the Latin ones, small and capital.
POLISH = "Zażółć gęślą jaźń. ZAŻÓŁĆ GĘŚLĄ JAŹŃ."


def get(path):
    return Client(SERVER_NAME="localhost").get(path)


@pytest.fixture
def declaration():
    cache.clear()
    return make_declaration(make_centre())


def test_without_the_extra_there_is_neither_address_nor_link(declaration, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    assert get(FILE).status_code == 404
    assert "deklaracja.pdf" not in get(PAGE).content.decode()


def test_with_the_extra_the_page_links_a_file_that_is_made_once(declaration, monkeypatch):
    made = []
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "made", lambda html, base_url: made.append(html) or b"%PDF-1.7")
    assert f'href="{FILE}"' in get(PAGE).content.decode()
    for _visit in range(2):
        response = get(FILE)
        assert response["Content-Type"] == "application/pdf"
        assert response["Link"] == f'<http://localhost{PAGE}>; rel="canonical"'
    assert len(made) == 1
    assert "Oryginałem jest strona" in made[0]
    declaration.plans = "Do końca roku dodamy napisy."
    declaration.save_revision().publish()
    get(FILE)
    assert "dodamy napisy" in made[1]


def test_a_file_that_takes_too_long_makes_nobody_wait_for_ever(declaration, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "LONGEST_WAIT", 0.01)
    with pdf._one_at_a_time:
        assert get(FILE).status_code == 503


def test_the_file_is_tagged_has_a_title_and_a_language_and_asks_nobody_for_anything(declaration, monkeypatch):
    def refuse(*arguments):
        raise AssertionError("an address was called")

    if not pdf.is_available():
        assert get(FILE).status_code == 404
        return
    monkeypatch.setattr(socket.socket, "connect", refuse)
    declaration.plans = POLISH
    declaration.save_revision().publish()
    content = get(FILE).getvalue()
    assert content.startswith(b"%PDF-1.7")
    words = unpacked(content)
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang (pl)", b"/DisplayDocTitle true", b"/ToUnicode", b"pdfuaid"):
        assert mark in words, mark
    assert b"Atkinson" in words
    assert len(content) < 200_000
    read = PdfReader(BytesIO(content))
    assert [name for page in read.pages for name in fonts_left_out(page)] == []
    said = unicodedata.normalize("NFC", " ".join(page.extract_text() for page in read.pages))
    assert POLISH in " ".join(said.split())
    written = BeautifulSoup(declaration.document(timezone.localdate()).html(), "html.parser").get_text(" ")
    assert len(words_with_polish_letters(written)) > 50
    assert words_with_polish_letters(written) - words_with_polish_letters(said) == set()


def words_with_polish_letters(text):
    return set(re.findall(r"\b\w*[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]\w*\b", text))


def fonts_left_out(page):
    """Names of the fonts of a page that the file does not carry."""
    for font in page["/Resources"].get("/Font", {}).values():
        descendants = font.get_object().get("/DescendantFonts", [font])
        for described in descendants:
            descriptor = described.get_object()["/FontDescriptor"]
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
                yield font.get_object()["/BaseFont"]


def unpacked(content):
    """The objects of a PDF as plain bytes."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return content + b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")

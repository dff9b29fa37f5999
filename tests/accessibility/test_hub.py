"""The accessibility page never promises what has not been done."""

import pytest
from django.test import Client

from accessibility.models import AccessibilityHubPage

from .builders import make_centre, make_declaration

pytestmark = pytest.mark.django_db


def hub(**fields):
    centre = make_centre()
    make_declaration(centre)
    page = AccessibilityHubPage(title="Dostępność", slug="dostepnosc", **fields)
    centre.site.root_page.add_child(instance=page)
    return Client(SERVER_NAME="localhost").get("/dostepnosc/").content.decode()


def test_a_text_is_called_easy_to_read_only_after_it_was_tested():
    text = [("text", "<p>Dom kultury to miejsce dla każdego.</p>")]
    untested = hub(easy_text=text)
    assert "Dom kultury to miejsce dla każdego." in untested
    assert "łatwy do czytania" not in untested.casefold()
    assert "easy to read" not in untested.casefold()


def test_a_tested_text_says_so():
    html = hub(easy_text=[("text", "<p>Tekst.</p>")], is_easy_text_tested=True, easy_text_tested_by="Koło PSONI, 2026")
    assert "Koło PSONI, 2026" in html


def test_a_missing_sign_language_recording_is_admitted():
    html = hub()
    assert "<video" not in html
    assert "mailto:kontakt@gok.rudziniec.pl" in html


def test_the_ways_to_the_three_requests_and_the_declaration_are_there():
    html = hub()
    for address in (
        "zgloszenie/bariera/",
        "zgloszenie/dostepnosc/",
        "zgloszenie/cyfrowe/",
        "/dostepnosc/sprawdz-deklaracje/",
    ):
        assert address in html
    assert '<a href="/deklaracja-dostepnosci/">Deklaracja dostępności</a>' in html

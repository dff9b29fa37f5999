"""Every language of the declaration says the same: all words, all ids, all data; Polish alone binds."""

from dataclasses import fields

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from accessibility.declaration import spec, wording
from accessibility.declaration.draft import draft_declaration
from accessibility.models import DeclarationApp, ExcessiveCost, Exemption, KeyboardShortcut

from .builders import make_barrier, make_centre, make_declaration

TRANSLATIONS = sorted(set(wording.LANGUAGES) - {"pl"})


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_language_has_every_word_of_the_polish_one(language):
    words = wording.LANGUAGES[language]
    assert words.language == language
    assert words.translation_note
    for part in fields(wording.Wording):
        polish, other = getattr(wording.POLISH, part.name), getattr(words, part.name)
        if isinstance(polish, dict):
            needed = set(polish) - (
                {"basis_self", "basis_audit", "basis_audit_link", "basis_contractor", "basis_contractor_link"}
                if part.name == "s"
                else set()
            )
            assert needed <= set(other), part.name
            assert all(other.values()), part.name
        elif part.name == "procedure_items":
            assert len(other) == len(polish)


def article(document):
    return BeautifulSoup(document.html(), "html.parser")


def skeleton(soup):
    """Tag, id, address and machine date of everything, without the words."""
    rows = []
    for tag in soup.article.find_all(True):
        if "panel" in tag.get("class", ()) or (tag.name == "span" and not tag.get("id")):
            continue
        rows.append((tag.name, tag.get("id"), tag.get("href"), tag.get("datetime")))
    return rows


def full_declaration():
    page = make_declaration(
        make_centre(),
        basis="audit",
        basis_by="Fundacja Przykładowa",
        basis_url="https://example.org/raport",
        improvements="Napisy do wszystkich filmów.",
        plans="Do końca roku opiszemy zdjęcia.",
        interpreter_note="Po umówieniu.",
        is_published=False,
    )
    page.barriers = [make_barrier(repair_on=timezone.localdate())]
    page.exemptions = [Exemption(element="mapa gminy", address="/mapa/", ground=next(iter(wording.POLISH.grounds)))]
    page.excessive_costs = [
        ExcessiveCost(
            element="archiwum", address="/archiwum/", reason="Koszt.", way_around="Opis.", assessment_url="/analiza/"
        )
    ]
    page.apps = [
        DeclarationApp(name="Gość", download_url="https://example.org/a", declaration_url="https://example.org/d")
    ]
    page.shortcuts = [KeyboardShortcut(keys="Alt+1", action="menu")]
    return page


@pytest.mark.django_db
@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_the_same_ids_headings_links_dates_and_data(language):
    page = full_declaration()
    polish, other = (article(page.document(timezone.localdate(), name)) for name in ("pl", language))
    assert skeleton(other) == skeleton(polish)
    ids = {tag["id"] for tag in other.find_all(id=True)}
    assert {"a11y-ocena", "a11y-aplikacje", "a11y-podmiot", "a11y-komunikacja"} <= ids
    for data in ("nagranie z przeglądu teatralnego", "mapa gminy", "Fundacja Przykładowa", "Po umówieniu.", "Gość"):
        assert other.find(string=lambda text, data=data: data in text).find_parent(lang=True)["lang"] == "pl", data
    assert other.article["lang"] == language
    assert wording.POLISH.missing not in other.get_text()


@pytest.mark.django_db
@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_word_of_the_law_stays_polish_in_a_translation(language):
    other = article(full_declaration().document(timezone.localdate(), language))
    for part in other.find_all(lang="pl"):
        part.decompose()
    words = other.get_text().casefold()
    assert [letter for letter in "ąćęłńóśźż" if letter in words] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", list(wording.LANGUAGES))
def test_a_declaration_without_data_is_rendered_with_what_is_missing_said(language):
    centre = make_centre(name="", email="", telephone="", street="")
    page = draft_declaration(centre, timezone.now())
    page.status = page.basis = page.online_interpreter = page.email = page.telephone = page.contact_unit = (
        page.subject
    ) = ""
    html = page.document(timezone.localdate(), language).html()
    assert html.count(wording.LANGUAGES[language].missing) >= 4
    assert spec.LINK_TEXT in html or language != "pl"


@pytest.mark.django_db
def test_polish_leads_to_english_and_back_each_named_in_its_own_language():
    make_declaration(make_centre())
    client = Client(SERVER_NAME="localhost")
    polish = BeautifulSoup(client.get("/deklaracja-dostepnosci/").content, "html.parser")
    link = polish.find("a", href="/deklaracja-dostepnosci/en/")
    assert (link["lang"], link["hreflang"], link.get_text()) == ("en", "en", "English version")
    english = BeautifulSoup(client.get("/deklaracja-dostepnosci/en/").content, "html.parser")
    assert english.main.find("a", href="/deklaracja-dostepnosci/")
    assert "The Polish declaration is the binding one" in english.main.get_text()
    assert english.h1.find_parent(lang=True)["lang"] == "en"
    here = english.find(attrs={"aria-current": "page"}) or english.find(class_="breadcrumbs").find_all("li")[-1]
    assert (here.get("lang") or here.find(lang=True)["lang"]) == "en"

"""Every published version keeps its address, its author, and what it changed."""

from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail import hooks
from wagtail.models import PageLogEntry

from accessibility.declaration.differences import differences
from accessibility.declaration.places import DeclarationPlace
from accessibility.models import DeclarationPage, PrintedPlaces

from .builders import make_barrier, make_centre, make_coordinator, make_declaration

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
HISTORY = "/deklaracja-dostepnosci/wersje/"


def publish(page, days_ago, user=None):
    revision = page.save_revision(user=user)
    revision.publish(user=user)
    moment = timezone.now() - timedelta(days=days_ago)
    PageLogEntry.objects.filter(revision=revision).update(timestamp=moment)
    return TODAY - timedelta(days=days_ago)


def soup(path):
    return BeautifulSoup(Client(SERVER_NAME="localhost").get(path).content, "html.parser")


def test_a_version_shows_what_it_added_and_took_out_in_words():
    page = make_declaration(make_centre(), contact_unit="sekretariat")
    first = publish(page, 20)
    PageLogEntry.objects.filter(page=page).update(timestamp=timezone.now() - timedelta(days=20))
    page.contact_unit, page.status, page.barriers = "dział promocji", "partial", [make_barrier()]
    second = publish(page, 5)

    html = soup(f"{HISTORY}{second}/")
    changes = html.find(id="zmiany").find_parent("section")
    assert [mark.get_text() for mark in changes.find_all("del") if "sekretariat" in mark.get_text()]
    assert [mark.get_text() for mark in changes.find_all("ins") if "dział promocji" in mark.get_text()]
    for mark in changes.find_all(["ins", "del"]):
        before = mark.find_parent("li").get_text(" ", strip=True)
        assert before.startswith("Dodano:" if mark.name == "ins" else "Usunięto:")
    assert "Niedostępne treści" in changes.get_text()
    assert changes.find("a", href=f"{HISTORY}{first}/")
    assert not soup(f"{HISTORY}{first}/").find_all(["ins", "del"])


def test_of_several_versions_on_one_day_the_last_counts_and_the_list_says_so():
    page = make_declaration(make_centre())
    for unit in ("rano", "w południe", "wieczorem"):
        page.contact_unit = unit
        publish(page, 3)
    PageLogEntry.objects.filter(page=page).update(timestamp=timezone.now() - timedelta(days=3))
    [entry] = soup(HISTORY).select("main ol[reversed] > li")
    assert "3" in entry.get_text()
    day = TODAY - timedelta(days=3)
    assert "wieczorem" in soup(f"{HISTORY}{day}/").get_text()


def test_the_author_is_a_name_or_a_role_and_never_a_login_or_an_address():
    centre = make_centre()
    page = make_declaration(centre)
    named = make_coordinator(centre, "jan.login")
    named.first_name, named.last_name, named.email = "Janina", "Wzorcowa", "janina@example.org"
    named.save()
    publish(page, 9, named)
    nameless = make_coordinator(make_centre("mok.localhost"), "tajny.login")
    nameless.is_superuser = True
    nameless.save()
    publish(page, 6, nameless)
    publish(page, 3)
    text = soup(HISTORY).find("main").get_text(" ")
    assert "Janina Wzorcowa" in text
    assert Group.objects.get(user=nameless).name in text
    assert "—" in text
    for secret in ("login", "janina@example.org"):
        assert secret not in text


def test_the_list_asks_the_database_as_often_for_many_versions_as_for_few(django_assert_max_num_queries):
    page = make_declaration(make_centre())
    for days in range(6):
        publish(page, days)
    with django_assert_max_num_queries(32):
        assert len(soup(HISTORY).select("main ol[reversed] > li")) == 6


FIRST = {
    "a revision": lambda page: page.save_revision().publish(),
    "the row": lambda page: page.save(),
    "the row without cleaning": lambda page: page.save(clean=False),
    "one field": lambda page: page.save(update_fields=["drawn_up_on"]),
}


@pytest.mark.parametrize("withdrawn", [False, True], ids=["published", "withdrawn"])
@pytest.mark.parametrize("way", FIRST)
def test_when_it_was_first_drawn_up_never_changes(way, withdrawn):
    page = make_declaration(make_centre())
    first = page.drawn_up_on
    if withdrawn:
        page.unpublish()
        page = DeclarationPage.objects.get()
    page.drawn_up_on = first - timedelta(days=400)
    with pytest.raises(ValidationError):
        FIRST[way](page)
    assert DeclarationPage.objects.get().drawn_up_on == first


def test_differences_keep_the_order_of_the_document_and_name_its_headings():
    before = "<h1>A</h1><p>jeden</p><h2>B</h2><ul><li>x<ul><li>pod</li></ul></li><li>y</li></ul>"
    after = "<h1>A</h1><p>dwa</p><h2>B</h2><ul><li>x<ul><li>pod</li></ul></li><li>z</li><li>y</li></ul>"
    found = [(part, [(row.text, row.is_new) for row in rows]) for part, rows in differences(before, after)]
    assert found == [("A", [("jeden", False), ("dwa", True)]), ("B", [("z", True)])]
    assert differences(before, before) == []


def test_a_version_keeps_the_buildings_as_they_were_printed():
    lift = {"words": "Winda nie działa."}

    def venues(site, at):
        return [DeclarationPlace(name="Świetlica", address="ul. Szkolna 2, 44-160 Bojszów", lifts=lift["words"])]

    with hooks.register_temporarily("register_declaration_places", venues):
        page = make_declaration(make_centre())
        lift["words"] = "Winda działa."
        assert "Winda działa." in soup("/deklaracja-dostepnosci/").get_text()
        assert "Winda nie działa." in soup(f"{HISTORY}{TODAY}/").get_text()
        publish(page, 0)
        assert "Winda działa." in soup(f"{HISTORY}{TODAY}/").get_text()


def test_clearing_old_revisions_away_takes_no_published_version():
    page = make_declaration(make_centre(), contact_unit="sekretariat")
    published = page.get_latest_revision()
    for unit in ("szkic, którego nikt nie opublikował", "dział promocji"):
        page.contact_unit = unit
        page.save_revision()
    page.get_latest_revision().publish()
    call_command("purge_revisions", stdout=StringIO())
    assert set(page.revisions.values_list("pk", flat=True)) == {published.pk, page.get_latest_revision().pk}


@pytest.mark.parametrize("whole_centre", [False, True])
def test_a_declaration_can_still_be_deleted_with_all_its_versions(whole_centre):
    page = make_declaration(make_centre())
    publish(page, 0)
    (page.get_parent().specific if whole_centre else page).delete()
    assert not DeclarationPage.objects.exists()
    assert not PrintedPlaces.objects.exists()

"""The coordinator's screens of audits: what was found, where to mend it, and what no tool sees."""

import pytest
from django.test import Client
from django.urls import reverse

from accessibility.audit import engine
from accessibility.models import Finding
from mission.models import StandardPage
from tests.accessibility.audits import AT, audit, seen
from tests.staff.builders import make_centre, make_user

pytestmark = pytest.mark.django_db
SHOWN = seen("image-alt", is_content=True, tags=["wcag2a", "wcag111"], help="Images must have alternative text")


@pytest.fixture
def centre():
    return make_centre("AGAWA", "localhost", is_default=True)


@pytest.fixture
def coordinator(centre):
    client = Client()
    client.force_login(centre.staff["coordinator"])
    return client


def shown(client, *address):
    return client.get(reverse(*address)).content.decode()


def test_a_run_shows_its_findings_with_what_is_wrong_and_how_to_mend_it(centre, coordinator):
    page = centre.home.add_child(instance=StandardPage(title="Konkurs", slug="konkurs"))
    run, _recorded = audit(centre.site, {"/konkurs/": [SHOWN]})
    text = shown(coordinator, "audits:report", None, [run.pk])
    assert "Nowe: 1" in text
    assert "Obraz nie ma tekstu alternatywnego." in text
    assert "WCAG 1.1.1, poziom A" in text
    assert "Czego nie widzi żadne narzędzie" in text
    assert reverse("findings:detail", args=[Finding.objects.get().pk]) in text
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) not in text  # coordinators edit other pages
    administrator = Client()
    administrator.force_login(make_user("administracja", is_superuser=True))
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown(administrator, "audits:report", None, [run.pk])


def test_the_list_compares_runs(centre, coordinator):
    audit(centre.site, {"/": [SHOWN]})
    audit(centre.site, at=AT.replace(day=4))
    text = shown(coordinator, "audits:index")
    assert text.index("4 maja 2026") < text.index("3 maja 2026")


def test_before_the_first_audit_the_screen_says_so(coordinator):
    assert "Nie było jeszcze żadnego audytu." in shown(coordinator, "audits:index")


def test_without_the_optional_packages_the_screen_says_how_to_add_them(coordinator, monkeypatch):
    monkeypatch.setattr(engine, "PACKAGES", ["no_package_of_this_name"])
    assert "requirements/audit.txt" in shown(coordinator, "audits:index")


def test_without_chromium_the_screen_says_so(coordinator, settings):
    settings.CHROMIUM = "no-browser-of-this-name"
    assert "wymaga przeglądarki Chromium" in shown(coordinator, "audits:index")

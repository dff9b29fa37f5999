"""The staff's screen "Ustalenia": what the coordinator of one centre sees and does, and nobody else."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accessibility.models import Finding

from .builders import coordinators_client, make_centre, make_declaration, make_finding, make_request

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LIST = "/admin/ustalenia/"


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def client(centre):
    return coordinators_client(centre)


def rows(answer):
    body = BeautifulSoup(answer.content, "html.parser").select("table.listing tbody tr")
    return [row.find("a").get_text(strip=True).rpartition(": ")[2] for row in body]


def test_the_list_is_filtered_by_what_is_on_offer_and_by_nothing_else(centre, client):
    make_finding(centre, "a", level="A", source="audit")
    make_finding(centre, "b", level="AA", state="accepted")
    make_finding(centre, "c", level="")
    for query, expected in [
        ("", ["a", "c", "b"]),
        ("?state=open", ["a", "c"]),
        ("?source=audit", ["a"]),
        ("?level=AA", ["b"]),
        ("?level=none", ["c"]),
        ("?state=open&level=AA", []),
        ("?state=%00&level=ZZZ&p=x", ["a", "c", "b"]),
    ]:
        assert rows(client.get(LIST + query)) == expected, query


def test_the_neighbours_findings_are_neither_listed_nor_opened_nor_decided(centre, client):
    other = make_centre("mok.localhost")
    page, reported = make_declaration(other), make_request(other)
    finding = make_finding(other, "obce")
    assert rows(client.get(LIST)) == []
    for path in ("", "przyjecie/", "naprawa/", "podwazenie/", "otwarcie/"):
        assert client.get(f"{LIST}{finding.pk}/{path}").status_code == 404
        assert client.post(f"{LIST}{finding.pk}/{path}", {"reason": "x"}).status_code in (404, 405)
    assert client.get(f"{LIST}zgloszenie/{reported.pk}/").status_code == 404
    assert client.post(f"{LIST}deklaracja/{page.pk}/").status_code == 302
    assert client.post(f"{LIST}deklaracja/{page.pk}/")["Location"] == "/admin/"
    assert Finding.objects.get().state == "open"


def test_a_finding_shows_every_place_and_leads_to_the_editor(centre, client):
    page = make_declaration(centre)
    places = [
        {"address": "/a/", "selector": "img.x", "excerpt": "<img src=x onerror=alert(1)>"},
        {"address": "javascript:alert(1)", "selector": "", "excerpt": ""},
        "popsute",
    ]
    finding = make_finding(centre, places=places, page=page, mend="Dopisz opis.", pages_count=2)
    html = client.get(f"{LIST}{finding.pk}/").content.decode()
    links = [link["href"] for link in BeautifulSoup(html, "html.parser").select("main a, .content a")]
    assert "http://localhost/a/" in links
    assert f"/admin/pages/{page.pk}/edit/" in links
    assert not any(link.startswith("javascript") for link in links)
    assert "<img src=x" not in html
    assert "Dopisz opis." in html


def test_accepting_asks_for_what_the_declaration_has_to_say(centre, client):
    page = make_declaration(centre)
    finding = make_finding(centre)
    url = f"{LIST}{finding.pk}/przyjecie/"
    answer = client.post(url, {"what": finding.message})
    assert answer.status_code == 422
    assert {"element", "effect", "way_around", "owner", "repair_on"} <= set(answer.context["form"].errors)
    data = {
        "element": "film",
        "what": "Bez napisów.",
        "effect": "Kto nie słyszy.",
        "way_around": "Tekst.",
        "owner": "kino",
    }
    yesterday = TODAY - timedelta(days=1)
    assert client.post(url, data | {"repair_on": yesterday.isoformat()}).status_code == 422
    answer = client.post(url, data | {"repair_on": (TODAY + timedelta(days=30)).isoformat()})
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{finding.pk}/")
    assert Finding.objects.get().state == "accepted"
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().barriers.get().finding == finding
    assert client.post(url, data)["Location"] == f"{LIST}{finding.pk}/"  # decided already


@pytest.mark.parametrize(
    ("path", "wrong", "right", "state"),
    [
        ("podwazenie", {}, {"reason": "Obraz jest ozdobą."}, "disputed"),
        ("naprawa", {"proof": "audyt"}, {"proof": "audyt", "repaired_on": TODAY.isoformat()}, "repaired"),
        (
            "naprawa",
            {"proof": "audyt", "repaired_on": (TODAY + timedelta(days=1)).isoformat()},
            {"proof": "czytnik ekranu", "repaired_on": TODAY.isoformat()},
            "repaired",
        ),
    ],
)
def test_each_decision_is_refused_without_its_grounds(centre, client, path, wrong, right, state):
    finding = make_finding(centre)
    url = f"{LIST}{finding.pk}/{path}/"
    answer = client.post(url, wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Finding.objects.get().state == "open"
    assert client.post(url, right).status_code == 302
    assert Finding.objects.get().state == state
    assert client.post(f"{LIST}{finding.pk}/otwarcie/", {"reason": "Wróciło."}).status_code == 302
    assert Finding.objects.get().state == "open"


def test_a_visitors_report_becomes_a_finding_without_a_word_about_the_visitor(centre, client):
    reported = make_request(
        centre, subject="Plan jest obrazem. Anna Wzorcowa, anna@example.org", contact="Anna Wzorcowa, ul. Polna 3"
    )
    edit = client.get(f"/admin/wnioski-o-dostepnosc/edit/{reported.pk}/").content.decode()
    url = f"{LIST}zgloszenie/{reported.pk}/"
    assert f'href="{url}"' in edit
    data = {"message": reported.subject, "address": "/plan/", "level": "A", "criterion": "1.1.1", "mend": ""}
    for text in [reported.subject, "Plan, pisze Wzorcowa.", "Plan. Tel. 600 100 200", "Plan. a@example.org"]:
        answer = client.post(url, data | {"message": text})
        assert "message" in answer.context["form"].errors, text
    assert client.post(url, data | {"message": "Plan sali jest obrazem bez tekstu."}).status_code == 302
    finding = Finding.objects.get()
    assert (finding.source, finding.cause) == ("report", f"report:{reported.reference}")
    assert client.get(url)["Location"] == f"{LIST}{finding.pk}/"  # one finding for one report
    assert str(finding) in client.get(f"/admin/wnioski-o-dostepnosc/edit/{reported.pk}/").content.decode()


def test_an_application_for_access_to_a_building_is_no_finding_about_the_site(centre, client):
    reported = make_request(centre, kind="dostepnosc", interest="Chcę wejść.")
    url = f"{LIST}zgloszenie/{reported.pk}/"
    assert f'href="{url}"' not in client.get(f"/admin/wnioski-o-dostepnosc/edit/{reported.pk}/").content.decode()
    assert client.get(url).status_code == 302
    assert not Finding.objects.exists()


def test_the_list_asks_the_database_as_often_for_many_as_for_few(centre, client, django_assert_max_num_queries):
    make_declaration(centre)
    for number in range(60):
        make_finding(centre, str(number))
    with django_assert_max_num_queries(45):
        assert len(rows(client.get(LIST))) == 50
    assert len(rows(client.get(f"{LIST}?state=open&p=2"))) == 10

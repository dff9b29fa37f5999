"""The staff's screens about evaluations: filled in part by part, by those who may."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupSitePermission

from accessibility.models import Evaluation, Finding, Outcome, PageChoice

from .builders import make_centre, make_request
from .evaluations import make_complete, make_evaluation, make_result

pytestmark = pytest.mark.django_db
BASE = "/admin/badania-dostepnosci/"


@pytest.fixture
def centre():
    return make_centre()


def staff(centre, *actions):
    """A browser of a person who may do `actions` with the evaluations of `centre`."""
    group = Group.objects.create(name=f"Badania {centre.site.hostname} {actions}")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for action in actions:
        permission = Permission.objects.get(codename=f"{action}_evaluation")
        GroupSitePermission.objects.create(group=group, site=centre.site, permission=permission)
    user = User.objects.create_user(f"osoba-{group.pk}", password="haslo")
    user.groups.add(group)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


@pytest.fixture
def coordinator(centre):
    return staff(centre, "view", "change")


@pytest.fixture
def auditor(centre):
    return staff(centre, "view")


def form_of(client, url):
    """The data that a browser would send from the form on a page, unchanged."""
    response = client.get(url)
    assert response.status_code == 200, url
    form = BeautifulSoup(response.content, "html.parser").select_one(
        "main form[method=post], form[method=post]:has(textarea)"
    )
    data = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            data[field["name"]] = chosen["value"] if chosen else ""
        elif field.name == "textarea":
            data[field["name"]] = field.text.removeprefix("\n")
        elif field.get("type") not in ("radio", "checkbox", "submit") or field.has_attr("checked"):
            data[field["name"]] = field.get("value", "")
    return {name: value for name, value in data.items() if name != "csrfmiddlewaretoken"}


def test_from_the_beginning_to_the_end(centre, coordinator):
    response = coordinator.post(
        f"{BASE}dodaj/{centre.site.pk}/", {"title": "B", "started_on": "2026-03-01", "evaluator": "K"}
    )
    evaluation = Evaluation.objects.get()
    assert response["Location"] == f"{BASE}{evaluation.pk}/zakres/"
    coordinator.post(
        f"{BASE}{evaluation.pk}/zakres/", form_of(coordinator, response["Location"]) | {"scope": "Wszystko."}
    )
    sample = form_of(coordinator, f"{BASE}{evaluation.pk}/proba/")
    coordinator.post(f"{BASE}{evaluation.pk}/proba/", sample | {"strony-0-address": "/", "strony-1-address": "/x/"})
    assert [row.address for row in evaluation.sample.all()] == ["/", "/x/"]
    assert evaluation.sample.first().page_id == centre.site.root_page.pk
    assert evaluation.sample.first().title == centre.site.root_page.title
    url = f"{BASE}{evaluation.pk}/kryterium/1.4.3/"
    failure = {"braki-0-what": "Szary tekst.", "braki-0-address": "/", "outcome": "failed", "evidence": "Zmierzono."}
    response = coordinator.post(url, form_of(coordinator, url) | failure | {"next": "1"})
    assert response["Location"] == f"{BASE}{evaluation.pk}/kryterium/1.4.4/"
    result = evaluation.results.get()
    assert (result.outcome, result.tester, result.tested_on) == ("failed", "K", timezone.localdate())
    page = coordinator.get(f"{BASE}{evaluation.pk}/zakoncz/").content.decode()
    assert "Szary tekst." in page
    assert "80 kryteriów nie zostało zbadanych" in page
    coordinator.post(f"{BASE}{evaluation.pk}/zakoncz/")
    evaluation.refresh_from_db()
    assert not evaluation.is_draft
    assert Finding.objects.of(centre.site).get().message == "Szary tekst."


def test_a_group_is_saved_in_part_and_the_count_is_told(centre, coordinator):
    evaluation = make_evaluation(centre)
    url = f"{BASE}{evaluation.pk}/zasada/1/"
    data = form_of(coordinator, url)
    response = coordinator.post(url, data | {"k0-outcome": "passed", "k0-evidence": "Opisy są.", "next": "1"})
    assert response["Location"] == f"{BASE}{evaluation.pk}/zasada/2/"
    result = evaluation.results.get()
    assert (result.criterion, result.outcome, result.evidence) == ("1.1.1", "passed", "Opisy są.")
    assert (result.tester, result.tested_on) == ("koordynacja", timezone.localdate())
    assert "1 z 50" in coordinator.get(f"{BASE}{evaluation.pk}/").content.decode()


def test_two_people_at_one_table_do_not_undo_each_other(centre, coordinator):
    evaluation = make_evaluation(centre, outcomes={"1.1.1": Outcome.UNTESTED})
    url = f"{BASE}{evaluation.pk}/zasada/1/"
    stale = form_of(coordinator, url)
    coordinator.post(url, stale | {"k0-outcome": "passed", "k0-evidence": "Pierwsza osoba."})
    coordinator.post(url, stale | {"k1-outcome": "inapplicable", "k1-evidence": "Druga osoba."})
    told = dict(evaluation.results.values_list("criterion", "evidence"))
    assert told == {"1.1.1": "Pierwsza osoba.", "1.2.1": "Druga osoba."}


def test_the_same_form_sent_twice_makes_one_result(centre, coordinator):
    evaluation = make_evaluation(centre)
    url = f"{BASE}{evaluation.pk}/zasada/1/"
    data = form_of(coordinator, url) | {"k0-outcome": "passed"}
    coordinator.post(url, data)
    assert coordinator.post(url, data).status_code == 302
    assert evaluation.results.count() == 1


def test_pages_are_drawn_into_the_sample(centre, coordinator):
    evaluation = make_evaluation(centre)
    evaluation.sample.all().delete()
    assert coordinator.post(f"{BASE}{evaluation.pk}/losowanie/", {"count": "5"}).status_code == 302
    assert evaluation.sample.get().kind == PageChoice.RANDOM
    coordinator.post(f"{BASE}{evaluation.pk}/losowanie/", {"count": "minus"})
    assert evaluation.sample.count() == 1


def test_an_address_that_is_none_is_refused_in_words(centre, coordinator):
    evaluation = make_evaluation(centre)
    url = f"{BASE}{evaluation.pk}/proba/"
    response = coordinator.post(url, form_of(coordinator, url) | {"strony-1-address": "javascript:alert(1)"})
    assert response.status_code == 422
    assert "Wpisz adres w postaci /program/" in response.content.decode()


def test_what_is_missing_is_said_before_finishing(centre, coordinator):
    evaluation = make_evaluation(centre, scope="")
    response = coordinator.post(f"{BASE}{evaluation.pk}/zakoncz/")
    assert response.status_code == 422
    assert "Napisz, co jest badane." in response.content.decode()
    evaluation.refresh_from_db()
    assert evaluation.is_draft


def test_a_finished_one_is_read_and_not_written(centre, coordinator):
    evaluation = make_evaluation(centre, state="finished", finished_on=timezone.localdate())
    make_result(evaluation, "1.1.1", Outcome.FAILED, failures=[("/", "Brak opisu.")])
    for part in ("zakres/", "proba/", "zasada/1/", "usun/"):
        assert coordinator.get(f"{BASE}{evaluation.pk}/{part}").status_code == 404, part
    page = coordinator.get(f"{BASE}{evaluation.pk}/kryterium/1.1.1/").content.decode()
    assert "Brak opisu." in page
    coordinator.post(f"{BASE}{evaluation.pk}/kryterium/1.1.1/", {"outcome": "passed"})
    assert evaluation.results.get().outcome == Outcome.FAILED
    assert coordinator.post(f"{BASE}{evaluation.pk}/zakoncz/").status_code == 302


def test_a_copy_is_begun_and_a_draft_thrown_away(centre, coordinator):
    evaluation = make_complete(centre)
    coordinator.post(f"{BASE}{evaluation.pk}/powtorz/")
    assert Evaluation.objects.count() == 2
    coordinator.get(f"{BASE}{evaluation.pk}/usun/")
    coordinator.post(f"{BASE}{evaluation.pk}/usun/")
    assert not Evaluation.objects.filter(pk=evaluation.pk).exists()


def test_the_auditor_reads_everything_and_writes_nothing(centre, auditor):
    evaluation = make_complete(centre)
    for part in ("", f"{evaluation.pk}/", f"{evaluation.pk}/kryterium/1.4.3/", f"{evaluation.pk}/earl/", "wnioski/"):
        assert auditor.get(BASE + part).status_code == 200, part
    assert "Szary tekst na białym tle." in auditor.get(f"{BASE}{evaluation.pk}/kryterium/1.4.3/").content.decode()
    page = auditor.get(f"{BASE}{evaluation.pk}/").content.decode()
    assert "Zakończ badanie" not in page
    for part in ("zakres/", "proba/", "losowanie/", "zasada/1/", "zakoncz/", "powtorz/", "usun/"):
        assert auditor.post(f"{BASE}{evaluation.pk}/{part}").status_code == 302, part
    auditor.post(f"{BASE}{evaluation.pk}/kryterium/1.4.3/", {"outcome": "passed"})
    evaluation.refresh_from_db()
    assert (Evaluation.objects.count(), evaluation.is_draft) == (1, True)
    assert evaluation.results.get(criterion="1.4.3").outcome == Outcome.FAILED


def test_the_auditor_sees_no_word_of_a_visitor(centre, auditor):
    facts = {"subject": "Sekretny temat", "wish": "Sekretne życzenie", "interest": "Sekretny powód"}
    person = {"contact": "anna@example.org", "answer": "Sekretna odpowiedź"}
    request = make_request(centre, **facts, **person)
    page = auditor.get(f"{BASE}wnioski/").content.decode()
    assert request.reference in page
    for words in (*facts.values(), *person.values()):
        assert words not in page
    for address in ("", f"edit/{request.pk}/", f"history/{request.pk}/"):
        answer = auditor.get(f"/admin/wnioski-o-dostepnosc/{address}")
        assert answer.status_code in (302, 403, 404), address


def test_the_neighbours_evaluations_are_nobodys_business(centre, coordinator, auditor):
    other = make_centre("mok.localhost")
    evaluation = make_complete(other, title="Badanie sąsiada")
    make_request(other)
    for client in (coordinator, auditor):
        assert "sąsiada" not in client.get(BASE).content.decode()
        assert "mok.localhost" not in client.get(f"{BASE}wnioski/").content.decode()
        for part in ("", "earl/", "kryterium/1.4.3/", "zakres/"):
            assert client.get(f"{BASE}{evaluation.pk}/{part}").status_code in (302, 404), part
    assert coordinator.post(f"{BASE}dodaj/{other.site.pk}/", {"title": "x"}).status_code == 302
    assert coordinator.post(f"{BASE}{evaluation.pk}/powtorz/").status_code == 404
    assert Evaluation.objects.count() == 1


def test_a_report_comes_in_and_what_was_left_out_is_named_and_not_run(centre, coordinator):
    facts = [
        {
            "@type": "Assertion",
            "test": test,
            "subject": "x",
            "result": {"outcome": "earl:passed", "description": "<b>x</b>"},
        }
        for test in ("WCAG21:keyboard", "<script>alert(1)</script>")
    ]
    file = SimpleUploadedFile("raport.jsonld", json.dumps(facts).encode())
    response = coordinator.post(f"{BASE}wczytaj/{centre.site.pk}/", {"file": file}, follow=True)
    page = response.content.decode()
    assert "Wczytano 1 kryterium." in page
    assert "Nie ma w normie" in page
    assert "<script>alert" not in page
    evaluation = Evaluation.objects.get()
    assert evaluation.results.get().criterion == "2.1.1"
    assert "<b>x</b>" not in coordinator.get(f"{BASE}{evaluation.pk}/kryterium/2.1.1/").content.decode()


@pytest.mark.parametrize(("content", "words"), [(b"x", "nie jest w formacie JSON"), (b"[]", "nie ma wyników")])
def test_a_file_that_is_no_report_is_refused_beside_the_field(centre, coordinator, content, words):
    response = coordinator.post(
        f"{BASE}wczytaj/{centre.site.pk}/", {"file": SimpleUploadedFile("raport.json", content)}
    )
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Evaluation.objects.exists()


def test_the_export_is_a_file(centre, coordinator):
    response = coordinator.get(f"{BASE}{make_complete(centre).pk}/earl/")
    assert response["Content-Type"].startswith("application/ld+json")
    assert response["Content-Disposition"] == 'attachment; filename="badanie-wiosenne.jsonld"'
    assert len(json.loads(response.content)["auditSample"]) == 81

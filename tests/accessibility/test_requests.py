"""Requests about access: three forms without a cookie, a term for each, and walls between centres."""

import logging
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accessibility.models import AccessRequest, RequestKind
from accessibility.requests.models import due_at
from mission.anonymous_forms import comes_from_elsewhere, new_mark

from .builders import make_centre, make_coordinator, make_request

pytestmark = pytest.mark.django_db
FORM = "/dostepnosc/zgloszenie/"


def warsaw(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Warsaw"))


def mark(age=timedelta(minutes=1)):
    return new_mark("access-request", timezone.now() - age)


def send(data, *, host="localhost", headers=None):
    """Send one of the forms; `kind` in `data` names it."""
    fields = {"mark": mark()} | {name: text for name, text in data.items() if name != "kind"}
    return Client(SERVER_NAME=host, enforce_csrf_checks=True).post(f"{FORM}{data['kind']}/", fields, headers=headers)


def test_the_list_of_requests_begins_with_what_is_most_urgent():
    centre = make_centre()
    wanted = [
        make_request(centre, due_at=warsaw("2026-05-02 00:00"), status="new"),
        make_request(centre, due_at=warsaw("2026-05-09 00:00"), status="in_progress"),
        make_request(centre, due_at=None, status="new"),
        make_request(centre, due_at=warsaw("2026-05-01 00:00"), status="answered", answer="Mamy pętlę."),
    ]
    assert list(AccessRequest.objects.most_urgent_first()) == wanted


REPORT = {"kind": "bariera", "subject": "Regulamin jest skanem."}
DEMAND = {"kind": "cyfrowe", "subject": "Strona /galeria/.", "contact_way": "email", "contact": "ala@poczta.pl"}
APPLICATION = DEMAND | {"kind": "dostepnosc", "interest": "Chcę zapisać dziecko na zajęcia."}


@pytest.mark.parametrize("data", [REPORT, DEMAND, APPLICATION], ids=["report", "demand", "application"])
def test_each_kind_needs_only_what_its_act_asks_for(data):
    centre = make_centre()
    answer = send(data)
    assert answer.status_code == 303
    accepted = AccessRequest.objects.get()
    assert accepted.site == centre.site
    assert accepted.subject == data["subject"]
    assert answer["Location"] == f"{FORM}{accepted.reference}/"

    receipt = Client(SERVER_NAME="localhost").get(answer["Location"])
    html = receipt.content.decode()
    assert accepted.reference in html
    assert data["subject"] not in html
    assert "ala@poczta.pl" not in html + answer["Location"]
    assert not answer.cookies
    assert not receipt.cookies


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({"kind": "bariera"}, {"subject"}),
        ({"kind": "cyfrowe"}, {"subject", "contact_way", "contact"}),
        ({"kind": "dostepnosc", "subject": "Toaleta"}, {"interest", "contact_way", "contact"}),
        (DEMAND | {"contact": "ala"}, {"contact"}),
        (DEMAND | {"contact_way": "telephone", "contact": "12"}, {"contact"}),
        (DEMAND | {"contact_way": "golab"}, {"contact_way"}),
    ],
)
def test_mistakes_are_summed_up_with_links_and_nothing_typed_is_lost(data, fields):
    make_centre()
    kept = "contact" if data["kind"] == "bariera" else "wish"
    answer = send({kept: "Opis przez telefon <b>", **data})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert set(answer.context["form"].errors) == fields
    assert 'class="error-summary" role="alert" tabindex="-1" autofocus' in html
    for field in fields:
        assert f'href="#id_{field}"' in html
        assert f'id="id_{field}"' in html
        assert f'id="id_{field}_error"' in html
    assert "Opis przez telefon &lt;b&gt;" in html
    assert html.index("error-summary") < html.index('<form class="form"')
    assert not AccessRequest.objects.exists()
    assert not answer.cookies


@pytest.mark.parametrize(
    ("headers", "is_refused"),
    [
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"origin": "http://localhost"}, False),
        ({"origin": "http://evil.example"}, True),
        ({"origin": "null"}, True),
        ({}, False),
    ],
)
def test_a_form_sent_from_another_site_is_refused(headers, is_refused):
    make_centre()
    answer = send(REPORT, headers=headers)
    assert answer.status_code == (403 if is_refused else 303)
    assert AccessRequest.objects.exists() is not is_refused


def test_the_browsers_word_comes_before_the_origin(rf):
    request = rf.post("/", headers={"sec-fetch-site": "same-origin", "origin": "http://elsewhere.example"})
    assert not comes_from_elsewhere(request)


@pytest.mark.parametrize(
    ("bad_mark", "keeps_mark"),
    [
        (lambda: mark(timedelta(seconds=0)), True),
        (lambda: mark(timedelta(hours=25)), False),
        (lambda: "zepsuty", False),
        (lambda: "", False),
        (lambda: new_mark("inny-formularz", timezone.now() - timedelta(minutes=1)), False),
    ],
    ids=["too fast", "too old", "damaged", "missing", "of another form"],
)
def test_a_bad_mark_asks_to_send_again_and_the_second_time_succeeds(bad_mark, keeps_mark):
    make_centre()
    first = bad_mark()
    answer = send(REPORT | {"mark": first})
    assert answer.status_code == 200
    assert REPORT["subject"] in answer.content.decode()
    carried = answer.context["form"].mark_value
    assert (carried == first) is keeps_mark
    assert not AccessRequest.objects.exists()


def test_the_same_form_sent_twice_is_one_request():
    make_centre()
    form = REPORT | {"mark": mark()}
    assert send(form)["Location"] == send(form)["Location"]
    assert AccessRequest.objects.count() == 1


def test_a_robot_in_the_trap_is_thanked_and_forgotten():
    make_centre()
    answer = send(REPORT | {"strona_www": "http://spam.example"})
    assert answer.status_code == 200
    assert not AccessRequest.objects.exists()


def test_the_form_sets_no_cookie_and_needs_no_token():
    make_centre()
    for kind in ("", *(f"{kind}/" for kind in RequestKind.values)):
        answer = Client(SERVER_NAME="localhost").get(FORM + kind)
        assert answer.status_code == 200
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_the_choice_leads_to_three_forms_and_says_what_happens_next():
    make_centre()
    html = Client(SERVER_NAME="localhost").get(FORM).content.decode()
    for kind in RequestKind.values:
        assert f'href="{FORM}{kind}/"' in html
    for words in ("14 dni", "7 dni", "2 miesiące", "PFRON", "mailto:kontakt@gok.rudziniec.pl", "tel:+48321112233"):
        assert words in html


def test_old_links_lead_to_the_form_that_they_name():
    make_centre()
    for kind in RequestKind.values:
        answer = Client(SERVER_NAME="localhost").get(f"{FORM}?rodzaj={kind}")
        assert (answer.status_code, answer["Location"]) == (302, f"{FORM}{kind}/")


ASKED = {
    "bariera": {"subject", "contact"},
    "cyfrowe": {"subject", "wish", "contact_way", "contact"},
    "dostepnosc": {"subject", "interest", "wish", "contact_way", "contact"},
}


@pytest.mark.parametrize("kind", RequestKind.values)
def test_a_form_asks_for_what_its_act_asks_and_for_nothing_more(kind):
    make_centre()
    html = Client(SERVER_NAME="localhost").get(f"{FORM}{kind}/").content.decode()
    form = html[html.index('<form class="form"') :].partition("</form>")[0]
    assert set(re.findall(r'name="(\w+)"', form)) == ASKED[kind] | {"mark", "strona_www"}


@pytest.mark.parametrize("query", ["?rodzaj=x", "?rodzaj=%00", "?rodzaj=" + "a" * 4000])
def test_odd_addresses_show_the_choice(query):
    make_centre()
    assert Client(SERVER_NAME="localhost").get(FORM + query).status_code == 200


@pytest.mark.parametrize(
    ("kind", "received", "due", "last_day"),
    [
        (RequestKind.DIGITAL, "2026-03-02 10:00", "2026-03-10 00:00", "2026-03-09"),
        (RequestKind.ACCESS, "2026-03-02 23:59", "2026-03-17 00:00", "2026-03-16"),
        (RequestKind.DIGITAL, "2026-03-25 10:00", "2026-04-02 00:00", "2026-04-01"),  # the clock changes on the 29th
        (RequestKind.DIGITAL, "2026-12-28 10:00", "2027-01-05 00:00", "2027-01-04"),
    ],
)
def test_the_term_ends_with_its_last_day(kind, received, due, last_day):
    assert due_at(kind, warsaw(received)) == warsaw(due)
    assert str(AccessRequest(due_at=due_at(kind, warsaw(received))).due_on) == last_day


def test_a_report_has_no_term():
    assert due_at(RequestKind.BARRIER, warsaw("2026-03-02 10:00")) is None
    assert AccessRequest().due_on is None


def test_overdue_means_open_and_past_the_term():
    centre, at = make_centre(), timezone.now()
    late = make_request(centre, kind="cyfrowe", due_at=at)
    make_request(centre, kind="cyfrowe", due_at=at + timedelta(seconds=1))
    make_request(centre, kind="cyfrowe", due_at=at, status="answered", answer="Zrobione.")
    make_request(centre)
    assert list(AccessRequest.objects.overdue(at)) == [late]
    assert late.is_overdue(at)


def test_a_request_is_closed_only_with_an_answer():
    request = make_request(make_centre())
    request.status = "answered"
    with pytest.raises(ValidationError):
        request.full_clean()


def test_nothing_about_a_person_is_logged(caplog):
    make_centre()
    with caplog.at_level(logging.DEBUG):
        send(APPLICATION)
        send(APPLICATION | {"contact": "ala@"}, headers={"origin": "http://evil.example"})
        send(APPLICATION | {"contact": "ala@"})
    assert "ala@" not in caplog.text
    assert APPLICATION["interest"] not in caplog.text


def test_a_receipt_is_shown_on_its_own_site_only():
    centre = make_centre()
    make_centre("mok.localhost")
    accepted = make_request(centre)
    path = f"{FORM}{accepted.reference}/"
    assert Client(SERVER_NAME="localhost").get(path).status_code == 200
    assert Client(SERVER_NAME="mok.localhost").get(path).status_code == 404
    assert Client(SERVER_NAME="localhost").get(f"{FORM}AAAA-BBBB/").status_code == 404


ADMIN = "/admin/wnioski-o-dostepnosc/"


def test_staff_see_and_answer_their_own_centres_requests_only():
    own, other = make_centre(), make_centre("mok.localhost")
    mine, theirs = make_request(own), make_request(other)
    client = Client(SERVER_NAME="localhost")
    client.force_login(make_coordinator(own))

    listing = client.get(ADMIN).content.decode()
    assert mine.reference in listing
    assert theirs.reference not in listing
    assert f"edit/{theirs.pk}/" not in client.get(f"{ADMIN}?q={theirs.reference}").content.decode()
    assert client.get(f"{ADMIN}edit/{mine.pk}/").status_code == 200
    for page in ("edit", "delete", "history", "usage"):
        assert client.get(f"{ADMIN}{page}/{theirs.pk}/").status_code in (302, 403, 404), page
        assert theirs.subject not in client.get(f"{ADMIN}{page}/{theirs.pk}/", follow=True).content.decode()

    data = {"status": "answered", "answer": "Wysłaliśmy tekst regulaminu.", "answered_on": "", "subject": "x"}
    assert client.post(f"{ADMIN}edit/{mine.pk}/", data).status_code == 302
    client.post(f"{ADMIN}edit/{theirs.pk}/", data)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.status, mine.answer) == ("answered", "Wysłaliśmy tekst regulaminu.")
    assert mine.subject == "Regulamin jest skanem."
    assert theirs.status == "new"


def test_nobody_invents_or_deletes_a_request_in_the_admin():
    centre = make_centre()
    request = make_request(centre)
    client = Client(SERVER_NAME="localhost")
    client.force_login(make_coordinator(centre))
    assert client.get(f"{ADMIN}new/").status_code in (302, 403, 404)
    client.post(f"{ADMIN}delete/{request.pk}/")
    assert AccessRequest.objects.filter(pk=request.pk).exists()


def test_overdue_requests_stand_on_the_admin_home():
    centre = make_centre()
    client = Client(SERVER_NAME="localhost")
    client.force_login(make_coordinator(centre))
    make_request(make_centre("mok.localhost"), kind="cyfrowe", due_at=timezone.now())
    assert "help-critical" not in client.get("/admin/").content.decode()
    make_request(centre, kind="cyfrowe", due_at=timezone.now())
    assert "help-critical" in client.get("/admin/").content.decode()


def test_before_the_page_on_personal_data_is_published_the_form_itself_says_who_answers_for_the_data():
    make_centre(data_protection_email="iod@example.org")
    html = Client().get(f"{FORM}cyfrowe/", headers={"host": "localhost"}).content.decode()
    assert "iod@example.org" in html

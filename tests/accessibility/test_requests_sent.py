"""What sending a request sets off: receipt and word to staff through the outbox, limits against floods, one row."""

import threading
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from accessibility.models import AccessRequest
from accessibility.requests import taking
from mission.anonymous_forms import new_mark
from mission.models import Letter
from mission.outbox.delivery import deliver

from .builders import make_centre, make_declaration

FORM = "/dostepnosc/zgloszenie/"
REPORT = {"subject": "Regulamin jest skanem <b>."}
DEMAND = {"subject": "Strona /galeria/.", "contact_way": "email", "contact": "ala@example.org"}
APPLICATION = DEMAND | {"interest": "Chcę zapisać dziecko.", "wish": "Tłumacz."}


def send(data, *, kind="bariera", mark=None, client=None, **extra):
    mark = mark or new_mark("access-request", timezone.now() - timedelta(minutes=1))
    client = client or Client(SERVER_NAME="localhost")
    return client.post(f"{FORM}{kind}/", {"mark": mark} | data, **extra)


def letters():
    deliver(timezone.now())
    return {letter.to[0]: letter for letter in mail.outbox}


@pytest.mark.django_db
def test_the_receipt_goes_to_the_person_and_a_note_without_personal_data_to_staff(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://panel.example.org"
    centre = make_centre()
    page = send(APPLICATION, kind="dostepnosc", follow=True)
    accepted = AccessRequest.objects.get()
    assert "podany adres e-mail" in page.content.decode()
    assert mail.outbox == []

    sent = letters()
    receipt, note = sent["ala@example.org"], sent[centre.email]
    assert accepted.reference in receipt.subject + receipt.body
    assert "14 dni" in receipt.body
    assert centre.name in receipt.body
    assert accepted.reference in note.subject
    assert f"https://panel.example.org/admin/wnioski-o-dostepnosc/edit/{accepted.pk}/" in note.body
    for secret in (*APPLICATION.values(), "Ala"):
        assert secret == "email" or secret not in note.subject + note.body
    for typed in (APPLICATION["subject"], APPLICATION["interest"], APPLICATION["wish"]):
        assert typed not in receipt.body  # nobody sends a stranger's words through our form


@pytest.mark.django_db
def test_staff_are_written_to_at_the_declarations_address():
    make_declaration(make_centre(), email="dostepnosc@gok.rudziniec.pl")
    send(REPORT)
    assert set(letters()) == {"dostepnosc@gok.rudziniec.pl"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("contact", "way", "is_written_to"),
    [
        ("ala@example.org", "email", True),
        ("32 111 22 33", "telephone", False),
        ("przez sąsiadkę", "other", False),
        ("", "", False),
    ],
)
def test_whoever_reports_a_barrier_is_answered_only_where_they_ask_for_it(contact, way, is_written_to):
    make_centre()
    send(REPORT | {"contact": contact})
    assert AccessRequest.objects.get().contact_way == way
    assert Letter.objects.filter(to=contact or "x").exists() is is_written_to


@pytest.mark.django_db
def test_a_stranger_s_mailbox_gets_no_more_than_three_receipts_an_hour():
    make_centre()
    for _number in range(5):
        assert send(DEMAND, kind="cyfrowe").status_code == 303
    assert AccessRequest.objects.count() == 5
    assert Letter.objects.filter(to="ala@example.org").count() == 3


@pytest.mark.django_db
def test_a_flood_from_one_network_is_refused_in_words_and_keeps_what_was_typed():
    make_centre()
    mark = new_mark("access-request", timezone.now() - timedelta(minutes=1))
    first = send(REPORT, mark=mark)
    for _number in range(9):
        assert send(REPORT).status_code == 303
    answer = send(REPORT)
    html = answer.content.decode()
    assert answer.status_code == 429
    assert answer["Retry-After"] == "3600"
    assert "Regulamin jest skanem &lt;b&gt;." in html
    assert "error-summary" in html
    assert "mailto:kontakt@gok.rudziniec.pl" in html
    assert "captcha" not in html.lower()
    assert AccessRequest.objects.count() == 10
    assert send(REPORT, mark=mark)["Location"] == first["Location"]  # an accepted form that is sent again
    assert send(REPORT, REMOTE_ADDR="203.0.113.9").status_code == 303
    assert not any("127.0.0.1" in str(row) for row in AccessRequest.objects.values())


@pytest.mark.django_db
def test_behind_two_proxies_each_visitor_has_a_limit_of_their_own_and_cannot_invent_others(settings, monkeypatch):
    settings.TRUSTED_PROXIES = 2  # nginx writes the visitor's address, Varnish adds that of nginx
    monkeypatch.setattr(taking, "FROM_ONE_ADDRESS", 1)
    make_centre()
    for forwarded, status in [
        ("203.0.113.7, 127.0.0.1", 303),
        ("203.0.113.7, 127.0.0.1", 429),
        ("198.51.100.1, 203.0.113.7, 127.0.0.1", 429),  # a claim before what our proxies wrote
        ("203.0.113.8, 127.0.0.1", 303),
    ]:
        assert send(REPORT, headers={"X-Forwarded-For": forwarded}).status_code == status, forwarded


@pytest.mark.django_db
def test_a_database_that_is_too_busy_to_write_costs_no_word(monkeypatch):
    make_centre()
    mark = new_mark("access-request", timezone.now() - timedelta(minutes=1))
    with monkeypatch.context() as patch:
        patch.setattr(taking, "is_within", lambda *facts: (_ for _ in ()).throw(OperationalError("database is locked")))
        answer = send(REPORT, mark=mark)
    html = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Regulamin jest skanem &lt;b&gt;." in html
    assert mark in html  # sent again it is the same request
    assert "wyślij je ponownie za minutę" in html
    assert send(REPORT, mark=mark).status_code == 303


@pytest.mark.django_db
def test_a_mail_server_that_hangs_does_not_hold_up_the_request(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    make_centre()
    began = time.monotonic()
    assert send(DEMAND, kind="cyfrowe").status_code == 303
    assert time.monotonic() - began < 1
    assert Letter.objects.waiting().count() == 2


@pytest.mark.django_db
def test_without_mail_the_receipt_promises_none(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    make_centre()
    page = send(DEMAND, kind="cyfrowe", follow=True).content.decode()
    assert AccessRequest.objects.get().reference in page
    assert "podany adres e-mail" not in page


@pytest.mark.django_db
def test_the_words_of_a_form_are_inert_wherever_they_are_shown(admin_client):
    make_centre()
    evil = "<script>alert(1)</script>"
    typed = {"subject": evil, "wish": evil, "interest": evil, "contact_way": "other", "contact": evil}
    again = send(typed | {"contact_way": ""}, kind="dostepnosc").content.decode()
    assert evil not in again
    send(typed, kind="dostepnosc")
    accepted = AccessRequest.objects.get()
    for page in ("", f"edit/{accepted.pk}/", f"inspect/{accepted.pk}/", f"history/{accepted.pk}/"):
        assert evil not in admin_client.get(f"/admin/wnioski-o-dostepnosc/{page}").content.decode(), page


@pytest.mark.django_db
def test_the_form_says_for_how_long_the_data_are_kept():
    make_centre()
    html = Client(SERVER_NAME="localhost").get(f"{FORM}cyfrowe/").content.decode()
    assert "12 miesięcy po odpowiedzi" in html
    assert "art. 18 ustawy z dnia 4 kwietnia 2019" in html


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_many_times_at_once_is_one_request_with_one_receipt():
    make_centre()
    mark = new_mark("access-request", timezone.now() - timedelta(minutes=1))
    barrier, answers = threading.Barrier(6), []

    def click():
        barrier.wait()
        try:
            answers.append(send(DEMAND, kind="cyfrowe", mark=mark)["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 6
    assert len(set(answers)) == 1
    assert AccessRequest.objects.count() == 1
    assert Letter.objects.filter(to="ala@example.org").count() == 1

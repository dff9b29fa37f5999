"""The centre's side of a request: what is due, the answer, a longer term, and forgetting afterwards."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accessibility.models import AccessRequest, AccessRequestSettings, RequestStatus
from accessibility.requests.letters import remind
from accessibility.requests.models import due_at
from accessibility.requests.retention import WORDS, erase_old
from mission.models import Letter

from .builders import coordinators_client, make_centre, make_request

pytestmark = pytest.mark.django_db
ADMIN = "/admin/wnioski-o-dostepnosc/"


def warsaw(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Warsaw"))


def demand(centre, received="2026-03-02 10:00", kind="cyfrowe", **fields):
    at = warsaw(received)
    return make_request(centre, kind=kind, received_at=at, due_at=due_at(kind, at), **fields)


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def client(centre):
    return coordinators_client(centre)


def answer(client, accepted, **data):
    plain = {"status": "new", "answer": "", "answered_on": "", "extended_until": "", "extension_reason": ""}
    response = client.post(f"{ADMIN}edit/{accepted.pk}/", plain | data)
    accepted.refresh_from_db()
    return response


@pytest.mark.parametrize("kind", ["cyfrowe", "dostepnosc"])
@pytest.mark.parametrize(
    ("day", "is_allowed"),
    [("2026-05-02", True), ("2026-05-03", False), ("2026-03-09", False), ("2026-04-01", True)],
)
def test_a_term_is_lengthened_to_two_months_from_receipt_at_most(centre, kind, day, is_allowed):
    accepted = demand(centre, kind=kind, extended_until=date.fromisoformat(day), extension_reason="Brak dostawcy.")
    if is_allowed:
        accepted.full_clean()
    else:
        with pytest.raises(ValidationError):
            accepted.full_clean()


def test_two_months_from_the_last_of_december_end_in_february(centre):
    assert demand(centre, "2026-12-31 23:59").longest_term == date(2027, 2, 28)


def test_a_longer_term_needs_reasons_and_moves_the_clock(centre, client):
    accepted = demand(centre, f"{timezone.localdate() - timedelta(days=5)} 10:00")
    day = timezone.localdate() + timedelta(days=20)
    assert answer(client, accepted, extended_until=str(day)).status_code == 200
    assert answer(client, accepted, extended_until=str(day), extension_reason="Czekamy na nagranie.").status_code == 302
    assert accepted.due_on == day
    assert answer(client, accepted).status_code == 302
    assert accepted.due_on == timezone.localdate() + timedelta(days=2)


def test_a_report_has_no_term_to_lengthen(centre):
    accepted = make_request(centre, extended_until=timezone.localdate(), extension_reason="x")
    with pytest.raises(ValidationError, match="nie ma terminu"):
        accepted.full_clean()


@pytest.mark.parametrize("status", ["answered", "alternative", "refused"])
def test_an_answer_is_dated_today_unless_another_day_is_given(centre, client, status):
    accepted = demand(centre)
    assert answer(client, accepted, status=status).status_code == 200  # reasons are owed
    assert answer(client, accepted, status=status, answer="Wysłano opis.").status_code == 302
    assert (accepted.status, accepted.answered_on) == (status, timezone.localdate())
    assert not accepted.is_overdue(timezone.now())
    assert answer(client, accepted, status=status, answer="Tak.", answered_on="2026-03-04").status_code == 302
    assert accepted.answered_on == date(2026, 3, 4)


@pytest.mark.parametrize("day", [date(2026, 3, 1), timezone.localdate() + timedelta(days=1)])
def test_no_answer_was_sent_before_the_request_or_in_the_future(centre, client, day):
    accepted = demand(centre)
    assert answer(client, accepted, status="answered", answer="Tak.", answered_on=str(day)).status_code == 200
    assert accepted.status == "new"


def test_the_answers_form_says_until_when_and_what_the_act_asks(centre, client):
    for kind, words in (("dostepnosc", "PFRON"), ("cyfrowe", "Rzecznika")):
        html = client.get(f"{ADMIN}edit/{demand(centre, kind=kind).pk}/").content.decode()
        assert words in html
        assert "najpóźniej 2 maja 2026" in html
        assert "Termin minął." in html


def test_what_was_done_stands_in_the_history(centre, client):
    accepted = demand(centre)
    answer(client, accepted, status="answered", answer="Tak.")
    assert "koordynacja" in client.get(f"{ADMIN}history/{accepted.pk}/").content.decode()


def test_the_list_and_the_first_page_say_in_words_what_is_past_and_what_is_near(centre, client):
    at = timezone.now()
    make_request(centre, kind="cyfrowe", due_at=at - timedelta(days=1))
    soon = make_request(centre, kind="cyfrowe", due_at=at + timedelta(days=2))
    later = make_request(centre, kind="cyfrowe", due_at=at + timedelta(days=5))
    assert [soon.is_due_soon(at), later.is_due_soon(at)] == [True, False]
    listing = client.get(ADMIN).content.decode()
    assert listing.count("po terminie") == 1
    assert listing.count("termin blisko") == 1
    home = client.get("/admin/").content.decode()
    assert "3 zgłoszenia czekają na odpowiedź" in home
    assert "1 ma termin w ciągu 3 dni" in home


def test_the_whole_request_can_be_read_on_one_page(centre, client):
    accepted = demand(centre, contact="ala@example.org", wish="Opis przez telefon.")
    html = client.get(f"{ADMIN}inspect/{accepted.pk}/").content.decode()
    for text in (accepted.reference, accepted.subject, "ala@example.org", "Opis przez telefon.", "9 marca 2026"):
        assert text in html
    assert "ostatni dzień terminu" in html.casefold()
    assert not re.search(r">\s*None\s*<", html)
    theirs = demand(make_centre("mok.localhost"))
    assert client.get(f"{ADMIN}inspect/{theirs.pk}/").status_code in (302, 403, 404)


def test_administrators_alone_delete_a_request(centre, client, admin_client):
    accepted = demand(centre)
    client.post(f"{ADMIN}delete/{accepted.pk}/")
    assert AccessRequest.objects.exists()
    assert admin_client.post(f"{ADMIN}delete/{accepted.pk}/").status_code == 302
    assert not AccessRequest.objects.exists()


def test_staff_are_reminded_once_a_day_of_what_is_near_or_past(centre):
    urgent = demand(centre, contact="ala@example.org")  # until 9 March
    demand(make_centre("mok.localhost", email="mok@example.org"), "2026-03-06 10:00")
    for moment in ("2026-03-05 12:00", "2026-03-08 06:59", "2026-03-08 07:00", "2026-03-08 15:00"):
        remind(warsaw(moment))
    (letter,) = Letter.objects.all()
    assert letter.to == centre.email
    assert f"{urgent.reference} (żądanie zapewnienia dostępności cyfrowej): termin mija 9 marca 2026" in letter.text
    assert urgent.subject not in letter.text
    assert "ala@" not in letter.text
    remind(warsaw("2026-03-10 07:00"))
    assert "termin minął 9 marca 2026" in Letter.objects.filter(to=centre.email).first().text


def test_a_year_after_the_answer_the_words_are_deleted_and_the_numbers_stay(centre):
    words = dict.fromkeys(
        ("subject", "wish", "interest", "contact", "answer", "extension_reason"), "Ala, ala@example.org"
    )
    closed = {"status": "answered", "contact_way": "email", "answered_on": date(2026, 3, 6), **words}
    old = demand(centre, **closed, extended_until=date(2026, 3, 20))
    waiting = demand(centre, **words)
    erase_old(warsaw("2027-03-05 23:00"))
    assert AccessRequest.objects.filter(erased_at=None).count() == 2
    erase_old(warsaw("2027-03-06 00:01"))
    old.refresh_from_db()
    waiting.refresh_from_db()
    assert {getattr(old, name) for name in WORDS} == {""}
    assert "Ala" not in str(AccessRequest.objects.filter(pk=old.pk).values())
    assert (old.kind, old.status, old.answered_on) == ("cyfrowe", RequestStatus.ANSWERED, date(2026, 3, 6))
    assert waiting.contact
    old.full_clean(exclude=["subject"])


def test_each_centre_decides_for_how_long(centre):
    AccessRequestSettings.objects.create(site=centre.site, months_kept=3)
    facts = {"status": "answered", "answer": "Tak.", "answered_on": date(2026, 3, 6)}
    short, long = demand(centre, **facts), demand(make_centre("mok.localhost"), **facts)
    erase_old(warsaw("2026-06-06 12:00"))
    assert AccessRequest.objects.get(erased_at=None) == long
    assert AccessRequest.objects.exclude(erased_at=None).get() == short
    html = Client(SERVER_NAME="localhost").get("/dostepnosc/zgloszenie/bariera/").content.decode()
    assert "3 miesiące po odpowiedzi" in html

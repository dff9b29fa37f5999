"""Letters: written beside what they tell of, sent by the clock alone, once, and never to flood anybody."""

import smtplib
import socket
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Site

from gok_site import clock
from mission import limits
from mission.limits import Tally, is_within
from mission.models import Letter
from mission.outbox import delivery
from mission.outbox.delivery import deliver, tidy, wait_after
from mission.outbox.models import Failure
from mission.outbox.posting import post

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def now():
    return timezone.now()


def write(at, key="k", to="ala@example.org", **fields):
    facts = {"subject": "Temat", "text": "Treść ąę", "site": Site.objects.get(is_default_site=True)}
    return post(key=key, to=to, at=at, **facts | fields)


@pytest.fixture
def hanging_server(settings):
    """A mail server that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = SMTP, "127.0.0.1", 0.2
        settings.EMAIL_PORT = server.getsockname()[1]
        yield


def refuse_with(monkeypatch, error):
    """Have the mail library fail in this way."""

    def send(self):
        raise error

    monkeypatch.setattr(mail.EmailMessage, "send", send)


def test_a_letter_is_sent_by_the_clock_and_once(now):
    write(now)
    assert mail.outbox == []
    assert clock.tick(now) == 0
    clock.tick(now + timedelta(minutes=1))
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["ala@example.org"], "Temat", "Treść ąę")
    assert sent.content_subtype == "plain"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_clock_waits_for_a_mail_server_outside_any_transaction(now, monkeypatch):
    depths = []

    def job(at):
        depths.append(len(connection.savepoint_ids))

    def errand(at):
        job(at)

    errand.is_errand = True
    outside = len(connection.savepoint_ids)
    monkeypatch.setattr(clock.hooks, "get_hooks", lambda name: [job, errand])
    assert clock.tick(now) == 0
    assert depths == [outside + 1, outside]
    assert deliver.is_errand


def test_a_letter_of_a_transaction_that_failed_does_not_exist(now):
    with transaction.atomic():
        write(now)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_one_purpose_is_one_letter(now):
    assert write(now) is not None
    assert write(now) is None
    assert Letter.objects.count() == 1


def test_no_line_break_gets_into_a_subject(now):
    write(now, subject="Temat\r\nBcc: wszyscy@example.org")
    deliver(now)
    (sent,) = mail.outbox
    assert sent.message()["Subject"] == "Temat Bcc: wszyscy@example.org"
    assert sent.recipients() == ["ala@example.org"]


def test_one_address_gets_three_letters_an_hour_however_it_is_spelled(now):
    moments = [now, now + timedelta(minutes=20), now + timedelta(minutes=59), now + timedelta(minutes=59, seconds=59)]
    letters = [
        write(at, key=str(at), to=to) for at, to in zip(moments, ["a@b.pl", "A@B.pl", "a@B.PL", "a@b.pl"], strict=True)
    ]
    assert [letter is not None for letter in letters] == [True, True, True, False]
    assert write(now, key="ktoś inny", to="c@b.pl")
    assert write(now + timedelta(minutes=61), key="później", to="a@b.pl")
    assert write(now + timedelta(minutes=62), key="jeszcze", to="a@b.pl") is None


def test_without_a_mail_server_nothing_is_promised(now, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert write(now) is None
    assert deliver(now) == 0


def test_a_server_that_hangs_is_left_after_the_time_out_and_tried_again_later(now, hanging_server, caplog):
    write(now)
    write(now, key="druga")
    began = time.monotonic()
    assert deliver(now) == 0
    assert time.monotonic() - began < 3
    first, second = Letter.objects.order_by("pk")
    assert (first.attempts, first.failure, first.next_attempt_at) == (1, Failure.CONNECTION, now + timedelta(minutes=1))
    assert second.attempts == 0  # one time-out a round is enough
    assert list(Letter.objects.late(now)) == [first]
    assert "ala@" not in caplog.text


def test_the_waits_grow_from_a_minute_to_six_hours():
    minutes = [wait_after(attempts) / timedelta(minutes=1) for attempts in range(1, 14)]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360, 360]
    assert wait_after(32_000) == timedelta(hours=6)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (ConnectionRefusedError(), Failure.CONNECTION),
        (TimeoutError(), Failure.CONNECTION),
        (smtplib.SMTPServerDisconnected("ala@example.org"), Failure.CONNECTION),
        (smtplib.SMTPAuthenticationError(535, b"no"), Failure.LOGIN),
        (smtplib.SMTPRecipientsRefused({"ala@example.org": (450, b"later")}), Failure.OTHER),
        (smtplib.SMTPRecipientsRefused({"ala@example.org": (550, b"nobody")}), Failure.REFUSED),
        (ValueError("ala@example.org"), Failure.OTHER),
    ],
)
def test_a_failure_is_written_down_by_its_kind_without_the_servers_words(now, monkeypatch, caplog, error, failure):
    refuse_with(monkeypatch, error)
    write(now)
    deliver(now)
    letter = Letter.objects.get()
    assert letter.failure == failure
    assert (letter.given_up_at is not None) is (failure == Failure.REFUSED)
    assert "ala@" not in caplog.text


def test_one_refused_address_does_not_hold_up_the_others(now, monkeypatch):
    really_send = mail.EmailMessage.send

    def send(self):
        if self.to == ["zly@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"zly@example.org": (550, b"")})
        return really_send(self)

    monkeypatch.setattr(mail.EmailMessage, "send", send)
    write(now, to="zly@example.org")
    write(now, key="dobra")
    assert deliver(now) == 1
    assert [sent.to for sent in mail.outbox] == [["ala@example.org"]]


def test_after_three_days_a_letter_is_given_up_and_the_staff_see_it(now, monkeypatch, admin_client):
    write(now, subject="Potwierdzenie ABCD")
    refuse_with(monkeypatch, ConnectionRefusedError())
    deliver(now)
    assert "Najstarszy od" in admin_client.get("/admin/").content.decode()
    deliver(now + timedelta(days=2, hours=23))
    assert Letter.objects.waiting().exists()
    deliver(now + timedelta(days=3, hours=7))
    assert not Letter.objects.waiting().exists()
    home = admin_client.get("/admin/").content.decode()
    assert "Potwierdzenie ABCD" in home
    assert "Najstarszy od" not in home
    assert "ala@example.org" not in home


def test_while_the_mail_works_the_staff_see_nothing_of_it(now, admin_client):
    write(now)
    deliver(now)
    assert "outbox-panel" not in admin_client.get("/admin/").content.decode()


def test_two_clocks_never_send_the_same_letter(now, monkeypatch):
    """The second clock has read the row before the first one claims it."""
    write(now)
    seen_by_second = Letter.objects.due(now).get()
    assert deliver(now) == 1
    assert not delivery.claim(seen_by_second, now)
    assert len(mail.outbox) == 1


def test_a_letter_whose_clock_died_is_taken_up_again(now):
    write(now)
    delivery.claim(Letter.objects.get(), now)  # and then the power failed
    assert deliver(now + timedelta(minutes=9)) == 0
    assert deliver(now + timedelta(minutes=10)) == 1


def test_what_was_sent_is_forgotten_first_the_words_then_the_trace(now):
    write(now)
    deliver(now)
    tidy(now + timedelta(hours=23))
    assert Letter.objects.get().text
    tidy(now + timedelta(hours=24))
    letter = Letter.objects.get()
    assert (letter.to, letter.text) == ("", "")
    assert write(now + timedelta(days=2)) is None  # still known as sent
    tidy(now + timedelta(days=30))
    assert not Letter.objects.exists()


def test_the_limit_keeps_no_address_and_forgets_after_an_hour(now):
    assert is_within("próba", "203.0.113.7", 1, now)
    assert not is_within("próba", "203.0.113.7", 1, now)
    assert "203.0.113.7" not in str(Tally.objects.values())
    limits.forget(now + timedelta(minutes=59))
    assert Tally.objects.exists()
    limits.forget(now + timedelta(hours=1))
    assert not Tally.objects.exists()


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "expected"),
    [
        ("203.0.113.7", "", 0, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", 0, "203.0.113.7"),  # a claim of the visitor's
        ("127.0.0.1", "10.0.0.1, 198.51.100.1", 1, "198.51.100.1"),
        ("127.0.0.1", "10.0.0.1, 198.51.100.1, 127.0.0.1", 2, "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1", 2, "127.0.0.1"),  # not by way of both
        ("127.0.0.1", "", 1, "127.0.0.1"),
        ("2001:db8:1:2:3::4", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", 0, "203.0.113.7"),
        ("", "", 0, ""),
        ("127.0.0.1", "nie-adres", 1, "nie-adres"),
    ],
)
def test_the_network_address_is_the_one_that_cannot_be_made_up(rf, settings, remote, forwarded, proxies, expected):
    settings.TRUSTED_PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert limits.network_address(rf.get("/", REMOTE_ADDR=remote, headers=headers)) == expected

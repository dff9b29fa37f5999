"""The way into the admin: guessing is slowed, nothing is told, and a session ends when it should."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core import checks, mail
from django.core.cache import caches
from django.test import Client

from tests.staff.builders import PASSWORD, make_centre, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
NEW_PASSWORD = "zupelnie-nowe-haslo"


@pytest.fixture
def chief():
    return make_user("kierowniczka", is_superuser=True)


@pytest.fixture
def staff():
    return make_centre("AGAWA", "localhost", is_default=True).staff


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def log_in(client, name, password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": name, "password": password, **extra})


def with_app(user):
    """Give `user` an authenticator app; return its key."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_of(secret):
    """The code an app shows now; it is taken until the half minute after this one has ended.

    The counters come oldest first, and the oldest one's code could end between making and checking it.
    """
    _past, present, _coming = totp.yield_hotp_counters_from_time()
    return totp.format_hotp_value(totp.hotp_value(secret, present))


def confirmed(user):
    """A browser in which `user` has logged in and given the password once more."""
    client = Client()
    log_in(client, user.username)
    client.post("/admin/reauthenticate/", {"password": PASSWORD})
    return client


def test_name_or_address_and_password_open_the_admin(chief):
    for name in (chief.username, chief.email, f" {chief.username} "):
        client = Client()
        assert log_in(client, name)["Location"] == "/admin/"
        assert client.get("/admin/account/").status_code == 200


def test_the_browsers_session_ends_with_it_unless_one_asks_to_stay(chief, client):
    cookie = log_in(client, chief.username).cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")
    cookie = log_in(Client(), chief.username, remember="on").cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == settings.SESSION_COOKIE_AGE


def test_wrong_password_unknown_name_closed_account_and_visitor_get_one_answer(chief, client):
    make_user("zamkniete", is_superuser=True, is_active=False)
    make_user("gosc")
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|value="(kierowniczka|nikt|zamkniete|gosc)"')
    answers = set()
    for name, password in [(chief.username, "zle"), ("nikt", "zle"), ("zamkniete", PASSWORD), ("gosc", PASSWORD)]:
        response = log_in(client, name, password)
        answers.add((response.status_code, token.sub(b"", response.content)))
    ((status, content),) = answers
    assert status == 200
    assert "Nazwa użytkownika lub hasło są niepoprawne.".encode() in content


@pytest.mark.parametrize("name", ["kierowniczka", "kierowniczka@example.org", "nikt", "nikt@example.org"])
def test_every_attempt_costs_one_hash_whoever_is_asked_for(chief, client, name, monkeypatch):
    hashed = []
    monkeypatch.setattr("django.contrib.auth.models.User.check_password", lambda *a, **k: hashed.append(1))
    monkeypatch.setattr("django.contrib.auth.models.User.set_password", lambda *a, **k: hashed.append(1))
    log_in(client, name, "zle")
    assert len(hashed) == 1


def test_guessing_is_slowed_for_that_account_and_ends_by_itself(chief, client):
    other = make_user("zastepczyni", is_superuser=True)
    for _attempt in range(5):
        assert log_in(client, chief.username, "zle").status_code == 200
    refused = log_in(client, chief.username)
    assert refused.status_code == 429
    assert "Za dużo prób. Odczekaj pięć minut" in refused.text
    assert log_in(Client(), other.username).status_code == 302
    caches["limits"].clear()  # five minutes pass
    assert log_in(client, chief.username).status_code == 302


def test_many_names_from_one_place_are_slowed_too(client):
    statuses = [log_in(client, f"osoba-{number}", "zle").status_code for number in range(21)]
    assert (set(statuses[:20]), statuses[20]) == ({200}, 429)
    behind = {"headers": {"X-Forwarded-For": "203.0.113.9"}}
    data = {"username": "osoba", "password": "zle"}
    assert client.post(LOGIN, data, **behind).status_code == 429, "a header that no proxy of ours wrote"


def test_the_second_factor_cannot_be_guessed_either(chief, client):
    with_app(chief)
    assert log_in(client, chief.username)["Location"] == "/admin/2fa/authenticate/"
    statuses = [client.post("/admin/2fa/authenticate/", {"code": "000000"}).status_code for _attempt in range(6)]
    assert statuses == [200] * 5 + [429]


def test_the_proxys_word_counts_where_one_is_said_to_stand(rf, settings):
    from gok_site.staff.accounts import StaffAdapter

    request = rf.get("/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9, 10.0.0.2"})
    for proxies, expected in [(0, "127.0.0.1"), (1, "10.0.0.2"), (2, "203.0.113.9"), (4, "127.0.0.1")]:
        settings.TRUSTED_PROXIES = proxies
        assert StaffAdapter().get_client_ip(request) == expected


def test_a_code_of_the_app_or_one_recovery_code_once_completes_the_login(chief):
    secret = with_app(chief)
    page = confirmed_codes(chief, secret)
    (code, *_others) = re.findall(r"<li>(\d{8})</li>", page)
    for answer, expected in [(code_of(secret), 302), (code, 302), (code, 200), ("12", 200)]:
        client = Client()
        caches["limits"].clear()
        totp_used(chief)
        log_in(client, chief.username, next="/admin/pages/")
        response = client.post("/admin/2fa/authenticate/", {"code": answer})
        assert response.status_code == expected, answer
        assert (client.get("/admin/").status_code == 200) == (expected == 302)


def totp_used(user):
    """The half minute of the last code is over."""
    caches["default"].clear()


def confirmed_codes(user, secret):
    """The page that shows new recovery codes, for the only time."""
    client = Client()
    log_in(client, user.username)
    client.post("/admin/2fa/authenticate/", {"code": code_of(secret)})
    client.post("/admin/reauthenticate/", {"password": PASSWORD})
    page = client.post("/admin/2fa/recovery-codes/generate/", follow=True)
    assert 'download="kody-zapasowe.txt"' in page.text
    again = client.get("/admin/2fa/recovery-codes/")
    assert not re.search(r"\d{8}", again.text)
    return page.text


def test_an_app_is_set_up_with_its_code_and_shows_recovery_codes(chief):
    client = confirmed(chief)
    page = client.get("/admin/2fa/totp/activate/")
    secret = re.search(r'account__code">([A-Z2-7]+)<', page.text)[1]
    assert "<svg" in page.text
    assert client.post("/admin/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    done = client.post("/admin/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    assert len(re.findall(r"<li>\d{8}</li>", done.text)) == 10
    assert "1 kod" not in client.get("/admin/2fa/").text


@pytest.mark.parametrize("address", ["totp/activate/", "webauthn/add/", "recovery-codes/generate/", "totp/deactivate/"])
def test_what_guards_the_account_asks_for_the_password_again(chief, address):
    with_app(chief)
    client = Client()
    client.force_login(chief)
    if address == "totp/activate/":
        Authenticator.objects.all().delete()
    response = client.post(f"/admin/2fa/{address}")
    assert response["Location"].startswith("/admin/reauthenticate/?next=")


def test_whoever_may_publish_sets_up_a_second_factor_first(staff, chief, required):
    for user, is_led in [
        (chief, True),
        (staff["editor"], True),
        (staff["coordinator"], True),
        (staff["contributor"], False),
    ]:
        client = Client()
        client.force_login(user)
        response = client.get("/admin/")
        assert (response.get("Location") == "/admin/2fa/") == is_led, user
        assert client.get("/admin/2fa/").status_code == 200
        with_app(user)
        assert client.get("/admin/").status_code == 200
    assert Client().get("/").status_code == 200


def test_the_checks_count_those_without_a_second_factor(staff, chief):
    def found():
        return [warning for warning in checks.run_checks(databases=["default"]) if warning.id == "gok_site.W010"]

    (warning,) = found()
    assert warning.msg.endswith(": 3.")
    for user in (chief, staff["editor"], staff["coordinator"]):
        with_app(user)
    assert found() == []


def test_a_passkey_is_bound_to_the_configured_host(chief, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://panel.example.org"
    page = confirmed(chief).get("/admin/2fa/webauthn/add/", headers={"host": "mok.localhost"})
    if page.status_code == 302:  # the other host has no session of ours
        page = confirmed(chief).get("/admin/2fa/webauthn/add/")
    assert '"id": "panel.example.org"' in page.text


def test_logout_password_change_closing_and_losing_the_role_end_every_session_at_once(chief):
    def close(user):
        user.is_active = False
        user.save()

    def change(user):
        user.set_password(NEW_PASSWORD)
        user.save()

    def dismiss(user):
        user.is_superuser = False
        user.save()

    for number, end in enumerate((close, change, dismiss)):
        user = make_user(f"osoba-{number}", is_superuser=True)
        client = Client()
        log_in(client, user.username)
        assert client.get("/admin/").status_code == 200
        end(user)
        assert client.get("/admin/")["Location"].startswith(LOGIN), end
    client = Client()
    log_in(client, chief.username)
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert stolen.get("/admin/").status_code == 200
    assert client.get("/admin/logout/").status_code == 405
    assert client.get("/admin/").status_code == 200, "a link to it logs nobody out"
    client.post("/admin/logout/")
    assert stolen.get("/admin/")["Location"].startswith(LOGIN)


def test_no_step_of_the_login_is_taken_without_its_token(chief):
    client = Client(enforce_csrf_checks=True)
    for address in (LOGIN, "/admin/password_reset/", "/admin/2fa/webauthn/login/"):
        assert client.post(address, {"username": chief.username, "password": PASSWORD}).status_code == 403
    client.force_login(chief)
    for address in ("totp/activate/", "totp/deactivate/", "recovery-codes/generate/", "webauthn/add/"):
        assert client.post(f"/admin/2fa/{address}").status_code == 403


def test_pages_of_the_login_are_strict_and_never_stored(chief, client):
    for address in (LOGIN, "/admin/password_reset/", "/admin/password_reset/done/"):
        response = client.get(address)
        assert "unsafe-inline" not in response["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]
        assert " style=" not in response.text


def test_three_letters_an_hour_to_one_address_known_or_not(chief, client):
    for email in (chief.email, "nikt@example.org"):
        statuses = [client.post("/admin/password_reset/", {"email": email}).status_code for _letter in range(4)]
        assert statuses == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


def test_the_letter_is_written_after_the_answer(chief, rf):
    from gok_site.staff.passwords import PasswordResetView

    request = rf.post("/admin/password_reset/", {"email": chief.email})
    request._dont_enforce_csrf_checks = True
    response = PasswordResetView.as_view()(request)
    assert (response.status_code, len(mail.outbox)) == (302, 0)
    response.close()
    assert len(mail.outbox) == 1


def new_account(client):
    return client.post(
        "/admin/users/new/",
        {
            "username": "nowa",
            "email": "nowa@example.org",
            "first_name": "Nowa",
            "last_name": "Osoba",
            "is_superuser": "on",
        },
    )


def accept(link):
    """Set a first password by the link, and log in."""
    client = Client()
    path = link.removeprefix(settings.WAGTAILADMIN_BASE_URL)
    form = client.get(path, follow=True)
    client.post(form.redirect_chain[-1][0], {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    assert "już nie działa" in Client().get(path, follow=True).text
    return log_in(client, "nowa", NEW_PASSWORD)


def test_a_new_account_gets_a_letter_and_no_password(chief, client):
    client.force_login(chief)
    assert new_account(client)["Location"] == "/admin/users/"
    (letter,) = mail.outbox
    assert letter.to == ["nowa@example.org"]
    assert accept(re.search(r"https?://\S+/confirm/\S+", letter.body)[0])["Location"] == "/admin/"


def test_without_a_mail_server_the_link_is_shown_to_the_administrator_once(chief, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    client.force_login(chief)
    page = new_account(client)
    link = re.search(r">(https?://\S+/confirm/[^<]+)<", page.text)[1]
    assert "confirm/" not in client.get("/admin/users/").text
    assert accept(link)["Location"] == "/admin/"


def test_an_invitation_can_be_repeated_until_somebody_has_logged_in(chief, client):
    new = make_user("nowa", is_superuser=True)
    client.force_login(chief)
    address = f"/admin/users/{new.pk}/invite/"
    assert address in client.get("/admin/users/").text
    client.get(address)
    assert mail.outbox == []
    client.post(address)
    assert len(mail.outbox) == 1
    log_in(Client(), "nowa")
    assert client.post(address).status_code == 404

"""S1, S2, S4 and S5 against the running site with its two processes: guessing, listening, stolen sessions, foreign forms."""

import http.cookiejar
import re
import secrets
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.databases import ROOT

pytestmark = pytest.mark.faults
USERNAME = "kierowniczka"
LOGIN = "/admin/login/"
GUESSES = 40
TIMINGS = 8


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments, **keywords):
        return None


class Browser:
    """One visitor with cookies of their own, who is told of redirects and does not follow them."""

    def __init__(self, server):
        self.base = f"http://127.0.0.1:{server.port}"
        self.cookies = http.cookiejar.CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(_Stay, cookies, urllib.request.ProxyHandler({}))

    def ask(self, path, data=None):
        """(status, text) of a GET, or of a POST when there are `data`."""
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        try:
            with self.opener.open(self.base + path, body, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def send(self, form, data, page=None):
        """Fill in the form at `form`: with the token of the page that it stands on."""
        _status, text = self.ask(page or form)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
        return self.ask(form, {**data, "csrfmiddlewaretoken": token})

    def log_in(self, name, password):
        return self.send(LOGIN, {"username": name, "password": password})


@pytest.fixture(scope="module")
def password(site_server):
    word = secrets.token_urlsafe(12)
    manage(
        site_server,
        *("createsuperuser", "--noinput", "--username", USERNAME, "--email", f"{USERNAME}@example.org"),
        DJANGO_SUPERUSER_PASSWORD=word,
    )
    return word


@pytest.fixture(autouse=True)
def forget_attempts(site_server):
    time_passes(site_server)


def in_database(server, *statement):
    with sqlite3.connect(server.data / "gok_site.sqlite3", timeout=20) as database:
        database.execute(*statement)


def time_passes(server):
    """As long as every limit lasts."""
    in_database(server, "DELETE FROM gok_site_limits")


def manage(server, *arguments, **environment):
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**server.environment, **environment},
        check=True,
        capture_output=True,
    )


def test_s1_forty_guesses_at_once_reach_the_password_five_times(site_server, password):
    browsers = [Browser(site_server) for _guess in range(GUESSES)]
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda browser: browser.log_in(USERNAME, "zle"), browsers))
    statuses = [status for status, _text in answers]
    assert set(statuses) == {200, 429}
    assert statuses.count(200) <= 5, "each process counts for itself"
    assert any("Za dużo prób" in text for status, text in answers if status == 429)
    assert Browser(site_server).log_in(USERNAME, password)[0] == 429
    time_passes(site_server)
    assert Browser(site_server).log_in(USERNAME, password)[0] == 302


def test_s2_known_and_unknown_names_get_one_answer_in_one_time(site_server, password):
    def median(path, field, value, **more):
        taken, statuses = [], set()
        for number in range(TIMINGS):
            if not number % 3:
                time_passes(site_server)
            browser = Browser(site_server)
            browser.ask(path)
            start = time.monotonic()
            statuses.add(browser.send(path, {field: value, **more})[0])
            taken.append(time.monotonic() - start)
        return statuses, statistics.median(taken)

    for path, field, known, unknown, more in [
        (LOGIN, "username", USERNAME, "nikt", {"password": "zle"}),
        (LOGIN, "username", f"{USERNAME}@example.org", "nikt@example.org", {"password": "zle"}),
        ("/admin/password_reset/", "email", f"{USERNAME}@example.org", "nikt@example.org", {}),
    ]:
        (statuses, seconds), (others, other_seconds) = (
            median(path, field, known, **more),
            median(path, field, unknown, **more),
        )
        assert statuses == others
        assert max(seconds, other_seconds) < 1.6 * min(seconds, other_seconds) + 0.05, (path, seconds, other_seconds)


def test_s4_a_copied_session_is_dead_after_logout_and_after_closing_the_account(site_server, password):
    for end in ("logout", "closing"):
        owner, thief = Browser(site_server), Browser(site_server)
        assert owner.log_in(USERNAME, password)[0] == 302
        for cookie in owner.cookies:
            thief.cookies.set_cookie(cookie)
        assert thief.ask("/admin/2fa/")[0] == 200
        if end == "logout":
            owner.send("/admin/logout/", {}, page="/admin/2fa/")
        else:
            in_database(site_server, "UPDATE auth_user SET is_active = 0 WHERE username = ?", [USERNAME])
        assert thief.ask("/admin/2fa/")[0] == 302, end
    in_database(site_server, "UPDATE auth_user SET is_active = 1 WHERE username = ?", [USERNAME])


def test_s5_forms_without_a_token_are_refused_and_links_change_nothing(site_server, password):
    assert Browser(site_server).ask(LOGIN, {"username": USERNAME, "password": password})[0] == 403
    owner = Browser(site_server)
    owner.log_in(USERNAME, password)
    for path in ("/admin/logout/", "/admin/2fa/recovery-codes/generate/", "/admin/users/new/"):
        assert owner.ask(path, {})[0] == 403
    assert owner.ask("/admin/logout/")[0] == 405
    assert owner.ask("/admin/2fa/")[0] == 200

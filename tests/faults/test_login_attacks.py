"""S1, S2, S4 and S5 against the running site with its two processes: guessing, listening, stolen sessions, foreign forms."""

import sqlite3
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.visitors import LOGIN, Browser

USERNAME = "kierowniczka"
GUESSES = 40
FROM_ONE_ADDRESS = 20
TIMINGS = 8


@pytest.fixture(scope="module")
def server(whole_stack):
    return whole_stack.application


@pytest.fixture
def visitor(server):
    """A function: a browser without cookies."""
    return lambda: Browser(f"http://127.0.0.1:{server.port}")


@pytest.fixture(scope="module")
def password(whole_stack):
    return whole_stack.application.add_administrator(USERNAME)


@pytest.fixture(autouse=True)
def forget_attempts(server):
    time_passes(server)


def in_database(server, *statement):
    with sqlite3.connect(server.data / "gok_site.sqlite3", timeout=20) as database:
        database.execute(*statement)


def time_passes(server):
    """As long as every limit lasts."""
    in_database(server, "DELETE FROM gok_site_limits")


@pytest.mark.fault("S1", f"{GUESSES} guesses at one account at once", "five are heard, then 429; no lasting lock-out")
def test_forty_guesses_at_once_reach_the_password_five_times(server, visitor, password, seen):
    browsers = [visitor() for _guess in range(GUESSES)]
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda browser: browser.log_in(USERNAME, "zle"), browsers))
    statuses = [status for status, _text in answers]
    assert set(statuses) == {200, 429}
    seen(f"{statuses.count(200)} heard, {statuses.count(429)} refused")
    assert statuses.count(200) <= 5, "each process counts for itself"
    assert any("Za dużo prób" in text for status, text in answers if status == 429)
    assert visitor().log_in(USERNAME, password)[0] == 429
    time_passes(server)
    assert visitor().log_in(USERNAME, password)[0] == 302


@pytest.mark.fault("S1", "guessing at many accounts from one address", "429 for that address alone, whatever it claims")
def test_a_guesser_locks_nobody_else_out(whole_stack, server, password, seen):
    """Through nginx and Varnish, both of which write down whom they were asked by."""
    base = f"https://localhost:{whole_stack.ports['tls']}"
    guesser = Browser(base, source="127.0.0.2")
    statuses = []
    for number in range(FROM_ONE_ADDRESS + 2):
        guesser.claim(("X-Forwarded-For", f"203.0.113.{number}"))
        statuses.append(guesser.log_in(f"osoba-{number}", "zle")[0])
    seen(f"{statuses.count(200)} heard, {statuses.count(429)} refused")
    assert statuses == [200] * FROM_ONE_ADDRESS + [429] * 2
    assert Browser(base).log_in(USERNAME, password)[0] == 302


@pytest.mark.fault("S2", "known and unknown names at the login and the reset", "one answer, one time")
def test_known_and_unknown_names_get_one_answer_in_one_time(server, visitor, password, seen):
    def median(path, field, value, **more):
        taken, statuses = [], set()
        for number in range(TIMINGS):
            if not number % 3:
                time_passes(server)
            browser = visitor()
            browser.ask(path)
            start = time.monotonic()
            statuses.add(browser.send(path, {field: value, **more})[0])
            taken.append(time.monotonic() - start)
        return statuses, statistics.median(taken)

    ratios = []
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
        ratios.append(max(seconds, other_seconds) / min(seconds, other_seconds))
        assert max(seconds, other_seconds) < 1.6 * min(seconds, other_seconds) + 0.05, (path, seconds, other_seconds)
    seen(f"median times differ by {max(ratios) * 100 - 100:.0f} % at most")


@pytest.mark.fault("S4", "a copied session after logout, closing and a new password", "dead at once")
def test_a_copied_session_is_dead_when_its_owner_ends_it(whole_stack, server, visitor):
    name = "wlascicielka"
    password = whole_stack.application.add_administrator(name)
    for end in ("logout", "closing", "new password"):
        owner, thief = visitor(), visitor()
        assert owner.log_in(name, password)[0] == 302
        for cookie in owner.cookies:
            thief.cookies.set_cookie(cookie)
        assert thief.ask("/admin/2fa/")[0] == 200
        if end == "logout":
            owner.send("/admin/logout/", {}, page="/admin/2fa/")
        elif end == "new password":
            words = {"old_password": password, "new_password1": password[::-1], "new_password2": password[::-1]}
            form = owner.form_with("password-old_password", "/admin/account/")
            form |= {f"password-{field}": word for field, word in words.items()}
            # Names stand on the same form and are required.
            form |= {"name_email-first_name": "Anna", "name_email-last_name": "Zmyślona"}
            assert owner.ask("/admin/account/", form)[0] == 302
            assert owner.ask("/admin/2fa/")[0] == 200, "whoever changes it stays"
        else:
            in_database(server, "UPDATE auth_user SET is_active = 0 WHERE username = ?", [name])
        assert thief.ask("/admin/2fa/")[0] == 302, end
        in_database(server, "UPDATE auth_user SET is_active = 1 WHERE username = ?", [name])


@pytest.mark.fault("S5", "forms without a token or from elsewhere; links that would change something", "refused")
def test_forms_without_a_token_are_refused_and_links_change_nothing(server, visitor, password):
    assert visitor().ask(LOGIN, {"username": USERNAME, "password": password})[0] == 403
    owner = visitor()
    owner.log_in(USERNAME, password)
    for path in ("/admin/logout/", "/admin/2fa/recovery-codes/generate/", "/admin/users/new/"):
        assert owner.ask(path, {})[0] == 403
    assert owner.ask("/admin/logout/")[0] == 405
    assert owner.ask("/admin/2fa/")[0] == 200

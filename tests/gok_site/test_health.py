"""Everybody may know that the site serves; why it may soon not, only who holds the token."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Site

from gok_site import clock, health
from gok_site.models import Heartbeat
from mission.models import Letter
from mission.outbox.posting import post

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
TOKEN = "Kq2w-Zx81-Lp0v-Mn47-Rt5y"  # only for this test

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, settings, tmp_path):
    settings.HEALTH_TOKEN = TOKEN
    settings.DATA_DIR = tmp_path

    def asked(authorization=None, path="/healthz"):
        headers = {"Authorization": authorization} if authorization else {}
        return client.get(path, headers=headers)

    return asked


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer ąę"])
def test_without_the_token_there_are_no_details(ask, authorization):
    assert ask(authorization).json() == {"status": "ok", "warnings": []}


def test_without_a_token_set_an_empty_one_opens_nothing(ask, settings):
    settings.HEALTH_TOKEN = ""
    assert "details" not in ask("Bearer ").json()


def test_the_token_shows_each_part(ask):
    answer = ask(f"Bearer {TOKEN}")
    parts = answer.json()["details"]
    assert set(parts) >= {"database", "cache", "storage", "disk", "clock", "backup"}
    assert all(parts[name]["ok"] for name in ("database", "cache", "storage"))
    assert "no-store" in answer.headers["Cache-Control"]


def test_rooms_add_warnings_for_all_and_details_for_some(ask):
    def mail(at):
        return {"mail": {"ok": False, "waiting": 3}}

    with (
        hooks.register_temporarily("register_health_warnings", lambda at: ["outbox-stuck"]),
        hooks.register_temporarily("register_health_details", mail),
    ):
        assert ask().json() == {"status": "ok", "warnings": ["outbox-stuck"]}
        assert ask(f"Bearer {TOKEN}").json()["details"]["mail"] == {"ok": False, "waiting": 3}


def test_the_outbox_tells_how_much_waits_and_for_how_long_but_not_for_whom(ask):
    site = Site.objects.get(is_default_site=True)
    for key, minutes in [("a", 61), ("b", 5)]:
        at = timezone.now() - timedelta(minutes=minutes)
        post(site=site, key=key, to="jan.kowalski@example.org", subject="Jan Kowalski", text="Jan", at=at)
        answer = ask(f"Bearer {TOKEN}")
        mail = answer.json()["details"]["mail"]
        assert (mail["ok"], mail["sends"], mail["oldest_seconds"] // 60) == (False, True, 61)
        assert "kowalski" not in answer.content.decode().lower()
    assert mail["waiting"] == 2
    assert answer.json()["warnings"] == ["outbox-stuck"]
    Letter.objects.filter(key="a").update(given_up_at=timezone.now())
    answer = ask(f"Bearer {TOKEN}").json()
    assert answer["warnings"] == []
    assert answer["details"]["mail"].items() >= {"ok": True, "waiting": 1, "given_up": 1}.items()


def test_prometheus_gets_the_same_figures_as_text_and_no_more_of_them_without_the_token(ask):
    with hooks.register_temporarily("register_health_warnings", lambda at: ["outbox-stuck"]):
        public, full = (ask(word, "/healthz?format=prometheus") for word in (None, f"Bearer {TOKEN}"))
    assert public.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert [line for line in public.content.decode().splitlines() if line[0] != "#"] == [
        "gok_site_up 1",
        'gok_site_warning{code="outbox-stuck"} 1',
    ]
    lines = full.content.decode().splitlines()
    assert {'gok_site_part_ok{part="database"} 1', 'gok_site_part_ok{part="backup"} 0'} <= set(lines)
    assert 'gok_site_part{part="clock",figure="failing"} 0' in lines
    # Each line is one that Prometheus reads: https://prometheus.io/docs/instrumenting/exposition_formats/
    form = r"# (HELP|TYPE) \w+ .+|\w+({\w+=\"[\w.-]+\"(,\w+=\"[\w.-]+\")*})? -?\d+(\.\d+)?(e[+-]?\d+)?"
    assert [line for line in lines if not re.fullmatch(form, line)] == []


def test_a_room_that_cannot_look_neither_hides_nor_breaks_the_rest(ask):
    def broken(at):
        raise ValueError("jan.kowalski@example.org")

    with (
        hooks.register_temporarily("register_health_warnings", broken),
        hooks.register_temporarily("register_health_details", broken),
    ):
        answer = ask(f"Bearer {TOKEN}")
    assert answer.status_code == 200
    assert answer.json()["warnings"] == ["check-failed"]
    assert "jan.kowalski" not in answer.content.decode()
    assert answer.json()["details"]["database"]["ok"]


def test_a_database_that_is_away_is_all_that_makes_a_503(ask, monkeypatch):
    def away():
        raise OSError

    monkeypatch.setattr("gok_site.views.connection.ensure_connection", away)
    answer = ask(f"Bearer {TOKEN}")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable"}


def test_the_clock_is_well_for_five_minutes_after_its_last_round(monkeypatch):
    monkeypatch.setattr(clock, "_failing", set())  # other tests of this process leave jobs that failed
    assert health.clock(NOW) == {"ok": False, "last": None, "failing": []}
    clock.tick(NOW)
    assert health.clock(NOW + timedelta(minutes=5))["ok"]
    late = health.clock(NOW + timedelta(minutes=6))
    assert (late["ok"], late["seconds_ago"]) == (False, 360)


def test_a_job_that_fails_is_named_until_it_works_again(monkeypatch):
    monkeypatch.setattr(clock, "_failing", set())

    def broken(at):
        raise ValueError

    with hooks.register_temporarily("clock_tick", broken):
        clock.tick(NOW)
    found = health.clock(NOW)
    assert not found["ok"]
    assert [label.rpartition(".")[2] for label in found["failing"]] == ["broken"]


def test_a_backup_is_well_for_thirty_hours():
    Heartbeat.beat(Heartbeat.BACKUP, NOW)
    assert health.backup(NOW + timedelta(hours=30))["ok"]
    assert not health.backup(NOW + timedelta(hours=31))["ok"]

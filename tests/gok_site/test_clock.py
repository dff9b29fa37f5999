"""The clock publishes and withdraws by itself; one broken page harms no other (fault F10)."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from wagtail.models import Page, Site

from gok_site import clock
from mission.models import StandardPage
from tests.databases import is_postgresql

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return Site.objects.get(is_default_site=True).root_page


def scheduled(root, title, go_live_at, **fields):
    """A page that editors have approved for a moment to come."""
    page = root.add_child(instance=StandardPage(title=title, slug=title, live=False, **fields))
    page.go_live_at = go_live_at
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    return page


@pytest.fixture
def now():
    return timezone.now()


def test_a_page_appears_at_its_moment_and_not_before(root, now):
    page = scheduled(root, "nowa", now + timedelta(hours=1))
    clock.tick(now + timedelta(minutes=59))
    assert not Page.objects.get(pk=page.pk).live
    assert pages_live_at(page, now + timedelta(minutes=61))


def pages_live_at(page, at):
    """Run the clock as if it were `at`: Wagtail itself compares with the real time, so that is moved too."""
    with moved_clock(at):
        clock.tick(at)
    return Page.objects.get(pk=page.pk).live


class moved_clock:  # noqa: N801 - reads as a statement
    """Everything that asks Django for the time is told another."""

    def __init__(self, at):
        self.at = at
        self.patch = pytest.MonkeyPatch()

    def __enter__(self):
        self.patch.setattr(timezone, "now", lambda: self.at)

    def __exit__(self, *error):
        self.patch.undo()


def test_a_page_vanishes_when_it_expires(root, now):
    page = root.add_child(instance=StandardPage(title="stara", slug="stara", expire_at=now + timedelta(hours=1)))
    clock.tick(now)
    assert Page.objects.get(pk=page.pk).live
    assert not pages_live_at(page, now + timedelta(hours=2))
    assert Page.objects.get(pk=page.pk).expired


def test_after_three_days_away_all_but_the_broken_page_appear_once_in_order(root, now, monkeypatch, caplog):
    pages = {
        name: scheduled(root, name, now + timedelta(hours=hour))
        for name, hour in [("trzecia", 3), ("pierwsza", 1), ("zepsuta", 2)]
    }
    published = []
    original = StandardPage.save

    def save(self, *arguments, **keywords):
        if self.title == "zepsuta":
            raise ValueError("jan.kowalski@example.org")
        if self.live and not keywords.get("update_fields"):
            published.append(self.title)
        return original(self, *arguments, **keywords)

    monkeypatch.setattr(StandardPage, "save", save)
    later = now + timedelta(days=3)
    with moved_clock(later), caplog.at_level(logging.ERROR, logger="gok_site.clock"):
        assert clock.tick(later) == 1
        assert clock.tick(later) == 1
        late = clock.overdue(later)
    assert list(dict.fromkeys(published)) == ["pierwsza", "trzecia"]
    assert [row.instance.pk for row in late] == [pages["zepsuta"].pk]
    assert "ValueError" in caplog.text
    assert "jan.kowalski" not in caplog.text
    assert Page.objects.filter(pk__in=[page.pk for page in pages.values()], live=True).count() == 2


def test_what_a_failing_job_wrote_is_taken_back(root, now, monkeypatch):
    def broken(at):
        Page.objects.filter(pk=root.pk).update(title="w połowie")
        raise RuntimeError

    monkeypatch.setattr(clock.hooks, "get_hooks", lambda name: [broken])
    assert clock.tick(now) == 1
    assert Page.objects.get(pk=root.pk).title != "w połowie"


def test_a_page_is_overdue_only_after_five_minutes(root, now):
    scheduled(root, "nowa", now + timedelta(hours=1))
    due = now + timedelta(hours=1)
    assert clock.overdue(due + timedelta(minutes=4)) == []
    assert len(clock.overdue(due + timedelta(minutes=6))) == 1


def test_only_one_clock_works_at_a_time():
    with clock.only_clock() as first, clock.only_clock() as second:
        assert first()
        assert first()
        assert not second()
    with clock.only_clock() as third:
        assert third()


@pytest.mark.skipif(is_postgresql(), reason="is about SQLite's files")
@pytest.mark.django_db(transaction=True)
def test_while_a_clock_works_a_reader_need_not_write_sqlites_files_anew():
    files = [Path(f"{connection.settings_dict['NAME']}{end}") for end in ("-shm", "-wal")]
    with clock.only_clock() as is_ours:
        for _round in range(2):
            assert is_ours()
            connections.close_all()
            assert all(file.exists() for file in files)
    assert not any(file.exists() for file in files)


def test_publishing_leaves_no_open_transaction(root, now):
    depth = len(transaction.get_connection().savepoint_ids)
    clock.tick(now)
    assert len(transaction.get_connection().savepoint_ids) == depth

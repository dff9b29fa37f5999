"""Who may keep an answer, and what makes the cache in front forget."""

import contextlib
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from accessibility.models import AccessRequest
from gok_site.front_cache import bans
from mission.models import CentreSettings, StandardPage
from programme.events.filters import DataFilter, PageFilter
from programme.models import EventIndexPage
from programme.sections.timetable import TimetableFilter
from tests.factories import make_event, make_site, warsaw

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return make_site()


@pytest.fixture
def page(site):
    home = Page.objects.get(pk=site.root_page_id)
    return home.add_child(instance=StandardPage(title="Pracownia", slug="pracownia", summary="Farby i glina."))


class Cache:
    """A small server that writes down the hosts whose bans reach it, and says `status`."""

    def __init__(self):
        self.hosts, self.status = [], 200
        cache = self

        class Handler(BaseHTTPRequestHandler):
            def do_BAN(self):
                cache.hosts.append(self.headers["X-Ban-Host"])
                self.send_response(cache.status)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def cache(settings, tmp_path):
    cache = Cache()
    settings.FRONT_CACHE_URLS, settings.DATA_DIR, settings.ALLOWED_HOSTS = [cache.url], tmp_path, [".localhost"]
    yield cache
    cache.close()


@pytest.fixture
def banned_by(cache, django_capture_on_commit_callbacks):
    """A function: the hosts that are banned once the given change is committed."""

    def run(change):
        cache.hosts.clear()
        connection.run_on_commit.clear()  # the test's own transaction never ends
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return cache.hosts

    return run


# --- Cache-Control ---------------------------------------------------------------------------------------------------

PUBLIC = "public, max-age=0, s-maxage=50"


@pytest.mark.parametrize(
    "path", ["/", "/pracownia/", "/szukaj/?q=glina", "/mapa-strony/", "/nie-ma-takiej/", "/pracownia"]
)
def test_a_public_answer_may_be_kept_by_a_shared_cache_for_less_than_a_minute(page, path):
    answer = Client().get(path)
    assert answer.headers["Cache-Control"] == PUBLIC
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_what_a_view_allows_browsers_stays_and_the_shared_cache_keeps_it_no_longer(page):
    control = Client().get("/program/kalendarz.ics").headers["Cache-Control"]
    assert set(control.split(", ")) == {"max-age=300", "public", "s-maxage=50"}


def test_a_browser_that_has_the_page_is_told_so(page):
    client = Client()
    etag = client.get("/pracownia/").headers["ETag"]
    again = client.get("/pracownia/", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == PUBLIC


def test_what_is_not_for_everybody_is_never_public(page, admin_user):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "anything"
    assert client.get("/pracownia/").headers["Cache-Control"] == "private, no-cache"
    assert "no-store" in Client().get("/dostepnosc/zgloszenie/").headers["Cache-Control"]
    assert Client().post("/pracownia/").headers["Cache-Control"] == "no-store"
    assert Client().post("/szukaj/").headers["Cache-Control"] == "no-store"
    assert Client().get("/healthz").headers["Cache-Control"] == "no-store"
    assert "public" not in Client().get("/admin/login/").headers["Cache-Control"]
    preview = page.make_preview_request(Client().get("/").wsgi_request, page.default_preview_mode)
    assert "public" not in preview.headers["Cache-Control"]


def test_a_page_behind_a_password_is_never_public(page):
    page.view_restrictions.create(restriction_type="password", password="glina")
    assert "private" in Client().get("/pracownia/").headers["Cache-Control"]


# --- bans ------------------------------------------------------------------------------------------------------------


def test_what_visitors_could_see_bans_the_host_of_its_site_once_for_a_transaction(page, site, banned_by):
    make_site("drugi.localhost", name="Drugi")
    event = make_event(site=site, start=warsaw("2030-05-01 18:00"))

    def publish():
        page.save_revision().publish()

    def cancel():
        date = event.occurrences.first()
        date.status = "EventCancelled"
        date.save()

    def settle():
        CentreSettings.objects.get(site=site).save()

    for change in (publish, cancel, settle, page.unpublish, event.delete):
        assert banned_by(change) == ["localhost"], change


def test_what_belongs_to_no_single_site_bans_them_all(page, site, banned_by):
    make_site("drugi.localhost", name="Drugi")
    both = ["drugi.localhost", "localhost"]
    index = EventIndexPage.objects.descendant_of(site.root_page).get()
    assert set(banned_by(lambda: page.move(index, "last-child"))) == set(both)
    assert banned_by(lambda: Redirect.objects.create(old_path="/stara", redirect_link="/pracownia/")) == both


def test_what_no_visitor_sees_bans_nothing(page, site, banned_by):
    draft = StandardPage(title="Szkic", slug="szkic", summary="Jeszcze nie.", live=False)
    home = Page.objects.get(pk=site.root_page_id)
    now = timezone.now()
    for change in (
        lambda: page.save_revision(),
        lambda: home.add_child(instance=draft),
        lambda: Session.objects.create(session_key="k", session_data="", expire_date=now),
        lambda: get_user_model().objects.create_user("maria", "maria@example.org"),
        lambda: AccessRequest.objects.create(
            site=site, kind="bariera", subject="Schody", received_at=now, due_at=now, form_mark="x"
        ),
    ):
        assert banned_by(change) == []


def test_what_is_rolled_back_bans_nothing_and_hides_nothing(page, banned_by):
    def half():
        with transaction.atomic():
            with contextlib.suppress(ZeroDivisionError), transaction.atomic():
                page.save()
                raise ZeroDivisionError
            page.save()

    assert banned_by(half) == ["localhost"]


def test_the_changes_of_one_request_are_one_ban(cache):
    with bans.gathered():
        for _number in range(20):
            bans._BanOnCommit({"localhost"})()
        assert cache.hosts == []
    assert cache.hosts == ["localhost"]


def test_the_default_site_is_banned_under_all_its_names(page, banned_by, settings):
    settings.ALLOWED_HOSTS = ["localhost", "WWW.example.org", "drugi.localhost", ".example.net"]
    make_site("drugi.localhost", name="Drugi")
    Site.objects.filter(hostname="localhost").update(is_default_site=True)
    assert banned_by(lambda: page.save()) == ["localhost", "www.example.org"]


def test_a_cache_that_does_not_answer_stops_nobody_and_hears_of_it_later(page, cache, banned_by, caplog):
    cache.status = 503
    banned_by(page.save)
    banned_by(page.save)
    cache.hosts.clear()
    assert caplog.text.count("did not take the ban") == 1
    bans.retry()
    assert cache.hosts == ["localhost"], "refused again"
    cache.status = 200
    bans.retry()
    bans.retry()
    assert cache.hosts == ["localhost"] * 2


# --- the key of the cache --------------------------------------------------------------------------------------------


def test_the_cache_knows_every_parameter_of_the_public_addresses():
    rules = (settings.BASE_DIR / "deploy" / "varnish" / "site.vcl").read_text()
    known = set(re.search(r"\(\?!\(([a-z|]+)\)", rules)[1].split("|"))
    forms = [DataFilter, PageFilter, TimetableFilter]
    assert known == {"q", "page", "doslownie", "od", "rodzaj"}.union(*(form.base_fields for form in forms))

"""The harness that all rooms' tests share.

A test that asks for the fixture `demonstration` (or one that builds on it) sees both demonstration centres in
its database; one that asks for `centres` two with their staff; a test of the programme one centre without content;
every other test an empty, migrated one. Tests marked `browser` look at a real server,
started as `make run` starts it, with Chromium.
"""

import os
import shutil
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import TestCase, TransactionTestCase
from wagtail.models import Site

from tests.databases import MAKERS, databases, is_postgresql, make_beside
from tests.serving import address_of, all_pages, browser, browser_pages, end_of_run, open_page, site_server  # noqa: F401 - fixtures

# Playwright keeps an event loop in the tests' thread; Django would take each query for one from a coroutine.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

DEMONSTRATION_FIXTURES = {"demonstration", "site_server", "all_pages", "address_of", "open_page"}
LABELS = ["empty", "centre", "staffed", "demonstration"]  # in the order of making
LONG = {"test_silence.py", "test_html.py", "test_addresses.py", "test_query_counts.py"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", *DEMONSTRATION_FIXTURES}


def pytest_configure(config):
    config.addinivalue_line("markers", "browser: needs Chromium and a server of its own; SQLite only")
    # The process that starts the workers names the run; they inherit the name.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["GOK_SITE_TEST_RUN"] = uuid.uuid4().hex[:12]


def pytest_itemcollected(item):
    if "browser" in Path(item.path).parts or "site_server" in item.fixturenames:
        item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)  # after the shuffling
def pytest_collection_modifyitems(config, items):
    if is_postgresql():
        # What touches no database would only say a second time what the run on SQLite has said.
        left_out = [item for item in items if not wants(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if wants(item)]
    # In random order within each: what needs no database, an empty one, one or two centres, the demonstration, all of
    # which are made meanwhile. Of the last the long ones come first, so that nobody works on alone at the end.
    items.sort(key=lambda item: ([None, *LABELS].index(wants(item)), not is_long(item)))


def pytest_collection_finish(session):
    """The first worker has the databases made beside the tests, so that nobody waits for them."""
    if os.environ.get("PYTEST_XDIST_WORKER") == "gw0" and any(map(wants, session.items)):
        wanted = {wants(item) for item in session.items}
        labels = [label for label in LABELS if label in wanted]
        make_beside(labels)


def wants(item):
    """Which database a test needs: its label, or None."""
    if DEMONSTRATION_FIXTURES & set(item.fixturenames):
        return "demonstration"
    if "centres" in item.fixturenames:
        return "staffed"
    cls = getattr(item, "cls", None)
    is_case = cls is not None and issubclass(cls, TransactionTestCase)
    if is_case or item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames):
        return "centre" if "programme" in item.path.parts else "empty"
    return None


def is_long(item):
    """Whether a test takes many seconds by itself, or with those that must follow it in the same process."""
    return item.get_closest_marker("xdist_group") is not None or item.path.name in LONG


def commits(item):
    """Whether a test writes for good, so that its database must be laid anew."""
    marker = item.get_closest_marker("django_db")
    cls = getattr(item, "cls", None)
    is_transaction_case = cls is not None and issubclass(cls, TransactionTestCase) and not issubclass(cls, TestCase)
    is_marked = marker is not None and (marker.kwargs.get("transaction") or True in marker.args)
    return is_transaction_case or is_marked or {"transactional_db", "live_server"} & set(item.fixturenames)


def _unblocked(config):
    from pytest_django.plugin import blocking_manager_key

    return config.stash[blocking_manager_key].unblock()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Choose the database before any fixture opens a transaction."""
    label = wants(item)
    if label:
        with _unblocked(item.config):
            databases().use(label)
        # A site that the last test made is gone with its transaction, but not from the cache; nor is what was found.
        from gok_site.search import views

        Site.clear_site_root_paths_cache()
        views._kept_answer.cache_clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    result = yield
    label = wants(item)
    if label and commits(item):
        with _unblocked(item.config):
            databases().restore(label)
    return result


def pytest_unconfigure(config):
    for maker in MAKERS:
        maker.wait()
    if databases.cache_info().currsize:
        with _unblocked(config):
            connections.close_all()
            databases().store.close()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        end_of_run()
        if is_postgresql():
            databases().store.close_run()
    if Path(settings.DATA_DIR).name.startswith("gok_site-test-"):
        shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment):
    """Replaces pytest-django's own: `pytest_runtest_setup` has chosen a database already."""


@pytest.fixture
def demonstration(db):
    """Both centres, as `make run` loads them: returns their sites by short name, `gok` and `mok`."""
    from tests.addresses import demonstration_sites

    return demonstration_sites()

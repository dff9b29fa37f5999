"""Faults on purpose, with real processes: `make test-faults`.

A test says which fault of the table it is: `@pytest.mark.fault("A4", "what is done", "what must happen")`. When all
have run, their results are written to docs/reliability.md; rows of tests that did not run are kept.
"""

import platform
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.databases import ROOT, databases
from tests.faults.neighbours import Databases, Redis, Store, postgresql
from tests.faults.nodes import Nodes
from tests.faults.stack import QUICK, Stack
from tests.serving import _lay_out, server_environment

REPORT = ROOT / "docs" / "reliability.md"
HEAD = """# What breaks, and what happens then

Written by `make test-faults`, which starts the real programs (gunicorn, Varnish, nginx, PostgreSQL, Redis) and breaks them. A row is one
test; a row that says "failed" is a promise not kept.

| fault | what is done | what must happen | result | seen | on |
|---|---|---|---|---|---|
"""
ROW = re.compile(r"^\| (\S+) \| (.+?) \| .* \|$")
SEEN = pytest.StashKey()
OUTCOMES = {}


def pytest_configure(config):
    config.addinivalue_line("markers", "fault(id, what, must): a row of docs/reliability.md")
    config.addinivalue_line("markers", "faults: breaks real processes; not part of `make test`")


def pytest_itemcollected(item):
    item.add_marker(pytest.mark.faults)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    fault = item.get_closest_marker("fault")
    if fault and (call.when == "call" or report.failed):
        result = "passed" if report.passed else "failed"
        OUTCOMES[fault.args[:2]] = [*fault.args, result, item.stash.get(SEEN, "")]
    return report


def pytest_sessionfinish(session):
    if OUTCOMES:
        REPORT.write_text(HEAD + "\n".join(sorted(rows().values())) + "\n", encoding="utf-8")


def rows():
    """The table's rows by fault and deed: those of before, and over them those of now."""
    lines = REPORT.read_text(encoding="utf-8").splitlines() if REPORT.exists() else []
    kept = {match.groups(): line for line in lines if (match := ROW.match(line)) and match[1] != "fault"}
    where = f"{date.today():%Y-%m-%d}, {machine()}"  # noqa: DTZ011 - the tester's own day
    return kept | {key: f"| {' | '.join([*cells, where])} |" for key, cells in OUTCOMES.items()}


def machine():
    processors = Path("/proc/cpuinfo").read_text().count("processor\t")
    return f"{platform.system()} {platform.machine()}, {processors} cores, Python {platform.python_version()}"


@pytest.fixture
def seen(request):
    """A function that notes what was seen, for the table."""

    def note(words):
        request.node.stash[SEEN] = words

    return note


@pytest.fixture(scope="session")
def make_stack(django_db_blocker, tmp_path_factory):
    """A function: a running stack with the demonstration in a folder of its own."""
    first = tmp_path_factory.mktemp("site") / "data"
    _lay_out(first, django_db_blocker)
    if not (first / "static" / ".collected").exists():
        _prepare(first)
    stacks = []

    def make(times=None):
        data = tmp_path_factory.mktemp("stack") / "data"
        shutil.copytree(first, data, symlinks=True)
        stack = Stack(data)
        stacks.append(stack)
        return stack.start(times)

    yield make
    for stack in stacks:
        stack.close()


def _prepare(data):
    """Collect the static files, as the first start does."""
    command = [sys.executable, "manage.py", "prepare", "--quiet"]
    subprocess.run(command, cwd=ROOT, env=server_environment(data, 8000), check=True, capture_output=True)


@pytest.fixture(scope="session")
def whole_stack(make_stack):
    """The stack as it is deployed, with nginx in front."""
    stack = make_stack()
    stack.start_proxy()
    return stack


@pytest.fixture(scope="session")
def editor(whole_stack):
    return whole_stack.editor()


@pytest.fixture
def stack(whole_stack):
    whole_stack.cache.get("/", method="BAN", headers={"X-Ban-Host": "localhost"})
    return whole_stack


@pytest.fixture(scope="session")
def quick_stack(make_stack):
    """A stack whose cache forgets in seconds, to be broken."""
    return make_stack(QUICK)


@pytest.fixture(scope="session")
def own_databases():
    """Databases on a server of our own, or on DATABASE_URL's."""
    with postgresql() as server:
        databases = Databases(server)
        yield databases
        databases.drop()


@pytest.fixture(scope="session")
def nodes(own_databases, tmp_path_factory):
    """Two nodes with all that they share, at work."""
    folder = tmp_path_factory.mktemp("nodes")
    nodes = Nodes(folder, own_databases.create(), Redis(folder / "redis"), Store(folder / "store"))
    try:
        nodes.lay_out()
        # While nobody is connected it can be copied.
        nodes.second_database = own_databases.create(template=nodes.database)
        yield nodes.start()
    finally:
        nodes.close()


@pytest.fixture(scope="session")
def editors(nodes):
    """A process of the application beside each node."""
    return [nodes.editor_on(node) for node in nodes.nodes]


@pytest.fixture
def empty_database(own_databases):
    return own_databases.create()


@pytest.fixture
def clock_environment(nodes, django_db_blocker, tmp_path):
    """A function: the environment of a process on a database of this kind that no other clock works on."""
    data = tmp_path / "data"
    data.mkdir()

    def environment(kind):
        if kind == "SQLite" and not (data / "gok_site.sqlite3").exists():
            with django_db_blocker.unblock():
                databases().ensure_template("empty")
            shutil.copyfile(databases().store.template("empty"), data / "gok_site.sqlite3")
        address = nodes.second_database if kind == "PostgreSQL" else ""
        others = {"CACHE_URL": "", "MEDIA_STORAGE_URL": "", "FRONT_CACHE_URL": "", "DATABASE_URL": address}
        kept = {key: value for key, value in {**nodes.environment, **others}.items() if value}
        return {**kept, "DATA_DIR": str(data)}

    return environment

"""Faults on purpose, with real processes: `make test-faults`.

A test says which fault of the table it is: `@pytest.mark.fault("A4", "what is done", "what must happen")`. When all
have run, docs/reliability.md holds their results and nothing else; when only some ran, the rows of the others stay.
"""

import functools
import platform
import re
import secrets
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.databases import ROOT, databases, make_beside
from tests.faults.neighbours import Redis, Store
from tests.faults.nodes import Nodes
from tests.faults.postgresql import PostgreSQL
from tests.faults.stack import PATIENCE, QUICK, Stack, until
from tests.serving import _lay_out, free_port, server_environment

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
HERE = Path(__file__).parent
PREPARE = [sys.executable, "manage.py", "prepare", "--quiet"]


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
        number, what, must = fault.args
        if hasattr(item, "callspec") and "database" in item.callspec.params:
            what = f"{what}, on {item.callspec.params['database']}"
        note(number, what, must, "passed" if report.passed else "failed", item.stash.get(SEEN, ""))
    return report


def note(number, what, must, result, seen):
    """Keep the row of a test; of a row that several tests have in common the worst counts."""
    before = OUTCOMES.get((number, what))
    if before is None or before[3] == "passed":
        OUTCOMES[number, what] = [number, what, must, result, seen]


def pytest_sessionfinish(session):
    if OUTCOMES:
        kept = {} if is_whole(session) else rows_before()
        table = kept | rows_of_now()
        REPORT.write_text(HEAD + "\n".join(sorted(table.values(), key=in_order)) + "\n", encoding="utf-8")


def is_whole(session):
    """Whether every test that there is has run: then a row of before belongs to a test that is no more."""
    files = {item.path for item in session.items}
    is_ended_early = session.testsfailed and session.config.option.maxfail
    is_chosen = session.config.option.keyword or session.config.option.markexpr or session.config.option.deselect
    is_one = any("::" in argument for argument in session.config.args)
    return files >= set(HERE.glob("test_*.py")) and not (is_ended_early or is_chosen or is_one)


def rows_before():
    """The rows of the last runs by fault and deed."""
    lines = REPORT.read_text(encoding="utf-8").splitlines() if REPORT.exists() else []
    return {match.groups(): line for line in lines if (match := ROW.match(line)) and match[1] != "fault"}


def rows_of_now():
    where = f"{date.today():%Y-%m-%d}, {machine()}"  # noqa: DTZ011 - the tester's own day
    return {key: f"| {' | '.join([*cells, where])} |" for key, cells in OUTCOMES.items()}


def in_order(row):
    """A1 before A10, and what has no number last."""
    letter, number, rest = re.match(r"\| (\D)(\d*) (.*)", row).groups()
    return letter == "–", letter, int(number or 0), rest


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
def first_folder(django_db_blocker, tmp_path_factory):
    """The data folder of a demonstration on SQLite, to be copied."""
    folder = tmp_path_factory.mktemp("site") / "data"
    _lay_out(folder, django_db_blocker)
    if not (folder / "static" / ".collected").exists():
        prepare(server_environment(folder, 8000))
    return folder


@pytest.fixture(scope="session", autouse=True)
def made_meanwhile(request):
    """What takes a minute to make is begun at once, beside the tests that do not need it yet."""
    wanted = {name for item in request.session.items for name in item.fixturenames}
    if "production" in wanted:
        request.getfixturevalue("demonstration_on_postgresql")
    if "first_folder" in wanted:
        make_beside(["demonstration"])


@pytest.fixture(scope="session")
def demonstration_on_postgresql(postgresql, tmp_path_factory):
    """A function: the data folder and the address of a demonstration on PostgreSQL, which waits until it is made."""
    folder = tmp_path_factory.mktemp("postgresql") / "data"
    folder.mkdir()
    address = postgresql.create_database()
    environment = {**server_environment(folder, 8000), "DATABASE_URL": address}
    with subprocess.Popen(PREPARE, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as making:

        @functools.cache
        def made():
            _said, errors = making.communicate()
            assert making.returncode == 0, errors[-2000:]
            return folder, address

        yield made
        making.kill()


@pytest.fixture(scope="session")
def make_stack(first_folder, tmp_path_factory):
    """A function: a running stack with the demonstration in a folder of its own, or in the `folder` that has one."""
    stacks = []

    def make(times=None, folder=None, **chosen):
        if folder is None:
            folder = tmp_path_factory.mktemp("stack") / "data"
            shutil.copytree(first_folder, folder, symlinks=True)
        stack = Stack(folder, chosen)
        stacks.append(stack)
        return stack.start(times)

    yield make
    for stack in stacks:
        stack.close()


def prepare(environment):
    """All that a first start does: tables, static files, the demonstration."""
    ended = subprocess.run(PREPARE, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr[-2000:]


@pytest.fixture(scope="session")
def postgresql():
    """A server of our own, to be broken."""
    server = PostgreSQL()
    yield server
    server.close()


@pytest.fixture(scope="session")
def whole_stack(make_stack):
    """The stack as it is deployed, with nginx in front."""
    stack = make_stack(BEHIND_PROXY="true")
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
def production(make_stack, demonstration_on_postgresql):
    """A function: the stack on "SQLite" or "PostgreSQL" with the settings of production, to be broken."""

    @functools.cache
    def on(database):
        place = {}
        if database == "PostgreSQL":
            place["folder"], place["DATABASE_URL"] = demonstration_on_postgresql()
        stack = make_stack(
            **place,
            DJANGO_SETTINGS_MODULE="gok_site.settings.base",
            SECRET_KEY=secrets.token_urlsafe(50),
            ALLOWED_HOSTS="localhost,mok.localhost",
            ADMIN_BASE_URL="https://localhost",
            BEHIND_PROXY="true",
            SECOND_FACTOR_REQUIRED="false",
            EMAIL_URL=f"smtp://127.0.0.1:{free_port()}",  # nobody answers there: letters wait
            HEALTH_TOKEN=secrets.token_urlsafe(30),
        )
        stack.start_proxy()
        # Its first round draws pictures, each of which bans the host.
        assert until(lambda: stack.details()["clock"]["ok"], PATIENCE, pause=0.5) is not None
        return stack

    return on


@pytest.fixture(scope="session")
def nodes_server():
    """A PostgreSQL of the nodes' own, which nobody breaks meanwhile."""
    server = PostgreSQL()
    yield server
    server.close()


@pytest.fixture(scope="session")
def nodes(nodes_server, tmp_path_factory):
    """Two nodes with all that they share, at work."""
    folder = tmp_path_factory.mktemp("nodes")
    nodes = Nodes(folder, nodes_server.create_database(), Redis(folder / "redis"), Store(folder / "store"))
    try:
        nodes.lay_out()
        # While nobody is connected it can be copied.
        nodes.second_database = nodes_server.create_database(template=nodes.database)
        yield nodes.start()
    finally:
        nodes.close()


@pytest.fixture(scope="session")
def editors(nodes):
    """A process of the application beside each node."""
    return [nodes.editor_on(node) for node in nodes.nodes]


@pytest.fixture
def all_is_well(nodes):
    """What an earlier test took away is back, and every worker has noticed, which takes each some seconds."""
    assert until(nodes.are_all_content, 60, pause=0.5) is not None


@pytest.fixture
def empty_database(nodes_server):
    return nodes_server.create_database()


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

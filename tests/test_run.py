"""`make run` as its owner meets it: what it says, what it leaves behind, and that it ends altogether."""

import contextlib
import http.client
import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.databases import ROOT, databases
from tests.serving import Server, free_port, server_environment, wait_until_up

# How many times what Django takes to know its models a second start may cost: under the promised five seconds wherever
# that takes two.
SECOND_START = 2

# They share one installation, so one worker runs them all.
pytestmark = pytest.mark.xdist_group("installation")


@pytest.fixture(scope="module")
def installation(site_server, tmp_path_factory):
    """A data folder as the first start leaves it, but for the account and the port; the tests take their turns in it."""
    data = tmp_path_factory.mktemp("installation")
    store = databases().store
    shutil.copyfile(store.template("demonstration"), data / "gok_site.sqlite3")
    shutil.copytree(store.folder("demonstration") / "media", data / "media")
    (data / "static").symlink_to((site_server.data / "static").resolve(), target_is_directory=True)
    port = free_port()
    return Server(port, data, server_environment(data, port))


@pytest.fixture(scope="module")
def first_start(installation):
    """What the first start says, and what stands beside the project before and after it."""
    before = set(ROOT.iterdir())
    return prepare(installation), before, set(ROOT.iterdir())


def prepare(installation, **environment):
    return manage(installation, "prepare", **environment)


def manage(installation, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**installation.environment, **{name.upper(): value for name, value in environment.items()}},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def start(installation):
    with (installation.data / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "prepare", "--serve"],
            cwd=ROOT,
            env=installation.environment,
            stderr=log,
            start_new_session=True,
        )
    wait_until_up(installation, process)
    return process


def cost(start):
    """Processor seconds of the child that `start` runs: a ratio of two such does not know how busy the machine is."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def command_of(number):
    """What a process was started with; nothing of one that has just ended."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{number}/cmdline").read_bytes()
    return b""


def processes_of(data):
    """Ids of all living processes whose environment names the data folder."""
    marker = f"DATA_DIR={data}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marker in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def until(condition, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_the_first_start_says_where_everything_is_and_the_second_keeps_the_secrets(installation, first_start):
    first, _before, _after = first_start
    for address in (
        f"http://localhost:{installation.port}/",
        f"http://mok.localhost:{installation.port}/",
        f"http://localhost:{installation.port}/admin/",
    ):
        assert address in first
    password = re.search(r"one-time password: (\S+)", first)[1]
    assert len(password) >= 12
    secret = installation.data / "secret-key"
    first_secret = secret.read_text()
    assert len(first_secret) >= 50
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600

    bare = cost(lambda: manage(installation, "shell", "--no-imports", "--command", "pass"))
    found = []
    assert cost(lambda: found.append(prepare(installation, port="9123"))) < SECOND_START * bare
    (second,) = found
    assert password not in second
    assert "one-time password:" not in second
    assert "make password" in second
    assert secret.read_text() == first_secret
    assert "http://mok.localhost:9123/" in second, "absolute addresses carry the port of this start"


def test_nothing_is_written_outside_the_data_folder(first_start):
    _first, before, after = first_start
    assert Path(settings.DATA_DIR) != ROOT / "var"
    assert after == before


def test_the_server_listens_on_loopback_only_and_ends_with_all_its_children(installation, first_start):
    process = start(installation)
    assert until(lambda: len(processes_of(installation.data)) == 4, 10), "master, two workers and the clock"
    listening = [
        line.split()[1]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{installation.port:04X}") and line.split()[3] == "0A"
    ]
    assert listening == [f"0100007F:{installation.port:04X}"]
    process.terminate()
    assert process.wait(timeout=15) == 0
    assert until(lambda: processes_of(installation.data) == [], 5)


def test_no_connection_stays_with_a_worker_while_another_worker_idles(installation, first_start):
    process = start(installation)
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", installation.port, timeout=30)) as connection:
        connection.request("GET", "/", headers={"Host": "localhost"})
        said = connection.getresponse().headers["Connection"]
    process.terminate()
    process.wait()
    assert said == "close"


def test_a_clock_that_died_is_started_again_and_ends_with_a_killed_master(installation, first_start):
    process = start(installation)

    def clocks():
        return [number for number in processes_of(installation.data) if b"run_clock" in command_of(number)]

    assert until(clocks, 10)
    (first,) = clocks()
    os.kill(first, signal.SIGKILL)
    assert until(lambda: clocks() and clocks() != [first], 15)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=5)
    # The clock ends after the round that it is in.
    assert until(lambda: processes_of(installation.data) == [], 60)


def test_production_does_not_start_without_a_secret(tmp_path):
    environment = {key: value for key, value in os.environ.items() if key != "SECRET_KEY"}
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "gok_site.settings.base", "DATA_DIR": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr


def test_headers_of_the_running_site_are_those_of_production(site_server):
    headers = site_server.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert "Set-Cookie" not in headers


def test_static_files_and_pictures_may_fetch_and_run_nothing_when_opened_by_themselves(site_server):
    home = site_server.get("/").text
    style, picture = re.search(r'href="(/static/[^"]+\.css)"', home)[1], re.search(r'(/media/[^" ]+)', home)[1]
    policies = {path: site_server.get(path).headers["Content-Security-Policy"] for path in (style, picture)}
    assert set(policies[style].split("; ")) == {"default-src 'none'", "frame-ancestors 'self'"}
    assert set(policies[picture].split("; ")) == {"default-src 'none'", "frame-ancestors 'self'", "sandbox"}
    missing = site_server.get("/static/css/nie-ma.css").headers["Content-Security-Policy"]
    assert "style-src 'self'" in missing  # a page in words


def test_pictures_are_served_and_originals_of_documents_are_not(site_server):
    media = site_server.data / "media"
    picture = next(path for path in (media / "images").glob("*.webp"))
    answer = site_server.get(f"/media/images/{picture.name}")
    assert answer.status == 200
    assert answer.body == picture.read_bytes()
    documents = list((media / "documents").glob("*")) if (media / "documents").exists() else []
    for document in documents:
        assert site_server.get(f"/media/documents/{document.name}").status == 404

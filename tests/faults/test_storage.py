"""Without the store of media pages are shown, and an upload says "try later" and leaves nothing half done (P8)."""

import contextlib
import json
import signal
import time

import pytest

from tests.faults.nodes import Colleague
from tests.faults.postgresql import execute
from tests.faults.stack import until
from tests.faults.test_nodes import NEWS, PUBLISH, png

COUNT = "SELECT count(*) FROM mission_centreimage"
LATER = "Plików nie można teraz zapisać"

pytestmark = pytest.mark.usefixtures("all_is_well")


@contextlib.contextmanager
def killed(store):
    store.kill()
    try:
        yield
    finally:
        store.start()


@contextlib.contextmanager
def hanging(store):
    store.process.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        store.process.process.send_signal(signal.SIGCONT)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(
            hanging,
            marks=pytest.mark.fault(
                "P8", "the store of media hangs", "pages render, an upload says try later, no row without a file"
            ),
        ),
        pytest.param(
            killed,
            marks=pytest.mark.fault(
                "P8", "the store of media is killed", "pages render, an upload says try later, no row without a file"
            ),
        ),
    ],
    ids=["hanging", "killed"],
)
def test_without_the_store_pages_render_and_uploads_wait(nodes, editors, seen, fault):
    colleague = Colleague(nodes.nodes[0].port).log_in()
    assert colleague.upload("przed", png("gold")).status_code == 302
    editors[0].do(PUBLISH.format(title="Premiera bez magazynu"))
    shown = nodes.cache.get(NEWS).text
    picture = next(part.split('"')[0].split(" ")[0] for part in shown.split('src="') if part.startswith("/media/"))
    assert nodes.cache.get(picture).status == 200
    # Nodes then have to make the copies of the picture anew, which they cannot.
    editors[0].do("from mission.models import CentreRendition; CentreRendition.objects.all().delete()")
    before = execute(nodes.database, COUNT)
    slowest = 0
    with fault(nodes.store):
        for path in (NEWS, "/", NEWS):
            for node in nodes.nodes:
                begin = time.monotonic()
                answer = node.server.get(path)
                assert (answer.status, answer.text.rstrip()[-7:]) == (200, "</html>")
                slowest = max(slowest, time.monotonic() - begin)
        refused = colleague.upload("później", png("navy"))
        assert (refused.status_code, LATER in refused.text) == (200, True)
        assert execute(nodes.database, COUNT) == before
        details = json.loads(nodes.nodes[0].health().text)["details"]
        assert not details["storage"]["ok"]
    seen(f"slowest of 6 uncached pages {slowest:.1f} s")
    assert slowest < 12
    assert until(lambda: colleague.upload("po", png("teal")).status_code == 302, 40, pause=1) is not None
    assert until(lambda: "storage-away" not in nodes.nodes[0].health().text, 15, pause=1) is not None
    names = "SELECT file FROM mission_centreimage"
    for (name,) in execute(nodes.database, names):
        assert (nodes.store.folder / "gok" / name).is_file()


@pytest.mark.fault("O1", "a backup of PostgreSQL and a bucket, restored into others", "the same rows, the same files")
def test_a_backup_of_bucket_and_database_goes_back_into_others(nodes, empty_database, tmp_path):
    first = nodes.nodes[0]
    first.manage("backup", BACKUP_DIR=str(tmp_path / "backups"))
    backup = next((tmp_path / "backups").glob("2*"))
    elsewhere = {"DATABASE_URL": empty_database, "MEDIA_STORAGE_URL": nodes.store.bucket("restored")}
    first.manage("restore", str(backup), **elsewhere)
    kept, restored = (files_of(nodes.store.folder / name) for name in ("gok", "restored"))
    assert restored == files_of(backup / "media")
    originals = {name for name in kept if name.startswith("original_images/")}
    assert originals
    assert {name: kept[name] for name in originals} == {name: restored[name] for name in originals}
    assert execute(empty_database, COUNT) == execute(nodes.database, COUNT)


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

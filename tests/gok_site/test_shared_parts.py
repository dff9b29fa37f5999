"""What nodes share may be away: the cache then only costs time, and media that cannot be stored are refused in words."""

import contextlib
import socket
import threading
import time
from http.server import ThreadingHTTPServer
from io import BytesIO

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.db.migrations.state import ModelState, ProjectState
from django.test import override_settings
from django.utils import timezone
from localbucket import S3Handler
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from gok_site import health
from gok_site.front_cache.changes import is_seen, row_changed
from gok_site.object_storage import PIECE, WHOLE, ObjectStorage
from gok_site.outages import StorageAwayError
from gok_site.settings import shared
from gok_site.shared_cache import SharedCache
from mission.models import CentreImage, CentreRendition

BUCKET = {"bucket": "gok", "access_key_id": "key", "secret_access_key": "word", "region": "us-east-1"}


@pytest.fixture
def deaf_port():
    """A port that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def dead_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="module")
def bucket(tmp_path_factory):
    """A storage upon a real server on loopback."""
    handler = type("Handler", (S3Handler,), {"data_root": tmp_path_factory.mktemp("buckets")})
    (handler.data_root / "gok").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None  # a reader may hang up in the middle of a film
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield ObjectStorage(**BUCKET, endpoint=f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()


@contextlib.contextmanager
def media_in(port):
    """The site's media in a bucket behind `port`."""
    options = {**BUCKET, "endpoint": f"http://127.0.0.1:{port}"}
    storage = {"BACKEND": "gok_site.object_storage.ObjectStorage", "OPTIONS": options}
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={"default": storage, "staticfiles": static}):
        yield


def test_a_cache_that_is_away_answers_every_question_as_if_it_were_empty(dead_port):
    cache = SharedCache(f"redis://127.0.0.1:{dead_port}/1", {})
    for ask, answer in [
        (lambda: cache.get("a", "nothing"), "nothing"),
        (lambda: cache.get_many(["a", "b"]), {}),
        (lambda: cache.has_key("a"), False),
        (lambda: cache.set("a", 1), None),
        (lambda: cache.set_many({"a": 1}), []),
        (lambda: cache.add("a", 1), True),
        (lambda: cache.touch("a"), False),
        (lambda: cache.get_or_set("a", lambda: "made"), "made"),
        (lambda: cache.delete("a"), False),
        (lambda: cache.delete_many(["a"]), None),
        (lambda: cache.clear(), False),
    ]:
        assert ask() == answer
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


def test_a_cache_that_hangs_is_waited_for_once(deaf_port):
    cache = SharedCache(f"redis://127.0.0.1:{deaf_port}/1", {})
    times = []
    for _ in range(20):
        begin = time.monotonic()
        assert cache.get("a") is None
        times.append(time.monotonic() - begin)
    assert 0.3 < times[0] < 15  # half a second is what it waits; a busy machine may add to it
    assert sum(times[1:]) < times[0]  # nineteen more together cost less than the one wait


def test_migrating_an_empty_database_bans_nothing(settings):
    settings.FRONT_CACHE_URLS = ["http://127.0.0.1:6081/"]
    fields = [("id", models.AutoField(primary_key=True)), ("hostname", models.CharField(max_length=255))]
    state = ProjectState()
    state.add_model(ModelState("wagtailcore", "Site", fields))
    historical = state.apps.get_model("wagtailcore", "Site")
    assert is_seen(historical)
    row_changed(historical, historical())  # without a database: no question is asked


def test_health_warns_of_a_cache_that_is_away(monkeypatch, dead_port):
    monkeypatch.setattr(health, "cache", SharedCache(f"redis://127.0.0.1:{dead_port}/1", {}))
    assert health.neighbours_away(timezone.now()) == ["cache-away"]


@pytest.mark.parametrize(
    ("address", "endpoint"),
    [
        ("s3://a%2Fb:c%3Ad@store.example.org/gok?region=eu-north-1", "https://store.example.org"),
        ("s3+http://a%2Fb:c%3Ad@127.0.0.1:9000/gok?region=eu-north-1", "http://127.0.0.1:9000"),
    ],
)
def test_one_variable_names_the_bucket(monkeypatch, address, endpoint):
    monkeypatch.setenv("MEDIA_STORAGE_URL", address)
    assert shared.media(environ.Env())["OPTIONS"] == {
        "bucket": "gok",
        "endpoint": endpoint,
        "access_key_id": "a/b",
        "secret_access_key": "c:d",
        "region": "eu-north-1",
    }


@pytest.mark.parametrize("address", ["s3://store.example.org/gok", "http://a:b@store/gok", "s3://a:b@store/", "gok"])
def test_a_half_bucket_is_refused_in_one_sentence(monkeypatch, address):
    monkeypatch.setenv("MEDIA_STORAGE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="MEDIA_STORAGE_URL must be like"):
        shared.media(environ.Env())


def test_files_go_into_the_bucket_and_come_back(bucket):
    for name, content in [("images/żółw #1%.jpg", b"picture"), ("documents/film.mp4", b"0123456789" * (WHOLE // 9))]:
        assert bucket.save(name, ContentFile(content)) == name
        assert bucket.save(name, ContentFile(b"another")) != name
        assert bucket.size(name) == len(content)
        with bucket.open(name) as file:
            assert file.read() == content
            file.seek(len(content) // 2)
            assert file.read(5) == content[len(content) // 2 :][:5]
            assert file.read(PIECE) == content[len(content) // 2 + 5 :][:PIECE]
    folders, files = bucket.listdir("")
    assert (set(folders), files) == ({"images", "documents"}, [])
    assert "żółw #1%.jpg" in bucket.listdir("images")[1]
    bucket.delete("images/żółw #1%.jpg")
    bucket.delete("images/żółw #1%.jpg")
    assert not bucket.exists("images/żółw #1%.jpg")
    assert bucket.url("images/żółw #1%.jpg") == "/media/images/%C5%BC%C3%B3%C5%82w%20%231%25.jpg"
    assert bucket.listdir("nothing") == ([], [])


def test_a_film_is_read_with_few_questions(bucket, monkeypatch):
    film = bytes(range(256)) * (WHOLE // 256 + 1)
    name = bucket.save("documents/tańce.mp4", ContentFile(film))
    asked, piece = [], bucket.piece
    monkeypatch.setattr(bucket, "piece", lambda *args: asked.append(args) or piece(*args))
    with bucket.open(name) as file:
        assert file.read() == film
        assert (len(asked), file.read()) == (1, b"")
        asked.clear()
        file.seek(100)
        assert b"".join(iter(lambda: file.read(64 * 1024), b"")) == film[100:]
    assert len(asked) <= len(film) // PIECE + 2


@pytest.mark.parametrize("name", ["missing.jpg", "a//b.jpg", "a/../b.jpg", "a\x01.jpg"])
def test_what_is_not_in_the_bucket_is_missing_and_makes_no_outage(bucket, name):
    for ask in (bucket.open, bucket.size, bucket.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask(name)
    assert not bucket.is_away


def test_a_bucket_that_nobody_made_takes_nothing(bucket):
    other = ObjectStorage(**{**BUCKET, "bucket": "other"}, endpoint=bucket._config["endpoint"])
    with pytest.raises(StorageAwayError):
        other.save("a.jpg", ContentFile(b"picture"))


def png():
    data = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(data, "PNG")
    return data.getvalue()


@pytest.mark.django_db
def test_pictures_are_served_from_the_bucket_under_our_own_address(client, bucket, django_capture_on_commit_callbacks):
    port = bucket._config["endpoint"].rpartition(":")[2]
    with media_in(port):
        image = CentreImage.objects.create(title="Żółw", file=ContentFile(png(), name="zolw.png"))
        rendition = image.get_rendition("width-20|format-webp")
        answer = client.get(rendition.url)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/webp"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "immutable" in answer.headers["Cache-Control"]
        assert b"".join(answer.streaming_content).startswith(b"RIFF")
        again = client.get(rendition.url, headers={"If-Modified-Since": answer.headers["Last-Modified"]})
        assert again.status_code == 304
        assert "sandbox" in again.headers["Content-Security-Policy"]
        for path in ("/media/documents/plan.pdf", "/media/images/none.png", f"/media/images/{'a' * 300}.png"):
            assert client.get(path).status_code == 404
        image.file.close()
        with django_capture_on_commit_callbacks(execute=True):
            CentreRendition.objects.all().delete()
        assert client.get(rendition.url).status_code == 404


def test_a_storage_says_how_it_is_made_as_django_asks_of_each():
    path, _args, arguments = ObjectStorage(**BUCKET, endpoint="http://127.0.0.1:9").deconstruct()
    assert (path, arguments["bucket"]) == ("gok_site.object_storage.ObjectStorage", "gok")


@pytest.mark.django_db
def test_without_the_store_an_upload_says_try_later_and_leaves_no_row(client, admin_user, dead_port):
    root = Collection.get_first_root_node()
    with media_in(dead_port):
        for model, make_form, file in [
            (CentreImage, get_image_form, SimpleUploadedFile("zolw.png", png(), "image/png")),
            (get_document_model(), get_document_form, SimpleUploadedFile("plan.txt", b"plan", "text/plain")),
        ]:
            fields = {"title": "Plan", "collection": root.pk, "licence": "reserved"}
            form = make_form(model)(fields, {"file": file}, user=admin_user)
            assert form.errors == {"file": ["Plików nie można teraz zapisać. Spróbuj ponownie za kilka minut."]}
            assert not model.objects.exists()
        with pytest.raises(StorageAwayError), transaction.atomic():
            CentreImage.objects.create(title="Żółw", file=ContentFile(png(), name="zolw.png"))
        assert not CentreImage.objects.exists()
        client.raise_request_exception = False
        assert client.get("/media/images/zolw.png").status_code == 503
        assert health.neighbours_away(timezone.now()) == ["storage-away"]

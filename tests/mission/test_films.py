"""Players fetch a film in parts; what they may not see stays hidden."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from tests.mission.builders import make_centre

pytestmark = pytest.mark.django_db
FILM = bytes(range(256)) * 4


@pytest.fixture
def film():
    make_centre()
    return get_document_model().objects.create(title="Film", file=ContentFile(FILM, name="film.mp4"))


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=1000-", 1000, 1023),
        ("bytes=-24", 1000, 1023),
        ("bytes=1000-999999", 1000, 1023),
        ("bytes=-999999", 0, 1023),
    ],
)
def test_a_player_gets_the_part_it_asks_for(client, film, asked, start, end):
    response = client.get(film.url, headers={"range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{end}/1024"
    assert response["Content-Type"] == "video/mp4"
    assert body(response) == FILM[start : end + 1]


def test_a_part_behind_the_end_is_refused_with_the_size(client, film):
    response = client.get(film.url, headers={"range": "bytes=5000-"})
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */1024"


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,5-9", f"bytes={'9' * 5000}-"])
def test_a_range_that_makes_no_sense_is_answered_with_the_whole_film(client, film, asked):
    response = client.get(film.url, headers={"range": asked})
    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert body(response) == FILM


def test_other_documents_are_handed_over_as_files_that_cannot_run(client):
    make_centre()
    document = get_document_model().objects.create(title="Regulamin", file=ContentFile(b"%PDF-1.7", name="r.pdf"))
    response = client.get(document.url, headers={"range": "bytes=0-1"})
    body(response)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_documents_do_not_lie_open_under_media(client, film):
    assert client.get(f"/media/{film.file.name}").status_code == 404

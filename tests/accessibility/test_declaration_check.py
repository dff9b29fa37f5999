"""The checker: on the web for anyone, on the command line for the house."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from accessibility.declaration import spec
from accessibility.declaration.uploads import LIMIT

from .builders import make_centre, make_declaration
from .samples import CORRECT

pytestmark = pytest.mark.django_db
CHECKER = "/dostepnosc/sprawdz-deklaracje/"


def post(data):
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True).post(CHECKER, data)


@pytest.fixture(autouse=True)
def centre(db):
    return make_centre()


def test_a_correct_declaration_is_praised():
    answer = post({"html": CORRECT})
    assert answer.status_code == 200
    assert answer.context["report"].findings == []
    assert not answer.cookies


def test_a_file_is_read_and_its_faults_are_listed():
    file = SimpleUploadedFile("deklaracja.html", CORRECT.replace("7 dni", "14 dni").encode("cp1250"), "text/html")
    html = post({"file": file}).content.decode()
    assert "R14" in html
    assert "Procedura nie podaje terminu 7 dni." in html
    assert 'aria-labelledby="wynik" tabindex="-1" autofocus' in html


def test_what_was_pasted_is_never_shown_as_html():
    html = post({"html": CORRECT.replace("sekretariat", "[<script>alert(1)</script><img src=x>]")}).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x>" not in html


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 200),
        ({"html": "   "}, 200),
        ({"html": "x" * (3 * 1024 * 1024)}, 413),
        ({"file": SimpleUploadedFile("duzy.html", b"x" * (LIMIT + 1))}, 200),
        ({"file": SimpleUploadedFile("ogromny.html", b"x" * (LIMIT + 2 * 1024 * 1024))}, 413),
        ({"html": "\x00"}, 200),
    ],
)
def test_too_much_or_nothing_is_refused_in_words(data, status):
    for file in data.values():
        if hasattr(file, "seek"):
            file.seek(0)
    answer = post(data)
    assert answer.status_code == status
    assert "error-summary" in answer.content.decode()


def test_a_five_megabyte_page_is_checked_without_touching_the_disk(settings):
    settings.FILE_UPLOAD_TEMP_DIR = "/nonexistent"
    filler = f"<!-- {'x' * (LIMIT - len(CORRECT.encode()) - 20)} -->"
    answer = post({"file": SimpleUploadedFile("strona.html", (CORRECT + filler).encode())})
    assert answer.status_code == 200
    assert answer.context["report"].is_correct


def run(*arguments):
    out = StringIO()
    code = 0
    try:
        call_command("check_declaration", *arguments, stdout=out)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue()


def test_the_command_checks_every_published_declaration(centre):
    make_declaration(centre)
    make_declaration(make_centre("mok.localhost", name="Mszczonowski Ośrodek Kultury"))
    code, out = run()
    assert code == 0
    assert out.count("Bez uwag.") == 2
    code, out = run("mok.localhost", "--json")
    assert code == 0
    [report] = json.loads(out).values()
    assert report["is_correct"]
    assert report["not_checked"] == ["R18", "R19", "R22"]


def test_the_command_checks_a_file_and_fails_on_errors(tmp_path):
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text(CORRECT, encoding="utf-8")
    bad.write_text(CORRECT.replace("w pełni zgodna", "zgodna"), encoding="utf-8")
    assert run(str(good))[0] == 0
    code, out = run(str(bad))
    assert code == 1
    assert "R8 BŁĄD" in out


def test_the_command_says_when_there_is_nothing_to_check():
    for target in ([], ["http://gdzie.indziej.pl"]):
        with pytest.raises(CommandError):
            call_command("check_declaration", *target)


def test_ids_of_the_declaration_are_reserved():
    assert spec.is_reserved_id("a11y-status")
    assert spec.is_reserved_id(" A11Y-cokolwiek")
    assert not spec.is_reserved_id("status-a11y-")

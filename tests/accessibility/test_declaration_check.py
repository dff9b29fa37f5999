"""The checker: on the web for anyone, on the command line for the house."""

import json
from dataclasses import replace
from io import BytesIO, StringIO, TextIOWrapper
from threading import BoundedSemaphore

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from accessibility.declaration import spec, views
from accessibility.declaration.fetching import Fetched, UnreadableError
from accessibility.declaration.live_pages import live_pages
from accessibility.declaration.uploads import LIMIT
from accessibility.management.commands import check_declaration

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


def test_the_report_goes_from_errors_to_warnings_to_what_was_not_checked():
    document = CORRECT.replace("7 dni", "14 dni").replace("Wejście bez stopni", "Wejście bez stopni, obok PJM")
    html = post({"html": document}).content.decode()
    places = [
        html.index(text) for text in ("Błędy (1)", "R14.", "Uwagi (1)", "R24.", "Nie sprawdzono (5)", "R18, odnośnik")
    ]
    assert places == sorted(places)
    assert "Potrzebne: pozostałe strony serwisu." in html
    assert "Sprawdzono: wklejony HTML. Zastosowano reguł: 21 z 26." in html
    assert "<title>Wynik: " in " ".join(html.split()).replace("<title> ", "<title>")


def test_a_page_made_to_flood_the_report_gets_a_short_one():
    flood = "".join(f'<p id="a11y-x{number}">x</p>' for number in range(2000))
    answer = post({"html": CORRECT.replace("<footer>", f"{flood}<footer>")})
    assert len(answer.content) < 40_000
    assert "1970" in answer.content.decode()


def test_a_busy_checker_says_so(monkeypatch):
    monkeypatch.setattr(views, "CHECKS_AT_ONCE", BoundedSemaphore(1))
    monkeypatch.setattr(views, "PATIENCE", 0)
    views.CHECKS_AT_ONCE.acquire()
    answer = post({"html": CORRECT})
    assert answer.status_code == 503
    assert "Sprawdzanie jest teraz zajęte." in answer.content.decode()
    views.CHECKS_AT_ONCE.release()
    assert post({"html": CORRECT}).status_code == 200
    assert post({"html": CORRECT}).status_code == 200  # the first one has let go


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
    assert "R18" in report["checked"]


def test_the_command_notices_a_page_of_ours_without_the_link(centre, settings):
    make_declaration(centre)
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.without_the_link"]
    code, out = run("localhost")
    assert code == 1
    assert "R18 BŁĄD: Strona nie ma odnośnika „Deklaracja dostępności”." in out
    assert "miejsce: http://localhost/dostepnosc/sprawdz-deklaracje/" in out


def test_the_command_looks_at_the_page_as_it_is_served(centre, settings):
    make_declaration(centre)
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.in_english_with_a_second_status"]
    code, out = run("localhost")
    assert code == 1
    assert "R1 BŁĄD: Identyfikator a11y-status występuje 2 razy, a może tylko raz." in out
    assert "R20 BŁĄD: Deklaracja ma język „en”." in out


def in_english_with_a_second_status(get_response):
    """A middleware that spoils the declaration's page."""

    def middleware(request):
        response = get_response(request)
        if request.path == "/deklaracja-dostepnosci/":
            html = response.content.replace(b'lang="pl"', b'lang="en"')
            response.content = html.replace(b"<footer", b'<p id="a11y-status">x</p><footer')
        return response

    return middleware


def without_the_link(get_response):
    """A middleware that spoils one page."""

    def middleware(request):
        response = get_response(request)
        if request.path == CHECKER:
            response.content = response.content.replace("Deklaracja dostępności</a>".encode(), b"Deklaracja</a>")
        return response

    return middleware


def test_the_command_checks_a_file_and_fails_on_errors(tmp_path):
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_bytes(CORRECT.encode("cp1250"))
    bad.write_text(CORRECT.replace("w pełni zgodna", "zgodna"), encoding="utf-8")
    code, out = run(str(good))
    assert code == 0
    assert "R18 nie sprawdzono: sam HTML nie wystarcza. Potrzebne: pozostałe strony serwisu." in out
    code, out = run(str(bad))
    assert code == 1
    assert "R8 BŁĄD" in out
    code, out = run(str(good), "--site", "https://gok.inna.pl/")
    assert code == 1
    assert "R12 BŁĄD" in out


def test_the_command_reads_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(CORRECT.encode())))
    code, out = run("-", "--json")
    assert code == 0
    assert json.loads(out)["-"]["is_correct"]


def test_the_command_fetches_the_declaration_of_another_site(monkeypatch):
    found = Fetched("https://gok.lipowa.pl/deklaracja/", CORRECT.encode("iso-8859-2"), "iso-8859-2")
    monkeypatch.setattr(check_declaration, "fetch_declaration", lambda url: (found, "https://gok.lipowa.pl/"))
    code, out = run("https://gok.lipowa.pl/", "--json")
    assert code == 0
    [(name, report)] = json.loads(out).items()
    assert name == "https://gok.lipowa.pl/deklaracja/"
    assert "R12" in report["checked"]
    monkeypatch.setattr(check_declaration, "fetch_declaration", lambda url: (replace(found, url="https://a.pl/"), ""))
    code, out = run("https://a.pl/")
    assert code == 1
    assert "Deklaracja leży pod adresem https://a.pl/" in out


def refuse(url):
    raise UnreadableError(f"{url} answers 404.")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ([], "No published declaration"),
        (["http://gdzie.indziej.pl"], "answers 404"),
        (["gdzie.indziej.pl"], "neither a file nor a site"),
        (["/tmp"], "neither a file nor a site"),
        ([__file__ + "x"], "neither a file nor a site"),
    ],
)
def test_the_command_says_when_there_is_nothing_to_check(monkeypatch, target, reason):
    monkeypatch.setattr(check_declaration, "fetch_declaration", refuse)
    with pytest.raises(CommandError, match=reason) as stopped:
        call_command("check_declaration", *target)
    assert stopped.value.returncode == 2


def test_a_file_that_is_too_large_is_refused(tmp_path):
    file = tmp_path / "duzy.html"
    file.write_bytes(b"x" * (LIMIT + 1))
    with pytest.raises(CommandError, match="larger than 5 MB"):
        call_command("check_declaration", str(file))


def test_our_own_pages_are_rendered_one_of_every_kind_first_and_not_too_many(centre):
    page = make_declaration(centre)
    make_declaration(make_centre("mok.localhost", name="Mszczonowski Ośrodek Kultury"))
    addresses = list(live_pages(centre.site))
    assert page.full_url in addresses
    assert "http://localhost/dostepnosc/sprawdz-deklaracje/" in addresses
    assert not any("mok.localhost" in address for address in addresses)
    assert len(live_pages(centre.site, limit=2)) == 2


def test_ids_of_the_declaration_are_reserved():
    assert spec.is_reserved_id("a11y-status")
    assert spec.is_reserved_id(" A11Y-cokolwiek")
    assert not spec.is_reserved_id("status-a11y-")

"""The bundle for auditors: everything, the same bytes while nothing changes, sums that agree, no personal data."""

import csv
import hashlib
import json
import zipfile
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accessibility.evaluation import earl_reading, finishing, norm
from accessibility.models import FindingSource

from .builders import make_centre, make_declaration
from .evaluations import make_complete
from .test_evidence import make_finding

pytestmark = pytest.mark.django_db
ADDRESS = "/deklaracja-dostepnosci/dowody/paczka.zip"
NOW = timezone.now()


@pytest.fixture
def centre():
    centre = make_centre()
    make_declaration(centre)
    finishing.finish(make_complete(centre), at=NOW)
    return centre


def get(**headers):
    return Client(SERVER_NAME="localhost").get(ADDRESS, headers=headers)


def unpacked(response=None):
    with zipfile.ZipFile(BytesIO((response or get()).content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def table(content):
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_it_holds_all_that_an_auditor_needs(centre):
    files = unpacked()
    evaluation = next(name for name in files if name.endswith(".jsonld"))
    assert set(files) - {evaluation} == {
        *(
            "README.txt",
            "SHA256SUMS",
            "deklaracja.html",
            "dowody.json",
            "historia.json",
            "kryteria.csv",
            "ustalenia.csv",
        )
    }
    html = files["deklaracja.html"].decode()
    assert 'id="a11y-status"' in html
    assert not any(loaded in html for loaded in ("<link", "<script", "<img", "src="))
    facts = json.loads(files["dowody.json"])
    assert facts["status"] == "full"
    assert len(facts["contradictions"]) == 2
    assert facts["evaluation"]["norm"] == "EN 301 549 V3.2.1"
    assert [finding["criterion"] for finding in facts["findings"]] == ["1.4.3"]
    assert len(json.loads(files["historia.json"])) == 1


def test_its_earl_can_be_read_in_again(centre):
    files = unpacked()
    content = next(data for name, data in files.items() if name.endswith(".jsonld"))
    report = earl_reading.read_report(content, norm.read_norm(), "localhost")
    assert len(report.results) == len(norm.read_norm().criteria)


def test_its_tables_agree_with_its_data(centre):
    files = unpacked()
    criteria, findings = table(files["kryteria.csv"]), table(files["ustalenia.csv"])
    assert [row["number"] for row in criteria] == [criterion.number for criterion in norm.read_norm().criteria.values()]
    assert [row["message"] for row in findings] == ["Szary tekst na białym tle."]


def test_the_sums_agree(centre):
    files = unpacked()
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def test_it_is_the_same_while_nothing_changes_and_another_one_then(centre):
    first, second = get(), get()
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert get(**{"if-none-match": first["ETag"]}).status_code == 304
    assert "max-age=60" in first["Cache-Control"]
    assert "public" in first["Cache-Control"]
    make_finding(centre)
    assert get(**{"if-none-match": first["ETag"]}).status_code == 200


def test_no_cell_runs_in_a_spreadsheet(centre):
    for number, start in enumerate(("=", "+", "-", "@", "\t")):
        make_finding(centre, message=f"{start}CMD()", address=f"{start}x", cause=f"wzór {number}")
    for row in table(unpacked()["ustalenia.csv"]):
        assert not any(value.startswith(("=", "+", "-", "@", "\t")) for value in row.values())


def test_nobody_is_named_and_no_machine(centre):
    make_finding(centre, source=FindingSource.REPORT, message="Jestem Anna Wzorcowa.", reason="Pani Wzorcowa ma rację.")
    everything = b"".join(unpacked().values()).decode()
    assert "Wzorcowa" not in everything
    assert str(settings.BASE_DIR) not in everything


def test_the_readme_is_polish_and_ends_its_lines_the_same_everywhere(centre):
    readme = unpacked()["README.txt"]
    assert b"\r" not in readme
    assert readme.decode().startswith("Dowody do deklaracji dostępności\n")
    assert "http://localhost/deklaracja-dostepnosci/" in readme.decode()


def test_it_is_read_only_and_absent_without_a_published_declaration(centre):
    assert Client(SERVER_NAME="localhost").head(ADDRESS).status_code == 200
    other = make_centre("mok.localhost")
    make_declaration(other, is_published=False)
    assert Client(SERVER_NAME="mok.localhost").get(ADDRESS).status_code == 404

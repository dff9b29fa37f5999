"""The old site's addresses are taken over whole, or the line that is wrong is named."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect

from tests.staff.builders import make_centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return make_centre("AGAWA", "localhost", is_default=True).site


def run(tmp_path, text, *arguments):
    file = tmp_path / "adresy.csv"
    file.write_text(text, encoding="utf-8")
    output, errors = StringIO(), StringIO()
    try:
        call_command("import_redirects", file, "--hostname", "localhost", *arguments, stdout=output, stderr=errors)
    except CommandError as error:
        errors.write(str(error))
    return output.getvalue(), errors.getvalue()


def test_a_check_writes_nothing_and_a_run_writes_once(site, tmp_path, client):
    text = "/stara/strona.html,/kontakt/\nhttps://stary.example.org/index.php?id=7,/program/\n"
    run(tmp_path, text)
    assert Redirect.objects.count() == 0
    for _time in range(2):
        _output, errors = run(tmp_path, text, "--write")
        assert errors == ""
        assert Redirect.objects.filter(site=site).count() == 2
    response = client.get("/stara/strona.html")
    assert (response.status_code, response["Location"]) == (301, "/kontakt/")
    assert client.get("/index.php?id=7")["Location"] == "/program/"


@pytest.mark.parametrize(
    "line",
    [
        "/a",
        "/a,",
        "bez-ukosnika,/kontakt/",
        "/a,https://obcy.example.com/",
        "/a,//obcy.example.com/",
        "/a,javascript:alert(1)",
        "/,/kontakt/",
        "/kontakt/,/kontakt",
        f"/a,/{'x' * 300}",
    ],
)
def test_a_wrong_line_is_named_and_stops_only_itself(site, tmp_path, line):
    _output, errors = run(tmp_path, f"/dobra,/kontakt/\n{line}\n", "--write")
    assert "2" in errors
    assert list(Redirect.objects.values_list("old_path", flat=True)) == ["/dobra"]


def test_two_targets_for_one_address_are_a_mistake(site, tmp_path):
    _output, errors = run(tmp_path, "/a,/kontakt/\n/a,/program/\n", "--write")
    assert errors
    assert Redirect.objects.get().redirect_link == "/kontakt/"


def test_redirects_of_another_centre_stay_as_they_are(site, tmp_path):
    other = make_centre("BROMBA", "mok.localhost").site
    Redirect.objects.create(site=other, old_path="/a", redirect_link="/misja/")
    run(tmp_path, "/a,/kontakt/\n", "--write")
    assert Redirect.objects.get(site=other).redirect_link == "/misja/"
    assert Redirect.objects.get(site=site).redirect_link == "/kontakt/"

"""Log lines help to find a fault and tell nothing of who asked for what."""

import json
import logging
import sys

import pytest
from django.test import RequestFactory
from django.urls import ResolverMatch

from gok_site import logs

PERSON = "jan.kowalski@example.org"


def written(name="gok_site.clock", message="The clock failed at %s", arguments=("page 5",), exc_info=None, **fields):
    record = logging.LogRecord(name, logging.ERROR, "gok_site/clock.py", 7, message, arguments, exc_info)
    if fields:
        record.fields = fields
    line = logs.LineFormatter().format(record)
    assert "\n" not in line
    assert "\r" not in line
    return json.loads(line)


def test_our_own_words_are_written_whole():
    line = written()
    assert line["message"] == "The clock failed at page 5"
    assert (line["level"], line["place"]) == ("ERROR", "gok_site/clock.py:7")


@pytest.mark.parametrize(
    ("message", "arguments"), [("%s: %s", ("Not Found", f"/{PERSON}")), (f"Invalid HTTP_HOST header: {PERSON}", ())]
)
def test_of_others_only_the_pattern_is_kept(message, arguments):
    assert PERSON not in json.dumps(written("django.request", message, arguments))


def test_an_exception_leaves_its_kind_and_place_but_not_its_words():
    try:
        raise ValueError(PERSON)
    except ValueError:
        line = written("django.request", "%s: %s", ("Internal Server Error", "/"), sys.exc_info())
    assert line["exception"] == "ValueError"
    assert "test_logs.py:" in line["where"][-1]
    assert PERSON not in json.dumps(line)


def test_a_line_cannot_be_forged_by_line_breaks():
    assert written(message="a\r\nb %s", arguments=("\u2028",))["message"] == "a\r\nb \u2028"


@pytest.fixture
def answered(caplog, settings):
    """A function: the header and the fields of the access line of one request."""

    def ask(path="/", *, behind_proxy=False, match=None, **headers):
        settings.BEHIND_PROXY = behind_proxy
        request = RequestFactory().get(path, headers=headers)
        request.resolver_match = match
        caplog.clear()
        with caplog.at_level(logging.INFO, logger="gok_site.access"):
            response = logs.RequestMiddleware(answer)(request)
        (record,) = caplog.records
        return response.headers["X-Request-ID"], record.fields

    return ask


def answer(request):
    from django.http import HttpResponse

    return HttpResponse("ten bytes!", status=201)


def test_a_request_leaves_one_line_without_query_and_address(answered):
    _, line = answered(f"/szukaj/?q={PERSON}", cookie="sessionid=abc")
    assert {key: line[key] for key in ("method", "path", "status", "bytes")} == {
        "method": "GET",
        "path": "/szukaj/",
        "status": 201,
        "bytes": 10,
    }
    assert set(line) == {"method", "path", "status", "ms", "bytes"}


def test_an_address_that_opens_something_is_not_written_down(answered):
    match = ResolverMatch(answer, (), {"uidb64": "Mg", "token": "abc-def"}, route="admin/reset/<uidb64>/<token>/")
    assert answered("/admin/reset/Mg/abc-def/", match=match)[1]["path"] == "/admin/reset/<uidb64>/<token>/"


def test_a_name_from_outside_is_taken_from_our_own_proxy_alone(answered):
    given = "0f8a1c2e-77aa"
    assert answered(x_request_id=given)[0] != given
    assert answered(x_request_id=given, behind_proxy=True)[0] == given


@pytest.mark.parametrize("given", ["short", "a" * 65, "with space", "zażółć-gęślą", "line\tbreak"])
def test_a_name_that_is_not_well_formed_is_replaced(answered, given):
    name, _ = answered(x_request_id=given, behind_proxy=True)
    assert logs.WELL_FORMED_ID.fullmatch(name)
    assert name != given


def test_requests_have_different_names_and_lines_outside_have_none(answered):
    assert answered()[0] != answered()[0]
    assert "request" not in written()

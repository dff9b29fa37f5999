"""O8: what public scanners look for is not here, and nothing tells them which programs serve."""

import re

import pytest
from django.test import Client

from tests.factories import make_site

SOURCE = ["/.git/config", "/.git/HEAD", "/.gitignore", "/.svn/entries", "/.hg/", "/manage.py", "/pyproject.toml"]
SECRETS = [
    "/.env",
    "/.env.production",
    "/var/secret-key",
    "/secret-key",
    "/.aws/credentials",
    "/.ssh/id_rsa",
    "/id_rsa",
]
DUMPS = [
    "/gok_site.sqlite3",
    "/db.sqlite3",
    "/dump.sql",
    "/backup.zip",
    "/backup.tar.gz",
    "/backups/",
    "/database.pgdump",
]
PANELS = [
    "/wp-login.php",
    "/wp-admin/",
    "/administrator/",
    "/phpmyadmin/",
    "/xmlrpc.php",
    "/server-status",
    "/actuator/env",
]
TOOLS = ["/metrics", "/__debug__/", "/debug/", "/graphql", "/swagger.json", "/phpinfo.php", "/console", "/trace.axd"]
INDEXES = ["/static/", "/static/css/", "/media/", "/media/images/", "/media/documents/", "/media/original_images/"]
CLIMBS = ["/static/..%2f..%2fmanage.py", "/media/..%2fgok_site.sqlite3", "/media/images/..%2f..%2fbackups/"]
HARDENED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def scanner(db):
    make_site()
    return Client(raise_request_exception=False, headers={"host": "localhost"})


@pytest.mark.parametrize("group", [SOURCE, SECRETS, DUMPS, PANELS, TOOLS, INDEXES, CLIMBS], ids=lambda group: group[0])
def test_what_scanners_look_for_is_not_here(scanner, group):
    answers = {path: scanner.get(path, follow=True) for path in group}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(group, 404)
    for path, answer in answers.items():
        assert b"Traceback" not in answer.content
        assert b"Index of" not in answer.content, path


@pytest.mark.parametrize("path", ["/", "/.git/config", "/admin/login/", "/healthz", "/robots.txt"])
def test_every_answer_is_hardened_and_names_no_program(scanner, path):
    answer = scanner.get(path)
    assert {name: answer.headers.get(name) for name in HARDENED} == HARDENED
    assert answer.headers["Content-Security-Policy"]
    assert {"Server", "X-Powered-By", "Via", "X-Debug"} & set(answer.headers) == set()


def test_a_method_that_echoes_is_refused(scanner):
    answer = scanner.generic("TRACE", "/", headers={"X-Probe": "echo-me"})
    assert answer.status_code in {400, 403, 405}
    assert b"echo-me" not in answer.content


def test_the_real_server_gives_no_version_away(site_server):
    for path in ("/", "/.git/config", "/static/css/tokens.css"):
        headers = site_server.get(path).headers
        assert not re.search(r"\d", headers.get("Server", ""))
        assert "X-Powered-By" not in headers

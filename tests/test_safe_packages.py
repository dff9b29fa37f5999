"""`make lint` notices a package with a known hole and a secret that was about to be committed."""

import subprocess
import sys

import pytest

from deploy.find_secrets import findings
from deploy.lowest_versions import as_numbers, too_old
from tests.databases import ROOT


def run(script):
    return subprocess.run([sys.executable, f"deploy/{script}"], cwd=ROOT, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("script", ["lowest_versions.py", "find_secrets.py"])
def test_this_repository_passes(script):
    result = run(script)
    assert result.returncode == 0, result.stderr


def test_versions_compare_as_numbers():
    assert as_numbers("5.2.9") < as_numbers("5.2.19") < as_numbers("5.10") < as_numbers("2024.7.4")


def test_a_package_below_its_lowest_safe_version_is_named():
    listed = {"django": "5.2.9", "pillow": "13.0.0"}
    assert too_old(listed, {"django": "5.2.19", "pillow": "13.0.0", "absent": "1"}) == [
        "django 5.2.9 is older than 5.2.19, its lowest safe version"
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("-----BEGIN " + "RSA PRIVATE KEY-----", "private key"),
        ("key = AKIA" + "A1B2C3D4E5F6G7H8", "AWS key"),
        ("ghp_" + "a1B2c3D4e5" * 3 + "f6G7h8", "GitHub token"),
        ("postgres://gok:" + "x7Kq2mPw9" + "@db/gok", "password in an address"),
        ("SECRET_KEY = '" + "a8Kd0-" * 5 + "'", "assigned secret"),
    ],
)
def test_a_secret_is_found_by_its_shape_and_not_repeated(line, kind):
    assert findings("file", f"first\n{line}") == [f"file:2: {kind}"]


@pytest.mark.parametrize("line", ["postgres://user:password@host:5432/name", "token = get_token()", "SECRET_KEY="])
def test_what_only_speaks_of_secrets_is_none(line):
    assert findings("file", line) == []

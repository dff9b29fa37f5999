"""The update command backs up first, changes the version, and goes back when the new one does not answer."""

import os
import subprocess

import pytest

from tests.databases import ROOT

# Stands for Python: writes down what it is asked; a version says in `state` what it is like.
PYTHON = """#!/bin/sh
echo "$(cat state): $1 ${2:-}" >> log
case "$(cat state) $1" in *"silent deploy/healthy.py"|*"broken manage.py") [ "${2:-}" = backup ] || exit 1 ;; esac
case "$1 $(cat full 2>/dev/null)" in "manage.py yes") exit 1 ;; esac
"""


@pytest.fixture
def installation(tmp_path):
    """A repository with the versions v1 (in use), good, silent and broken."""
    folder = tmp_path / "site"
    (folder / "deploy").mkdir(parents=True)
    (folder / "deploy" / "update.sh").write_bytes((ROOT / "deploy" / "update.sh").read_bytes())
    (folder / "deploy" / "environment.sh").write_text('echo "environment: $(cat state)" >> log\n')
    git(folder, "init", "--quiet")
    for version in ["v1", "good", "silent", "broken"]:
        (folder / "state").write_text(version)
        git(folder, "add", "deploy", "state")
        git(folder, "commit", "--quiet", "--message", version)
        git(folder, "tag", version)
    git(folder, "checkout", "--quiet", "v1")
    python = folder / "var" / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON)
    python.chmod(0o755)
    return folder


def git(folder, *arguments):
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def update(folder, version):
    result = subprocess.run(
        ["sh", "deploy/update.sh", version],
        cwd=folder,
        env={**os.environ, "SECRET_KEY": "set", "RESTART": "true", "TRIES": "1"},
        check=False,
        capture_output=True,
        text=True,
    )
    log = (folder / "log").read_text().splitlines() if (folder / "log").exists() else []
    return result, log, (folder / "state").read_text()


def test_an_update_backs_up_with_the_old_version_and_migrates_with_the_new(installation):
    result, log, state = update(installation, "good")
    assert result.returncode == 0, result.stderr
    assert state == "good"
    assert log == [
        "v1: manage.py backup",
        "environment: good",
        "good: manage.py migrate",
        "good: manage.py collectstatic",
        "good: deploy/healthy.py ",
    ]


@pytest.mark.parametrize("version", ["silent", "broken"])
def test_a_version_that_does_not_work_is_left_again(installation, version):
    result, log, state = update(installation, version)
    assert result.returncode == 1
    assert state == "v1"
    assert log[-3:] == ["environment: v1", "v1: manage.py collectstatic", "v1: deploy/healthy.py "]
    assert "The old version serves again" in result.stderr


def test_without_a_backup_nothing_changes(installation):
    (installation / "full").write_text("yes")
    result, log, state = update(installation, "good")
    assert (result.returncode, state, log) == (1, "v1", ["v1: manage.py backup"])


def test_changes_by_hand_and_unknown_versions_stop_it(installation):
    assert update(installation, "v99")[0].returncode == 1
    (installation / "deploy" / "environment.sh").write_text("changed")
    result, log, _ = update(installation, "good")
    assert "changed here by hand" in result.stderr
    assert log == []

"""What the tools promise: locked packages, documents that match the code, shell scripts that parse."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.databases import ROOT

LISTS = ["runtime.txt", "audit.txt", "pdf.txt", "scaled.txt", "dev.txt", "installer.txt"]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "publiccode.yml", "LICENSE"]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def locked():
    """Version and hashes of every package of the lock file."""
    found = {}
    for package in tomllib.loads(text("uv.lock"))["package"]:
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        found[package["name"]] = (package["version"], {file["hash"] for file in files})
    return found


def listed(name):
    """Version and hashes of every package of one list under requirements/."""
    found = {}
    for entry in re.sub(r"\\\n", " ", text(f"requirements/{name}")).splitlines():
        match = re.match(r"([a-z0-9._-]+)==(\S+)", entry)
        if match:
            found[match[1]] = (match[2], set(re.findall(r"--hash=(\S+)", entry)))
    return found


@pytest.mark.parametrize("name", LISTS)
def test_every_listed_package_is_the_locked_one_with_its_hashes(name):
    lock = locked()
    packages = listed(name)
    assert packages
    assert {key: value for key, value in packages.items() if lock[key] != value} == {}
    assert all(hashes for _, hashes in packages.values())


@pytest.mark.parametrize("name", LISTS)
def test_no_list_names_a_place_of_its_own(name):
    assert not re.search(r"find-links|index-url|file:|https?:|@", text(f"requirements/{name}"))


def test_the_runtime_list_holds_no_development_tool():
    assert not {"pytest", "playwright", "ruff", "djlint", "hypothesis"} & set(listed("runtime.txt"))


def test_no_file_names_a_folder_of_somebodys_machine():
    found = [
        f"{path.relative_to(ROOT)}"
        for path in tracked_text_files()
        if re.search(r"/(?:home|Users|work)/[a-z]+/|/root/|/tmp/plan", path.read_text(encoding="utf-8"))
        and path != Path(__file__)
    ]
    assert found == []


def tracked_text_files():
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in names.splitlines():
        path = ROOT / name
        if path.is_file() and path.suffix in {".py", ".md", ".sh", ".toml", ".yml", ".yaml", ".txt", ".html", ""}:
            yield path


def test_the_readme_lists_every_environment_variable():
    read = set()
    for path in [*(ROOT / "gok_site" / "settings").glob("*.py"), ROOT / "deploy" / "gunicorn.py"]:
        source = path.read_text(encoding="utf-8")
        read |= set(re.findall(r"env\.[a-z_]+\(\s*\"([A-Z_]+)\"", source))
        read |= set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", source))
    table = set(re.findall(r"`([A-Z_]+)[`=]", text("README.md")))
    assert read - table == set()


def test_the_readme_gives_each_package_its_sentence():
    project = tomllib.loads(text("pyproject.toml"))
    readme = text("README.md")
    names = [re.match(r"[\w.-]+", item)[0] for item in project["project"]["dependencies"]]
    assert [name for name in names if f"| {name} |" not in readme] == []
    versions = locked()
    assert [name for name in names if f"{versions[name][0]}," not in readme] == []


def test_the_readmes_commands_are_those_of_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.M))
    named = set(re.findall(r"[`\n]make ([a-z-]+)", text("README.md") + text("CONTRIBUTING.md")))
    assert named <= targets
    helped = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert {"run", "test", "lint", "format", "help"} <= set(re.findall(r"make ([a-z-]+)", helped))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_is_there(name):
    assert len(text(name)) > 200


def test_pictures_of_the_readme_are_there():
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text("README.md"))
    assert len(pictures) == 6
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []


@pytest.mark.parametrize("path", sorted([*(ROOT / "deploy").glob("*.sh"), ROOT / ".ci" / "run"]), ids=lambda p: p.name)
def test_shell_scripts_parse_and_can_be_run(path):
    shell = "bash" if "bash" in path.read_text(encoding="utf-8").splitlines()[0] else "sh"
    subprocess.run([shell, "-n", path], check=True)
    assert path.stat().st_mode & 0o100


def test_the_container_runs_as_nobody_in_particular_and_takes_nothing_private_along():
    dockerfile = text("Dockerfile")
    assert len(re.findall(r"^FROM ", dockerfile, re.M)) == 2
    assert dockerfile.rindex("USER gok") > dockerfile.rindex("FROM")
    ignored = text(".dockerignore").splitlines()
    assert "*" in ignored
    assert {line for line in ignored if line.startswith("!")} & {"!var", "!.git", "!.env", "!tests"} == set()


def test_a_browser_that_is_missing_is_a_failure(monkeypatch):
    from tests import serving

    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    with pytest.raises(pytest.fail.Exception, match="Chromium is missing"):
        serving.chromium_path()

"""The house rules: who may import whom, which files are found where, and what never appears."""

import ast
import re

import pytest

from tests.databases import ROOMS, ROOT  # lowest first

TOP_LEVEL = {
    *ROOMS,
    *("manage.py", "pyproject.toml", "uv.lock", "requirements", "Makefile", "Dockerfile", "compose.yaml"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "publiccode.yml"),
    *("templates", "static", "locale", "tests", "deploy", "docs", "bench"),
}
NAMED_FOR_NOTHING = {
    *("utils.py", "helpers.py", "mixins.py", "common.py", "core", "services.py", "signals.py", "constants.py"),
    "admin.py",
}


def python_files(room):
    return sorted(path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)


def imported_packages(node):
    """The top-level packages that a syntax tree imports, at any depth."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.level == 0:
            yield child.module.partition(".")[0]


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_imports_one_above_it(room):
    above = set(ROOMS[ROOMS.index(room) + 1 :])
    wrong = {
        str(path.relative_to(ROOT)): sorted(found)
        for path in python_files(room)
        if (found := above & set(imported_packages(tree(path))))
    }
    assert wrong == {}


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_hides_an_import_of_another_room_in_a_function(room):
    others = set(ROOMS) - {room}
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in python_files(room)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and others & set(imported_packages(node))
    ]
    assert wrong == []


@pytest.mark.parametrize("room", [*ROOMS, "components"])
def test_templates_obey_the_same_direction(room):
    """A room's templates use their own, those below, and components; components name no room at all."""
    allowed = {"components", *(ROOMS[: ROOMS.index(room) + 1] if room in ROOMS else [])}
    wrong = []
    for path in sorted((ROOT / "templates" / room).rglob("*.html")):
        for used in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']", path.read_text(encoding="utf-8")):
            owner = used.partition("/")[0]
            if "/" in used and owner in {*ROOMS, "components"} and owner not in allowed:
                wrong.append(f"{path.relative_to(ROOT)} uses {used}")
    assert wrong == []


def test_no_file_is_named_for_nothing():
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.name in NAMED_FOR_NOTHING]
    assert found == []


def test_the_top_level_holds_what_the_house_names_and_nothing_else():
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - TOP_LEVEL - {"var"} == set()


def test_the_clock_is_read_only_at_the_edge():
    """Querysets and models are asked about a moment; they never look at the clock themselves."""
    wrong = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in python_files(room)
        if path.name in {"querysets.py", "ical.py", "structured_data.py", "evidence.py"}
        and re.search(
            r"timezone\.(now\(|localdate\(\)|localtime\(\))|datetime\.now\(|date\.today\(", path.read_text("utf-8")
        )
    ]
    assert wrong == []


def test_templates_hold_no_inline_style_and_no_inline_script():
    """The policy would block both; a page must not depend on what is blocked."""
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if re.search(r"<[^>]+\sstyle=|<style[ >]|\son[a-z]+=\"", text):
            wrong.append(f"{path.relative_to(ROOT)}: inline style or handler")
        for tag in re.findall(r"<script\b[^>]*>", text):
            if "src=" not in tag and "application/ld+json" not in tag:
                wrong.append(f"{path.relative_to(ROOT)}: {tag}")
    assert wrong == []

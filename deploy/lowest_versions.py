"""Exit with a sentence if a locked package is older than requirements/lowest-safe.toml allows.

usage: lowest_versions.py
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "requirements"


def as_numbers(version):
    """A released version as numbers that compare: 5.2.19 is above 5.2.9."""
    return [int(part) for part in re.findall(r"\d+", version.partition("+")[0])]


def too_old(listed, lowest):
    """Sentences about each locked package that is below its lowest safe version."""
    return [
        f"{name} {listed[name]} is older than {version}, its lowest safe version"
        for name, version in lowest.items()
        if name in listed and as_numbers(listed[name]) < as_numbers(version)
    ]


def main():
    lowest = tomllib.loads((ROOT / "lowest-safe.toml").read_text(encoding="utf-8"))["lowest"]
    seen, faults = set(), []
    for path in sorted(ROOT.glob("*.txt")):
        listed = dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", path.read_text(encoding="utf-8"), re.M))
        seen |= listed.keys()
        faults += [f"{path.name}: {fault}" for fault in too_old(listed, lowest)]
    faults += [f"lowest-safe.toml names {name}, which no list has" for name in lowest if name not in seen]
    sys.exit("\n".join(faults) or 0)


if __name__ == "__main__":
    main()

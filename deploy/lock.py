"""Keep uv.lock and the hashed lists in requirements/ true to pyproject.toml.

usage: lock.py [--check] [--upgrade]

`--check` needs no network: it reports, and changes nothing.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")

# What each list is for; an installer alone is enough to start with.
LISTS = {
    "runtime.txt": ["--no-default-groups"],
    "audit.txt": ["--no-default-groups", "--extra", "audit"],
    "pdf.txt": ["--no-default-groups", "--extra", "pdf"],
    "scaled.txt": ["--no-default-groups", "--extra", "scaled"],
    "dev.txt": ["--group", "dev", "--group", "installer"],
    "installer.txt": ["--only-group", "installer"],
}
HEADER = "# Written by `make lock` from uv.lock; change pyproject.toml instead.\n"


def uv(*arguments):
    """Run uv without the machine's own configuration, so that no local index slips into a list."""
    return subprocess.run(  # noqa: S603 - our own arguments
        [UV, *arguments, "--no-config", "--quiet"], cwd=ROOT, check=False, capture_output=True, text=True
    )


def exported(options):
    """The text of one list, hashes included."""
    result = uv("export", "--frozen", "--offline", "--no-header", "--no-emit-project", *options)
    if result.returncode:
        sys.exit(result.stderr)
    return HEADER + result.stdout


def main(arguments):
    if UV is None:
        sys.exit("uv is missing: pip install uv")
    check = "--check" in arguments
    locked = uv("lock", "--check", "--offline") if check else uv("lock", *arguments)
    if locked.returncode:
        sys.exit(f"{locked.stderr}uv.lock does not match pyproject.toml; run `make lock`.")
    for name, options in LISTS.items():
        path, text = ROOT / "requirements" / name, exported(options)
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"requirements/{name} does not match uv.lock; run `make lock`.")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Exit with the places of what looks like a secret in the files that git knows; the secret itself is not printed.

usage: find_secrets.py [FOLDER]

The well-kept scanners are programs outside Python's index, or bring dozens of packages; the shapes that can reach this
repository are few, so a dozen lines look for them. A line that is meant says so: `only for this test`.
"""

import re
import subprocess
import sys
from pathlib import Path

SHAPES = {
    "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "AWS key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})",
    "GitLab token": r"\bglpat-[\w-]{20}",
    "Slack token": r"\bxox[abprs]-[\w-]{10,}",
    "web token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "password in an address": r"\b[a-z][a-z0-9+.]{2,}://[\w.-]+:(?!password\b|postgres\b|\$\{)[^\s:@/'\"{}<]{8,}@",
    "assigned secret": r"(?i)\b(?:secret|secret_key|token|password|passwd|api_key)\s*[:=]\s*[\"'][\w+/=.-]{24,}[\"']",
}
MEANT = "only for this test"
LARGEST = 1_000_000  # bytes
NOT_OURS = {"uv.lock"}  # hashes and addresses of packages, written by a program


def findings(name, text):
    """Place and kind of everything in a text that has the shape of a secret."""
    return [
        f"{name}:{number}: {kind}"
        for number, line in enumerate(text.splitlines(), start=1)
        for kind, shape in SHAPES.items()
        if MEANT not in line and re.search(shape, line)
    ]


def main(folder="."):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=folder, check=True, capture_output=True).stdout  # noqa: S607
    found = []
    for name in listed.decode().split("\0"):
        path = Path(folder, name)
        if not name or name in NOT_OURS or not path.is_file() or path.stat().st_size > LARGEST:
            continue
        if path.name == ".env":
            found.append(f"{name}: a file of secrets")
        content = path.read_bytes()
        if b"\0" not in content:
            found += findings(name, content.decode(errors="replace"))
    sys.exit("\n".join(found) or 0)


if __name__ == "__main__":
    main(*sys.argv[1:2])

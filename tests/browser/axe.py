"""axe-core in the open page, and its findings in words."""

from pathlib import Path

import axe_playwright_python

SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def violations(page, *, rules=None):
    """What axe holds against the page as it stands, one line a finding.

    `rules`: ids of the rules to run; without them every rule of WCAG 2.2 A and AA and best practice.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SCRIPT)
    options = {**OPTIONS, "runOnly": {"type": "rule", "values": rules}} if rules else OPTIONS
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{rule['id']}: {rule['help']} at {' '.join(map(str, node['target']))}\n    {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]

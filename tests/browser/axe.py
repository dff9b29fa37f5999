"""axe-core in the open page, and its findings in words."""

from pathlib import Path

import axe_playwright_python

SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
# Nothing on a page comes from elsewhere, so axe need not fetch its styles again.
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}


def violations(page, *, rules=None, without=(), within=None):
    """What axe holds against the page as it stands, one line a finding.

    `rules`: ids of the rules to run; left out, every rule of WCAG 2.2 A and AA and best practice but those in `without`.
    `within`: CSS of the part that is asked about; left out, the whole page.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SCRIPT)
    options = {**OPTIONS, "rules": {rule: {"enabled": False} for rule in without}}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    found = page.evaluate("([part, options]) => axe.run(part || document, options)", [within, options])["violations"]
    return [
        f"{rule['id']}: {rule['help']} at {' '.join(map(str, node['target']))}\n    {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]

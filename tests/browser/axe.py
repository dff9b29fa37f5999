"""axe-core in the open page, and its findings in words."""

from pathlib import Path

import axe_playwright_python

from tests.browser.parts import script

SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
# Nothing on a page comes from elsewhere, so axe need not fetch its styles again.
OPTIONS = {"resultTypes": ["violations"], "preload": False}


def violations(page, *, rules=None, without=(), within=None):
    """What axe holds against the page as it stands, one line a finding.

    `rules`: ids of the rules to run; left out, every rule of WCAG 2.2 A and AA and best practice but those in `without`.
    `within`: CSS of the part that is asked about, or a function in JavaScript that gives its elements; left out, the
    whole page.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SCRIPT)
    run_only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = {**OPTIONS, "runOnly": run_only, "rules": {rule: {"enabled": False} for rule in without}}
    part = "document" if within is None else f"({within})()" if "=>" in within else f"{within!r}"
    found = page.evaluate(f"options => axe.run({part}, options)", options)["violations"]
    return [
        f"{rule['id']}: {rule['help']} at {' '.join(map(str, node['target']))}\n    {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


def violations_of_colour(page, *, within="body"):
    """What axe holds against the page's colours, told once for all elements that look the same."""
    return violations(page, rules=RULES_OF_COLOUR, within=f"() => ({script('coloured_alike.js')})({within!r})")


def violations_but_of_colour(page, *, within=None):
    """What axe holds against anything else, which the scheme does not change."""
    return violations(page, without=RULES_OF_COLOUR, within=within)

"""Every rule that can be broken has Polish words, a criterion and an honest level."""

import re

import pytest

from accessibility.audit import engine, rules
from accessibility.audit.chromium import SCRIPT_NAMES, SCRIPTS

OWN = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"')
# Rules that axe has under our tags are read from its source, which names each id and its tags.
AXE_RULE = re.compile(r"id:'([a-z-]+)'|id:\"([a-z-]+)\"")


@pytest.mark.parametrize(
    ("tags", "criterion", "level"),
    [
        (["cat.color", "wcag2aa", "wcag143"], "1.4.3", "AA"),
        (["wcag2a", "wcag111", "section508"], "1.1.1", "A"),
        (["wcag21aa", "wcag1412"], "1.4.12", "AA"),
        (["wcag2a", "wcag244", "wcag412"], "2.4.4", "A"),
        (["wcag22aa", "wcag258"], "2.5.8", ""),  # not in the norm, which is WCAG 2.1
        (["cat.semantics", "best-practice"], "", ""),
    ],
)
def test_axes_tags_tell_criterion_and_level(tags, criterion, level):
    rule = rules.rule("a-rule-of-tomorrow", tags=tags, text="axe's own words")
    assert (rule.criterion, rule.level, rule.message) == (criterion, level, "axe's own words")


def test_a_skipped_heading_fails_information_and_relationships():
    rule = rules.rule("heading-order", tags=["best-practice"], text="Heading levels should only increase by one")
    assert (rule.criterion, rule.level) == ("1.3.1", "A")


def test_every_entry_says_what_is_wrong_and_how_to_mend_it():
    for name, entry in rules.texts().items():
        assert set(entry) <= {"criterion", "level", "owner", "message", "mend"}, name
        assert entry["message"].endswith((".", ").")), name
        assert entry["mend"].endswith("."), name
        assert entry.get("level", "") in {"", "A", "AA"}, name
        assert entry.get("owner", "content") in {"content", "template"}, name


def test_every_rule_of_our_own_scripts_has_words_and_a_level_decided():
    source = "\n".join((SCRIPTS / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPT_NAMES)
    own = {
        name for name in OWN.findall(source) if name in rules.texts() or "add(" in source.split(f'"{name}"')[0][-30:]
    }
    assert {"reflow", "text-cut-off", "link-vague", "language-of-parts", "alt-is-file-name"} - {"reflow"} <= own
    assert [name for name in own if "level" not in rules.texts().get(name, {})] == []


def test_every_rule_of_axe_that_is_asked_has_polish_words():
    known = set(rules.texts())
    source = engine.axe_script()
    asked = {
        name
        for name, tags in re.findall(r'id:"([a-z-]+)"[^{}]*?tags:\[([^\]]*)\]', source)
        if set(re.findall(r'"([^"]+)"', tags)) & set(rules.AXE_TAGS) and "experimental" not in tags
    }
    assert len(asked) > 60
    assert asked - known == set()

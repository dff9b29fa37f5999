"""Style sheets mean to Chromium what their sources do, though comments and spare space stay behind when they are collected."""

import pytest
from django.conf import settings
from rcssmin import cssmin

from tests.addresses import Address

SHEETS = sorted((settings.BASE_DIR / "static/css").glob("*.css"))
# Of values with variables Chromium keeps the writing, spaces after commas too.
RULES = """texts => texts.map(text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules].map(rule => rule.cssText.replaceAll(', ', ','));
})"""


@pytest.fixture(scope="module")
def sources():
    return [path.read_text(encoding="utf-8") for path in SHEETS if path.name != "public.css"]  # which only imports


def test_light_sheets_have_the_rules_of_their_sources(open_page, sources):
    with open_page(Address("gok", "home", "/")) as visit:
        meant = visit.page.evaluate(RULES, sources)
        assert visit.page.evaluate(RULES, [cssmin(text) for text in sources]) == meant
        assert min(map(len, meant)) > 3

"""Whatever hue a centre picks, everybody can read its site: all 360, as they are served, in every mode."""

import re
from pathlib import Path

import pytest
from django.test import Client

from mission.theme import ENHANCED, PAIRS, TEXT, contrast, digest, palette, theme_url

CSS = Path(__file__).parents[2] / "static" / "css"
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
PROPERTY = re.compile(r"--([\w-]+):(#[0-9a-f]{6});")
MODES = {
    "light": ":root",
    "dark": "@media (prefers-color-scheme:dark)",
    "more": "@media (prefers-contrast:more)",
    "more dark": "@media (prefers-contrast:more) and (prefers-color-scheme:dark)",
    "reader's light": ":root[data-contrast=light]",
    "reader's dark": ":root[data-contrast=dark]",
}


def served_palettes(client, hue):
    """{mode: {name: colour}} parsed from the style sheet that a browser gets."""
    response = client.get(theme_url(hue), headers={"host": "localhost"})
    assert response.status_code == 200
    found = {}
    for line in response.content.decode().splitlines():
        opening, _, rest = line.partition("{")
        found[opening] = dict(PROPERTY.findall(rest))
    return {mode: found[opening] for mode, opening in MODES.items()}


def test_every_pair_of_every_hue_is_readable_in_every_mode():
    client, failures = Client(), []
    for hue in range(360):
        for mode, colours in served_palettes(client, hue).items():
            is_enhanced = mode not in ("light", "dark")
            for front, ground, is_text in PAIRS:
                needed = (ENHANCED if is_enhanced else TEXT) if is_text else (TEXT if is_enhanced else 3)
                ratio = contrast(colours[front], colours[ground])
                if ratio < needed:
                    failures.append((hue, mode, front, ground, round(ratio, 2)))
    assert not failures


def declarations(body):
    return dict(part.split(":", 1) for part in re.sub(r"\s+", "", body).split(";") if ":" in part)


def rules():
    """(file, selector, declarations) of every rule of the public style sheets."""
    for path in sorted(CSS.glob("*.css")):
        if path.name in ("tokens.css", "print.css"):
            continue
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for selector, body in RULE.findall(text):
            yield path.name, " ".join(selector.split()), declarations(body)


def named(value):
    found = re.fullmatch(r"var\(--([\w-]+)\)", value or "")
    return found and found.group(1)


def test_the_style_sheets_use_no_pair_that_is_not_proven():
    """A rule that sets text and ground by name may combine proven colours only; so may a coloured band."""
    proven = {(front, ground) for front, ground, _ in PAIRS}
    local = {"here", "text", "anchor", "edge"}  # set by bands, checked through --here below
    unproven = []
    for file, selector, found in rules():
        fronts = [named(found.get(name)) for name in ("color", "--text", "--anchor", "--edge")]
        ground = named(found.get("background")) or named(found.get("--here"))
        for front in filter(None, fronts):
            if ground and not {front, ground} & local and not {(front, ground), (ground, front)} & proven:
                unproven.append((file, selector, front, ground))
    assert not unproven


def test_the_style_sheets_write_no_colour_of_their_own():
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:oklch|hsl|rgba)\(")
    offending = [
        (path.name, match.group())
        for path in CSS.glob("*.css")
        if path.name not in {"print.css", "declaration-pdf.css"}  # paper has no theme
        for match in colour.finditer(re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
    ]
    assert not offending


@pytest.mark.django_db
@pytest.mark.parametrize("address", [f"/motyw/360-{digest(0)}.css", "/motyw/20-0000000000.css", "/motyw/999999-x.css"])
def test_an_unknown_theme_is_not_found(client, address):
    assert client.get(address, headers={"host": "localhost"}).status_code == 404


def test_a_theme_may_be_kept_for_ever(client):
    response = client.get(theme_url(20), headers={"host": "localhost"})
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"


def test_a_theme_may_fetch_nothing_and_says_so_in_few_words(client):
    response = client.get(theme_url(20), headers={"host": "localhost"})
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert set(policy) == {"default-src 'none'", "frame-ancestors 'self'"}


def test_hues_differ_and_wrap_around():
    assert palette(20) != palette(200)
    assert theme_url(380) == theme_url(20)

"""One hue becomes a whole palette that everyone can read.

A centre picks a hue (0–359). Everything else follows from it in OKLCH, is pulled into sRGB by giving up
chroma, and is written out as hexadecimal. A colour that carries text or draws a control is moved in
lightness until it reaches its ratio on **every** background it may stand on (WCAG 2.2 SC 1.4.3, 1.4.11;
SC 1.4.6 in high contrast), so that a theme which cannot be read does not exist.
"""

import hashlib
from functools import cache, lru_cache
from math import cos, radians, sin

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

TEXT = 4.5
CONTROL = 3
ENHANCED = 7
SHEET_HUE = 85  # the warm paper posters are printed on

#: (foreground, background, is it text?): every pairing the style sheets may use.
PAIRS = [
    *[(text, ground, True) for text in ("ink", "soft", "link", "alert") for ground in ("paper", "sand", "tint")],
    *[("line", ground, False) for ground in ("paper", "sand", "tint")],
    ("on-brand", "brand", True),
    ("on-accent", "accent", True),
    ("on-deep", "deep", True),
    ("deep-link", "deep", True),
    ("on-alert", "alert", True),
    ("paper", "ink", True),
    ("paper", "link", True),
]


def _linear(lightness, chroma, hue):
    """OKLCH to linear sRGB, which may lie outside 0–1 (Björn Ottosson's matrices)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    l_, m, s = (
        (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    return (
        4.0767416621 * l_ - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l_ + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l_ - 0.7034186147 * m + 1.7076147010 * s,
    )


def _fits(channels):
    return all(-1e-4 <= channel <= 1 + 1e-4 for channel in channels)


@lru_cache(maxsize=8192)
def to_hex(lightness, chroma, hue):
    """The sRGB colour nearest to an OKLCH one: same lightness and hue, as much chroma as the gamut holds."""
    low, high = 0.0, chroma
    if not _fits(_linear(lightness, chroma, hue)):
        for _ in range(14):
            middle = (low + high) / 2
            low, high = (middle, high) if _fits(_linear(lightness, middle, hue)) else (low, middle)
        chroma = low
    encoded = (
        12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
        for channel in (min(max(channel, 0.0), 1.0) for channel in _linear(lightness, chroma, hue))
    )
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in encoded)


@cache
def luminance(colour):
    """Relative luminance of `#rrggbb`, as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio of two `#rrggbb` colours, 1–21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(lightness, chroma, hue, grounds, ratio):
    """The colour of this hue nearest in lightness that reaches `ratio` on every one of `grounds`."""
    for step in range(101):
        for candidate in (lightness - step / 100, lightness + step / 100):
            if 0 <= candidate <= 1:
                colour = to_hex(round(candidate, 3), chroma, hue)
                if all(contrast(colour, ground) >= ratio for ground in grounds):
                    return colour
    raise ValueError(f"No colour of hue {hue} reads on {grounds}.")


def is_light(hue):
    """Orange and yellow are themselves only when light; every other hue prints best as a dark flat."""
    return 38 <= hue % 360 <= 112


@cache
def cusp(hue):
    """The lightness at which this hue is at its strongest, kept within what prints well as a flat."""

    def chroma_at(lightness):
        low, high = 0.0, 0.4
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (middle, high) if _fits(_linear(lightness, middle, hue)) else (low, middle)
        return low

    return max((step / 100 for step in (range(66, 85) if is_light(hue) else range(50, 60))), key=chroma_at)


def palette(hue, *, dark=False, more=False):
    """Names and colours of one theme: light or dark, in ordinary or in enhanced contrast."""
    ratio, control = (ENHANCED, TEXT) if more else (TEXT, CONTROL)
    sheet = "#ffffff" if more else to_hex(0.967, 0.021, SHEET_HUE)
    soot = "#000000" if more else to_hex(0.2, 0.02, hue)
    paper, sand, tint = _grounds(hue, dark=dark, more=more, sheet=sheet, soot=soot)
    grounds = (paper, sand, tint)
    brand_lightness = min(cusp(hue), 0.76) if dark else cusp(hue)
    brand = readable(brand_lightness, 0.21, hue, [soot if is_light(hue) else sheet], ratio)
    # One flat of a pair is light and the other dark, so a drawing never loses its shapes.
    if is_light(hue):
        accent = readable(0.42, 0.13, hue + 180, [sheet], ratio)
    else:
        accent = readable(0.76 if dark else 0.83, 0.15, SHEET_HUE, [soot], ratio)
    deep = readable(0.24 if dark else 0.29, 0.075, hue, [sheet], ENHANCED)
    return {
        "paper": paper,
        "sand": sand,
        "tint": tint,
        "ink": sheet if dark else soot,
        "soft": readable(0.8 if dark else 0.42, 0.025, 70, grounds, ratio),
        "link": readable(0.8 if dark else 0.47, 0.19, hue, grounds, ratio),
        "line": readable(0.62 if dark else 0.55, 0.04, hue, grounds, control),
        "alert": readable(0.75 if dark else 0.5, 0.2, 27, grounds, ratio),
        "on-alert": soot if dark else sheet,
        "brand": brand,
        "on-brand": soot if is_light(hue) else sheet,
        "accent": accent,
        "on-accent": sheet if is_light(hue) else soot,
        "deep": deep,
        "on-deep": sheet,
        "deep-link": readable(0.86, 0.12, hue, [deep], ENHANCED),
        "wash": to_hex(0.89, 0.075, hue),
        "sheet": sheet,
        "soot": soot,
    }


def _grounds(hue, *, dark, more, sheet, soot):
    """What text stands on: the page, a panel on it, and a wash of the centre's hue."""
    if more:
        return (soot, soot, to_hex(0.18, 0.03, hue)) if dark else (sheet, sheet, to_hex(0.97, 0.02, hue))
    if dark:
        return to_hex(0.19, 0.016, hue), to_hex(0.235, 0.02, hue), to_hex(0.29, 0.055, hue)
    return sheet, to_hex(0.93, 0.032, 82), to_hex(0.91, 0.055, hue)


def _rule(selector, colours, scheme):
    properties = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    return f"{selector}{{color-scheme:{scheme};{properties}}}"


@lru_cache(maxsize=512)
def stylesheet(hue):
    """The theme as CSS: by the reader's system first, then by the reader's own choice on this site."""
    light, dark = palette(hue), palette(hue, dark=True)
    more, more_dark = palette(hue, more=True), palette(hue, dark=True, more=True)
    return "\n".join(
        [
            _rule(":root", light, "light"),
            f"@media (prefers-color-scheme:dark){{{_rule(':root', dark, 'dark')}}}",
            f"@media (prefers-contrast:more){{{_rule(':root', more, 'light')}}}",
            f"@media (prefers-contrast:more) and (prefers-color-scheme:dark){{{_rule(':root', more_dark, 'dark')}}}",
            _rule(":root[data-contrast=light]", more, "light"),
            _rule(":root[data-contrast=dark]", more_dark, "dark"),
            f"@media print{{{_rule(':root:root', palette(hue, more=True), 'light')}}}",
            "",
        ]
    )


def digest(hue):
    """Changes whenever the served text does, so that browsers may keep it for ever."""
    return hashlib.sha256(stylesheet(hue).encode()).hexdigest()[:10]


def theme_url(hue):
    """Address of the style sheet of a hue (degrees, 0–359)."""
    return reverse("theme", kwargs={"hue": hue % 360, "digest": digest(hue % 360)})


@require_safe
def theme_css(request, hue, digest):
    """Serve a theme under its digest; any other address is a 404, so that nothing stale is kept."""
    if not 0 <= hue < 360 or digest != globals()["digest"](hue):
        raise Http404
    response = HttpResponse(stylesheet(hue), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response._csp_config = settings.FILE_CONTENT_SECURITY_POLICY  # the shortest: every first visit waits for it
    return response

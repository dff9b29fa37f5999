"""The small signs of a centre, drawn from its hue: the favicon and the picture of a shared link.

The mark is an eye that looks out over a stage, the same as in the header of a centre without a logo
(`templates/components/mark.html`). It has no letters, so it reads at 16 px.
"""

from functools import lru_cache
from io import BytesIO

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw

from .models import CentreSettings
from .theme import palette

SHARE_SIZE = (1200, 630)
OVERSAMPLING = 4


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon_svg(request):
    """The mark as SVG."""
    return HttpResponse(mark_svg(_hue(request)), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon_ico(request):
    """The mark as an icon file of 16, 32 and 48 pixels, for browsers that ask for nothing else."""
    return HttpResponse(mark_ico(_hue(request)), content_type="image/x-icon")


@require_safe
@cache_control(public=True, max_age=86_400)
def share_png(request):
    """The picture of a shared link (1200 × 630 pixels) where a page has none of its own; no text in it."""
    return HttpResponse(share_picture(_hue(request)), content_type="image/png")


def _hue(request):
    return CentreSettings.for_request(request).hue % 360


@lru_cache(maxsize=64)
def mark_svg(hue):
    """The mark of a hue (degrees) as an SVG document."""
    colours = palette(hue)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" fill="{colours["brand"]}"/>'
        f'<path d="M0 32a16 16 0 0 1 32 0z" fill="{colours["accent"]}"/>'
        f'<path d="M4 13q12-14 24 0-12 14-24 0z" fill="{colours["sheet"]}"/>'
        f'<circle cx="16" cy="13.5" r="4" fill="{colours["soot"]}"/></svg>'
    )


def _canvas(size, colour):
    big = tuple(side * OVERSAMPLING for side in size)
    image = Image.new("RGB", big, colour)
    return image, ImageDraw.Draw(image)


def _bytes(image, size, **options):
    output = BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(output, **options)
    return output.getvalue()


@lru_cache(maxsize=64)
def mark_ico(hue):
    """The mark of a hue (degrees) as the bytes of an .ico file."""
    colours = palette(hue)
    image, draw = _canvas((48, 48), colours["brand"])
    unit = 48 * OVERSAMPLING / 32
    draw.pieslice([0, 16 * unit, 32 * unit, 48 * unit], 180, 360, fill=colours["accent"])
    # The lids of the SVG's eye: two quadratic curves from corner to corner.
    lid = [(4 + 24 * t, 28 * t * (1 - t)) for t in (step / 24 for step in range(25))]
    eye = [(x * unit, (13 - y) * unit) for x, y in lid] + [(x * unit, (13 + y) * unit) for x, y in reversed(lid)]
    draw.polygon(eye, fill=colours["sheet"])
    draw.ellipse([12 * unit, 9.5 * unit, 20 * unit, 17.5 * unit], fill=colours["soot"])
    return _bytes(image, (48, 48), format="ICO", sizes=[(16, 16), (32, 32), (48, 48)])


@lru_cache(maxsize=64)
def share_picture(hue):
    """A stage with a low sun over it, as the bytes of a PNG file."""
    colours = palette(hue)
    width, height = (side * OVERSAMPLING for side in SHARE_SIZE)
    image, draw = _canvas(SHARE_SIZE, colours["sheet"])
    radius = height * 0.36
    draw.rectangle([0, height * 0.72, width, height], fill=colours["brand"])
    draw.pieslice(
        [width * 0.5 - radius, height * 0.72 - radius, width * 0.5 + radius, height * 0.72 + radius],
        180,
        360,
        fill=colours["accent"],
    )
    for left, right in ((0.0, 0.16), (0.84, 1.0)):
        draw.rectangle([width * left, 0, width * right, height * 0.72], fill=colours["deep"])
    draw.rectangle([0, 0, width, height * 0.12], fill=colours["brand"])
    return _bytes(image, SHARE_SIZE, format="PNG", optimize=True)

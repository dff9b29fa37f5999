"""The small signs of a centre, drawn from its hue: the favicon and the picture of a shared link.

The mark is a stage: a disc for the lamp above the bar of the boards. It has no letters, so it reads at 16 px.
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
        f'<rect width="32" height="32" rx="6" fill="{colours["brand"]}"/>'
        f'<circle cx="16" cy="12" r="7" fill="{colours["accent"]}"/>'
        f'<path d="M5 23h22v4H5z" fill="{colours["on-brand"]}"/></svg>'
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
    draw.ellipse([9 * unit, 5 * unit, 23 * unit, 19 * unit], fill=colours["accent"])
    draw.rectangle([5 * unit, 23 * unit, 27 * unit, 27 * unit], fill=colours["on-brand"])
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

"""A sheet to draw posters on: flat shapes in the colours of one hue, smooth at the edges."""

from itertools import pairwise
from math import cos, hypot, pi, radians, sin

from PIL import Image, ImageDraw

from mission.theme import palette

WIDTH, HEIGHT = 1600, 1000
#: Everything is drawn this many times larger and reduced at the end: that is what makes edges clean.
FINER = 3


def bezier(start, first, second, end, steps=40):
    """Points of a cubic curve from `start` to `end`, drawn by its two handles."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        points.append(
            tuple(
                sum(w * p[axis] for w, p in zip(weights, (start, first, second, end), strict=True)) for axis in (0, 1)
            )
        )
    return points


def smooth(points, closed=True, steps=14):
    """A curve through all the points (Catmull–Rom)."""
    count = len(points)
    curve = []
    for i in range(count if closed else count - 1):
        if closed:
            before, start, end, after = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            before, start, end, after = (points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        handles = [
            (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6),
            (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6),
        ]
        curve += bezier(start, *handles, end, steps)
    return curve


def around(x, y, radius, degrees):
    """The point at an angle; 0 is to the right, 90 is down."""
    return x + radius * cos(radians(degrees)), y + radius * sin(radians(degrees))


def oval(x, y, wide, high, turn=0, steps=72):
    """Points of an ellipse with its half-axes, turned by degrees."""
    c, s = cos(radians(turn)), sin(radians(turn))
    ring = [(wide * cos(2 * pi * k / steps), high * sin(2 * pi * k / steps)) for k in range(steps)]
    return [(x + px * c - py * s, y + px * s + py * c) for px, py in ring]


def mirrored(points, axis=WIDTH / 2):
    """The same points on the other side of a vertical line."""
    return [(2 * axis - x, y) for x, y in points]


class Canvas:
    """Paper of 1600 × 1000 units; every colour is a name from the centre's palette."""

    def __init__(self, hue, ground):
        self.colours = palette(hue)
        self.image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), self.colours[ground])
        self.pen = ImageDraw.Draw(self.image)

    def _scaled(self, points):
        return [(x * FINER, y * FINER) for x, y in points]

    def shape(self, points, colour):
        self.pen.polygon(self._scaled(points), fill=self.colours[colour])

    def disc(self, x, y, radius, colour):
        box = self._scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self.pen.ellipse(box[0] + box[1], fill=self.colours[colour])

    def box(self, x, y, wide, high, colour, round_by=0):
        corners = self._scaled([(x, y), (x + wide, y + high)])
        self.pen.rounded_rectangle(corners[0] + corners[1], radius=round_by * FINER, fill=self.colours[colour])

    def slice(self, x, y, radius, start, end, colour):
        """A piece of a cake, from one angle to another in degrees."""
        steps = max(2, int(abs(end - start)))
        arc = [around(x, y, radius, start + (end - start) * k / steps) for k in range(steps + 1)]
        self.shape([(x, y), *arc], colour)

    def stroke(self, points, thick, colour, end_thick=None):
        """A line with round ends; it may grow thinner on the way."""
        end_thick = thick if end_thick is None else end_thick
        last = len(points) - 1
        for i, (start, end) in enumerate(pairwise(points)):
            long = hypot(end[0] - start[0], end[1] - start[1]) or 1
            across = ((start[1] - end[1]) / long, (end[0] - start[0]) / long)
            near, far = (
                (thick + (end_thick - thick) * i / last) / 2,
                (thick + (end_thick - thick) * (i + 1) / last) / 2,
            )
            self.shape(
                [
                    (start[0] + across[0] * near, start[1] + across[1] * near),
                    (end[0] + across[0] * far, end[1] + across[1] * far),
                    (end[0] - across[0] * far, end[1] - across[1] * far),
                    (start[0] - across[0] * near, start[1] - across[1] * near),
                ],
                colour,
            )
            self.disc(*start, near, colour)
            self.disc(*end, far, colour)

    def eye(self, x, y, radius, look=(0, 0), white="sheet", pupil="soot"):
        self.disc(x, y, radius, white)
        self.disc(x + look[0] * radius * 0.4, y + look[1] * radius * 0.4, radius * 0.5, pupil)

    def finished(self):
        """The drawing at its true size."""
        return self.image.reduce(FINER)

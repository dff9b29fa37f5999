"""The drawings of `mission/posters.py` as pixels, for pictures that other sites show beside a link.

Reads just the SVG that the posters are written in: paths, circles, ellipses and groups that are moved, turned and scaled.
"""

import re
from itertools import pairwise
from math import atan2, ceil, cos, hypot, pi, radians, sin, sqrt
from xml.etree import ElementTree

from PIL import Image, ImageDraw

from . import posters

#: Shapes are painted this much larger and then made smaller, so that their edges are smooth.
OVERSAMPLING = 3
STEPS = 16  # straight pieces that a curve becomes
TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+")
OPERATION = re.compile(r"(\w+)\(([^)]*)\)")
#: Which ink each role of a shape is printed in, by colourway; the same as in `static/css/posters.css`.
COLOURWAYS = [
    ("brand", "wash", "soot", "accent"),
    ("accent", "brand", "on-accent", "wash"),
    ("wash", "brand", "soot", "accent"),
    ("deep", "brand", "wash", "accent"),
]


def poster(title, kind, colours, size):
    """The drawing for `title` and `kind` as an RGB image.

    `colours`: of `theme.palette`; `size`: width and height in pixels, filled and cut as a style sheet would.
    """
    shapes, colourway = posters.draw(title, kind)
    inks = dict(zip("1234", (colours[name] for name in COLOURWAYS[colourway]), strict=True))
    inks |= {"w": colours["sheet"], "k": colours["soot"]}
    width, height = (side * OVERSAMPLING for side in size)
    scale = max(width / posters.WIDTH, height / posters.HEIGHT)
    offset = ((width - posters.WIDTH * scale) / 2, (height - posters.HEIGHT * scale) / 2)
    image = Image.new("RGB", (width, height), inks["1"])
    root = ElementTree.fromstring(f"<g>{shapes}</g>")  # noqa: S314 - our own drawing
    _paint(ImageDraw.Draw(image), root, (scale, 0, 0, scale, *offset), inks)
    return image.reduce(OVERSAMPLING)


def _paint(draw, element, matrix, inks):
    matrix = _times(matrix, _transform(element.get("transform", "")))
    if element.tag == "g":
        for child in element:
            _paint(draw, child, matrix, inks)
        return
    style, ink = element.get("class")
    outlines = path_points(element.get("d")) if element.tag == "path" else [_ellipse(element)]
    for outline in outlines:
        points = [_apply(matrix, point) for point in outline]
        if style == "f" and len(points) > 2:
            draw.polygon(points, fill=inks[ink])
        elif style == "s":
            width = float(element.get("stroke-width")) * sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
            draw.line(points, fill=inks[ink], width=ceil(width), joint="curve")


def _times(outer, inner):
    """Two affine transforms (a, b, c, d, e, f), as SVG writes them, one after the other."""
    a, b, c, d, e, f = inner
    columns = [(a, b, 0), (c, d, 0), (e, f, 1)]
    return tuple(outer[row] * x + outer[row + 2] * y + outer[row + 4] * z for x, y, z in columns for row in (0, 1))


def _apply(matrix, point):
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _transform(text):
    matrix = (1, 0, 0, 1, 0, 0)
    for name, arguments in OPERATION.findall(text):
        matrix = _times(matrix, _operation(name, [float(number) for number in re.findall(r"-?[\d.]+", arguments)]))
    return matrix


def _operation(name, numbers):
    if name == "translate":
        return (1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0)
    if name == "scale":
        return (numbers[0], 0, 0, numbers[-1], 0, 0)
    if name == "rotate":
        angle, (x, y) = radians(numbers[0]), (numbers[1:] or (0, 0))
        turn = (cos(angle), sin(angle), -sin(angle), cos(angle), 0, 0)
        return _times(_times((1, 0, 0, 1, x, y), turn), (1, 0, 0, 1, -x, -y))
    return tuple(numbers)  # matrix


def _ellipse(element):
    x, y = float(element.get("cx", 0)), float(element.get("cy", 0))
    across, down = (float(element.get(name) or element.get("r")) for name in ("rx", "ry"))
    turns = [2 * pi * step / 48 for step in range(49)]
    return [(x + across * cos(turn), y + down * sin(turn)) for turn in turns]


class _Pen:
    """Follows the commands of a path and leaves points behind."""

    def __init__(self):
        self.outlines, self.at, self.handle = [], (0, 0), None

    def move(self, point):
        self.outlines.append([point])
        self.at = point

    def line(self, point):
        self.outlines[-1].append(point)
        self.at = point

    def curve(self, *points):
        """A quadratic or cubic curve: its handles and its end."""
        start = self.at
        for step in range(1, STEPS + 1):
            self.line(_bezier([start, *points], step / STEPS))
        self.handle = points[-2]

    def reflected(self):
        """The handle of a curve that goes on smoothly."""
        x, y = self.at
        return (2 * x - self.handle[0], 2 * y - self.handle[1]) if self.handle else self.at

    def close(self):
        self.line(self.outlines[-1][0])

    def arc(self, radius, large, sweep, end):
        """An arc of a circle or ellipse whose axes lie straight, by appendix B.2.4 of SVG 2."""
        for point in _arc(self.at, radius, large, sweep, end):
            self.line(point)


def _bezier(points, t):
    while len(points) > 1:
        pairs = pairwise(points)
        points = [(x + (u - x) * t, y + (v - y) * t) for (x, y), (u, v) in pairs]
    return points[0]


def _arc(start, radius, large, sweep, end):
    (rx, ry), (x1, y1), (x2, y2) = radius, start, end
    u, v = (x1 - x2) / 2 / rx, (y1 - y2) / 2 / ry
    grow = max(1, hypot(u, v))
    rx, ry, u, v = rx * grow, ry * grow, u / grow, v / grow
    far = sqrt(max(0, 1 / (u * u + v * v) - 1)) * (-1 if large == sweep else 1)
    cu, cv = far * v, -far * u
    first = atan2(v - cv, u - cu)
    turn = (atan2(-v - cv, -u - cu) - first) % (2 * pi)
    turn -= 0 if sweep else 2 * pi
    cx, cy = cu * rx + (x1 + x2) / 2, cv * ry + (y1 + y2) / 2
    angles = [first + turn * step / STEPS for step in range(1, STEPS)]
    return [*((cx + rx * cos(angle), cy + ry * sin(angle)) for angle in angles), end]


#: How many numbers each command of a path takes.
TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}


def path_points(d):
    """The outlines of a path's `d`, each a list of points (x, y)."""
    pen, command, tokens = _Pen(), "", TOKEN.findall(d)
    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
        if command in "Zz":
            pen.close()
            continue
        takes = TAKES[command.upper()]
        numbers, tokens = [float(token) for token in tokens[:takes]], tokens[takes:]
        _follow(pen, command, numbers)
        # Further pairs after a move are lines.
        command = {"M": "L", "m": "l"}.get(command, command)
    return pen.outlines


def _follow(pen, command, numbers):
    x, y = pen.at if command.islower() else (0, 0)
    name = command.upper()
    if name == "A":
        rx, ry, _turn, large, sweep, dx, dy = numbers
        pen.arc((rx, ry), large, sweep, (x + dx, y + dy))
    elif name in "HV":
        pen.line((x + numbers[0], pen.at[1]) if name == "H" else (pen.at[0], y + numbers[0]))
    else:
        points = [(x + dx, y + dy) for dx, dy in zip(numbers[::2], numbers[1::2], strict=True)]
        if name in "ST":
            points.insert(0, pen.reflected())
        {"M": pen.move, "L": pen.line}.get(name, pen.curve)(*points)
    if name not in "CSQT":
        pen.handle = None

"""
The parts of a drawing: shapes, and words in rooms.

All measures are in points, so that a size is the size in print. A room knows whether
a box is inside it: we fit text with that, and tests prove with it that text fits.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import attrs

from reflect.diagrams.metrics import ABOVE, BELOW, LEADING, width

#: The palette of the papers. Everything is drawn on white, and nothing depends on its colour.
WHITE, INK, MUTED, LINE, ACCENT = "#ffffff", "#1f2a33", "#47565f", "#0b4f5c", "#a8432b"
#: The width of the text of an A4 paper.
TEXT_WIDTH = 430.0


@attrs.frozen
class Box:
    x: float
    y: float
    w: float
    h: float

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        x, y, right, foot = self.x, self.y, self.x + self.w, self.y + self.h
        return (x, y), (right, y), (right, foot), (x, foot)

    def holds(self, box: Box) -> bool:
        return (
            self.x <= box.x and self.y <= box.y
            and box.x + box.w <= self.x + self.w and box.y + box.h <= self.y + self.h
        )  # fmt: skip

    def within(self, across: float, down: float | None = None) -> Box:
        """
        Return the box less a margin on every side.
        """
        down = across if down is None else down
        return Box(self.x + across, self.y + down, max(self.w - 2 * across, 1.0), max(self.h - 2 * down, 1.0))


@attrs.frozen
class Disc:
    x: float
    y: float
    r: float

    def holds(self, box: Box) -> bool:
        return all(math.hypot(x - self.x, y - self.y) <= self.r for x, y in box.corners)


@attrs.frozen
class Sector:
    """
    A piece of a ring, between two radii and two angles, which are in degrees, clockwise from the right.
    """

    x: float
    y: float
    inner: float
    outer: float
    start: float
    end: float

    def holds(self, box: Box) -> bool:
        near_x = min(max(self.x, box.x), box.x + box.w) - self.x
        near_y = min(max(self.y, box.y), box.y + box.h) - self.y
        if math.hypot(near_x, near_y) < self.inner:
            return False
        turn = self.end - self.start
        for x, y in box.corners:
            far = math.hypot(x - self.x, y - self.y)
            angle = (math.degrees(math.atan2(y - self.y, x - self.x)) - self.start) % 360
            if far > self.outer or (turn < 360 and angle > turn):
                return False
        # Only a piece wider than half a turn can bend away between two corners inside it.
        return turn <= 180 or all(self._around(x, y) for x, y in _edges(box))

    def _around(self, x: float, y: float) -> bool:
        angle = (math.degrees(math.atan2(y - self.y, x - self.x)) - self.start) % 360
        return angle <= self.end - self.start


def _edges(box: Box) -> Iterator[tuple[float, float]]:
    corners = box.corners
    for (x, y), (to_x, to_y) in zip(corners, (*corners[1:], corners[0]), strict=True):
        yield from ((x + (to_x - x) * i / 8, y + (to_y - y) * i / 8) for i in range(8))


#: A place that text must stay in.
Room = Box | Disc | Sector


@attrs.frozen(kw_only=True)
class Lettering:
    """
    Lines of text in a room.

    Attributes:
        x: The place of their beginning, middle or end.
        top: The highest place of the first line's letters.
        size: The size of the letters, in points.
        anchor: ``start``, ``middle`` or ``end``.
    """

    lines: tuple[str, ...]
    x: float
    top: float
    size: float
    room: Room
    bold: bool = False
    anchor: str = "middle"
    colour: str = INK

    @property
    def baselines(self) -> tuple[float, ...]:
        return tuple(self.top + self.size * (ABOVE + LEADING * i) for i in range(len(self.lines)))

    def boxes(self) -> Iterator[Box]:
        """
        Give the box of each line at its greatest width.
        """
        for line, base in zip(self.lines, self.baselines, strict=True):
            w = width(line, self.size, bold=self.bold)
            left = self.x - (w / 2 if self.anchor == "middle" else w if self.anchor == "end" else 0)
            yield Box(left, base - ABOVE * self.size, w, (ABOVE + BELOW) * self.size)


@attrs.frozen(kw_only=True)
class Figure:
    """
    A shape: a path as SVG writes it.

    Attributes:
        fill: The colour inside it, or ``none``.
        line: The colour of its outline, or ``none``.
        thick: The thickness of the outline, in points.
        place: Where it is and how large, if its path is drawn from nought: across, down, and times as large.
    """

    path: str
    fill: str = WHITE
    line: str = LINE
    thick: float = 1.5
    dashed: bool = False
    place: tuple[float, float, float] | None = None


Mark = Figure | Lettering


@attrs.frozen
class Drawing:
    """
    Everything to draw, in the order of drawing.

    Attributes:
        width: Its width in points.
        height: Its height in points.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]


def number(value: float) -> str:
    """
    Return a measure in writing: at most two decimal places, and never minus nought.
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def points(*values: float) -> str:
    """
    Return measures with a space between them.
    """
    return " ".join(map(number, values))


def rectangle(box: Box, round: float = 0) -> str:
    """
    Return the path of a rectangle with round corners.
    """
    r = min(round, box.w / 2, box.h / 2)
    if not r:
        return f"M{points(box.x, box.y)}h{number(box.w)}v{number(box.h)}h{number(-box.w)}z"
    return (
        f"M{points(box.x + r, box.y)}h{number(box.w - 2 * r)}a{points(r, r, 0, 0, 1, r, r)}v{number(box.h - 2 * r)}"
        f"a{points(r, r, 0, 0, 1, -r, r)}h{number(2 * r - box.w)}a{points(r, r, 0, 0, 1, -r, -r)}"
        f"v{number(2 * r - box.h)}a{points(r, r, 0, 0, 1, r, -r)}z"
    )


def oval(x: float, y: float, across: float, down: float | None = None) -> str:
    down = across if down is None else down
    half = f"a{points(across, down, 0, 1, 1)}"
    return f"M{points(x - across, y)}{half} {points(2 * across, 0)}{half} {points(-2 * across, 0)}z"


def line(*through: tuple[float, float]) -> str:
    return "M" + "L".join(points(*point) for point in through)


def polygon(corners: Iterable[tuple[float, float]]) -> str:
    """
    Return the path of straight lines that end where they begin.
    """
    return line(*corners) + "z"


def arrow(start: tuple[float, float], end: tuple[float, float], *, both: bool = False) -> tuple[Figure, ...]:
    """
    Return a straight arrow; *both* gives it two heads.
    """
    (x, y), (to_x, to_y) = start, end
    long = math.hypot(to_x - x, to_y - y) or 1.0
    dx, dy = (to_x - x) / long, (to_y - y) / long

    def head(tip_x: float, tip_y: float, way: float) -> Figure:
        back_x, back_y = tip_x - way * dx * 7, tip_y - way * dy * 7
        corners = ((tip_x, tip_y), (back_x - dy * 3.5, back_y + dx * 3.5), (back_x + dy * 3.5, back_y - dx * 3.5))
        return Figure(path=polygon(corners), fill=LINE, line="none")

    begin = (x + dx * 5, y + dy * 5) if both else (x, y)
    shaft = Figure(path=line(begin, (to_x - dx * 5, to_y - dy * 5)), fill="none", thick=1.5)
    return (shaft, head(to_x, to_y, 1), *((head(x, y, -1),) if both else ()))

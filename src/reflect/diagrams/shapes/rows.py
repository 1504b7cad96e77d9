"""
Stages one under another: the plain list, and what every other shape falls back on when it has too many.
"""

from __future__ import annotations

from reflect.diagrams import fitting
from reflect.diagrams.marks import ACCENT, MUTED, WIDTH, Box, Drawing, Mark, Shape, oval, rectangle
from reflect.text.nodes import Diagram, Stage

_EDGE = 1.0
_GAP = 6.0
_NUMBER = 26.0
#: No row is higher; a longer title is shortened.
_LINES = 4


def row(title: str, across: float, size: float, *, bold: bool = True) -> float:
    """
    Return how high a row with a title is.
    """
    room = Box(0, 0, across, fitting.height(_LINES, size))
    lines = fitting.fit(title, room, size, bold=bold, force=True) or []
    return fitting.height(len(lines), size)


def draw(diagram: Diagram) -> Drawing:
    """
    Return boxes one under another, with a number before each.
    """
    marks: list[Mark] = []
    y = _EDGE
    for stage in diagram.stages:
        across = WIDTH - _NUMBER - 2 * _EDGE - 20
        high = row(stage.title, across, 11) + 12
        parts = ", ".join(part.title for part in stage.parts)
        below = row(parts, across, 10, bold=False) + 3 if parts else 0.0
        box = Box(_NUMBER + _EDGE, y, WIDTH - _NUMBER - 2 * _EDGE, high + below)
        marks.append(Shape(path=rectangle(box, 5), dashed=stage.silent))
        marks += fitting.written(
            str(stage.number), Box(0, y, _NUMBER - 6, high), 12, bold=True, anchor="end", colour=ACCENT
        )
        marks += fitting.written(stage.title, Box(box.x + 10, y + 5, across, high - 10), 11, bold=True)
        if parts:
            marks += fitting.written(parts, Box(box.x + 10, y + high - 5, across, below), 10, colour=MUTED, up=True)
        y += high + below + _GAP
    return Drawing(WIDTH, y - _GAP + _EDGE, tuple(marks))


def key(stages: tuple[Stage, ...], room: Box, size: float) -> tuple[list[Mark], float]:
    """
    Return numbers and titles for a figure that shows only numbers, and how high they are.
    """
    marks: list[Mark] = []
    y = room.y
    for stage in stages:
        high = row(stage.title, room.w - 24, size)
        marks += fitting.written(str(stage.number), Box(room.x, y, 20, high), size, bold=True, colour=ACCENT, up=True)
        marks += fitting.written(stage.title, Box(room.x + 24, y, room.w - 24, high), size, bold=True, up=True)
        y += high + 4
    return marks, y - 4 - room.y


def badge(number: int | str, x: float, y: float, r: float = 10.0) -> tuple[Mark, ...]:
    """
    Return a number in a small circle.
    """
    room = Box(x - r, y - r, 2 * r, 2 * r)
    size = 11.0 if len(str(number)) < 3 else 9.0
    words = fitting.written(str(number), room, size, bold=True, anchor="middle", colour=ACCENT)
    return (Shape(path=oval(x, y, r), thick=1.25), *words)

"""
Lines from nought to ten, with what both ends mean and whose number it is.
"""

from __future__ import annotations

from reflect.diagrams import fitting
from reflect.diagrams.marks import INK, MUTED, WIDTH, Box, Drawing, Mark, Shape, line, oval
from reflect.diagrams.shapes import rows
from reflect.text.nodes import Diagram

_R = 14.0
_LEFT, _RIGHT = _R + 2, WIDTH - _R - 2


def draw(diagram: Diagram) -> Drawing:
    """
    Return a line for each stage.
    """
    marks: list[Mark] = []
    y = 1.0
    for stage in diagram.stages:
        title = stage.title
        head = rows.row(title, WIDTH - 4, 11)
        marks += fitting.written(title, Box(1, y, WIDTH - 4, head), 11, bold=True, up=True)
        y += head + 6 + _R
        marks.append(Shape(path=line((_LEFT, y), (_RIGHT, y)), fill="none"))
        for n in range(11):
            x = _LEFT + (_RIGHT - _LEFT) * n / 10
            marks.append(Shape(path=oval(x, y, _R)))
            box = Box(x - 10, y - 9, 20, 18)
            marks += fitting.written(str(n), box, 12, bold=True, anchor="middle", colour=INK)
        y += _R + 5
        half = WIDTH / 2 - 12
        low, high = (rows.row(end, half, 10, bold=False) for end in (stage.low, stage.high))
        marks += fitting.written(stage.low, Box(1, y, half, low), 10, colour=MUTED, up=True) if stage.low else ()
        if stage.high:
            room_high = Box(WIDTH - 1 - half, y, half, high)
            marks += fitting.written(stage.high, room_high, 10, colour=MUTED, up=True, anchor="end")
        y += max(low, high) + 3
        whose = rows.row(stage.whose, WIDTH - 4, 10, bold=False)
        marks += fitting.written(stage.whose, Box(1, y, WIDTH - 4, whose), 10, colour=MUTED, up=True)
        y += whose + 16
    return Drawing(WIDTH, y - 14, tuple(marks))

"""
Rungs from the ground up.
"""

from __future__ import annotations

from reflect.diagrams import fitting
from reflect.diagrams.marks import ACCENT, WIDTH, Box, Drawing, Mark, Shape, line, rectangle
from reflect.diagrams.shapes import rows
from reflect.text.nodes import Diagram

_LEFT, _RIGHT = 40.0, WIDTH - 110
_GAP, _END = 13.0, 16.0


def draw(diagram: Diagram) -> Drawing:
    """
    Return the ladder, with the first rung at its foot.
    """
    across = _RIGHT - _LEFT - 60
    heights = [rows.row(stage.title, across, 11) + 12 for stage in diagram.stages]
    whole = 2 * _END + sum(heights) + _GAP * (len(heights) - 1)
    marks: list[Mark] = [
        Shape(path=line((x, 1), (x, whole - 1)), fill="none", thick=4) for x in (_LEFT + 10, _RIGHT - 10)
    ]
    y = whole - _END
    for stage, high in zip(diagram.stages, heights, strict=True):
        y -= high
        box = Box(_LEFT - 10, y, _RIGHT - _LEFT + 20, high)
        marks.append(Shape(path=rectangle(box, 4), thick=1.75))
        marks += fitting.written(
            str(stage.number), Box(box.x + 6, y, 24, high), 12, bold=True, anchor="middle", colour=ACCENT
        )
        marks += fitting.written(stage.title, Box(_LEFT + 30, y + 5, across, high - 10), 11, bold=True)
        y -= _GAP
    return Drawing(WIDTH - 70, whole, tuple(marks))

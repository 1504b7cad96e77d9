"""
Steps from top to bottom: who acts stands on the left, how long it takes on the right.
"""

from __future__ import annotations

from reflect.diagrams import fitting
from reflect.diagrams.marks import MUTED, WIDTH, Box, Drawing, Mark, Shape, line, rectangle
from reflect.diagrams.shapes import rows
from reflect.text.nodes import Diagram

_EDGE, _GAP = 1.0, 8.0
_ROLE, _TIME = 78.0, 52.0


def draw(diagram: Diagram) -> Drawing:
    """
    Return the steps on one thread; a broken outline is a step in which somebody is silent.
    """
    stages = diagram.stages
    left = _ROLE + 30 if any(stage.role for stage in stages) else 30.0
    right = WIDTH - _EDGE
    time = _TIME if any(stage.minutes for stage in stages) else 0.0
    across = right - left - 20 - time
    marks: list[Mark] = []
    y = _EDGE
    middles: list[float] = []
    for stage in stages:
        role = rows.row(stage.role, left - 32, 10, bold=False) if stage.role else 0.0
        high = max(rows.row(stage.title, across, 11), role) + 13
        box = Box(left, y, right - left, high)
        marks.append(Shape(path=rectangle(box, 5), dashed=stage.silent))
        marks += fitting.written(stage.title, Box(left + 10, y + 6, across, high - 12), 11, bold=True)
        if stage.role:
            marks += fitting.written(stage.role, Box(_EDGE, y + 4, left - 32, high - 8), 10, anchor="end", colour=MUTED)
        if stage.minutes:
            room = Box(right - time - 4, y, time, high)
            marks += fitting.written(f"{stage.minutes} min", room, 10, anchor="end", colour=MUTED)
        middles.append(y + high / 2)
        y += high + _GAP
    x = left - 15
    thread = [Shape(path=line((x, middles[0]), (x, middles[-1])), fill="none")] if len(stages) > 1 else []
    badges = [mark for stage, at in zip(stages, middles, strict=True) for mark in rows.badge(stage.number, x, at)]
    return Drawing(WIDTH, y - _GAP + _EDGE, (*thread, *marks, *badges))

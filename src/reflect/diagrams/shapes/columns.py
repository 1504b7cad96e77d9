"""
Columns side by side, with room to write in.

Where some stages have parts and others have none, those with parts are the columns; the others stand across the
top and the foot.
"""

from __future__ import annotations

from collections.abc import Sequence

from reflect.diagrams import fitting
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import ACCENT, WIDTH, Box, Drawing, Mark, Shape, line, rectangle
from reflect.diagrams.shapes import rows
from reflect.text.nodes import Diagram, Stage

_EDGE, _GAP = 1.0, 6.0
#: Columns side by side, at most; more go in a second row.
_MOST = 5
#: Room to write in under the head of a column without parts.
_BLANK = 90.0


def parted(stages: Sequence[Stage]) -> tuple[tuple[Stage, ...], tuple[Stage, ...], tuple[Stage, ...]]:
    """
    Return what stands across the top, the columns, and what stands across the foot.
    """
    columns = tuple(stage for stage in stages if stage.parts)
    if not columns or len(columns) == len(stages):
        return (), tuple(stages), ()
    first = stages.index(columns[0])
    above = tuple(stage for stage in stages[:first])
    below = tuple(stage for stage in stages[first:] if not stage.parts)
    return above, columns, below


def _band(stage: Stage, y: float) -> tuple[list[Mark], float]:
    across = WIDTH - 2 * _EDGE - 50
    high = rows.row(stage.title, across, 11) + 13
    marks: list[Mark] = [Shape(path=rectangle(Box(_EDGE, y, WIDTH - 2 * _EDGE, high), 5))]
    marks += fitting.written(
        str(stage.number), Box(_EDGE + 6, y, 26, high), 12, bold=True, anchor="middle", colour=ACCENT
    )
    marks += fitting.written(stage.title, Box(_EDGE + 36, y + 6, across, high - 12), 11, bold=True)
    return marks, y + high + _GAP


def _head(labels: Sequence[Label], wide: float) -> tuple[float, float | None]:
    """
    How high heads are, and the size of their letters.
    """
    for high in (44.0, 56.0, 68.0, 82.0):
        size = fitting.label_size(
            ((label, Box(0, 0, wide - 12, high - 6)) for label in labels), (12, 11.5, 11, 10.5, 10)
        )
        if size is not None:
            return high, size
    return 96.0, None


def _row(stages: Sequence[Stage], wide: float, y: float) -> tuple[list[Mark], float]:
    labels = [Label(number=str(stage.number), title=stage.title) for stage in stages]
    head, size = _head(labels, wide)
    lists = [[rows.row(part.title, wide - 16, 10, bold=False) for part in stage.parts] for stage in stages]
    body = max(_BLANK, *(sum(heights) + 8 * len(heights) + 8 for heights in lists))
    marks: list[Mark] = []
    for i, (stage, label, heights) in enumerate(zip(stages, labels, lists, strict=True)):
        box = Box(_EDGE + i * (wide + _GAP), y, wide, head + body)
        marks.append(Shape(path=rectangle(box, 5)))
        marks.append(Shape(path=line((box.x, y + head), (box.x + wide, y + head)), fill="none"))
        marks += fitting.labelled(label, Box(box.x + 6, y + 3, wide - 12, head - 6), size)
        down = y + head + 8
        for part, high in zip(stage.parts, heights, strict=True):
            marks += fitting.written(part.title, Box(box.x + 8, down, wide - 16, high), 10, up=True)
            down += high + 8
    return marks, y + head + body + _GAP


def draw(diagram: Diagram) -> Drawing:
    """
    Return the columns.
    """
    above, columns, below = parted(diagram.stages)
    marks: list[Mark] = []
    y = _EDGE
    for stage in above:
        more, y = _band(stage, y)
        marks += more
    many = -(-len(columns) // -(-len(columns) // _MOST))
    wide = min((WIDTH - 2 * _EDGE + _GAP) / many - _GAP, 210.0)
    for start in range(0, len(columns), many):
        more, y = _row(columns[start : start + many], wide, y)
        marks += more
    for stage in below:
        more, y = _band(stage, y)
        marks += more
    across = WIDTH if above or below else _EDGE * 2 + many * (wide + _GAP) - _GAP
    return Drawing(across, y - _GAP + _EDGE, tuple(marks))

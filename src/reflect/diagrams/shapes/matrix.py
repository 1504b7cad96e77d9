"""
A grid. Axes are drawn only if the model names them: rows are stages, columns what each of them holds alike.
"""

from __future__ import annotations

import math

from reflect.diagrams import fitting
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import WIDTH, Box, Drawing, Mark, Shape, rectangle
from reflect.text.nodes import Diagram, Stage

_EDGE = 1.0
_LOW, _HIGH = 62.0, 120.0


def across(stages: tuple[Stage, ...]) -> int:
    """
    Return how many boxes of a grid without axes stand side by side: as square as can be.
    """
    return min(math.isqrt(max(len(stages) - 1, 0)) + 1, 4)


def headed(stages: tuple[Stage, ...]) -> tuple[str, ...]:
    """
    Return the heads of the columns, if every stage holds parts of the same titles.
    """
    titles = {tuple(part.title for part in stage.parts) for stage in stages}
    found = next(iter(titles)) if len(titles) == 1 else ()
    return found if len(stages) > 1 and 1 < len(found) <= 5 else ()


def draw(diagram: Diagram) -> Drawing:
    """
    Return the grid.
    """
    heads = headed(diagram.stages)
    return _axes(diagram.stages, heads) if heads else _boxes(diagram.stages)


def _boxes(stages: tuple[Stage, ...]) -> Drawing:
    many = across(stages)
    wide = min((WIDTH - 2 * _EDGE) / many, 190.0)
    labels = [Label(number=str(stage.number), title=_whole(stage)) for stage in stages]
    high, size = _HIGH, None
    for tried in (_LOW if len(stages) > 4 else 84.0, 84.0, 98.0, _HIGH):
        size = fitting.label_size((label, Box(0, 0, wide - 14, tried - 12)) for label in labels)
        if size is not None:
            high = tried
            break
    marks: list[Mark] = []
    for i, label in enumerate(labels):
        box = Box(_EDGE + i % many * wide, _EDGE + i // many * high, wide, high)
        marks.append(Shape(path=rectangle(box), thick=1.75))
        marks += fitting.labelled(label, box.within(7, 6), size)
    return Drawing(2 * _EDGE + many * wide, 2 * _EDGE + -(-len(labels) // many) * high, tuple(marks))


def _whole(stage: Stage) -> str:
    parts = "; ".join(part.title for part in stage.parts)
    return f"{stage.title}: {parts}" if parts else stage.title


def _axes(stages: tuple[Stage, ...], heads: tuple[str, ...]) -> Drawing:
    side, top, high = 112.0, 34.0, 54.0
    wide = (WIDTH - side - _EDGE) / len(heads)
    marks: list[Mark] = []
    for i, head in enumerate(heads):
        room = Box(side + i * wide + 5, _EDGE, wide - 10, top - 4)
        marks += fitting.written(head, room, fitting.common([(head, room)], bold=True), bold=True, anchor="middle")
    names = [
        (f"{stage.number}  {stage.title}", Box(_EDGE, top + i * high + 3, side - 10, high - 6))
        for i, stage in enumerate(stages)
    ]
    size = fitting.common(names, bold=True)
    for i, (name, room) in enumerate(names):
        marks += fitting.written(name, room, size, bold=True)
        marks += [
            Shape(path=rectangle(Box(side + j * wide, top + i * high, wide, high)), thick=1.75)
            for j in range(len(heads))
        ]
    return Drawing(WIDTH, top + len(stages) * high + _EDGE, tuple(marks))

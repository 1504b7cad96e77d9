"""
A grid. It has axes only if the model names them: rows are stages, columns are the parts that all of them share.
"""

from __future__ import annotations

import math

from reflect.diagrams import fitting
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import TEXT_WIDTH, Box, Drawing, Figure, Mark, rectangle
from reflect.diagrams.sentences import count_of, name_with_parts, names_of, sentence
from reflect.text.nodes import Diagram, Stage

_EDGE = 1.0
_LOW, _HIGH = 62.0, 120.0


def _boxes_across(stages: tuple[Stage, ...]) -> int:
    """
    Return the number of boxes side by side that makes a grid without axes as square as possible.
    """
    return min(math.isqrt(max(len(stages) - 1, 0)) + 1, 4)


def heads_of_columns(stages: tuple[Stage, ...]) -> tuple[str, ...]:
    """
    Return the heads of the columns, if every stage has parts with the same titles.
    """
    titles = {tuple(part.title for part in stage.parts) for stage in stages}
    found = next(iter(titles)) if len(titles) == 1 else ()
    return found if len(stages) > 1 and 1 < len(found) <= 5 else ()


def draw(diagram: Diagram) -> Drawing:
    heads = heads_of_columns(diagram.stages)
    return _draw_with_axes(diagram.stages, heads) if heads else _draw_boxes(diagram.stages)


def _draw_boxes(stages: tuple[Stage, ...]) -> Drawing:
    many = _boxes_across(stages)
    wide = min((TEXT_WIDTH - 2 * _EDGE) / many, 190.0)
    labels = [Label(number=str(stage.number), title=_title_with_parts(stage)) for stage in stages]
    high, size = _HIGH, None
    for tried in (_LOW if len(stages) > 4 else 84.0, 84.0, 98.0, _HIGH):
        size = fitting.common_label_size((label, Box(0, 0, wide - 14, tried - 12)) for label in labels)
        if size is not None:
            high = tried
            break
    marks: list[Mark] = []
    for i, label in enumerate(labels):
        box = Box(_EDGE + i % many * wide, _EDGE + i // many * high, wide, high)
        marks.append(Figure(path=rectangle(box), thick=1.75))
        marks += fitting.place_label(label, box.within(7, 6), size)
    return Drawing(2 * _EDGE + many * wide, 2 * _EDGE + -(-len(labels) // many) * high, tuple(marks))


def _title_with_parts(stage: Stage) -> str:
    parts = "; ".join(part.title for part in stage.parts)
    return f"{stage.title}: {parts}" if parts else stage.title


def _draw_with_axes(stages: tuple[Stage, ...], heads: tuple[str, ...]) -> Drawing:
    side, top, high = 112.0, 34.0, 54.0
    wide = (TEXT_WIDTH - side - _EDGE) / len(heads)
    marks: list[Mark] = []
    for i, head in enumerate(heads):
        room = Box(side + i * wide + 5, _EDGE, wide - 10, top - 4)
        marks += fitting.place_text(
            head, room, fitting.common_size([(head, room)], bold=True), bold=True, anchor="middle"
        )
    names = [
        (f"{stage.number}  {stage.title}", Box(_EDGE, top + i * high + 3, side - 10, high - 6))
        for i, stage in enumerate(stages)
    ]
    size = fitting.common_size(names, bold=True)
    for i, (name, room) in enumerate(names):
        marks += fitting.place_text(name, room, size, bold=True)
        marks += [
            Figure(path=rectangle(Box(side + j * wide, top + i * high, wide, high)), thick=1.75)
            for j in range(len(heads))
        ]
    return Drawing(TEXT_WIDTH, top + len(stages) * high + _EDGE, tuple(marks))


def describe(stages: tuple[Stage, ...]) -> str:
    heads = heads_of_columns(stages)
    if heads:
        size = f"{count_of(stages, 'row')} and {count_of(heads, 'column')}"
        columns = sentence("; ".join(heads))
        return f"A grid of {size}. Rows, from the top: {sentence(names_of(stages))} Columns, from the left: {columns}"
    return sentence(f"A grid of {count_of(stages, 'box', 'boxes')}, row by row: {names_of(stages, name_with_parts)}")

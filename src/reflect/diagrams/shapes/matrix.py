"""
A grid. It has axes only if the model names them: rows are stages, columns are the parts that all of them share. A first
stage without parts stands over such a grid.
"""

from __future__ import annotations

import math

from reflect.diagrams import fitting
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import TEXT_WIDTH, Box, Drawing, Figure, Mark, rectangle
from reflect.diagrams.sentences import count_of, name_with_parts, names_of, number_of, sentence, write_numbered
from reflect.text.nodes import Diagram, Stage

_EDGE = 1.0
_LOW, _HIGH = 62.0, 120.0


def _boxes_across(stages: tuple[Stage, ...]) -> int:
    """
    Return the number of boxes side by side that makes a grid without axes as square as possible.
    """
    return min(math.isqrt(max(len(stages) - 1, 0)) + 1, 4)


def split_first(stages: tuple[Stage, ...]) -> tuple[tuple[Stage, ...], tuple[Stage, ...]]:
    """
    Return a first stage that stands over a grid, if there is one, and the rows of the grid.
    """
    if len(stages) > 2 and not stages[0].parts and heads_of_columns(stages[1:]):
        return stages[:1], stages[1:]
    return (), stages


def heads_of_columns(stages: tuple[Stage, ...]) -> tuple[str, ...]:
    """
    Return the heads of the columns, if every stage has parts with the same titles.
    """
    titles = {tuple(part.title for part in stage.parts) for stage in stages}
    found = next(iter(titles)) if len(titles) == 1 else ()
    return found if len(stages) > 1 and 1 < len(found) <= 5 else ()


def draw(diagram: Diagram) -> Drawing:
    first, grid = split_first(diagram.stages)
    heads = heads_of_columns(grid)
    return _draw_with_axes(first, grid, heads) if heads else _draw_boxes(diagram.stages)


def _draw_boxes(stages: tuple[Stage, ...]) -> Drawing:
    many = _boxes_across(stages)
    wide = min((TEXT_WIDTH - 2 * _EDGE) / many, 190.0)
    labels = [Label(number=number_of(stage), title=_title_with_parts(stage)) for stage in stages]
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


def _draw_with_axes(first: tuple[Stage, ...], stages: tuple[Stage, ...], heads: tuple[str, ...]) -> Drawing:
    # A grid of two rows is as high as one of three, so that there is room to write in it.
    side, high, above = 124.0, 58.0 if len(stages) < 3 else 40.0, 0.0
    wide = (TEXT_WIDTH - side - _EDGE) / len(heads)
    marks: list[Mark] = []
    for stage in first:
        above = 30.0
        box = Box(_EDGE, _EDGE, TEXT_WIDTH - 2 * _EDGE, above - 4)
        name = write_numbered(stage)
        marks.append(Figure(path=rectangle(box, 5), thick=1.75))
        marks += fitting.place_text(
            name, box.within(7, 4), fitting.common_size([(name, box.within(7, 4))], bold=True), bold=True
        )
    top = above + 30.0
    for i, head in enumerate(heads):
        room = Box(side + i * wide + 5, above + _EDGE, wide - 10, 26.0)
        marks += fitting.place_text(
            head, room, fitting.common_size([(head, room)], bold=True), bold=True, anchor="middle"
        )
    names = [
        (write_numbered(stage), Box(_EDGE, top + i * high + 3, side - 10, high - 6)) for i, stage in enumerate(stages)
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
    first, grid = split_first(stages)
    heads = heads_of_columns(grid)
    if heads:
        size = f"{count_of(grid, 'row')} and {count_of(heads, 'column')}"
        columns = sentence("; ".join(heads))
        rows = f"A grid of {size}. Rows, from the top: {sentence(names_of(grid))} Columns, from the left: {columns}"
        return f"{rows} Over it: {sentence(names_of(first))}" if first else rows
    return sentence(f"A grid of {count_of(stages, 'box', 'boxes')}, row by row: {names_of(stages, name_with_parts)}")

"""
Columns side by side, with room to write in.

If only some stages have parts, those are the columns; the others go across the
top and the foot.
"""

from __future__ import annotations

from collections.abc import Sequence

from reflect.diagrams import fitting, rows
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import ACCENT, TEXT_WIDTH, Box, Drawing, Figure, Mark, line, rectangle
from reflect.diagrams.sentences import count_of, name_with_parts, names_of, number_of, sentence
from reflect.text.nodes import Diagram, Stage

_EDGE, _GAP = 1.0, 6.0
#: The most columns side by side; more go in a second row.
_MOST = 5
#: Room to write in under the head of a column without parts.
_BLANK = 90.0


def split_stages(stages: Sequence[Stage]) -> tuple[tuple[Stage, ...], tuple[Stage, ...], tuple[Stage, ...]]:
    """
    Return the stages across the top, the columns, and the stages across the foot.
    """
    columns = tuple(stage for stage in stages if stage.parts)
    if not columns or len(columns) == len(stages):
        return (), tuple(stages), ()
    first = stages.index(columns[0])
    above = tuple(stage for stage in stages[:first])
    below = tuple(stage for stage in stages[first:] if not stage.parts)
    return above, columns, below


def _draw_band(stage: Stage, y: float) -> tuple[list[Mark], float]:
    across = TEXT_WIDTH - 2 * _EDGE - 50
    high = rows.height_of_row(stage.title, across, 11) + 13
    marks: list[Mark] = [Figure(path=rectangle(Box(_EDGE, y, TEXT_WIDTH - 2 * _EDGE, high), 5))]
    marks += fitting.place_text(
        number_of(stage), Box(_EDGE + 6, y, 26, high), 12, bold=True, anchor="middle", colour=ACCENT
    )
    marks += fitting.place_text(stage.title, Box(_EDGE + 36, y + 6, across, high - 12), 11, bold=True)
    return marks, y + high + _GAP


def _size_heads(labels: Sequence[Label], wide: float) -> tuple[float, float | None]:
    """
    Return the height of the heads, and the size of their letters.
    """
    for high in (44.0, 56.0, 68.0, 82.0):
        size = fitting.common_label_size(
            ((label, Box(0, 0, wide - 12, high - 6)) for label in labels), (12, 11.5, 11, 10.5, 10)
        )
        if size is not None:
            return high, size
    return 96.0, None


def _draw_row(stages: Sequence[Stage], wide: float, y: float) -> tuple[list[Mark], float]:
    labels = [Label(number=number_of(stage), title=stage.title) for stage in stages]
    head, size = _size_heads(labels, wide)
    lists = [[rows.height_of_row(part.title, wide - 16, 10, bold=False) for part in stage.parts] for stage in stages]
    body = max(_BLANK, *(sum(heights) + 8 * len(heights) + 8 for heights in lists))
    marks: list[Mark] = []
    for i, (stage, label, heights) in enumerate(zip(stages, labels, lists, strict=True)):
        box = Box(_EDGE + i * (wide + _GAP), y, wide, head + body)
        marks.append(Figure(path=rectangle(box, 5)))
        marks.append(Figure(path=line((box.x, y + head), (box.x + wide, y + head)), fill="none"))
        marks += fitting.place_label(label, Box(box.x + 6, y + 3, wide - 12, head - 6), size)
        down = y + head + 8
        for part, high in zip(stage.parts, heights, strict=True):
            marks += fitting.place_text(part.title, Box(box.x + 8, down, wide - 16, high), 10, up=True)
            down += high + 8
    return marks, y + head + body + _GAP


def draw(diagram: Diagram) -> Drawing:
    above, columns, below = split_stages(diagram.stages)
    marks: list[Mark] = []
    y = _EDGE
    for stage in above:
        more, y = _draw_band(stage, y)
        marks += more
    many = -(-len(columns) // -(-len(columns) // _MOST))
    wide = min((TEXT_WIDTH - 2 * _EDGE + _GAP) / many - _GAP, 210.0)
    for start in range(0, len(columns), many):
        more, y = _draw_row(columns[start : start + many], wide, y)
        marks += more
    for stage in below:
        more, y = _draw_band(stage, y)
        marks += more
    across = TEXT_WIDTH if above or below else _EDGE * 2 + many * (wide + _GAP) - _GAP
    return Drawing(across, y - _GAP + _EDGE, tuple(marks))


def describe(stages: tuple[Stage, ...]) -> str:
    above, middle, below = split_stages(stages)
    beside = ", side by side" if len(middle) > 1 else ""
    sentences = [sentence(f"{count_of(middle, 'column').capitalize()}{beside}: {names_of(middle, name_with_parts)}")]
    sentences += [sentence(f"Across the top: {names_of(above)}")] if above else []
    sentences += [sentence(f"Across the foot: {names_of(below)}")] if below else []
    return " ".join(sentences)

"""
Rungs from the ground up.
"""

from __future__ import annotations

from reflect.diagrams import fitting, rows
from reflect.diagrams.marks import ACCENT, TEXT_WIDTH, Box, Drawing, Figure, Mark, line, rectangle
from reflect.diagrams.sentences import count_of, names_of, sentence
from reflect.text.nodes import Diagram, Stage

_LEFT, _RIGHT = 40.0, TEXT_WIDTH - 110
_GAP, _END = 13.0, 16.0


def draw(diagram: Diagram) -> Drawing:
    """
    Return the ladder, with the first rung at its foot.
    """
    across = _RIGHT - _LEFT - 60
    heights = [rows.height_of_row(stage.title, across, 11) + 12 for stage in diagram.stages]
    whole = 2 * _END + sum(heights) + _GAP * (len(heights) - 1)
    marks: list[Mark] = [
        Figure(path=line((x, 1), (x, whole - 1)), fill="none", thick=4) for x in (_LEFT + 10, _RIGHT - 10)
    ]
    y = whole - _END
    for stage, high in zip(diagram.stages, heights, strict=True):
        y -= high
        box = Box(_LEFT - 10, y, _RIGHT - _LEFT + 20, high)
        marks.append(Figure(path=rectangle(box, 4), thick=1.75))
        marks += fitting.place_text(
            str(stage.number), Box(box.x + 6, y, 24, high), 12, bold=True, anchor="middle", colour=ACCENT
        )
        marks += fitting.place_text(stage.title, Box(_LEFT + 30, y + 5, across, high - 10), 11, bold=True)
        y -= _GAP
    return Drawing(TEXT_WIDTH - 70, whole, tuple(marks))


def describe(stages: tuple[Stage, ...]) -> str:
    return sentence(f"A ladder of {count_of(stages, 'rung')}, from the ground up: {names_of(stages)}")

"""
Stages one below another: the plain list, and the form of other shapes with too many stages.
"""

from __future__ import annotations

from reflect.diagrams import fitting, rows
from reflect.diagrams.marks import ACCENT, MUTED, TEXT_WIDTH, Box, Drawing, Figure, Mark, rectangle
from reflect.diagrams.sentences import count_of, name_with_parts, names_of, number_of, sentence, word_for
from reflect.text.nodes import Diagram, Stage

_EDGE = 1.0
_GAP = 6.0
_NUMBER = 26.0


def draw(diagram: Diagram) -> Drawing:
    """
    Return boxes one below another, with a number before each.
    """
    marks: list[Mark] = []
    y = _EDGE
    sign = rows.ROOM_OF_SIGN if any(stage.does for stage in diagram.stages) else 0.0
    for stage in diagram.stages:
        across = TEXT_WIDTH - _NUMBER - 2 * _EDGE - 20 - sign
        high = rows.height_of_row(stage.title, across, 11) + 12
        parts = ", ".join(part.title for part in stage.parts)
        below = rows.height_of_row(parts, across, 10, bold=False) + 3 if parts else 0.0
        box = Box(_NUMBER + _EDGE, y, TEXT_WIDTH - _NUMBER - 2 * _EDGE, high + below)
        marks.append(Figure(path=rectangle(box, 5), dashed=stage.silent))
        marks += fitting.place_text(
            number_of(stage), Box(0, y, _NUMBER - 6, high), 12, bold=True, anchor="end", colour=ACCENT
        )
        marks += fitting.place_text(stage.title, Box(box.x + 10 + sign, y + 5, across, high - 10), 11, bold=True)
        marks += rows.draw_sign(stage, box.x + 9, y + high / 2) if sign else ()
        if parts:
            marks += fitting.place_text(
                parts, Box(box.x + 10 + sign, y + high - 5, across, below), 10, colour=MUTED, up=True
            )
        y += high + below + _GAP
    return Drawing(TEXT_WIDTH, y - _GAP + _EDGE, tuple(marks))


def describe(stages: tuple[Stage, ...]) -> str:
    return sentence(f"{count_of(stages, 'part').capitalize()}, from top to bottom: {names_of(stages, _name)}")


def _name(stage: Stage) -> str:
    done = "in silence" if stage.silent else word_for(stage.does)
    return f"{name_with_parts(stage)} ({done})" if done else name_with_parts(stage)

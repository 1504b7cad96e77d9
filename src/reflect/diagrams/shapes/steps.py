"""
Steps from top to bottom, with who acts on the left and how long it takes on the right.
"""

from __future__ import annotations

from reflect.diagrams import fitting, rows
from reflect.diagrams.marks import MUTED, TEXT_WIDTH, Box, Drawing, Figure, Mark, line, rectangle
from reflect.diagrams.sentences import count_of, name_of, names_of, sentence, word_for
from reflect.text.nodes import Diagram, Stage

_EDGE, _GAP = 1.0, 8.0
_ROLE, _TIME = 78.0, 52.0


def draw(diagram: Diagram) -> Drawing:
    """
    Return the steps on one thread; a dashed outline means that somebody is silent in a step.
    """
    stages = diagram.stages
    left = _ROLE + 30 if any(stage.role for stage in stages) else 30.0
    right = TEXT_WIDTH - _EDGE
    time = _TIME if any(stage.minutes for stage in stages) else 0.0
    sign = rows.ROOM_OF_SIGN if any(stage.does for stage in stages) else 0.0
    across = right - left - 20 - time - sign
    marks: list[Mark] = []
    y = _EDGE
    middles: list[float] = []
    for stage in stages:
        role = rows.height_of_row(stage.role, left - 32, 10, bold=False) if stage.role else 0.0
        high = max(rows.height_of_row(stage.title, across, 11), role) + 13
        box = Box(left, y, right - left, high)
        marks.append(Figure(path=rectangle(box, 5), dashed=stage.silent))
        marks += fitting.place_text(stage.title, Box(left + 10 + sign, y + 6, across, high - 12), 11, bold=True)
        marks += rows.draw_sign(stage, left + 9, y + high / 2) if sign else ()
        if stage.role:
            marks += fitting.place_text(
                stage.role, Box(_EDGE, y + 4, left - 32, high - 8), 10, anchor="end", colour=MUTED
            )
        if stage.minutes:
            room = Box(right - time - 4, y, time, high)
            marks += fitting.place_text(f"{stage.minutes} min", room, 10, anchor="end", colour=MUTED)
        middles.append(y + high / 2)
        y += high + _GAP
    x = left - 15
    thread = [Figure(path=line((x, middles[0]), (x, middles[-1])), fill="none")] if len(stages) > 1 else []
    badges = [mark for stage, at in zip(stages, middles, strict=True) for mark in rows.draw_badge(stage.number, x, at)]
    return Drawing(TEXT_WIDTH, y - _GAP + _EDGE, (*thread, *marks, *badges))


def describe(stages: tuple[Stage, ...]) -> str:
    return sentence(f"{count_of(stages, 'step').capitalize()}, from top to bottom: {names_of(stages, _name_with_role)}")


def _name_with_role(stage: Stage) -> str:
    minutes = f"{stage.minutes} minute{'s' if stage.minutes != 1 else ''}" if stage.minutes else ""
    about = ", ".join(filter(None, (stage.role, "in silence" if stage.silent else word_for(stage.does), minutes)))
    return f"{name_of(stage)} ({about})" if about else name_of(stage)

"""
Lines from nought to ten, with the meaning of both ends and whose number it is.
"""

from __future__ import annotations

from reflect.diagrams import fitting, rows
from reflect.diagrams.marks import INK, MUTED, TEXT_WIDTH, Box, Drawing, Figure, Mark, line, oval
from reflect.diagrams.sentences import sentence
from reflect.text.nodes import Diagram, Stage

_R = 14.0
_LEFT, _RIGHT = _R + 2, TEXT_WIDTH - _R - 2


def draw(diagram: Diagram) -> Drawing:
    marks: list[Mark] = []
    y = 1.0
    for stage in diagram.stages:
        title = stage.title
        head = rows.height_of_row(title, TEXT_WIDTH - 4, 11)
        marks += fitting.place_text(title, Box(1, y, TEXT_WIDTH - 4, head), 11, bold=True, up=True)
        y += head + 6 + _R
        marks.append(Figure(path=line((_LEFT, y), (_RIGHT, y)), fill="none"))
        for n in range(11):
            x = _LEFT + (_RIGHT - _LEFT) * n / 10
            marks.append(Figure(path=oval(x, y, _R)))
            box = Box(x - 10, y - 9, 20, 18)
            marks += fitting.place_text(str(n), box, 12, bold=True, anchor="middle", colour=INK)
        y += _R + 5
        half = TEXT_WIDTH / 2 - 12
        low, high = (rows.height_of_row(end, half, 10, bold=False) for end in (stage.low, stage.high))
        marks += fitting.place_text(stage.low, Box(1, y, half, low), 10, colour=MUTED, up=True) if stage.low else ()
        if stage.high:
            room_high = Box(TEXT_WIDTH - 1 - half, y, half, high)
            marks += fitting.place_text(stage.high, room_high, 10, colour=MUTED, up=True, anchor="end")
        y += max(low, high) + 3
        whose = rows.height_of_row(stage.whose, TEXT_WIDTH - 4, 10, bold=False)
        marks += fitting.place_text(stage.whose, Box(1, y, TEXT_WIDTH - 4, whose), 10, colour=MUTED, up=True)
        y += whose + 16
    return Drawing(TEXT_WIDTH, y - 14, tuple(marks))


def describe(stages: tuple[Stage, ...]) -> str:
    sentences = []
    for stage in stages:
        ends = (f"0 is {stage.low}" if stage.low else "", f"10 is {stage.high}" if stage.high else "", stage.whose)
        about = ": ".join(filter(None, ("A scale from 0 to 10", "; ".join(filter(None, ends)))))
        sentences.append(f"{sentence(stage.title)} {sentence(about)}")
    return " ".join(sentences)

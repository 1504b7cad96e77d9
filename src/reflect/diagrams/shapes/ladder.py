"""
Rungs from the ground up.
"""

from __future__ import annotations

import itertools

from reflect.diagrams import fitting, rows
from reflect.diagrams.marks import ACCENT, TEXT_WIDTH, Box, Drawing, Figure, Mark, arrow, line, rectangle
from reflect.diagrams.sentences import count_of, names_of, number_of, sentence
from reflect.text.nodes import Diagram, Stage

_LEFT, _RIGHT = 40.0, TEXT_WIDTH - 110
_GAP, _END = 13.0, 16.0
#: From the middle of a number in a circle to where an arrow begins under it.
_BADGE = 12.0


def draw(diagram: Diagram) -> Drawing:
    """
    Return the ladder, with the first rung at its foot. If it is not climbed from there, an arrow down and numbers in
    the order of use are beside it.
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
            number_of(stage), Box(box.x + 6, y, 24, high), 12, bold=True, anchor="middle", colour=ACCENT
        )
        marks += fitting.place_text(stage.title, Box(_LEFT + 30, y + 5, across, high - 10), 11, bold=True)
        y -= _GAP
    marks += _draw_use(diagram.used, whole, heights)
    return Drawing(TEXT_WIDTH - 70, whole, tuple(marks))


def _draw_use(used: tuple[int, ...], whole: float, heights: list[float]) -> list[Mark]:
    x = _RIGHT + 27
    if used == tuple(range(len(heights), 0, -1)):
        return list(arrow((x, _END), (x, whole - _END)))
    if not used:
        return []
    middles: list[float] = []
    y = whole - _END
    for high in heights:
        middles.append(y - high / 2)
        y -= high + _GAP
    down = _way_down(used)
    marks: list[Mark] = []
    if len(down) > 2:
        marks += arrow((x, middles[down[0] - 1] + _BADGE), (x, middles[down[-1] - 1] + _BADGE))
    for number, middle in enumerate(middles, 1):
        if len(down) < 3 or number not in down[1:]:
            marks += rows.draw_badge(used.index(number) + 1, x, middle)
    return marks


def _way_down(used: tuple[int, ...]) -> tuple[int, ...]:
    """
    Return the rungs with which the use begins, as long as each is the one below.
    """
    steps = itertools.takewhile(lambda n: used[n] == used[0] - n, range(len(used)))
    return tuple(used[n] for n in steps)


def describe(stages: tuple[Stage, ...]) -> str:
    return sentence(f"A ladder of {count_of(stages, 'rung')}, from the ground up: {names_of(stages)}")

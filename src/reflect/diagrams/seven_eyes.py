"""
The seven eyes of supervision for a wall: people stand in circles, and each place to look from is an eye.

Two rooms overlap, the work out there and the talk here, with the worker in both; the seventh eye is at the edge round
everything. What looks out has one colour, and what looks at the people here another.
"""

from __future__ import annotations

from collections.abc import Sequence

from reflect.diagrams import fitting
from reflect.diagrams.marks import ACCENT, LINE, MUTED, WHITE, Box, Drawing, Figure, Mark, line, oval, points, rectangle
from reflect.text.nodes import Stage

_TINT, _AROUND = "#f1f6f6", "#6a3d78"
#: The least height in which there is room for the circles and their words.
LEAST_HIGH = 320.0
#: The radius of a circle, the half of an eye across and down, and its pupil.
_R, _ACROSS, _DOWN, _PUPIL = 84.0, 40.0, 20.0, 15.5
#: The room over the two rooms and under them, and how far they are from the sides.
_OVER, _UNDER, _SIDE = 18.0, 58.0, 24.0
#: How far an eye is over or under the line that it is on.
_OFF_LINE = 28.0


def draw_for_wall(stages: Sequence[Stage], wide: float, high: float, size: float) -> Drawing | None:
    """
    Return the seven eyes, or None if a title has no room at a size that can be read.

    Args:
        stages: The seven.
        wide: The width of the picture, in points.
        high: Its height.
        size: The size of its letters.
    """
    if high < LEAST_HIGH:
        return None
    person, moves, between, worker, us, listener, around = stages
    foot = high - _UNDER
    middle, deep = (_OVER + foot) / 2, foot - _OVER
    x_person, x_worker, x_listener = _SIDE + _R + 14, wide / 2, wide - _SIDE - _R - 14
    reach = _R + 20
    marks: list[Mark] = [
        Figure(path=rectangle(Box(2, 2, wide - 4, high - 4), 56), fill=_TINT, line=_AROUND, thick=3, dashed=True),
        _room(_SIDE, x_worker + reach, middle, deep, LINE, WHITE),
        _room(x_worker - reach, wide - _SIDE, middle, deep, ACCENT, WHITE),
        _room(_SIDE, x_worker + reach, middle, deep, LINE, "none"),
        Figure(path=line((x_person + _R, middle), (x_worker - _R, middle)), fill="none", line=MUTED, thick=2),
        Figure(path=line((x_worker + _R, middle), (x_listener - _R, middle)), fill="none", line=MUTED, thick=2),
    ]
    half = (x_worker - x_person) / 2 - _R - 4
    left, right = (x_person + x_worker) / 2, (x_worker + x_listener) / 2
    placed: list[tuple[Stage, float, float, str, Box, bool]] = []
    for stage, x, colour in ((person, x_person, LINE), (worker, x_worker, ACCENT), (listener, x_listener, ACCENT)):
        marks.append(Figure(path=oval(x, middle, _R), line=MUTED, thick=2))
        placed.append((stage, x, middle - 46, colour, Box(x - 62, middle - 24, 124, 78), True))
    over, under = (
        Box(left - half, _OVER + 4, 2 * half, middle - _OFF_LINE - _DOWN - _OVER - 6),
        middle + _OFF_LINE + _DOWN + 2,
    )
    placed.append((moves, left, middle - _OFF_LINE, LINE, over, False))
    placed.append((between, left, middle + _OFF_LINE, LINE, Box(left - half, under, 2 * half, foot - under - 4), True))
    placed.append((us, right, middle - _OFF_LINE, ACCENT, Box(right - half, over.y, 2 * half, over.h), False))
    for stage, x, y, colour, room, from_top in placed:
        lines = fitting.fit(stage.title, room, size, bold=True)
        if lines is None:
            return None
        tall = fitting.height(len(lines), size)
        own = Box(room.x, room.y if from_top else room.y + room.h - tall, room.w, tall)
        marks += _eye(stage, x, y, colour, size)
        marks += fitting.place_text(stage.title, own, size, bold=True, anchor="middle")
    y = high - _UNDER / 2 - 1
    room = Box(wide / 2 - 60, y - size * 0.6, wide / 2 - 60, size * 1.2)
    if fitting.fit(around.title, room, size, bold=True) is None:
        return None
    marks += _eye(around, wide / 2 - 114, y, _AROUND, size)
    marks += fitting.place_text(around.title, room, size, bold=True)
    return Drawing(wide, high, tuple(marks))


def _room(left: float, right: float, middle: float, deep: float, colour: str, fill: str) -> Figure:
    path = rectangle(Box(left, middle - deep / 2, right - left, deep), deep / 2)
    return Figure(path=path, fill=fill, line=colour, thick=2.5)


def _eye(stage: Stage, x: float, y: float, colour: str, size: float) -> list[Mark]:
    left, right = (x - _ACROSS, y), (x + _ACROSS, y)
    upper, lower = points(x, y - 2 * _DOWN, *right), points(x, y + 2 * _DOWN, *left)
    lids = f"M{points(*left)}Q{upper}Q{lower}z"
    number = Box(x - _PUPIL, y - _PUPIL, 2 * _PUPIL, 2 * _PUPIL)
    return [
        Figure(path=lids, line=colour, thick=2.25),
        Figure(path=oval(x, y, _PUPIL), fill=colour, line="none"),
        *fitting.place_text(str(stage.number), number, size, bold=True, anchor="middle", colour=WHITE),
    ]

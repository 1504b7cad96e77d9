"""
Numbers and titles in rows, and numbers in badges: parts of several shapes.
"""

from __future__ import annotations

from reflect.diagrams import fitting, signs
from reflect.diagrams.marks import ACCENT, Box, Figure, Mark, oval
from reflect.diagrams.sentences import number_of
from reflect.text.nodes import Stage

#: The most lines of a row; a longer title is shortened.
_LINES = 4


def height_of_row(title: str, across: float, size: float, *, bold: bool = True) -> float:
    room = Box(0, 0, across, fitting.height(_LINES, size))
    lines = fitting.fit(title, room, size, bold=bold, force=True) or []
    return fitting.height(len(lines), size)


def draw_key(stages: tuple[Stage, ...], room: Box, size: float) -> tuple[list[Mark], float]:
    """
    Return numbers and titles for a figure that shows only numbers, and their height.
    """
    marks: list[Mark] = []
    y = room.y
    for stage in stages:
        high = height_of_row(stage.title, room.w - 24, size)
        marks += fitting.place_text(number_of(stage), Box(room.x, y, 20, high), size, bold=True, colour=ACCENT, up=True)
        marks += fitting.place_text(stage.title, Box(room.x + 24, y, room.w - 24, high), size, bold=True, up=True)
        y += high + 4
    return marks, y - 4 - room.y


#: The size of a sign in a row, and the room it takes.
SIGN, ROOM_OF_SIGN = 13.0, 22.0


def draw_sign(stage: Stage, x: float, middle: float) -> tuple[Mark, ...]:
    """
    Return the sign of what is done in a stage, half-way down its row: a question mark in its bubble if it asks, and
    none if its parts say it.
    """
    if stage.parts and not (stage.does or stage.silent):
        return ()
    does = "silent" if stage.silent else stage.does or "ask"
    return (signs.mark(does, x, middle - SIGN / 2, SIGN),)


def draw_badge(number: int | str, x: float, y: float, r: float = 10.0) -> tuple[Mark, ...]:
    """
    Return a number in a small circle; nothing for 0.
    """
    if not number:
        return ()
    room = Box(x - r, y - r, 2 * r, 2 * r)
    size = 11.0 if len(str(number)) < 3 else 9.0
    words = fitting.place_text(str(number), room, size, bold=True, anchor="middle", colour=ACCENT)
    return (Figure(path=oval(x, y, r), thick=1.25), *words)

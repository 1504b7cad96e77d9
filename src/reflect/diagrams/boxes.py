"""
How high the boxes of a sheet to fill are: their names, what is asked in them, and the lines to write on.
"""

from __future__ import annotations

import math

from reflect.diagrams.metrics import width
from reflect.text.nodes import SheetToFill

#: Millimetres of a line to write on, of a line of a name and of a question, and of the edges of a box.
LINE, _NAME, _ASKED, _EDGES = 6.4, 5.6, 4.6, 4.0
#: The millimetres between two rows.
GAP = 2.4
#: The points of a name and of a question, and the millimetres of a point.
_NAMED, _HINT, _POINT = 12.0, 10.5, 25.4 / 72
#: The room of a line that its last word leaves free.
_RAGGED = 0.93
#: The most lines to write on, for what several questions ask.
_MOST = 9


def height_over_lines(sheet: SheetToFill, row: tuple[int, ...], wide: float, size: float = 1.0) -> float:
    """
    Return the millimetres in a row of boxes over the lines to write on.

    Args:
        row: The numbers of its boxes, as `SheetToFill.grid` has them.
        wide: The millimetres of the sheet.
        size: How many times as large as usual the letters are.
    """
    room = (wide / len(row) - _EDGES) * _RAGGED

    def high(number: int) -> float:
        asked = sheet.asks[number].split("\n") if sheet.asks and sheet.asks[number] else []
        named = _lines(sheet.places[number].label, _NAMED * size, room, bold=True) * _NAME
        return (named + sum(_lines(each, _HINT * size, room) for each in asked) * _ASKED) * size + _EDGES

    return max(map(high, row), default=0.0)


def lines_in_room(sheets: tuple[SheetToFill, ...], room: float, wide: float, size: float = 1.0) -> int:
    """
    Return how many lines to write on each box may have, if all of these sheets are to be in *room* millimetres; two at
    the least.
    """
    rows = [(sheet, row) for sheet in sheets for row in sheet.grid]
    over = sum(height_over_lines(sheet, row, wide, size) + GAP for sheet, row in rows)
    return min(max(math.floor((room - over) / (max(len(rows), 1) * LINE * size)), 2), _MOST)


def _lines(text: str, points: float, room: float, *, bold: bool = False) -> int:
    return max(math.ceil(width(text, points, bold=bold) * _POINT / max(room, 1.0)), 1) if text else 0

"""
Corners with lines between them: three, of which the third is at the foot, or four. Any number else is a list.
"""

from __future__ import annotations

import math

from reflect.diagrams import fitting
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import Disc, Drawing, Figure, Mark, arrow, oval
from reflect.diagrams.sentences import count_of, names_of, number_of, sentence
from reflect.diagrams.shapes import list as plain_list
from reflect.text.nodes import Diagram, Stage

_EDGE = 2.0
_R = 44.0
#: How far the middles of the corners are from one another: across, and down to the third of three and of four.
_ACROSS, _DOWN_TO_ONE, _DOWN_TO_TWO = 210.0, 110.0, 128.0
_COUNTS = (3, 4)
#: Between a corner and the arrow to it.
_GAP = 5.0


def _places(count: int) -> list[tuple[float, float]]:
    """
    Return the middles of the corners, clockwise from the top left.
    """
    x, y = _EDGE + _R, _EDGE + _R
    if count == 3:
        return [(x, y), (x + _ACROSS, y), (x + _ACROSS / 2, y + _DOWN_TO_ONE)]
    return [(x, y), (x + _ACROSS, y), (x + _ACROSS, y + _DOWN_TO_TWO), (x, y + _DOWN_TO_TWO)]


def draw(diagram: Diagram) -> Drawing:
    stages = diagram.stages
    if len(stages) not in _COUNTS:
        return plain_list.draw(diagram)
    places = _places(len(stages))
    labels = [Label(number=number_of(stage), title=stage.title) for stage in stages]
    rooms = [Disc(x, y, _R - 4) for x, y in places]
    size = fitting.common_label_size(zip(labels, rooms, strict=True))
    marks: list[Mark] = []
    for start, end in zip(places, (*places[1:], places[0]), strict=True):
        marks += _draw_way(start, end)
    for label, room in zip(labels, rooms, strict=True):
        marks.append(Figure(path=oval(room.x, room.y, _R), thick=2.25))
        marks += fitting.place_label(label, room, size)
    wide, high = (max(place[n] for place in places) + _R + _EDGE for n in (0, 1))
    return Drawing(wide, high, tuple(marks))


def _draw_way(start: tuple[float, float], end: tuple[float, float]) -> tuple[Figure, ...]:
    """
    Return an arrow with two heads, from one corner to the next: people pass from each to the other.
    """
    (x, y), (to_x, to_y) = start, end
    long = math.hypot(to_x - x, to_y - y)
    dx, dy = (to_x - x) / long * (_R + _GAP), (to_y - y) / long * (_R + _GAP)
    return arrow((x + dx, y + dy), (to_x - dx, to_y - dy), both=True)


def describe(stages: tuple[Stage, ...]) -> str:
    if len(stages) not in _COUNTS:
        return plain_list.describe(stages)
    corners = f"{count_of(stages, 'corner').capitalize()}, with ways between them both ways round"
    return sentence(f"{corners}, clockwise from the top left: {names_of(stages)}")

"""
Lenses to choose from: glasses that lie side by side. Nothing leads from one to the next. What a glass is made of stands
under it.
"""

from __future__ import annotations

import math

from reflect.diagrams import fitting
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import TEXT_WIDTH, Box, Disc, Drawing, Figure, Mark, line, oval
from reflect.diagrams.sentences import count_of, name_with_parts, names_of, number_of, sentence
from reflect.diagrams.shapes import list as plain_list
from reflect.text.nodes import Diagram, Stage

_EDGE, _GAP = 2.0, 26.0
_LARGEST = 50.0
_HANDLE = 19.0
_MOST = 24
#: The height of a title under a glass.
_ROW = 16.0


def _places(count: int, across: int, r: float) -> list[tuple[float, float]]:
    """
    Return the middles of the glasses; a shorter last row is centred.
    """
    pitch = 2 * r + _GAP
    whole = across * pitch
    found = []
    for i in range(count):
        row, place = divmod(i, across)
        here = min(across, count - row * across)
        left = (whole - here * pitch) / 2
        found.append((_EDGE + left + place * pitch + r, _EDGE + row * (2 * r + 16) + r))
    return found


def draw(diagram: Diagram) -> Drawing:
    stages = diagram.stages
    if len(stages) > _MOST:
        return plain_list.draw(diagram)
    labels = [Label(number=number_of(stage), title=stage.title) for stage in stages]
    chosen: tuple[int, float, float | None] | None = None
    for most in (4, 3):
        across = -(-len(stages) // -(-len(stages) // most))
        r = min((TEXT_WIDTH - 2 * _EDGE) / across / 2 - _GAP / 2, _LARGEST)
        size = fitting.common_label_size((label, Disc(0, 0, r - 4)) for label in labels)
        if size is not None or most == 3:
            chosen = across, r, size
            break
    assert chosen is not None
    across, r, size = chosen
    marks: list[Mark] = []
    places = _places(len(stages), across, r)
    slant = math.sqrt(0.5)
    for label, (x, y) in zip(labels, places, strict=True):
        near, far = r * slant, (r + _HANDLE) * slant
        marks.append(Figure(path=line((x + near, y + near), (x + far, y + far)), fill="none", thick=5))
        marks.append(Figure(path=oval(x, y, r), thick=2.25))
        marks += fitting.place_label(label, Disc(x, y, r - 4), size)
    reach = (r + _HANDLE) * slant + 4
    wide = max(max(x + r, x + reach) for x, _ in places) + _EDGE
    high = max(max(y + r, y + reach) for _, y in places) + _EDGE
    if across == len(stages) and _has_short_parts(stages):
        rooms = [
            (part.title, Box(x - r, high + n * _ROW, 2 * r, _ROW))
            for stage, (x, _) in zip(stages, places, strict=True)
            for n, part in enumerate(stage.parts)
        ]
        small = fitting.common_size(rooms, bold=True, sizes=(11.0, 10.5, 10.0, 9.5, 9.0))
        if small is not None:
            for title, room in rooms:
                marks += fitting.place_text(title, room, small, bold=True, anchor="middle")
            high = max(room.y + room.h for _, room in rooms) + _EDGE
    return Drawing(wide, high, tuple(marks))


def _has_short_parts(stages: tuple[Stage, ...]) -> bool:
    """
    Tell whether more than one glass has parts, and none so many that they are a list of their own.
    """
    counts = [len(stage.parts) for stage in stages]
    return sum(count > 1 for count in counts) > 1 and max(counts) < 5


def describe(stages: tuple[Stage, ...]) -> str:
    names = names_of(stages, name_with_parts) if _has_short_parts(stages) else names_of(stages)
    return sentence(f"{count_of(stages, 'lens', 'lenses').capitalize()}, to be chosen in any order: {names}")

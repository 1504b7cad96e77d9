"""
Arrows from left to right, in rows like text.
"""

from __future__ import annotations

from reflect.diagrams import fitting
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import TEXT_WIDTH, Box, Drawing, Figure, Mark, polygon
from reflect.diagrams.sentences import count_of, names_of, sentence
from reflect.diagrams.shapes import list as plain_list
from reflect.text.nodes import Diagram, Stage

_EDGE, _TIP, _GAP = 1.0, 14.0, 5.0
_WIDEST = 200.0
_MOST = 24


def _place_arrow(i: int, across: int, high: float) -> Box:
    wide = min((TEXT_WIDTH - 2 * _EDGE - _TIP + _GAP) / across - _GAP, _WIDEST)
    return Box(_EDGE + (i % across) * (wide + _GAP), _EDGE + (i // across) * (high + 10), wide, high)


def _path_of_arrow(box: Box, first: bool) -> str:
    right, foot, middle = box.x + box.w, box.y + box.h, box.y + box.h / 2
    notch = [] if first else [(box.x + _TIP, middle)]
    return polygon([(box.x, box.y), (right, box.y), (right + _TIP, middle), (right, foot), (box.x, foot), *notch])


def _room_for_title(box: Box) -> Box:
    return Box(box.x + _TIP + 4, box.y + 4, box.w - _TIP - 6, box.h - 8)


def draw(diagram: Diagram) -> Drawing:
    """
    Return the arrows, as many in a row as have room for their titles.
    """
    stages = diagram.stages
    if len(stages) > _MOST:
        return plain_list.draw(diagram)
    labels = [Label(number=str(stage.number), title=stage.title) for stage in stages]
    chosen: tuple[int, float, float | None] = (2, 92, None)
    for across, high in ((5, 58), (5, 70), (4, 58), (4, 70), (3, 58), (3, 70), (3, 84), (2, 70), (2, 92)):
        # As few rows as possible, with lengths as equal as possible.
        even = -(-len(stages) // -(-len(stages) // across))
        rooms = [_room_for_title(_place_arrow(i, even, high)) for i in range(len(stages))]
        size = fitting.common_label_size(zip(labels, rooms, strict=True), (12, 11.5, 11, 10.5, 10))
        if size is not None:
            chosen = even, high, size
            break
    many, tall, letters = chosen
    marks: list[Mark] = []
    for i, label in enumerate(labels):
        box = _place_arrow(i, many, tall)
        marks.append(Figure(path=_path_of_arrow(box, first=i == 0), thick=1.75))
        marks += fitting.place_label(label, _room_for_title(box), letters)
    last = _place_arrow(len(stages) - 1, many, tall)
    wide = max(_place_arrow(i, many, tall).x for i in range(len(stages))) + last.w + _TIP + _EDGE
    return Drawing(wide, last.y + last.h + _EDGE, tuple(marks))


def describe(stages: tuple[Stage, ...]) -> str:
    return sentence(f"A sequence of {count_of(stages, 'stage')}, from left to right: {names_of(stages)}")

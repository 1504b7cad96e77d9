"""
Arrows from left to right, in rows like text. Four parts of one stage are four boxes under it, and if all stages have
parts, each has its own in a column.
"""

from __future__ import annotations

from reflect.diagrams import fitting
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import TEXT_WIDTH, Box, Drawing, Figure, Mark, polygon, rectangle
from reflect.diagrams.sentences import count_of, name_with_parts, names_of, number_of, sentence
from reflect.diagrams.shapes import list as plain_list
from reflect.text.nodes import Diagram, Stage

_EDGE, _TIP, _GAP = 1.0, 14.0, 5.0
_WIDEST = 200.0
_MOST = 24
#: The height of a box of a part, the gap over the boxes, and the sizes of their letters.
_BOX, _OVER = 30.0, 9.0
_LETTERS = (11.0, 10.5, 10.0, 9.5, 9.0)


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
    labels = [Label(number=number_of(stage), title=stage.title) for stage in stages]
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
    boxes = _boxes_of_parts(stages, [_place_arrow(i, many, tall) for i in range(len(stages))])
    size = fitting.common_size([(title, box.within(5, 3)) for title, box in boxes], bold=True, sizes=_LETTERS)
    if many == len(stages) and boxes and size is not None:
        for title, box in boxes:
            marks.append(Figure(path=rectangle(box, 3)))
            marks += fitting.place_text(title, box.within(5, 3), size, bold=True, anchor="middle")
        foot = max(box.y + box.h for _, box in boxes)
    else:
        foot = 0.0
    last = _place_arrow(len(stages) - 1, many, tall)
    wide = max(_place_arrow(i, many, tall).x for i in range(len(stages))) + last.w + _TIP + _EDGE
    return Drawing(wide, max(last.y + last.h, foot) + _EDGE, tuple(marks))


def _has_parts_drawn(stages: tuple[Stage, ...]) -> bool:
    """
    Tell whether parts are boxes under the arrows: four of one stage, or some of each.
    """
    counts = [len(stage.parts) for stage in stages]
    return (all(1 < count < 5 for count in counts) and len(stages) < 5) or sorted(counts)[-2:] == [0, 4]


def _boxes_of_parts(stages: tuple[Stage, ...], arrows: list[Box]) -> list[tuple[str, Box]]:
    """
    Return the titles of parts and their boxes, which are next to each other: two by two under all, or in a column under
    the arrow of their stage.
    """
    if not _has_parts_drawn(stages):
        return []
    top = arrows[0].y + arrows[0].h + _OVER
    if all(stage.parts for stage in stages):
        return [
            (part.title, Box(arrow.x, top + n * _BOX, arrow.w, _BOX))
            for stage, arrow in zip(stages, arrows, strict=True)
            for n, part in enumerate(stage.parts)
        ]
    (stage,) = (each for each in stages if each.parts)
    right = arrows[-1].x + arrows[-1].w
    wide = min((right - _EDGE) / 2, 130.0)
    at = arrows[stages.index(stage)]
    left = min(max(at.x + at.w / 2 - wide, _EDGE), right - 2 * wide)
    return [
        (part.title, Box(left + n % 2 * wide, top + n // 2 * _BOX, wide, _BOX)) for n, part in enumerate(stage.parts)
    ]


def describe(stages: tuple[Stage, ...]) -> str:
    names = names_of(stages, name_with_parts) if _has_parts_drawn(stages) else names_of(stages)
    return sentence(f"A sequence of {count_of(stages, 'stage')}, from left to right: {names}")

"""
Places within places, from the inside out; or the seven eyes.

Seven places, only the sixth of them for the supervisor, are the two rooms of supervision: the work out there and the
talk here, the worker in both, and what is around them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from reflect.diagrams import fitting, rows
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import TEXT_WIDTH, Box, Disc, Drawing, Figure, Mark, arrow, oval, rectangle
from reflect.diagrams.sentences import count_of, name_of, names_of, number_of, sentence, write_numbered
from reflect.diagrams.shapes import list as plain_list
from reflect.text.nodes import Diagram, Stage

_EDGE = 1.0
_MOST = 7


def are_seven_eyes(stages: Sequence[Stage]) -> bool:
    """
    Whether places are the seven eyes of supervision.
    """
    return len(stages) == 7 and bool(stages[5].role) and not any(s.role for s in (*stages[:5], stages[6]))


def draw(diagram: Diagram) -> Drawing:
    """
    Return the places, each round the one inside it.
    """
    if are_seven_eyes(diagram.stages):
        return _draw_seven_eyes(diagram.stages)
    stages = diagram.stages
    if len(stages) > _MOST:
        return plain_list.draw(diagram)
    count = len(stages)
    step = min(22.0, 150.0 / count)
    core = TEXT_WIDTH - 2 * _EDGE - 2 * step * (count - 1)
    names = [write_numbered(stage) for stage in stages]
    heads = [rows.height_of_row(name, core - 40, 11) + 12 for name in names]
    marks: list[Mark] = []
    foot = _EDGE + sum(heads) + 12 * (count - 1) + 8
    y = _EDGE
    for out, name in enumerate(reversed(names)):
        head = heads[count - 1 - out]
        inset = step * out
        box = Box(_EDGE + inset, y, TEXT_WIDTH - 2 * (_EDGE + inset), foot - 12 * out - y)
        marks.append(Figure(path=rectangle(box, 18), thick=1.75))
        room = Box(TEXT_WIDTH / 2 - core / 2 + 20, y + 6, core - 40, head - 6)
        marks += fitting.place_text(name, room, 11, bold=True, anchor="middle")
        y += head
    return Drawing(TEXT_WIDTH, foot + _EDGE, tuple(marks))


#: The radius and the middles of the three circles.
_R, _Y = 40.0, 144.0
_LEFT, _MIDDLE, _RIGHT = 62.0, TEXT_WIDTH / 2, TEXT_WIDTH - 62


def _draw_seven_eyes(stages: tuple[Stage, ...]) -> Drawing:
    person, moves, between, worker, us, listener, context = stages
    high = _Y + 110
    marks: list[Mark] = [
        Figure(path=rectangle(Box(_EDGE, _EDGE, TEXT_WIDTH - 2 * _EDGE, high - 2 * _EDGE), 24), thick=1.75),
        Figure(path=oval((_LEFT + _MIDDLE) / 2, _Y, 128, 100), fill="none", thick=1.75),
        Figure(path=oval((_MIDDLE + _RIGHT) / 2, _Y, 128, 100), fill="none", thick=1.75),
        *rows.draw_badge(context.number, 24, 22),
    ]
    marks += _place_title(context.title, Box(40, 10, TEXT_WIDTH - 80, 24), "start")
    for x, stage in ((_LEFT, person), (_MIDDLE, worker), (_RIGHT, listener)):
        marks += _draw_place(stage, x)
    marks += _draw_link(moves, _MIDDLE, _LEFT, -19, both=False)
    marks += _draw_link(between, _LEFT, _MIDDLE, 19)
    marks += _draw_link(us, _MIDDLE, _RIGHT, -12)
    return Drawing(TEXT_WIDTH, high, tuple(marks))


def _place_title(title: str, room: Box, anchor: str, *, foot: bool = False) -> tuple[Mark, ...]:
    """
    Return a title in a box, in the largest letters that fit; *foot* puts it at the foot of the box.
    """
    size = fitting.common_size([(title, room)], bold=True, sizes=(11, 10.5, 10, 9.5, 9))
    lines = fitting.fit(title, room, size or 9, bold=True, force=True) or []
    tall = fitting.height(len(lines), size or 9)
    inner = Box(room.x, room.y + room.h - tall if foot else room.y, room.w, tall)
    return fitting.place_text(title, inner if foot or anchor == "middle" else room, size, bold=True, anchor=anchor)


def _draw_place(stage: Stage, x: float) -> tuple[Mark, ...]:
    label = Label(number=number_of(stage), title=stage.title)
    room = Disc(x, _Y, _R - 2)
    size = fitting.common_label_size([(label, room)], (11, 10.5, 10, 9.5, 9))
    return (Figure(path=oval(x, _Y, _R), thick=1.75), *fitting.place_label(label, room, size))


def _draw_link(stage: Stage, start: float, end: float, down: float, *, both: bool = True) -> tuple[Mark, ...]:
    """
    Return what is between two places: an arrow with its number on it, and its title above or below.
    """
    x, y = (start + end) / 2, _Y + down
    reach = math.sqrt(_R**2 - down**2) + 3
    way = math.copysign(reach, end - start)
    # A little away from the worker, where the outline of the other circle passes.
    room = Box(x - 54 if x < _MIDDLE else x - 36, _Y + 43 if down > 0 else _Y - 83, 90, 40)
    return (
        *arrow((start + way, y), (end - way, y), both=both),
        *rows.draw_badge(stage.number, x, y, 9),
        *_place_title(stage.title, room, "middle", foot=down < 0),
    )


def describe(stages: tuple[Stage, ...]) -> str:
    if not are_seven_eyes(stages):
        places = count_of(stages, "place").capitalize()
        return sentence(f"{places}, each within the next, from the inside out: {names_of(stages)}")
    person, moves, between, worker, us, listener, context = map(name_of, stages)
    return (
        "Seven places to look from, in any order. Two overlapping circles stand side by side, with the worker in "
        f"both. In the left circle are {person}; {worker}; between the two {between}; and, an arrow from the worker "
        f"to the person, {moves}. In the right circle are the worker again and {listener}; between the two {us}. "
        f"{sentence(f'Around both circles is {context}')}"
    )

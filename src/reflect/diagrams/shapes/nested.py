"""
Places within places, from the inside out; or seven eyes.

Seven places of which only the sixth is put to the supervisor are the two rooms of supervision: the work out there
and the talk here, the worker in both, and what is around them.
"""

from __future__ import annotations

import math

from reflect.diagrams import fitting
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import WIDTH, Box, Disc, Drawing, Mark, Shape, arrow, oval, rectangle
from reflect.diagrams.shapes import rows
from reflect.text.nodes import Diagram, Stage

_EDGE = 1.0
_MOST = 7


def eyes(diagram: Diagram) -> bool:
    """
    Whether a nested diagram is that of seven eyes.
    """
    stages = diagram.stages
    return len(stages) == 7 and bool(stages[5].role) and not any(s.role for s in (*stages[:5], stages[6]))


def draw(diagram: Diagram) -> Drawing:
    """
    Return the places, each round those within it.
    """
    if eyes(diagram):
        return _eyes(diagram.stages)
    stages = diagram.stages
    if len(stages) > _MOST:
        return rows.draw(diagram)
    count = len(stages)
    step = min(22.0, 150.0 / count)
    core = WIDTH - 2 * _EDGE - 2 * step * (count - 1)
    names = [f"{stage.number}  {stage.title}" for stage in stages]
    heads = [rows.row(name, core - 40, 11) + 12 for name in names]
    marks: list[Mark] = []
    foot = _EDGE + sum(heads) + 12 * (count - 1) + 8
    y = _EDGE
    for out, name in enumerate(reversed(names)):
        head = heads[count - 1 - out]
        inset = step * out
        box = Box(_EDGE + inset, y, WIDTH - 2 * (_EDGE + inset), foot - 12 * out - y)
        marks.append(Shape(path=rectangle(box, 18), thick=1.75))
        room = Box(WIDTH / 2 - core / 2 + 20, y + 6, core - 40, head - 6)
        marks += fitting.written(name, room, 11, bold=True, anchor="middle")
        y += head
    return Drawing(WIDTH, foot + _EDGE, tuple(marks))


#: The middles of the three circles, how large they are, and how far from one another.
_R, _Y = 40.0, 144.0
_LEFT, _MIDDLE, _RIGHT = 62.0, WIDTH / 2, WIDTH - 62


def _eyes(stages: tuple[Stage, ...]) -> Drawing:
    person, moves, between, worker, us, listener, context = stages
    high = _Y + 110
    marks: list[Mark] = [
        Shape(path=rectangle(Box(_EDGE, _EDGE, WIDTH - 2 * _EDGE, high - 2 * _EDGE), 24), thick=1.75),
        Shape(path=oval((_LEFT + _MIDDLE) / 2, _Y, 128, 100), fill="none", thick=1.75),
        Shape(path=oval((_MIDDLE + _RIGHT) / 2, _Y, 128, 100), fill="none", thick=1.75),
        *rows.badge(context.number, 24, 22),
    ]
    marks += _titled(context.title, Box(40, 10, WIDTH - 80, 24), "start")
    for x, stage in ((_LEFT, person), (_MIDDLE, worker), (_RIGHT, listener)):
        marks += _place(stage, x)
    marks += _link(moves, _MIDDLE, _LEFT, -19, both=False)
    marks += _link(between, _LEFT, _MIDDLE, 19)
    marks += _link(us, _MIDDLE, _RIGHT, -12)
    return Drawing(WIDTH, high, tuple(marks))


def _titled(title: str, room: Box, anchor: str, *, foot: bool = False) -> tuple[Mark, ...]:
    """
    A title in a box, in letters as large as have room there; *foot* puts it at the foot of the box.
    """
    size = fitting.common([(title, room)], bold=True, sizes=(11, 10.5, 10, 9.5, 9))
    lines = fitting.fit(title, room, size or 9, bold=True, force=True) or []
    tall = fitting.height(len(lines), size or 9)
    inner = Box(room.x, room.y + room.h - tall if foot else room.y, room.w, tall)
    return fitting.written(title, inner if foot or anchor == "middle" else room, size, bold=True, anchor=anchor)


def _place(stage: Stage, x: float) -> tuple[Mark, ...]:
    """
    Somebody's place: a circle with a number and a title.
    """
    label = Label(number=str(stage.number), title=stage.title)
    room = Disc(x, _Y, _R - 2)
    size = fitting.label_size([(label, room)], (11, 10.5, 10, 9.5, 9))
    return (Shape(path=oval(x, _Y, _R), thick=1.75), *fitting.labelled(label, room, size))


def _link(stage: Stage, start: float, end: float, down: float, *, both: bool = True) -> tuple[Mark, ...]:
    """
    What is between two places: an arrow with its number on it, and its title above or below.
    """
    x, y = (start + end) / 2, _Y + down
    reach = math.sqrt(_R**2 - down**2) + 3
    way = math.copysign(reach, end - start)
    # A little away from the worker, where the outline of the other circle passes.
    room = Box(x - 54 if x < _MIDDLE else x - 36, _Y + 43 if down > 0 else _Y - 83, 90, 40)
    return (
        *arrow((start + way, y), (end - way, y), both=both),
        *rows.badge(stage.number, x, y, 9),
        *_titled(stage.title, room, "middle", foot=down < 0),
    )

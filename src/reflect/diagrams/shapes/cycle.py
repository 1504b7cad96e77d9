"""
A ring of arrows, clockwise from the top.

Titles are in the ring if they fit; otherwise numbers are, and the titles are beside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from reflect.diagrams import fitting, rows
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import ACCENT, MUTED, TEXT_WIDTH, Box, Disc, Drawing, Figure, Mark, Sector, points
from reflect.diagrams.sentences import count_of, names_of, number_of
from reflect.diagrams.shapes import list as plain_list
from reflect.text.nodes import Diagram, Stage

#: Rings to try, by inner and outer radius, until titles fit at a size that is easy to read; then at any size.
_RINGS = ((50.0, 116.0), (44.0, 124.0), (40.0, 132.0), (44.0, 140.0), (50.0, 150.0))
_EASY = (12.0, 11.5, 11.0, 10.5, 10.0)
_OUTER = 120.0
_SMALL = 84.0
#: More arrows than this are too small for their numbers.
_MOST = 24
#: How far an arrow points into the next, and the gap between them, in points along the middle of the ring.
_TIP, _GAP = 13.0, 4.0


def _path_of_arrow(x: float, y: float, inner: float, outer: float, start: float, end: float) -> str:
    """
    Return the path of an arrow: round the outside, to its tip, back inside, and the notch for the one before.
    """

    def at(r: float, angle: float) -> tuple[float, float]:
        return x + r * math.cos(math.radians(angle)), y + r * math.sin(math.radians(angle))

    middle = (inner + outer) / 2
    tip = math.degrees(_TIP / middle)
    wide = int(end - start > 180)
    return (
        f"M{points(*at(outer, start))}A{points(outer, outer, 0, wide, 1, *at(outer, end))}"
        f"L{points(*at(middle, end + tip))}L{points(*at(inner, end))}"
        f"A{points(inner, inner, 0, wide, 0, *at(inner, start))}L{points(*at(middle, start + tip))}z"
    )


def draw_ring(count: int, x: float, y: float, inner: float, outer: float) -> tuple[list[Mark], list[Sector]]:
    """
    Return the arrows of a ring, and the room for text in each.
    """
    marks: list[Mark] = []
    rooms: list[Sector] = []
    middle = (inner + outer) / 2
    gap, tip = math.degrees(_GAP / middle), math.degrees(_TIP / middle)
    for i in range(count):
        start, end = -90 + i * 360 / count + gap / 2, -90 + (i + 1) * 360 / count - gap / 2
        marks.append(Figure(path=_path_of_arrow(x, y, inner, outer, start, end), thick=1.75))
        rooms.append(Sector(x, y, inner + 3, outer - 4, start + tip + 1, end))
    return marks, rooms


def place_titles(
    stages: tuple[Stage, ...], rooms: list[Sector], sizes: Sequence[float] = fitting.SIZES
) -> list[Mark] | None:
    """
    Return numbers and titles in the arrows of a ring, or None if they do not fit there.
    """
    labels = [Label(number=number_of(stage), title=stage.title) for stage in stages]
    size = fitting.common_label_size(zip(labels, rooms, strict=True), sizes)
    if size is None:
        return None
    return [mark for label, room in zip(labels, rooms, strict=True) for mark in fitting.place_label(label, room, size)]


def _place_name(title: str, x: float, y: float, r: float) -> tuple[Mark, ...]:
    """
    Return the title of a ring in its middle, if it fits.
    """
    room = Disc(x, y, r)
    for size in (11.0, 10.0, 9.0):
        for box in fitting.boxes(room):
            if fitting.fit(title, box, size) is not None:
                return fitting.place_text(title, box, size, anchor="middle", colour=MUTED)
    return ()


def _place_numbers(stages: tuple[Stage, ...], rooms: list[Sector]) -> list[Mark]:
    marks: list[Mark] = []
    for stage, room in zip(stages, rooms, strict=True):
        angle, far = math.radians((room.start + room.end) / 2), (room.inner + room.outer) / 2
        box = Box(room.x + far * math.cos(angle) - 12, room.y + far * math.sin(angle) - 9, 24, 18)
        marks += fitting.place_text(number_of(stage), box, 12, bold=True, anchor="middle", colour=ACCENT)
    return marks


def draw(diagram: Diagram) -> Drawing:
    stages = diagram.stages
    if len(stages) > _MOST:
        return plain_list.draw(diagram)
    for sizes, rings in ((_EASY, _RINGS), (fitting.SIZES, _RINGS[-1:])):
        for inner, outer in rings:
            x = y = outer + 2
            marks, rooms = draw_ring(len(stages), x, y, inner, outer)
            words = place_titles(stages, rooms, sizes)
            if words is not None:
                return Drawing(2 * x, 2 * y, (*marks, *words, *_place_name(diagram.title, x, y, inner - 8)))
    return _draw_with_key(diagram)


def _draw_with_key(diagram: Diagram) -> Drawing:
    stages = diagram.stages
    outer = _SMALL if len(stages) < 13 else _OUTER
    inner = outer - 36
    left = 2 * outer + 32
    beside, high = rows.draw_key(stages, Box(left, 0, TEXT_WIDTH - left, 0), 11)
    whole = max(2 * outer + 4, high + 4)
    beside, _ = rows.draw_key(stages, Box(left, (whole - high) / 2, TEXT_WIDTH - left, 0), 11)
    x, y = outer + 2, whole / 2
    marks, rooms = draw_ring(len(stages), x, y, inner, outer)
    return Drawing(
        TEXT_WIDTH,
        whole,
        (*marks, *_place_numbers(stages, rooms), *_place_name(diagram.title, x, y, inner - 6), *beside),
    )


def describe(stages: tuple[Stage, ...]) -> str:
    return f"A cycle of {count_of(stages, 'stage')}, clockwise: {names_of(stages)}; and round again."

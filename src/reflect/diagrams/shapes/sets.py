"""
Sets side by side, never a grid: a set that goes round is a ring, and the others are loose beside it. One that goes
round and two that are carried are three linked rings.
"""

from __future__ import annotations

from collections.abc import Sequence

from reflect.diagrams import fitting, rows
from reflect.diagrams.fitting import Label
from reflect.diagrams.linked import draw_linked, order_of_links
from reflect.diagrams.marks import INK, TEXT_WIDTH, Box, Disc, Drawing, Figure, Mark, oval, rectangle
from reflect.diagrams.metrics import width
from reflect.diagrams.sentences import count_of, name_of, number_of, sentence
from reflect.diagrams.shapes import cycle
from reflect.text.nodes import Diagram, Stage

_EDGE, _GAP = 1.0, 12.0
_OUTER, _INNER = 104.0, 42.0
#: How many sets without parts are circles, the radius of one at most, and how far it lies over the next.
_IN_CIRCLES, _LARGEST, _OVER = range(2, 5), 66.0, 12.0


def set_drawn_as_ring(stages: Sequence[Stage]) -> Stage | None:
    """
    Return the set that is drawn as a ring: the first that goes round, if the titles of its parts fit there.
    """
    for stage in stages:
        if stage.turns and 1 < len(stage.parts) <= 8 and _draw_parts_as_ring(stage, 0, 0) is not None:
            return stage
    return None


def _draw_parts_as_ring(stage: Stage, x: float, y: float) -> list[Mark] | None:
    marks, rooms = cycle.draw_ring(len(stage.parts), x, y, _INNER, _OUTER)
    words = cycle.place_titles(stage.parts, rooms)
    return None if words is None else [*marks, *words]


def _draw_tags(parts: Sequence[Stage], room: Box) -> tuple[list[Mark], float]:
    """
    Return titles as tags, one after another like words in a line, so that they do not form columns.
    """
    marks: list[Mark] = []
    x, y, deep = room.x, room.y, 0.0
    for part in parts:
        size = 10.5
        wide = min(max(width(part.title, size) * 1.03, 16) + 20, room.w)
        high = rows.height_of_row(part.title, wide - 20, size, bold=False) + 10
        if x + wide > room.x + room.w and x > room.x:
            x, y, deep = room.x, y + deep + 6, 0.0
        box = Box(x, y, wide, high)
        marks.append(Figure(path=rectangle(box, 12), thick=1.25))
        marks += fitting.place_text(part.title, Box(x + 10, y + 5, wide - 20, high - 10), size, anchor="middle")
        deep = max(deep, high)
        x += wide + 7
    return marks, y + deep - room.y


def _draw_group(stage: Stage, room: Box) -> tuple[list[Mark], float]:
    marks: list[Mark] = list(rows.draw_badge(stage.number, room.x + 11, room.y + 11))
    head = max(rows.height_of_row(stage.title, room.w - 30, 12) + 4, 22)
    marks += fitting.place_text(stage.title, Box(room.x + 29, room.y, room.w - 30, head), 12, bold=True, colour=INK)
    more, high = (
        _draw_tags(stage.parts, Box(room.x + 6, room.y + head + 7, room.w - 6, 0)) if stage.parts else ([], 0.0)
    )
    return marks + more, head + 7 + high


def _draw_circles(stages: Sequence[Stage]) -> Drawing | None:
    """
    Return sets that have no parts as circles, each over the edge of the next; None if they have parts, if there are
    many, or if their titles have no room.
    """
    if len(stages) not in _IN_CIRCLES or any(stage.parts for stage in stages):
        return None
    count = len(stages)
    r = min((TEXT_WIDTH - 2 * _EDGE + _OVER * (count - 1)) / count / 2, _LARGEST)
    labels = [Label(number=number_of(stage), title=stage.title) for stage in stages]
    rooms = [Disc(_EDGE + r + n * (2 * r - _OVER), _EDGE + r, r - _OVER) for n in range(count)]
    size = fitting.common_label_size(zip(labels, rooms, strict=True))
    if size is None:
        return None
    marks: list[Mark] = [Figure(path=oval(room.x, room.y, r), fill="none", thick=2.25) for room in rooms]
    for label, room in zip(labels, rooms, strict=True):
        marks += fitting.place_label(label, room, size)
    return Drawing(rooms[-1].x + r + _EDGE, 2 * (r + _EDGE), tuple(marks))


def draw(diagram: Diagram) -> Drawing:
    if linked := draw_linked(diagram.stages):
        return linked
    if circles := _draw_circles(diagram.stages):
        return circles
    turns = set_drawn_as_ring(diagram.stages)
    others = [stage for stage in diagram.stages if stage is not turns]
    left = 2 * _OUTER + 26 if turns else _EDGE
    heights = [_draw_group(stage, Box(left, 0, TEXT_WIDTH - left - _EDGE, 0))[1] for stage in others]
    beside = sum(heights) + 22 * max(len(heights) - 1, 0)
    marks: list[Mark] = []
    high = 0.0
    if turns is not None:
        ring, high = _draw_ring(turns, max((beside - 2 * _OUTER - 30) / 2, 0) if len(others) < 4 else 0)
        marks += ring
    high = max(high, beside)
    y = (high - beside) / 2 + _EDGE
    for stage, tall in zip(others, heights, strict=True):
        more, _ = _draw_group(stage, Box(left, y, TEXT_WIDTH - left - _EDGE, 0))
        marks += more
        y += tall + 22
    return Drawing(TEXT_WIDTH if others else left, high + 2 * _EDGE, tuple(marks))


def _draw_ring(stage: Stage, top: float) -> tuple[list[Mark], float]:
    """
    Return a ring below its title, and where it ends.
    """
    x = _OUTER + 2
    head = max(rows.height_of_row(stage.title, 2 * x - 31, 12), 22)
    y = top + head + 6 + _OUTER
    marks: list[Mark] = [*rows.draw_badge(stage.number, 12, top + head / 2 + 1)]
    marks += fitting.place_text(stage.title, Box(30, top + 1, 2 * x - 31, head), 12, bold=True)
    marks += _draw_parts_as_ring(stage, x, y) or []
    return marks, y + _OUTER + 1


def describe(stages: tuple[Stage, ...]) -> str:
    if (links := order_of_links(stages)) and draw_linked(stages):
        left, middle, right = links
        inner = {stage: "; ".join(part.title for part in stage.parts) for stage in links}
        return " ".join(
            (
                "Three rings, linked as a chain.",
                f"The one in the middle, {name_of(middle)}, goes round clockwise: {inner[middle]}; and round again.",
                sentence(f"On the left, {name_of(left)}: {inner[left]}"),
                sentence(f"On the right, {name_of(right)}: {inner[right]}"),
            )
        )
    drawn_as_ring = set_drawn_as_ring(stages)
    sentences = [f"{count_of(stages, 'set').capitalize()}, side by side."]
    for stage in stages:
        titles = "; ".join(part.title for part in stage.parts)
        if stage is drawn_as_ring:
            ring = f"{name_of(stage)} is a ring of {count_of(stage.parts, 'stage')}, clockwise"
            sentences.append(f"{ring}: {titles}; and round again.")
        else:
            sentences.append(sentence(f"{name_of(stage)}: {titles}" if titles else name_of(stage)))
    return " ".join(sentences)

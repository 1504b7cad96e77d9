"""
Pictures for a wall: no word in them is smaller than somebody in the last row can read.

If the words of a picture have no room at that size, its numbers alone are in it, and its titles stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from reflect import diagrams
from reflect.diagrams import fitting, seven_eyes
from reflect.diagrams.fitting import Label
from reflect.diagrams.marks import ACCENT, MUTED, Box, Drawing, Figure, Lettering, Mark, Room
from reflect.diagrams.shapes.cycle import draw_ring, place_titles
from reflect.diagrams.shapes.nested import are_seven_eyes
from reflect.diagrams.shapes.sets import set_drawn_as_ring
from reflect.diagrams.tidying import tidy
from reflect.questions.question import Shape
from reflect.text.nodes import Diagram, Stage

#: How much larger than the least size the words of a ring are, and its hole as a part of its radius.
_LARGER, _HOLES = (1.3, 1.2, 1.1, 1.0), (0.34, 0.26, 0.2)
#: The hole of a ring with numbers alone.
_WIDE_HOLE = 0.54
#: How much larger than the least size numbers without titles are.
_NUMBERS = 1.3
#: The part of the width that a picture beside its titles takes, and one that is much wider than high.
_HALF, _MORE_THAN_HALF, _MUCH_WIDER = 0.46, 0.58, 1.4
#: How much higher a rung is than the room for its title, at each side.
_IN_RUNG = 5.0
#: More arrows in a ring than this are too small for their numbers.
_MOST_ARROWS = 24


@attrs.frozen
class WallPicture:
    """
    A picture for a wall.

    Attributes:
        drawing: What is drawn; None if there is only something to say.
        scale: The scale at which it is shown.
        beside: What stands beside it: the number of a stage, or nothing, and its words.
    """

    drawing: Drawing | None
    scale: float = 1.0
    beside: tuple[tuple[str, str], ...] = ()


def draw_for_wall(diagram: Diagram, wide: float, high: float, least: float) -> WallPicture:
    """
    Return a diagram as large as there is room, in points.

    Args:
        wide: The width there is.
        high: The height there is.
        least: The smallest size of letters that can be read.
    """
    plain = tidy(_without_details(diagram))
    if plain.shape is Shape.NESTED and are_seven_eyes(diagram.stages):
        eyes = seven_eyes.draw_for_wall(plain.stages, wide, high, least)
        if eyes is not None:
            return WallPicture(eyes)
    drawn = diagrams.draw(plain)
    scale = _scale(drawn, wide, high)
    if min((mark.size for mark in drawn.marks if isinstance(mark, Lettering)), default=least) * scale >= least:
        return WallPicture(drawn, scale)
    spare = _IN_RUNG if plain.shape is Shape.LADDER else 0.0
    if (larger := _with_larger_words(drawn, least / scale, spare)) is not None:
        return WallPicture(larger, scale)
    stages = plain.stages
    beside = tuple((str(stage.number or n), _words_of(stage)) for n, stage in enumerate(stages, 1))
    if plain.shape is Shape.CYCLE and (ring := _ring_with_words(stages, high / 2, least)):
        return WallPicture(ring)
    if plain.shape is Shape.SETS and (turning := set_drawn_as_ring(stages)):
        ring = _ring_with_words(turning.parts, min(high, wide * _HALF) / 2, least)
        if ring is not None:
            # The numbers are those of the ring, so the sets have none.
            sets = (turning.title if each is turning else _words_of(each) for each in stages)
            return WallPicture(ring, 1.0, tuple(("", said) for said in sets))
    if plain.shape is Shape.CYCLE and len(stages) <= _MOST_ARROWS:
        return WallPicture(_ring_with_numbers(stages, min(high, wide * _HALF) / 2, least), 1.0, beside)
    scale = _scale(drawn, wide * (_MORE_THAN_HALF if drawn.width > drawn.height * _MUCH_WIDER else _HALF), high)
    return WallPicture(_with_numbers_alone(drawn, stages, least / scale), scale, beside)


def _without_details(diagram: Diagram) -> Diagram:
    """
    Return a diagram without who acts in it and how long it takes, and without the order of use, which has its words.
    """

    def bare(stage: Stage) -> Stage:
        return attrs.evolve(stage, role="", minutes=0, parts=tuple(map(bare, stage.parts)))

    used = diagram.used if diagram.shape is Shape.LADDER else ()
    return attrs.evolve(diagram, stages=tuple(map(bare, diagram.stages)), used=used, high=0)


def _scale(drawn: Drawing, wide: float, high: float) -> float:
    return min(wide / drawn.width, high / drawn.height)


def _words_of(stage: Stage) -> str:
    parts = ", ".join(part.title for part in stage.parts)
    return f"{stage.title}: {parts}" if parts else stage.title


def _rooms_of(drawn: Drawing) -> dict[Room, list[Lettering]]:
    """
    Return the words of a drawing by the room that they are in.
    """
    rooms: dict[Room, list[Lettering]] = {}
    for mark in drawn.marks:
        if isinstance(mark, Lettering):
            rooms.setdefault(mark.room, []).append(mark)
    return rooms


def _is_number(mark: Lettering) -> bool:
    return len(mark.lines) == 1 and mark.lines[0].isdigit()


def _with_larger_words(drawn: Drawing, size: float, spare: float) -> Drawing | None:
    """
    Return a drawing with no words smaller than *size*, or None if they have no room; what is muted may be left out.

    Args:
        spare: How much higher the room of a text is than the drawing says, above and below.
    """
    marks: list[Mark] = [mark for mark in drawn.marks if isinstance(mark, Figure)]
    for room, words in _rooms_of(drawn).items():
        at = max(size, words[-1].size)
        text = " ".join(" ".join(mark.lines) for mark in words)
        if len(words) == 2 and _is_number(words[0]):
            label = Label(number=words[0].lines[0], title=" ".join(words[1].lines))
            if fitting.best_box(label, room, at) is None:
                return None
            marks += fitting.place_label(label, room, at)
        elif isinstance(room, Box) and len(words) == 1:
            (mark,) = words
            if not _is_number(mark):
                room = Box(room.x, room.y - spare, room.w, room.h + 2 * spare)
            if fitting.fit(text, room, at, bold=mark.bold) is not None:
                up = mark.top <= room.y + 0.01
                marks += fitting.place_text(
                    text, room, at, bold=mark.bold, anchor=mark.anchor, colour=mark.colour, up=up
                )
            elif mark.colour != MUTED:
                return None
        else:
            return None
    return attrs.evolve(drawn, marks=tuple(marks))


def _ring_with_words(stages: Sequence[Stage], r: float, least: float) -> Drawing | None:
    """
    Return a ring whose words have room in it at a size that can be read, or None.
    """
    if not 1 < len(stages) <= _MOST_ARROWS:
        return None
    for hole in _HOLES:
        marks, rooms = draw_ring(len(stages), r, r, r * hole, r - 2)
        words = place_titles(tuple(stages), rooms, [least * times for times in _LARGER])
        if words is not None:
            return Drawing(2 * r, 2 * r, (*marks, *words))
    return None


def _ring_with_numbers(stages: Sequence[Stage], r: float, least: float) -> Drawing:
    marks, rooms = draw_ring(len(stages), r, r, r * _WIDE_HOLE, r - 2)
    for stage, room in zip(stages, rooms, strict=True):
        marks += _place_number(str(stage.number), room, least * _NUMBERS) or _place_number(
            str(stage.number), room, least
        )
    return Drawing(2 * r, 2 * r, tuple(marks))


def _place_number(number: str, room: Room, size: float) -> tuple[Lettering, ...]:
    """
    Return a number in the middle of a room; nothing if it does not fit.
    """
    box = max(fitting.boxes(room), key=lambda box: min(box.w, box.h))
    if fitting.fit(number, box, size, bold=True) is None:
        return ()
    return fitting.place_text(number, box, size, bold=True, anchor="middle", colour=ACCENT)


def _with_numbers_alone(drawn: Drawing, stages: Sequence[Stage], size: float) -> Drawing | None:
    """
    Return a drawing with the numbers of its stages and no other words; None if one of them has no place.
    """
    wanted = [str(stage.number) for stage in stages]
    marks: list[Mark] = [mark for mark in drawn.marks if isinstance(mark, Figure)]
    found: list[str] = []
    for room, words in _rooms_of(drawn).items():
        number = words[0].lines[0] if _is_number(words[0]) else ""
        if number in wanted:
            # In a badge, which is small and round, letters may come close to its edge.
            placed = _place_number(number, room, size * _NUMBERS) or _place_number(number, room, size)
            if not placed:
                return None
            marks += placed
            found.append(number)
    return attrs.evolve(drawn, marks=tuple(marks)) if sorted(found) == sorted(wanted) else None

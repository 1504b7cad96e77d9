"""
Three rings that are linked as a chain: the one in the middle goes round, and the others are carried along.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from reflect.diagrams import fitting, rows, signs
from reflect.diagrams.marks import TEXT_WIDTH, WHITE, Box, Drawing, Figure, Mark, oval, points, polygon
from reflect.diagrams.sentences import write_numbered
from reflect.text.nodes import Stage

#: The radius of the ring in the middle and of those beside it, how far apart their middles are, and how thick each is.
_MIDDLE, _SIDE, _APART, _THICK = 88.0, 69.0, 140.0, 6.5
#: The white edge of a ring where it lies over another, and how far round it does.
_HALO, _OVER = 5.0, 26.0
#: How far the parts of the ring in the middle are from its middle, the size of their numbers, and of a sign.
_OUT, _NUMBER, _SIGN = 0.56, 8.0, 9.0
#: Sizes of letters to try.
_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)
#: The room for the title under a ring.
_UNDER = 32.0
_MOST_PARTS = 5


def order_of_links(stages: Sequence[Stage]) -> tuple[Stage, Stage, Stage] | None:
    """
    Return the ring on the left, the one that goes round, and the one on the right; None if a model has no such three.
    """
    turning = [stage for stage in stages if stage.turns and len(stage.parts) == 4]
    others = [stage for stage in stages if not stage.turns and 1 < len(stage.parts) <= _MOST_PARTS]
    if len(stages) != 3 or len(turning) != 1 or len(others) != 2:
        return None
    return others[0], turning[0], others[1]


def draw_linked(stages: Sequence[Stage]) -> Drawing | None:
    """
    Return three linked rings; None if a model has no such three, or if their words have no room.
    """
    links = order_of_links(stages)
    if links is None:
        return None
    left, middle, right = links
    x, y = TEXT_WIDTH / 2, _MIDDLE + _THICK
    words = [*_words_in_middle(middle, x, y), *_words_beside(left, x - _APART, y), *_words_beside(right, x + _APART, y)]
    texts = [(text, room) for text, room, _ in words]
    size = fitting.common_size(texts, bold=True, sizes=_SIZES)
    under = [
        (write_numbered(stage), Box(at - wide / 2, 2 * y + 5, wide, _UNDER))
        for stage, at, wide in ((left, x - _APART, 136.0), (middle, x, 136.0), (right, x + _APART, 136.0))
    ]
    size_under = fitting.common_size(under, bold=True, sizes=_SIZES)
    if size is None or size_under is None:
        return None
    marks: list[Mark] = [*_draw_rings(links, x, y), *_draw_arrows(middle, x, y)]
    for words_of, room, anchor in words:
        marks += fitting.place_text(words_of, room, size, bold=True, anchor=anchor)
    marks += _draw_numbers(middle, x, y)
    for stage, at in ((left, x - _APART), (right, x + _APART)):
        marks += _draw_signs(stage, at, y)
    for stage, (title, room) in zip((left, middle, right), under, strict=True):
        marks += fitting.place_text(title, room, size_under, bold=True, anchor="middle", colour=_colour(stage), up=True)
    return Drawing(TEXT_WIDTH, 2 * y + 5 + _UNDER, tuple(marks))


def _colour(stage: Stage) -> str:
    return signs.colour(signs.suit_of(stage.number))


def _ring(stage: Stage, x: float, y: float, r: float) -> tuple[Figure, Figure]:
    """
    Return a ring, with a white edge under it.
    """
    path = oval(x, y, r)
    return (
        Figure(path=path, fill="none", line=WHITE, thick=_THICK + _HALO),
        Figure(path=path, fill="none", line=_colour(stage), thick=_THICK),
    )


def _arc(stage: Stage, x: float, y: float, r: float, middle: float) -> tuple[Figure, Figure]:
    """
    Return a piece of a ring that lies over another.
    """

    def at(angle: float) -> tuple[float, float]:
        return x + r * math.cos(math.radians(angle)), y + r * math.sin(math.radians(angle))

    def path(reach: float) -> str:
        return f"M{points(*at(middle - reach))}A{points(r, r, 0, 0, 1, *at(middle + reach))}"

    return (
        Figure(path=path(_OVER * 0.72), fill="none", line=WHITE, thick=_THICK + _HALO),
        Figure(path=path(_OVER), fill="none", line=_colour(stage), thick=_THICK),
    )


def _draw_rings(links: tuple[Stage, Stage, Stage], x: float, y: float) -> list[Mark]:
    left, middle, right = links
    # Where two rings cross, as an angle from the middle of the outer one.
    along = (_APART**2 + _SIDE**2 - _MIDDLE**2) / (2 * _APART)
    angle = math.degrees(math.acos(along / _SIDE))
    marks: list[Mark] = [*_ring(left, x - _APART, y, _SIDE), *_ring(right, x + _APART, y, _SIDE)]
    marks += _ring(middle, x, y, _MIDDLE)
    # Each link is over the other once: the ones beside below on the left, and above on the right.
    marks += _arc(left, x - _APART, y, _SIDE, angle)
    marks += _arc(right, x + _APART, y, _SIDE, 180 + angle)
    return marks


def _draw_arrows(stage: Stage, x: float, y: float) -> list[Mark]:
    """
    Return the heads of arrows on the ring that goes round, clockwise.
    """
    marks: list[Mark] = []
    for angle in (-45.0, 45.0, 135.0, 225.0):
        turned = math.radians(angle)
        at = (x + _MIDDLE * math.cos(turned), y + _MIDDLE * math.sin(turned))
        ahead = (-math.sin(turned), math.cos(turned))
        aside = (math.cos(turned), math.sin(turned))
        tip = (at[0] + 8 * ahead[0], at[1] + 8 * ahead[1])
        back = [(at[0] - 5 * ahead[0] + k * aside[0], at[1] - 5 * ahead[1] + k * aside[1]) for k in (8, -8)]
        marks.append(Figure(path=polygon([tip, *back]), fill=_colour(stage), line=WHITE, thick=1.5))
    return marks


def _places_in_middle(x: float, y: float) -> tuple[tuple[float, float], ...]:
    """
    Return where the numbers of the parts are: at the top, on the right, at the foot and on the left.
    """
    out, across = _MIDDLE * _OUT, 31.0
    return (x, y - out - 8), (x + across, y - 11), (x, y + out - 16), (x - across, y - 11)


def _words_in_middle(stage: Stage, x: float, y: float) -> list[tuple[str, Box, str]]:
    wide = (92.0, 58.0, 92.0, 58.0)
    return [
        (part.title, Box(a - w / 2, b + _NUMBER + 2, w, 26.0), "middle")
        for part, (a, b), w in zip(stage.parts, _places_in_middle(x, y), wide, strict=True)
    ]


def _draw_numbers(stage: Stage, x: float, y: float) -> list[Mark]:
    places = zip(stage.parts, _places_in_middle(x, y), strict=True)
    return [mark for part, (a, b) in places for mark in rows.draw_badge(part.number, a, b, _NUMBER)]


def _rows_beside(stage: Stage, y: float) -> list[float]:
    """
    Return the middles of the rows in a ring that is carried.
    """
    high = 96.0 / len(stage.parts)
    return [y - 48 + high * (n + 0.5) for n in range(len(stage.parts))]


def _left_of_words(x: float) -> float:
    """
    Return where the words in a ring that is carried begin: away from the ring in the middle.
    """
    return x - 38 if x < TEXT_WIDTH / 2 else x - 24


def _words_beside(stage: Stage, x: float, y: float) -> list[tuple[str, Box, str]]:
    high = 96.0 / len(stage.parts)
    at = _left_of_words(x)
    return [
        (part.title, Box(at, row - high / 2, 79.0, high), "start")
        for part, row in zip(stage.parts, _rows_beside(stage, y), strict=True)
    ]


def _draw_signs(stage: Stage, x: float, y: float) -> list[Mark]:
    path, _ = signs.outline_of(signs.suit_of(stage.number))
    at = _left_of_words(x) - _SIGN - 5
    return [
        Figure(path=path, fill=_colour(stage), line="none", place=(at, row - _SIGN / 2, _SIGN / 24))
        for row in _rows_beside(stage, y)
    ]

"""
The height that a diagram may have on the one page of its paper, beside the words there.

Writers do not ask each other for heights, so we estimate them from the letters of our styles; a test
lays out all our handouts and counts their pages.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

import attrs

from reflect import diagrams
from reflect.text.nodes import (
    FITTING,
    Block,
    Cell,
    Diagram,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Quotation,
    Table,
    words,
)

#: Millimetres from the top of the text to its end, less some in reserve for fonts with wider letters.
_PAGE = 254.0
#: The greatest height in millimetres, that of a wheel beside a hand; and the smallest scale that is still readable.
_MOST, _SMALLEST = 85.0, 0.66
#: Millimetres round a picture.
_ROUND = 6.0
#: By the look of a paragraph: the height of a line, the letters in it, and the room round the paragraph (in mm).
_LOOKS = {
    "": (5.9, 82, 2.5),
    "eyebrow": (5.0, 70, 0.5),
    "subtitle": (6.3, 70, 6.0),
    "guidance": (5.5, 82, 1.5),
    "hint": (4.8, 96, 2.5),
    "small": (4.4, 100, 1.8),
    "prompt": (5.4, 80, 5.0),
    "space": (40.0, 80, 0.0),
}
#: By the level of a heading: the same.
_HEADINGS = {1: (11.5, 34, 1.0), 2: (7.2, 56, 4.0), 3: (6.2, 66, 6.0)}


def on_its_page(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """
    Return blocks with each fitting diagram as high as the page has room for; leave it out if there is no room.
    """
    if not any(isinstance(block, Diagram) and block.high == FITTING for block in blocks):
        return blocks
    room = _PAGE - _height(block for block in blocks if not isinstance(block, Diagram))
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Diagram) and block.high == FITTING:
            natural = _natural(attrs.evolve(block, high=0))
            high = math.floor(min(natural, _MOST, room - _ROUND))
            if high < min(natural, _MOST) * _SMALLEST:
                continue
            room -= high + _ROUND
            out.append(attrs.evolve(block, high=high))
        else:
            out.append(block)
    return tuple(out)


@functools.lru_cache(256)
def _natural(diagram: Diagram) -> float:
    """
    Return the height of a diagram as it is drawn, in millimetres.
    """
    return diagrams.draw(diagram).height * 25.4 / 72


def _lines(line: Iterable[Inline], look: tuple[float, int, float]) -> float:
    high, wide, room = look
    return math.ceil(len(words(line)) / wide) * high + room


def _height(blocks: Iterable[Block], plain: str = "") -> float:
    """
    Return the approximate height of blocks, in millimetres.
    """
    total = 0.0
    for block in blocks:
        match block:
            case Heading(level, children):
                total += _lines(children, _HEADINGS.get(level, _HEADINGS[3]))
            case Paragraph(children, style):
                total += _lines(children, _LOOKS.get(style or plain, _LOOKS[""]))
            case Listing(items, style=style):
                room = 0.4 if style == "compact" else 1.5
                for item in items:
                    inner = [_lines(b.children, (5.4, 80, room)) for b in item.blocks if isinstance(b, Paragraph)]
                    total += sum(inner) + _height(b for b in item.blocks if not isinstance(b, Paragraph))
            case Quotation(inside):
                total += _height(inside, "guidance")
            case Table(head, rows):
                total += sum(max(map(_cell, row), default=0) for row in (head, *rows))
            case _:
                total += 10
    return total


def _cell(cell: Cell) -> float:
    return sum(_lines(line, (5.4, 24, 1.5)) for line in cell.paragraphs)

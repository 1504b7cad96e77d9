"""
The height that a diagram may have on the one page of its paper, beside the words there.

Writers do not ask each other for heights, so we estimate them from the letters of our styles; a test
lays out all our handouts and counts their pages.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from typing import TypeGuard

import attrs

from reflect import diagrams
from reflect.diagrams.boxes import GAP, height_over_lines, lines_in_room
from reflect.diagrams.canvases import one_below_another
from reflect.questions.model import CanvasKind
from reflect.text.nodes import (
    FILLING,
    FITTING,
    Actions,
    Answer,
    Block,
    Cards,
    Cell,
    Choice,
    Diagram,
    Document,
    Facts,
    Heading,
    Inline,
    Listing,
    Look,
    NewPage,
    Paragraph,
    Quotation,
    Ruled,
    Scale,
    SheetToFill,
    SignOff,
    Slide,
    Span,
    Table,
    words,
)

#: Millimetres from the top of the text to its end, less some in reserve for fonts with wider letters.
_PAGE = 254.0
#: The greatest height in millimetres, that of a wheel beside a hand; and the smallest scale that is still readable.
_MOST, _SMALLEST = 85.0, 0.66
#: Millimetres round a picture.
_ROUND = 6.0
#: The width of the text in millimetres, in large print and on a page that lies, and how much lower that page is.
_WIDE, _WIDE_IN_LARGE, _LONGER = 152, 168, 87
#: The part of a page that a sheet to fill needs.
_MOST_OF_IT = 0.5
#: The millimetres of a line in a box on a sheet; of a line of a box in large print, and of the name over it.
_LINE, _LINE_IN_LARGE, _NAME_IN_LARGE = 6.4, 11.0, 18.0
#: In large print: the letters on a line of questions, the most lines of a box in a sheet of boxes, and how many such
#: boxes have two sides.
_LETTERS_IN_LARGE, _MOST_IN_LARGE, _FEW = 46, 4, 5
#: The millimetres round a sheet of boxes; how much of a second side its rows can use, and the most lines there.
_BETWEEN_SHEETS, _SECOND, _MOST_OVERLEAF = 5.0, 0.68, 5
#: The fewest lines of a box on one side.
_FEWEST_LINES = 2
#: By the look of a paragraph: the height of a line, the letters in it, and the room round the paragraph (in mm).
_LOOKS = {
    "": (5.9, 82, 2.5),
    "eyebrow": (5.0, 70, 0.5),
    "subtitle": (5.4, 82, 4.6),
    "guidance": (5.5, 82, 1.5),
    "notes": (5.5, 82, 1.5),
    "hint": (4.8, 96, 2.5),
    "small": (4.4, 100, 1.8),
    "prompt": (5.4, 80, 5.0),
    "space": (40.0, 80, 0.0),
}
#: By the level of a heading: the same.
_HEADINGS = {1: (10.5, 38, 1.0), 2: (6.2, 62, 3.4), 3: (6.0, 68, 6.0)}
#: The same of the heading of a talk, and of its questions.
_TALK, _ASKED_IN_TALK = (9.2, 44, 5.0), (5.7, 74, 1.4)
#: Blocks that grow when people write in them, and those that are pages themselves.
_GROWING = (Answer, Choice, Scale, Facts, Actions, SignOff, Cards, Slide, NewPage, SheetToFill)
#: The millimetres of a line to write on, and the room under several.
_RULED, _UNDER_RULED = 8.4, 1.2
#: A row of a table to write in, and the names over its columns.
_OPEN_ROW, _OPEN_HEAD = 8.4, 6.0


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


def is_too_long(blocks: Iterable[Block]) -> bool:
    """
    Tell whether blocks that are meant for one page are probably longer than it.
    """
    blocks = tuple(blocks)
    return not any(isinstance(block, NewPage) for block in blocks) and _height(blocks) > _PAGE


def is_one_page(document: Document) -> bool:
    """
    Tell whether a paper is on one page, whoever lays it out: nobody writes in it, its letters are of the usual size,
    and there is room.
    """
    looks = document.looks
    return (
        Look.LARGE not in looks
        and not any(isinstance(block, _GROWING) for block in document.blocks)
        and _room_for_all(document.blocks, looks) >= 0
    )


def has_small_sheet(blocks: Iterable[Block]) -> bool:
    """
    Tell whether there is a sheet to fill that is only shown, as on a handout.
    """
    return any(isinstance(block, SheetToFill) and not (_fills(block) or block.places) for block in blocks)


def lies(blocks: Iterable[Block]) -> bool:
    """
    Tell whether there are sheets to fill their pages, and each of them is wider than high.
    """
    filling = [block for block in blocks if isinstance(block, SheetToFill) and block.high == FILLING]
    return bool(filling) and all(sheet.lies for sheet in filling)


def have_room(blocks: tuple[Block, ...], looks: Iterable[Look]) -> bool:
    """
    Tell whether each sheet to fill has enough of its page. In large print its boxes may go on overleaf.
    """
    looks = tuple(looks)
    usual = _height_of_page(looks) * _MOST_OF_IT

    def needs(some: Iterable[Block]) -> float:
        boxes = [block for block in some if _fills(block) and block.in_boxes]
        return _height_of_boxes(boxes, _FEWEST_LINES, looks) if boxes else usual

    return all(
        _room_beside(some, looks) >= needs(some)
        for some in _pages(blocks)
        if any(_fills(block) and not (Look.LARGE in looks and block.places) for block in some)
    )


def fill_pages(blocks: tuple[Block, ...], looks: Iterable[Look]) -> tuple[Block, ...]:
    """
    Return blocks with each sheet to fill as large as its page has room for, and as many lines to write on; in large
    print the boxes of a sheet are one below another.
    """
    looks = tuple(looks)
    blocks = _fit_lines(blocks, looks)
    if not any(map(_fills, blocks)):
        return blocks
    out: list[Block] = []
    for some in _pages(blocks):
        room = max(_room_beside(some, looks), _height_of_page(looks) * _MOST_OF_IT)
        boxes = tuple(block for block in some if _fills(block) and block.in_boxes)
        lines = _lines_of_boxes(boxes, room, looks) if boxes else 0
        for block in some:
            if _fills(block) and block.in_boxes:
                out += _fill_boxes(block, lines, looks)
            else:
                out += _fill(block, room, looks) if _fills(block) else (block,)
    return tuple(out)


def lack_lines(blocks: tuple[Block, ...]) -> bool:
    """
    Tell whether a page has no room even for the fewest lines to write on, in letters of the usual size.
    """
    if not any(map(_may_shrink, blocks)):
        return False
    return any(_room_for_all(some, ()) < 0 for some in _pages(_fit_lines(blocks, ())))


def _may_shrink(block: Block) -> TypeGuard[Ruled]:
    return isinstance(block, Ruled) and block.least is not None


def _room_for_all(blocks: Iterable[Block], looks: tuple[Look, ...]) -> float:
    return _room_beside(blocks, looks) + _ROUND


def _fit_lines(blocks: tuple[Block, ...], looks: tuple[Look, ...]) -> tuple[Block, ...]:
    """
    Return blocks with fewer lines to write on where their page has no room for all. In large print, which may go on
    overleaf, there are half as many.
    """
    if not any(map(_may_shrink, blocks)):
        return blocks
    if Look.LARGE in looks:
        return tuple(
            attrs.evolve(each, lines=max(each.least or 1, each.lines // 2)) if _may_shrink(each) else each
            for each in blocks
        )
    out: list[Block] = []
    for some in _pages(blocks):
        room = _room_for_all(some, looks)
        while room < 0 and (
            longer := [block for block in some if _may_shrink(block) and block.lines > (block.least or 0)]
        ):
            # The longest gives a line at a time, so that what is as long stays as long.
            longest = max(longer, key=lambda block: block.lines)
            at = next(n for n, block in enumerate(some) if block is longest)
            some[at : at + 1] = [attrs.evolve(longest, lines=longest.lines - 1)] if longest.lines > 1 else []
            room += _RULED if longest.lines > 1 else _RULED + _UNDER_RULED
        out += some
    return tuple(out)


def _fills(block: Block) -> TypeGuard[SheetToFill]:
    return isinstance(block, SheetToFill) and block.high == FILLING


def _pages(blocks: Iterable[Block]) -> list[list[Block]]:
    """
    Return blocks by the pages that they begin; each page but the first has its beginning with it.
    """
    pages: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, NewPage):
            pages.append([])
        pages[-1].append(block)
    return pages


def _height_of_page(looks: tuple[Look, ...]) -> float:
    return _PAGE - _LONGER if Look.LANDSCAPE in looks else _PAGE


def _width_of_page(looks: tuple[Look, ...]) -> int:
    wide = _WIDE_IN_LARGE if Look.LARGE in looks else _WIDE
    return wide + _LONGER if Look.LANDSCAPE in looks else wide


def _room_beside(blocks: Iterable[Block], looks: tuple[Look, ...]) -> float:
    """
    Return the height that is left for a sheet, in millimetres.
    """
    size = 1.5 if Look.LARGE in looks else 1.4 if Look.DYSLEXIA in looks else 1.0
    # Larger letters are higher, and there are fewer of them on a line; on a page that lies there are more.
    across = _width_of_page(looks) / _WIDE / size
    beside = (block for block in blocks if not isinstance(block, (SheetToFill, NewPage)))
    return _height_of_page(looks) - _height(beside, across=across) * size - _ROUND


def _fill(sheet: SheetToFill, room: float, looks: tuple[Look, ...]) -> tuple[Block, ...]:
    wide, large = _width_of_page(looks), Look.LARGE in looks
    if not sheet.places:
        high = min(room, wide) if sheet.kind is CanvasKind.CIRCLES else room
        return (attrs.evolve(sheet, wide=wide, high=math.floor(high), letters=18 if large else 12),)
    if large:
        # They may go on overleaf, and none is parted.
        each = (room + _height_of_page(looks)) / (len(sheet.places) + 1) - _NAME_IN_LARGE
        return one_below_another(attrs.evolve(sheet, places=_with_lines(sheet.places, each, _LINE_IN_LARGE)))
    rows = max(len(sheet.rows), 1)
    return (attrs.evolve(sheet, places=_with_lines(sheet.places, (room - 12) / rows, _LINE)),)


def _lines_of_boxes(sheets: tuple[SheetToFill, ...], room: float, looks: tuple[Look, ...]) -> int:
    """
    Return the lines of each box of several sheets: as many as are left on their page, or if that is too little, on that
    and the next.
    """
    if Look.LARGE in looks:
        count = sum(len(sheet.places) for sheet in sheets)
        asked = sum(len(text) for sheet in sheets for text in sheet.asks) / _LETTERS_IN_LARGE * _LINE_IN_LARGE
        whole = room + (2 if count > _FEW else 1) * _height_of_page(looks) - asked
        return min(max(math.floor((whole / count - _NAME_IN_LARGE) / _LINE_IN_LARGE), 2), _MOST_IN_LARGE)
    wide, size = _width_of_page(looks), _size_of_letters(looks)
    gaps = len(sheets) * _BETWEEN_SHEETS
    lines = lines_in_room(sheets, room - gaps, wide, size)
    if _height_of_boxes(sheets, lines, looks) <= room:
        return lines
    # They go on overleaf anyway, so each has more room; a row that does not fit leaves some of it empty.
    return min(lines_in_room(sheets, room + _height_of_page(looks) * _SECOND - gaps, wide, size), _MOST_OVERLEAF)


def _height_of_boxes(sheets: Iterable[SheetToFill], lines: int, looks: tuple[Look, ...]) -> float:
    """
    Return the millimetres of sheets of boxes with so many lines in each box.
    """
    wide, size = _width_of_page(looks), _size_of_letters(looks)
    rows = [(sheet, row) for sheet in sheets for row in sheet.grid]
    over = sum(height_over_lines(sheet, row, wide, size) + GAP for sheet, row in rows)
    return over + len(rows) * lines * _LINE * size + len({id(sheet) for sheet, _ in rows}) * _BETWEEN_SHEETS


def _fill_boxes(sheet: SheetToFill, lines: int, looks: tuple[Look, ...]) -> tuple[Block, ...]:
    filled = attrs.evolve(sheet, places=tuple(attrs.evolve(place, lines=lines) for place in sheet.places))
    return one_below_another(filled) if Look.LARGE in looks else (filled,)


def _size_of_letters(looks: tuple[Look, ...]) -> float:
    return 1.15 if Look.DYSLEXIA in looks else 1.0


def _with_lines(places: Iterable[Answer], high: float, line: float) -> tuple[Answer, ...]:
    lines = max(math.floor(high / line), 2)
    return tuple(attrs.evolve(place, lines=lines) for place in places)


@functools.lru_cache(256)
def _natural(diagram: Diagram) -> float:
    """
    Return the height of a diagram as it is drawn, in millimetres.
    """
    return diagrams.draw(diagram).height * 25.4 / 72


def _lines(line: Iterable[Inline], look: tuple[float, int, float], across: float = 1.0) -> float:
    high, wide, room = look
    rows = words(line, line_end="\n").split("\n")
    return sum(math.ceil(len(row) / (wide * across)) for row in rows) * high + room


def _beside_margin(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """
    Return a heading without what hangs in the margin.
    """
    return tuple(child for child in children if not (isinstance(child, Span) and child.style == "label"))


def _height(blocks: Iterable[Block], plain: str = "", across: float = 1.0) -> float:
    """
    Return the approximate height of blocks, in millimetres.

    Args:
        plain: The look of paragraphs without one of their own.
        across: How many times as many letters as usual are on a line.
    """
    total = 0.0
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Heading) and isinstance(before, Paragraph) and not before.style:
            total -= _LOOKS[""][2]  # the room over a heading is also that under a paragraph
        before = block
        match block:
            case Heading(level, children, style):
                look = _TALK if style == "talk" else _HEADINGS.get(level, _HEADINGS[3])
                total += _lines(_beside_margin(children), look, across)
            case Paragraph(children, style):
                total += _lines(children, _LOOKS.get(style or plain, _LOOKS[""]), across)
            case Listing(items, style=style):
                look = _ASKED_IN_TALK if style == "talk" else (5.4, 80, 0.4 if style == "compact" else 1.5)
                for item in items:
                    inner = [_lines(b.children, look, across) for b in item.blocks if isinstance(b, Paragraph)]
                    rest = (b for b in item.blocks if not isinstance(b, Paragraph))
                    total += sum(inner) + _height(rest, across=across)
            case Quotation(inside):
                total += _height(inside, "guidance", across)
            case SheetToFill() if block.in_boxes:
                total += sum(height_over_lines(block, row, _WIDE) for row in block.grid)
            case SheetToFill() if block.high >= 0:
                total += diagrams.draw(block).height * 25.4 / 72 + _ROUND
            case Ruled():
                total += block.lines * _RULED + _UNDER_RULED
            case Table(_, rows, "open"):
                total += _OPEN_HEAD + sum(max(_OPEN_ROW, max(map(_cell, row), default=0)) for row in rows)
            case Table(head, rows):
                total += sum(max(map(_cell, row), default=0) for row in (head, *rows))
            case _:
                total += 10
    return total


def _cell(cell: Cell) -> float:
    return sum(_lines(line, (5.4, 24, 1.5)) for line in cell.paragraphs)

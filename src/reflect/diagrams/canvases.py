"""
Sheets to fill, as pictures: two axes, columns, circles, corners, a time line, or an empty sheet.

They are drawn as large as they are printed, so that a size is the size in print.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import attrs

from reflect.diagrams import fitting
from reflect.diagrams.marks import LINE, MUTED, Box, Drawing, Figure, Mark, arrow, line, oval, polygon, rectangle
from reflect.diagrams.sentences import count_of, sentence
from reflect.diagrams.tidying import flat
from reflect.questions.model import CanvasKind
from reflect.text import nodes
from reflect.text.nodes import SheetToFill

#: Width and height in mm, if nothing is said: as on a handout, beside words.
SMALL = (110, 66)
#: Points in a millimetre.
_MM = 72 / 25.4
_EDGE = 1.0
#: Room round words.
_PAD = 5.0
#: How many lines words at the ends of axes, and at marks, may take.
_LINES = 3
#: The part of the width that words beside circles take, with lines that lead to them.
_BESIDE = 0.3


def tidy(sheet: SheetToFill) -> SheetToFill:
    """
    Return a sheet as it is shown: every text is on one line.
    """
    words, rows = tuple(map(flat, sheet.words)), tuple(map(flat, sheet.rows))
    return attrs.evolve(sheet, title=flat(sheet.title), words=words, rows=rows, places=())


def draw(sheet: SheetToFill) -> Drawing:
    """
    Return the lines and words of a sheet, every word within its room.
    """
    wide, high = sheet.wide or SMALL[0], sheet.high if sheet.high > 0 else SMALL[1]
    room = Box(_EDGE, _EDGE, wide * _MM - 2 * _EDGE, high * _MM - 2 * _EDGE)
    marks = _DRAWN[sheet.kind](tidy(sheet), room)
    return Drawing(wide * _MM, high * _MM, tuple(marks))


def describe(sheet: SheetToFill) -> str:
    """
    Return what a sheet shows in words.
    """
    return _DESCRIBED[sheet.kind](tidy(sheet))


def one_below_another(sheet: SheetToFill, most: int = nodes.MOST_LINES) -> tuple[nodes.Block, ...]:
    """
    Return the boxes of a sheet one below another, each under its name: for where nothing is side by side.

    Args:
        most: How many lines a box has at most.
    """
    asks = sheet.asks or ("",) * len(sheet.places)
    out: list[nodes.Block] = []
    for place, asked in zip(sheet.places, asks, strict=True):
        if asked:
            # What is written answers all that is asked in a box, so it is one paragraph.
            out.append(nodes.Paragraph((nodes.Strong((nodes.Text(place.label),)),), "guidance"))
            lines: list[nodes.Inline] = []
            for each in asked.split("\n"):
                lines += (nodes.Break(), nodes.Text(each))
            out.append(nodes.Paragraph(tuple(lines[1:]), "prompt"))
        else:
            out.append(nodes.Paragraph((nodes.Text(place.label),), "prompt"))
        out.append(attrs.evolve(place, lines=min(place.lines, most)))
    return tuple(out)


def _sizes(sheet: SheetToFill) -> tuple[float, ...]:
    """
    Return the sizes of letters to try, from the one that is wished for.
    """
    return tuple(size for size in (sheet.letters, *fitting.SIZES) if size <= sheet.letters)


_Words = tuple[str, Box, str]


def _size_of(sheet: SheetToFill, words: Iterable[tuple[str, Box]]) -> float | None:
    return fitting.common_size(words, bold=True, sizes=_sizes(sheet))


def _letter(words: Iterable[_Words], size: float | None, *, up: bool = True) -> list[Mark]:
    """
    Return words in their boxes, all of one size; each with where it begins.
    """
    return [
        mark
        for text, box, anchor in words
        for mark in fitting.place_text(text, box, size, bold=True, anchor=anchor, up=up)
    ]


def _fit_and_letter(sheet: SheetToFill, words: Iterable[_Words], *, up: bool = True) -> list[Mark]:
    some = [each for each in words if each[0]]
    return _letter(some, _size_of(sheet, ((text, box) for text, box, _ in some)), up=up)


def _tall(text: str, box: Box, size: float | None) -> float:
    """
    Return the height of a text in a box.
    """
    at = fitting.SIZES[-1] if size is None else size
    return fitting.height(len(fitting.fit(text, box, at, bold=True, force=True) or []), at)


def _frame(box: Box) -> Figure:
    return Figure(path=rectangle(box, 3), thick=1)


def _high(sheet: SheetToFill, lines: int = _LINES) -> float:
    return fitting.height(lines, sheet.letters)


# --- an empty sheet


def _draw_sheet(sheet: SheetToFill, room: Box) -> list[Mark]:
    said = " ".join(sheet.words)
    top = Box(room.x + 2 * _PAD, room.y + _PAD, room.w - 4 * _PAD, min(_high(sheet, 2), room.h - 2 * _PAD))
    return [_frame(room), *_fit_and_letter(sheet, [(said, top, "middle")])]


def _describe_sheet(sheet: SheetToFill) -> str:
    said = " ".join(sheet.words)
    return sentence(f"An empty sheet to fill: {said}" if said else "An empty sheet to fill")


# --- two axes


def _draw_axes(sheet: SheetToFill, room: Box) -> list[Mark]:
    left, right, bottom, top = (*sheet.words, "", "", "", "")[:4]
    across, down = room.x + room.w / 2, room.y + room.h / 2
    deep, half = max(min(_high(sheet), room.h / 2 - 3 * _PAD), 1.0), room.w / 2 - 3 * _PAD
    side = half - 2 * _PAD
    foot = Box(across + 2 * _PAD, room.y + room.h - _PAD - deep, half, deep)
    words = [
        (left, Box(room.x + _PAD, down + _PAD, side, deep), "start"),
        (right, Box(room.x + room.w - _PAD - side, down + _PAD, side, deep), "end"),
        (top, Box(across + 2 * _PAD, room.y + _PAD, half, deep), "start"),
    ]
    size = _size_of(sheet, ((text, box) for text, box, _ in (*words, (bottom, foot, ""))))
    # The lowest words stand at the end of their axis, so that their last line is at the foot.
    tall = _tall(bottom, foot, size)
    words.append((bottom, Box(foot.x, foot.y + deep - tall, half, tall), "start"))
    return [
        _frame(room),
        *arrow((room.x + _PAD, down), (room.x + room.w - _PAD, down), both=True),
        *arrow((across, room.y + _PAD), (across, room.y + room.h - _PAD), both=True),
        *_letter(words, size),
    ]


def _describe_axes(sheet: SheetToFill) -> str:
    left, right, bottom, top = (*sheet.words, "", "", "", "")[:4]
    across, up = f"from the left, {left}, to the right, {right}", f"from the foot, {bottom}, to the top, {top}"
    return sentence(f"A sheet to fill with two axes that cross: {across}; {up}")


# --- columns


def _draw_columns(sheet: SheetToFill, room: Box) -> list[Mark]:
    count = max(len(sheet.words), 1)
    side = min(room.w / (count + 1), 130.0) if sheet.rows else 0.0
    wide = (room.w - side) / count
    head = min(_high(sheet) + 2 * _PAD, room.h / 3)
    high = (room.h - head) / max(len(sheet.rows), 1)
    marks: list[Mark] = [_frame(room)]
    words = [
        (word, Box(room.x + side + i * wide + _PAD, room.y + _PAD, wide - 2 * _PAD, head - 2 * _PAD), "middle")
        for i, word in enumerate(sheet.words)
    ]
    for i in range(count):
        if x := room.x + side + i * wide if i or side else 0.0:
            marks.append(Figure(path=line((x, room.y), (x, room.y + room.h)), fill="none", thick=1))
    for i, row in enumerate(sheet.rows or ("",)):
        y = room.y + head + i * high
        marks.append(Figure(path=line((room.x, y), (room.x + room.w, y)), fill="none", thick=1))
        words.append((row, Box(room.x + _PAD, y + _PAD, max(side - 2 * _PAD, 1.0), high - 2 * _PAD), "start"))
    return [*marks, *_fit_and_letter(sheet, words)]


def _describe_columns(sheet: SheetToFill) -> str:
    columns = f"{count_of(sheet.words, 'column')}, side by side: {'; '.join(sheet.words)}"
    said = sentence(f"A sheet to fill with {columns}")
    rows = sentence(f"{count_of(sheet.rows, 'row').capitalize()}, from the top: {'; '.join(sheet.rows)}")
    return f"{said} {rows}" if sheet.rows else said


# --- circles


def _draw_circles(sheet: SheetToFill, room: Box) -> list[Mark]:
    """
    Return circles with their words at the top of each ring, or beside them where a ring has no room.
    """
    x, y, most = room.x + room.w / 2, room.y + room.h / 2, min(room.w, room.h) / 2
    radii = _radii(len(sheet.words), most)
    for size in _sizes(sheet):
        rooms = [_room_in_ring(x, y, inner, outer, size) for inner, outer in zip((0.0, *radii), radii, strict=False)]
        placed = list(zip(sheet.words, rooms, strict=False))
        if all(box is not None and fitting.fit(word, box, size, bold=True) is not None for word, box in placed):
            words = [(word, box, "middle") for word, box in placed if box is not None]
            return [*_rings(x, y, radii), *_letter(words, size)]
    return _draw_circles_with_key(sheet, room)


def _radii(count: int, most: float) -> tuple[float, ...]:
    """
    Return the radii of circles from the innermost out; the innermost has a little more room than a ring.
    """
    step = most / (max(count, 1) + 0.35)
    return tuple(step * (i + 1.35) for i in range(max(count, 1)))


def _rings(x: float, y: float, radii: Sequence[float]) -> list[Mark]:
    return [Figure(path=oval(x, y, r), thick=1.25) for r in reversed(radii)]


def _room_in_ring(x: float, y: float, inner: float, outer: float, size: float) -> Box | None:
    """
    Return the room for words at the top of a ring; as deep as leaves half of the ring to write in.
    """
    best: Box | None = None
    for lines in (1, 2, 3):
        deep = fitting.height(lines, size)
        if deep > (outer - inner) * (0.6 if inner else 0.5) and best is not None:
            break
        top = max((outer - inner) * 0.08, 2.5) + lines * 1.5
        if deep + top > outer - inner - 2:
            break
        half = math.sqrt(max(outer**2 - (outer - top) ** 2, 0)) * 0.96
        if best is None or half * deep > best.w / 2 * best.h:
            best = Box(x - half, y - outer + top, 2 * half, deep + 0.01)
    return best


def _draw_circles_with_key(sheet: SheetToFill, room: Box) -> list[Mark]:
    beside = room.w * _BESIDE
    most = min((room.w - beside) / 2, room.h / 2)
    x, y = room.x + most, room.y + room.h / 2
    radii = _radii(len(sheet.words), most)
    marks = _rings(x, y, radii)
    # As high as the circles, or as the words need if the circles are small.
    whole = min(room.h, max(2 * most, len(sheet.words) * fitting.height(3, sheet.letters)))
    high, above = whole / max(len(sheet.words), 1), (room.h - whole) / 2
    left = room.x + room.w - beside
    words = []
    for i, (word, inner, outer) in enumerate(
        zip(reversed(sheet.words), (*reversed(radii[:-1]), 0.0), reversed(radii), strict=True)
    ):
        middle = room.y + above + (i + 0.5) * high
        far = (inner + outer) / 2 if inner else outer / 2
        # Each line ends in its own ring, on a ray from the middle that turns from the top to the right.
        angle = math.radians(-70 + 70 * i / max(len(sheet.words) - 1, 1))
        to = (x + far * math.cos(angle), y + far * math.sin(angle))
        marks.append(Figure(path=line((left, middle), to), fill="none", line=MUTED, thick=0.75))
        marks.append(Figure(path=oval(*to, 1.75), fill=MUTED, line="none"))
        words.append((word, Box(left + _PAD, room.y + above + i * high + 1, beside - _PAD, high - 2), "start"))
    return [*marks, *_fit_and_letter(sheet, words, up=False)]


def _describe_circles(sheet: SheetToFill) -> str:
    circles = f"{count_of(sheet.words, 'circle')}, one round the other, from the innermost out"
    return sentence(f"A sheet to fill with {circles}: {'; '.join(sheet.words)}")


# --- a time line


def _draw_timeline(sheet: SheetToFill, room: Box) -> list[Mark]:
    middle = room.y + room.h / 2
    count = max(len(sheet.words), 1)
    wide = (room.w - 4 * _PAD) / count
    deep = min(_high(sheet, 4), room.h / 2 - 4 * _PAD)
    marks: list[Mark] = [_frame(room), *arrow((room.x + _PAD, middle), (room.x + room.w - _PAD, middle))]
    words = []
    for i, word in enumerate(sheet.words):
        x = room.x + 1.5 * _PAD + (i + 0.5) * wide
        marks.append(Figure(path=line((x, middle - 5), (x, middle + 5)), fill="none", line=LINE, thick=2))
        words.append((word, Box(x - wide / 2 + 2, middle + 2 * _PAD, wide - 4, deep), "middle"))
    return [*marks, *_fit_and_letter(sheet, words)]


def _describe_timeline(sheet: SheetToFill) -> str:
    marks = f"{count_of(sheet.words, 'mark')}, the earliest first: {'; '.join(sheet.words)}"
    return sentence(f"A sheet to fill with a time line that has {marks}" if sheet.words else "A time line to fill")


# --- corners


def _draw_corners(sheet: SheetToFill, room: Box) -> list[Mark]:
    """
    Return three corners, two at the top and one at the foot, or four, with their words outside, and lines between them.
    """
    corners = (*sheet.words, "", "", "")[: min(max(len(sheet.words), 3), 4)]
    deep = min(_high(sheet, 2), room.h / 4)
    top, foot = room.y + deep + 2 * _PAD, room.y + room.h - deep - 2 * _PAD
    # The sides are no longer than the sheet is high, so that nothing looks nearer to one corner than to another.
    middle, half = room.x + room.w / 2, min(room.w / 2 - 4 * _PAD, (foot - top) * 0.75)
    side = room.w / 2 - 2 * _PAD
    upper, lower = room.y + _PAD, foot + _PAD
    words = [
        (corners[0], Box(middle - _PAD - side, upper, side, deep), "middle"),
        (corners[1], Box(middle + _PAD, upper, side, deep), "middle"),
    ]
    if len(corners) == 3:
        points = [(middle - half, top), (middle + half, top), (middle, foot)]
        words.append((corners[2], Box(middle - side / 2, lower, side, deep), "middle"))
    else:
        points = [(middle - half, top), (middle + half, top), (middle + half, foot), (middle - half, foot)]
        words.append((corners[2], Box(middle + _PAD, lower, side, deep), "middle"))
        words.append((corners[3], Box(middle - _PAD - side, lower, side, deep), "middle"))
    return [_frame(room), Figure(path=polygon(points), fill="none", thick=1.5), *_fit_and_letter(sheet, words)]


def _describe_corners(sheet: SheetToFill) -> str:
    corners = (*sheet.words, "", "", "")[: min(max(len(sheet.words), 3), 4)]
    said = "; ".join(word for word in corners if word)
    return sentence(f"A sheet to fill with {len(corners)} corners, from the top left and clockwise: {said}")


_DRAWN: dict[CanvasKind, Callable[[SheetToFill, Box], list[Mark]]] = {
    CanvasKind.SHEET: _draw_sheet,
    CanvasKind.AXES: _draw_axes,
    CanvasKind.COLUMNS: _draw_columns,
    CanvasKind.CIRCLES: _draw_circles,
    CanvasKind.TIMELINE: _draw_timeline,
    CanvasKind.CORNERS: _draw_corners,
}
_DESCRIBED: dict[CanvasKind, Callable[[SheetToFill], str]] = {
    CanvasKind.SHEET: _describe_sheet,
    CanvasKind.AXES: _describe_axes,
    CanvasKind.COLUMNS: _describe_columns,
    CanvasKind.CIRCLES: _describe_circles,
    CanvasKind.TIMELINE: _describe_timeline,
    CanvasKind.CORNERS: _describe_corners,
}

"""
Text that fits: wrapped, made smaller within limits, and shortened if nothing else helps.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence

import attrs

from reflect.diagrams.marks import ACCENT, INK, Box, Disc, Lettering, Room, Sector
from reflect.diagrams.metrics import ABOVE, BELOW, LEADING, width
from reflect.text.prose import visible

#: The sizes to try, in points. Nothing is printed smaller than the last.
SIZES = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0)
#: The part of a room that text may fill; the rest is for letters that lean out and fonts that set pairs wider.
SPARE = 0.98

_MORE = "…"
#: The price of a further line, as a part of the box that has to stay empty in return.
_LINE = 0.1
#: The most letters that any place has room for; further ones are ignored.
_LETTERS = 600
_FIRST, _LAST = "\u2068", "\u2069"


def _on_one_line(text: str) -> str:
    """
    Return a text on one line, without the marks that isolate it as a whole: each wrapped line gets its own.
    """
    flat = " ".join(text.split())
    if len(flat) > _LETTERS:
        flat = flat[:_LETTERS] + _MORE + (_LAST if flat[0] == _FIRST else "")
    if flat.startswith(_FIRST) and flat.endswith(_LAST):
        flat = flat[1:-1].strip()
    return flat


def _width(text: str, size: float, bold: bool) -> float:
    return width(text, size, bold=bold)


def _split(word: str, room: float, size: float, bold: bool) -> list[str]:
    """
    Split a word into pieces that fit; letters keep their accents, and a letter that fits nowhere becomes an ellipsis.
    """
    pieces = [""]
    for each in word:
        letter = each if _width(each, size, bold) <= room else _MORE
        if pieces[-1] and _width(pieces[-1] + letter, size, bold) > room and _width(letter, size, bold):
            pieces.append("")
        pieces[-1] += letter
    return pieces


def wrap(text: str, room: float, size: float, *, bold: bool = False, split: bool = False) -> list[str] | None:
    """
    Return the lines of a text, or None if a word is wider than the room and may not be split.
    """
    lines: list[str] = []
    here = ""
    for word in _on_one_line(text).split(" "):
        joined = f"{here} {word}" if here else word
        if _width(joined, size, bold) <= room:
            here = joined
            continue
        lines += [here] if here else []
        here = word
        if _width(word, size, bold) > room:
            if not split:
                return None
            *whole, here = _split(word, room, size, bold)
            lines += whole
    return [*lines, here] if here else lines


def _even_out(text: str, lines: list[str], room: float, size: float, bold: bool) -> list[str]:
    """
    Return the same number of lines with lengths as equal as possible, by wrapping them in a narrower room.
    """
    low, high = max((_width(line, size, bold) for line in lines), default=0.0) / 2, room
    if len(lines) < 2:
        return lines
    best = lines
    for _ in range(8):
        middle = (low + high) / 2
        found = wrap(text, middle, size, bold=bold)
        if found is not None and len(found) <= len(lines):
            best, high = found, middle
        else:
            low = middle
    return best


def _shorten(lines: list[str], count: int, room: float, size: float, bold: bool) -> list[str]:
    kept = lines[:count]
    last = kept[-1]
    while last and _width(last + _MORE, size, bold) > room:
        last = last[:-1]
    kept[-1] = last.rstrip() + _MORE
    return kept


def height(lines: int, size: float) -> float:
    return size * (ABOVE + BELOW + LEADING * (lines - 1)) if lines else 0.0


def fit(text: str, room: Box, size: float, *, bold: bool = False, force: bool = False) -> list[str] | None:
    """
    Return the lines of a text in a box at one size, or None if it does not fit.

    Args:
        force: Whether to split words, and to shorten a text that is too long.
    """
    across = room.w * SPARE
    most = 1 + int((room.h / size - ABOVE - BELOW + 1e-9) / LEADING)
    if room.h + 1e-6 < height(1, size):
        most = 0
    lines = wrap(text, across, size, bold=bold, split=force)
    if lines is None or (len(lines) > most and not force):
        return None
    if len(lines) > most:
        return _shorten(lines, most, across, size, bold) if most else []
    return _even_out(text, lines, across, size, bold)


def common_size(
    texts: Iterable[tuple[str, Box]], *, bold: bool = False, sizes: Sequence[float] = SIZES
) -> float | None:
    """
    Return the largest size at which every text fits in its box, or None if one does not at the smallest.
    """
    some = tuple(texts)
    return next((size for size in sizes if all(fit(t, box, size, bold=bold) is not None for t, box in some)), None)


@functools.lru_cache(1024)
def boxes(room: Room) -> tuple[Box, ...]:
    """
    Return rectangles in a room, from flat to tall, each as large as its proportions allow.
    """
    if isinstance(room, Box):
        return (room,)
    if isinstance(room, Disc):
        found = []
        for angle in range(20, 66, 5):
            w, h = (2 * room.r * turn(math.radians(angle)) * 0.995 for turn in (math.cos, math.sin))
            found.append(Box(room.x - w / 2, room.y - h / 2, w, h))
        return tuple(found)
    return tuple(box for form in (3.5, 2.6, 2.0, 1.6, 1.3, 1.0, 0.8) if (box := _largest(room, form)) is not None)


def _largest(room: Sector, form: float) -> Box | None:
    """
    Return the largest box with these proportions (width to height) round the middle of a piece of a ring.
    """
    angle = math.radians((room.start + room.end) / 2)
    best: Box | None = None
    for step in range(6):  # further out there is more room across, further in there is more room down
        far = room.inner + (room.outer - room.inner) * (0.35 + step * 0.06)
        x, y = room.x + far * math.cos(angle), room.y + far * math.sin(angle)
        low, high = 0.0, room.outer
        for _ in range(10):
            w = (low + high) / 2
            fits = room.holds(Box(x - w / 2, y - w / form / 2, w, w / form))
            low, high = (w, high) if fits else (low, w)
        if low > 1 and (best is None or low > best.w):
            best = Box(x - low / 2, y - low / form / 2, low, low / form)
    return best


@attrs.frozen(kw_only=True)
class Label:
    """
    A number above a title, as most shapes show a stage.
    """

    number: str
    title: str


def _height_of_number(label: Label, size: float) -> float:
    return height(1, size + 1) if label.number else 0.0


def best_box(label: Label, room: Room, size: float) -> Box | None:
    """
    Return the box in a room that a label fills least, with few lines; None if it fits into none.
    """
    best: tuple[float, Box] | None = None
    for box in boxes(room):
        under = Box(box.x, box.y, box.w, box.h - _height_of_number(label, size))
        lines = fit(label.title, under, size, bold=True) if under.h > 0 else None
        if lines is None:
            continue
        wide = max((_width(line, size, True) for line in lines), default=0.0)
        filled = max(wide / box.w, (_height_of_number(label, size) + height(len(lines), size)) / box.h)
        cost = filled + _LINE * len(lines)
        if best is None or cost < best[0]:
            best = cost, box
    return best[1] if best else None


def common_label_size(labels: Iterable[tuple[Label, Room]], sizes: Sequence[float] = SIZES) -> float | None:
    """
    Return the largest size at which every label fits in its room, or None.
    """
    some = tuple(labels)
    return next((size for size in sizes if all(best_box(label, room, size) for label, room in some)), None)


def place_label(label: Label, room: Room, size: float | None) -> tuple[Lettering, ...]:
    """
    Return a number and a title in the middle of a room; *size* None shortens the title until it fits.
    """
    forced = size is None
    size = SIZES[-1] if size is None else size
    box = best_box(label, room, size) or max(boxes(room), key=lambda box: min(box.w, box.h * 1.6))
    head = _height_of_number(label, size)
    under = Box(box.x, box.y, box.w, box.h - head)
    lines = fit(label.title, under, size, bold=True, force=forced) or []
    top = box.y + (box.h - head - height(len(lines), size)) / 2
    x = box.x + box.w / 2
    shown = tuple(map(visible, lines))
    number = Lettering(lines=(label.number,), x=x, top=top, size=size + 1, room=room, bold=True, colour=ACCENT)
    title = Lettering(lines=shown, x=x, top=top + head, size=size, room=room, bold=True)
    return (*((number,) if label.number else ()), *((title,) if shown else ()))


def place_text(
    text: str,
    room: Box,
    size: float | None,
    *,
    bold: bool = False,
    anchor: str = "start",
    colour: str = INK,
    up: bool = False,
) -> tuple[Lettering, ...]:
    """
    Return a text in a box: at its left edge or in its middle, half-way down or (with *up*) from the top.

    Args:
        size: The size of the letters; None is the smallest, and shortens a text that is too long.
        anchor: ``start``, ``middle`` or ``end``.
    """
    at = SIZES[-1] if size is None else size
    lines = fit(text, room, at, bold=bold, force=True) or []
    if not lines:
        return ()
    x = {"start": room.x, "middle": room.x + room.w / 2, "end": room.x + room.w}[anchor]
    top = room.y if up else room.y + (room.h - height(len(lines), at)) / 2
    shown = tuple(map(visible, lines))
    return (Lettering(lines=shown, x=x, top=top, size=at, room=room, bold=bold, anchor=anchor, colour=colour),)

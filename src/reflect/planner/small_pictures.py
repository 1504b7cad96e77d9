"""
Small pictures of models: one for each that comes with the library, and one by its shape for any other.

A picture is a list of marks, drawn in a field of 72 by 52 and painted by the page: it has classes and no colours.
"""

from __future__ import annotations

import functools
import html
import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from reflect.errors import Refused
from reflect.files.forms import ListOf, NameLine, NamesWith, TextLine
from reflect.files.objects import describe, read
from reflect.files.places import OURS
from reflect.questions.model import Model
from reflect.questions.question import Shape
from reflect.shown import Brief

_DATA = OURS / "planner" / "small_pictures.yaml"
WIDE, HIGH = 72, 52
#: How a mark can be painted: the page has a rule for each.
PAINTS = ("s", "w", "f", "f2", "k", "a", "a2", "p", "dash")
_MARK = re.compile(r"(?P<kind>[a-z]+)(?P<paint>(?:\.[a-z0-9]+)*) (?P<rest>[-MLHVCSQTAZmlhvcsqtaz0-9. ]+)")
#: The most parts a picture by shape tells apart.
_MOST_PARTS = 8
_MIDDLE_X, _MIDDLE_Y = 36.0, 26.0


@attrs.frozen
class Mark(Brief):
    """
    One mark of a picture.

    Attributes:
        tag: What it is in SVG.
        paint: How it is painted, by the names of `PAINTS`.
        values: Its attributes in SVG.
    """

    _in_line = ("tag",)

    tag: str
    paint: tuple[str, ...]
    values: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class _Drawn(Brief):
    pictures: Mapping[str, tuple[str, ...]] = attrs.field(
        metadata=describe(NamesWith(ListOf(TextLine(400)), NameLine(80)), "the marks of each picture", needed=True)
    )
    line: int = attrs.field(default=0, eq=False, repr=False)


@functools.cache
def _our_lines() -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(lines) for key, lines in read(_DATA.read_text("utf-8"), _Drawn, _DATA.name).pictures.items()}


def is_drawn(key: str) -> bool:
    """
    Tell whether a model has a picture of its own.
    """
    return key in _our_lines()


def small_picture(model: Model, *, own: bool = True) -> tuple[Mark, ...]:
    """
    Return the small picture of a model: its own, or one by its shape, its number of parts and the longest of them.

    Args:
        own: Whether a picture of its own counts. An agency's page may have a key of ours, and mean something else.
    """
    lines = _our_lines().get(model.key, ()) if own else ()
    return tuple(mark for line in lines or (_line_by_shape(model),) for mark in marks_of(line))


def svg_of(picture: tuple[Mark, ...]) -> str:
    """
    Return a picture as SVG, with classes and without colours.
    """
    marks = "".join(
        f'<{mark.tag} class="{" ".join(mark.paint)}"{"".join(map(_attribute, mark.values))}/>' for mark in picture
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="glyph" viewBox="0 0 {WIDE} {HIGH}">{marks}</svg>'


def _attribute(named: tuple[str, str]) -> str:
    name, value = named
    return f' {name}="{html.escape(value)}"'


def marks_of(line: str) -> tuple[Mark, ...]:
    """
    Return the marks that a line of data means.

    Raises:
        Refused: It is no such line.
    """
    match = _MARK.fullmatch(line)
    paint = tuple(match["paint"].split(".")[1:]) if match else ()
    if match is None or not set(paint) <= set(PAINTS):
        raise Refused(f"this is no mark of a small picture: '{line[:40]}'")
    kind, rest = match["kind"], match["rest"]
    if kind == "path":
        return (Mark("path", paint, (("d", rest),)),)
    numbers = [float(number) for number in rest.split()]
    if kind in _ATTRIBUTES and len(numbers) == len(_ATTRIBUTES[kind]):
        return (_mark(kind, paint, *numbers),)
    if kind in _ROWS:
        return tuple(_ROWS[kind](*map(int, numbers)))
    raise Refused(f"this is no mark of a small picture: '{line[:40]}'")


_ATTRIBUTES = {"circle": ("cx", "cy", "r"), "rect": ("x", "y", "width", "height", "rx")}


def _mark(tag: str, paint: tuple[str, ...], *numbers: float) -> Mark:
    return Mark(tag, paint, tuple(zip(_ATTRIBUTES[tag], map(_short, numbers), strict=True)))


def _path(paint: str, *commands: str | float) -> Mark:
    words = (each if isinstance(each, str) else _short(each) for each in commands)
    return Mark("path", (paint,), (("d", " ".join(words)),))


def _short(number: float) -> str:
    return f"{round(number, 1):g}"


def _paint(number: int, look: int) -> str:
    return "a" if number == look else "s"


def _around(many: int, radius: float, turn: float = 0.0) -> Iterator[tuple[float, float]]:
    """
    Give points round the middle, the first at the top, clockwise.
    """
    for n in range(many):
        angle = 2 * math.pi * (n + turn) / many
        yield _MIDDLE_X + radius * math.sin(angle), _MIDDLE_Y - radius * math.cos(angle)


def _wheel(many: int, look: int) -> Iterator[Mark]:
    """
    A wheel of arrows, each with a notch for the one before.
    """
    outer, inner, gap, notch = 22.0, 11.5, 0.1, 0.24
    middle = (outer + inner) / 2

    def at(angle: float, radius: float) -> tuple[float, float]:
        return _MIDDLE_X + radius * math.sin(angle), _MIDDLE_Y - radius * math.cos(angle)

    for n in range(many):
        begin, end = 2 * math.pi * n / many + gap, 2 * math.pi * (n + 1) / many - gap
        large = "1" if end - begin > math.pi else "0"
        yield _path(
            _paint(n + 1, look),
            *("M", *at(begin, outer), "A", outer, outer, "0", large, "1", *at(end, outer)),
            *("L", *at(end + notch, middle), "L", *at(end, inner)),
            *("A", inner, inner, "0", large, "0", *at(begin, inner), "L", *at(begin + notch, middle), "z"),
        )


def _chevrons(many: int, look: int) -> Iterator[Mark]:
    step = 62.0 / many
    for n in range(many):
        x = 4 + n * step
        yield _path(_paint(n + 1, look), "M", x, 18.0, "h", step - 3.5, "l4 8-4 8", "h", 3.5 - step, "l4-8z")


def _grid(wide: int, high: int, look: int) -> Iterator[Mark]:
    width, height = (54.0 - 2 * (wide - 1)) / wide, (40.0 - 2 * (high - 1)) / high
    for n in range(wide * high):
        x, y = 9 + (n % wide) * (width + 2), 6 + (n // wide) * (height + 2)
        yield _mark("rect", (_paint(n + 1, look),), x, y, width, height, 2)


def _columns(many: int, look: int) -> Iterator[Mark]:
    width = (58.0 - 3 * (many - 1)) / many
    for n in range(many):
        yield _mark("rect", (_paint(n + 1, look),), 7 + n * (width + 3), 6, width, 40, 2)


def _stairs(many: int, look: int) -> Iterator[Mark]:
    width = (58.0 - 3 * (many - 1)) / many
    for n in range(many):
        height = 10 + 30.0 * n / max(1, many - 1)
        yield _mark("rect", (_paint(n + 1, look),), 7 + n * (width + 3), 46 - height, width, height, 2)


def _lenses(many: int, look: int) -> Iterator[Mark]:
    radius = 13.0 if many < 4 else 10.0 if many < 7 else 7.5
    points = list(_around(many, 22.0 - radius + 2)) if many > 1 else [(_MIDDLE_X, _MIDDLE_Y)]
    for n, (x, y) in enumerate(points, 1):
        yield _mark("circle", ("s", "f") if n == look else ("s",), x, y, radius)


def _sets(many: int, look: int) -> Iterator[Mark]:
    radius = min(14.0, 62.0 / (many + 1))
    step = (68.0 - 2 * radius) / max(1, many - 1)
    for n in range(many):
        x = 2 + radius + n * step if many > 1 else _MIDDLE_X
        yield _mark("circle", ("s", "f") if n + 1 == look else ("s",), x, _MIDDLE_Y, radius)


def _people(many: int, look: int) -> Iterator[Mark]:
    for n, (x, y) in enumerate(_around(many, 20.0), 1):
        yield _mark("circle", ("a" if n == look else "k",), x, y, 3.8)


def _draw_nested(many: int, look: int) -> Iterator[Mark]:
    for n in range(many):
        inner = "a" if look == n + 1 == many else "s"
        paint = ("s", "f") if look == n + 1 < many else (inner,)
        yield _mark("circle", paint, _MIDDLE_X, _MIDDLE_Y, 22.0 - n * 19.0 / many)


def _corners(many: int, look: int) -> Iterator[Mark]:
    places = [(13.0, 10.0), (59.0, 10.0), (36.0, 44.0)] if many == 3 else list(_around(many, 19.0))
    yield _path("s", "M", *("L".join(f"{_short(x)} {_short(y)}" for x, y in places),), "z")
    for n, (x, y) in enumerate(places, 1):
        yield _mark("circle", ("a" if n == look else "k",), x, y, 4.5)


def _scale(many: int, look: int) -> Iterator[Mark]:
    step = 56.0 / max(1, many - 1)
    yield _path("s", "M8 36h56", *(f"M{_short(8 + n * step)} 36v-7" for n in range(many)))
    yield _path("a", "M", 8 + (look - 1) * step, 25.0, "l-5-9h10z")


def _ladder(many: int, look: int) -> Iterator[Mark]:
    step = 40.0 / (many + 1)
    yield _path("s", "M24 6v40M48 6v40")
    for n in range(many):
        paint = ("w", "a2") if n + 1 == look else ("s",)
        yield Mark("path", paint, (("d", f"M24 {_short(46 - (n + 1) * step)}h24"),))


def _lines(many: int, look: int) -> Iterator[Mark]:
    step = 40.0 / many
    for n in range(many):
        y = 6 + (n + 0.5) * step
        yield _mark("circle", ("a" if n + 1 == look else "k",), 14, y, 2.6)
        yield _path("s", "M22", y, "h", 36.0 if n % 2 == 0 else 28.0)


#: Rows of marks, by the word that means them in data.
_ROWS: Mapping[str, Callable[..., Iterator[Mark]]] = {
    "wheel": _wheel,
    "chevrons": _chevrons,
    "grid": _grid,
    "columns": _columns,
    "stairs": _stairs,
    "lenses": _lenses,
    "sets": _sets,
    "people": _people,
    "nested": _draw_nested,
    "corners": _corners,
    "scale": _scale,
    "ladder": _ladder,
    "lines": _lines,
}
_BY_SHAPE: Mapping[Any, str] = {
    Shape.CYCLE: "wheel",
    Shape.SEQUENCE: "chevrons",
    Shape.STEPS: "people",
    Shape.COLUMNS: "columns",
    Shape.CORNERS: "corners",
    Shape.LENSES: "lenses",
    Shape.NESTED: "nested",
    Shape.SETS: "sets",
    Shape.SCALE: "scale",
    Shape.LADDER: "ladder",
    Shape.LIST: "lines",
}


def _line_by_shape(model: Model) -> str:
    picture = model.head.picture
    parts = () if picture else model.questions.parts
    many = min(max(1, len(picture.words if picture else parts)), _MOST_PARTS)
    longest = max(range(len(parts)), key=lambda n: (parts[n].usual or 0, -n), default=0)
    look = min(longest, many - 1) + 1
    shape = picture.shape if picture else model.questions.shape
    if picture and picture.across:
        return f"grid {len(picture.across)} {many} 1"
    if shape is Shape.MATRIX:
        return f"grid {math.ceil(many / 2)} 2 {look}" if many > 1 else "grid 2 2 1"
    return f"{_BY_SHAPE[shape]} {many if many > 1 else 2} {look}"

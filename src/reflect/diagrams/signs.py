"""
The signs of the parts of a model and of what is done in a step, and the track of a whole method; drawn once, for every
format.

A sign is told from the others by its shape: in grey the colours look alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reflect.diagrams.marks import INK, MUTED, WHITE, Box, Figure, number, rectangle
from reflect.diagrams.svg import escape
from reflect.text.cards import SHEET, TAB_WIDE, CardSize
from reflect.text.nodes import Card, Stretch

#: The colours of signs, each with a contrast of at least 6 to 1 on white; and of the edges of a track.
_TEAL, _RUST, _PLUM, _MOSS = "#0b4f5c", "#a8432b", "#6a3d78", "#4d6418"
_BLUE, _OCHRE, _ROSE, _SLATE = "#2a5a9c", "#855600", "#9c2f5f", "#47565f"
EDGE = "#5f7b81"
_MM = 72 / 25.4
_BUBBLE = "M5 2.5h14a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-6.5L6.5 22v-5.5H5a3 3 0 0 1-3-3v-8a3 3 0 0 1 3-3z"
_ASKING = (
    "M5 1.5h14a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3h-6L6.5 23v-5.5H5a3 3 0 0 1-3-3v-10a3 3 0 0 1 3-3z"
    "M12 12.8a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z"
    "M12 4c-2.3 0-3.9 1.4-4 3.5h2.1c.1-1.1.8-1.7 1.9-1.7s1.8.6 1.8 1.5c0 .8-.4 1.2-1.3 1.8-1.1.7-1.6 1.4-1.5 2.8h2"
    "c0-.9.3-1.3 1.3-1.9 1.1-.7 1.7-1.5 1.7-2.8C16 5.3 14.4 4 12 4z"
)
_BARS = "M5 3h5v18H5zM14 3h5v18h-5z"
_RING = "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22zm0 6.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9z"
#: The parts of a model, from the first to the eighth; a ninth begins again.
SUITS = tuple(f"part-{n}" for n in range(1, 9))
#: For each thing that is done, and for each part, its colour and its shape in a square of 24; nothing is the whole.
_SIGNS = {
    "": (_SLATE, _RING),
    "say": (_TEAL, _BUBBLE),
    "ask": (_RUST, _ASKING),
    "do": (_SLATE, "M5 2.5 21 12 5 21.5z"),
    "draw": (_OCHRE, "M2 18c3-12 6-14 8-11s-2 10 1 11 4-9 7-9 1 6 4 6"),
    "move": (_BLUE, "M2 9.5h11V4l9.5 8-9.5 8v-5.5H2z"),
    "sort": (_MOSS, "M2 3h20v4.5H2zM2 9.8h13v4.5H2zM2 16.5h7V21H2z"),
    "vote": (_ROSE, "M9.5 20 2 12.5 5 9.5l4.5 4.5L19 4l3 3z"),
    "write": (_SLATE, "m3 21 1.5-6L16 3.5 20.5 8 9 19.5zM12 21l2.5-2.5H22V21z"),
    "wait": (_PLUM, _BARS),
    "silent": (_PLUM, _BARS),
    "part-1": (_TEAL, "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z"),
    "part-2": (_RUST, "M3 3h18v18H3z"),
    "part-3": (_PLUM, "M12 2.5 23 21.5H1z"),
    "part-4": (_MOSS, "M12 1 22 12 12 23 2 12z"),
    "part-5": (_BLUE, "M8.7 2h6.6v6.7H22v6.6h-6.7V22H8.7v-6.7H2V8.7h6.7z"),
    "part-6": (_OCHRE, "M1 6.5h22a11 11 0 0 1-22 0z"),
    "part-7": (_ROSE, "M6.5 2.5h11L23 12l-5.5 9.5h-11L1 12z"),
    "part-8": (_SLATE, _RING),
}
#: A tab on the upper edge of a card: how its lower corners are rounded, its sign, and how far up its middle is; in
#: millimetres.
_TAB_ROUND, _TAB_SIGN, _TAB_UP = 1.1, 4.4, 4.5
#: Signs that are a line, and not a shape that is filled.
_LINES = ("draw",)
#: A badge in points: the sign on a square with round corners.
_BADGE, _IN_BADGE, _ROUND = 40.0, 24.0, 5.0
#: The narrowest stretch of a track and the gap between two, as parts of its height; and its edges in points.
_NARROW, _GAP, _LINE = 0.44, 0.19, 0.7


def colour(does: str) -> str:
    """
    Return the colour of what is done.
    """
    return _SIGNS[does][0]


def suit_of(part: int) -> str:
    """
    Return the sign of a part by its number, from 1.
    """
    return SUITS[(part - 1) % len(SUITS)]


def outline_of(does: str) -> tuple[str, bool]:
    """
    Return the sign of what is done as the commands of a path in a square of 24, and whether it is a line.
    """
    return _SIGNS[does][1], does in _LINES


def _paint(does: str, fill: str, place: str = "", *, outline: bool = False) -> str:
    path = _SIGNS[does][1]
    at = f' transform="{place}"' if place else ""
    if outline:
        return f'<path d="{path}" fill="none" stroke="{fill}" stroke-width="1"{at}/>'
    if does in _LINES:
        return f'<path d="{path}" fill="none" stroke="{fill}" stroke-width="3.2" stroke-linecap="round"{at}/>'
    return f'<path d="{path}" fill="{fill}" fill-rule="evenodd"{at}/>'


def mark(does: str, x: float, y: float, size: float) -> Figure:
    """
    Return the sign of what is done as a part of a diagram, in the colour of its small print.

    Args:
        does: What is done.
        x: Its left edge.
        y: Its upper edge.
        size: Its height.
    """
    path, place = _SIGNS[does][1], (x, y, size / 24)
    if does in _LINES:
        return Figure(path=path, fill="none", line=MUTED, thick=3.2, place=place)
    return Figure(path=path, fill=MUTED, line="none", place=place)


def _svg(wide: float, high: float, inner: str, about: str, shown: tuple[float, float]) -> str:
    said = f'role="img" aria-label="{escape(about)}"' if about else 'aria-hidden="true"'
    size = f'width="{number(shown[0])}pt" height="{number(shown[1])}pt"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(wide)} {number(high)}" {size} {said}>'
        f"{inner}</svg>"
    )


def badge(does: str, size: float = _BADGE, *, about: str = "") -> str:
    """
    Return the sign of what is done as SVG, white on a square of its colour.

    Args:
        does: What is done; nothing is the whole method.
        size: The side of the square, in points.
        about: What the sign says, for where no word for it is beside it.
    """
    square = rectangle(Box(0, 0, _BADGE, _BADGE), _ROUND)
    side = (_BADGE - _IN_BADGE) / 2
    sign_in_it = _paint(does, WHITE, f"translate({number(side)} {number(side)})")
    return _svg(_BADGE, _BADGE, f'<path d="{square}" fill="{colour(does)}"/>{sign_in_it}', about, (size, size))


def sign(does: str, size: float, *, about: str = "", outline: bool = False) -> str:
    """
    Return the sign of what is done as SVG, without its square.

    Args:
        does: What is done; nothing is the whole method.
        size: Its height, in points.
        about: What it says, for where no word for it is beside it.
        outline: Whether only its edge is drawn.
    """
    return _svg(24, 24, _paint(does, colour(does), outline=outline), about, (size, size))


def tab(part: int, high: float) -> str:
    """
    Return the tab of a part as SVG: its sign, white on its colour. The words for it are on its card.

    Args:
        part: The number of the part, from 1.
        high: Its height, in millimetres; the sign is at the lower edge.
    """
    wide, edge = TAB_WIDE, _TAB_ROUND
    line = (
        f"M0 0H{number(wide)}V{number(high - edge)}a{edge} {edge} 0 0 1-{edge} {edge}"
        f"H{edge}a{edge} {edge} 0 0 1-{edge}-{edge}z"
    )
    x, y = (wide - _TAB_SIGN) / 2, high - _TAB_UP - _TAB_SIGN / 2
    place = f"translate({number(x)} {number(y)}) scale({_TAB_SIGN / 24:.4f})"
    inner = f'<path d="{line}" fill="{colour(suit_of(part))}"/>{_paint(suit_of(part), WHITE, place)}'
    return _svg(wide, high, inner, "", (wide * _MM, high * _MM))


def cut_marks(size: CardSize) -> str:
    """
    Return the marks on a sheet of cards that say where to cut, as SVG.
    """
    wide, high = SHEET
    path = "".join(f"M{number(x)} {number(y)}L{number(to)} {number(down)}" for x, y, to, down in size.marks())
    inner = f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="0.15"/>'
    return _svg(wide, high, inner, "", (wide * _MM, high * _MM))


def stretches(shares: Sequence[int], wide: float, narrow: float, gap: float) -> list[tuple[float, float]]:
    """
    Return where each stretch of a track begins and how wide it is: in proportion, but never too narrow to be seen.

    Args:
        wide: The width of the track.
        narrow: The width that none is below, as far as there is room.
        gap: The room between two.
    """
    count = max(len(shares), 1)
    gap = min(gap, wide / (3 * count))
    room = wide - gap * (count - 1)
    narrow = min(narrow, room / count)
    widths = [0.0] * len(shares)
    free = set(range(len(shares)))
    left = room
    # Those that would be too narrow get the least there is, and the others divide what is left.
    while free:
        total = sum(shares[i] for i in free)
        tight = {i for i in free if not total or left * shares[i] / total < narrow}
        if not tight or len(tight) == len(free):
            for i in free:
                widths[i] = left * shares[i] / total if total else left / len(free)
            break
        for i in tight:
            widths[i] = narrow
        left -= narrow * len(tight)
        free -= tight
    out, x = [], 0.0
    for each in widths:
        out.append((x, each))
        x += each + gap
    return out


def track(
    pieces: Iterable[Stretch], at: Iterable[int], wide: float, high: float, *, about: str = "", signs: bool = False
) -> str:
    """
    Return the track of a whole method as SVG: a stretch for each step in proportion, those of this step filled.

    Args:
        pieces: The stretches.
        at: The places of those that are filled, from 1.
        wide: Its width, in points.
        high: Its height, in points.
        about: What it shows, in words.
        signs: Whether each stretch with room for it has the sign of what is done.
    """
    given, filled = tuple(pieces), set(at)
    out = []
    laid = stretches([each.share for each in given], wide, _NARROW * high, _GAP * high)
    line = min(_LINE * high / 9, high / 8)
    for n, (piece, (x, across)) in enumerate(zip(given, laid, strict=True), 1):
        now = n in filled
        box = Box(x + line / 2, line / 2, max(across - line, 0.1), high - line)
        own = colour(piece.does)
        out.append(
            f'<path d="{rectangle(box, high / 8)}" fill="{own if now else WHITE}" stroke="{own if now else EDGE}" '
            f'stroke-width="{number(line)}"/>'
        )
        size = high * 0.42
        if signs and across > size * 1.25:
            place = f"translate({number(x + (across - size) / 2)} {number((high - size) / 2)}) scale({size / 24:.4f})"
            out.append(_paint(piece.does, WHITE if now else own, place))
    return _svg(wide, high, "".join(out), about, (wide, high))


def about_track(card: Card) -> str:
    """
    Return what the track of a card shows, in the words that stand beside it, as they are read out.
    """
    if card.doing is None:
        return card.head
    shown = ", ".join(filter(None, (card.head, card.part or card.front, card.doing.time)))
    return shown.replace(" · ", ", ").replace("–", " to ")

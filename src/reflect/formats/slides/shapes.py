"""
What stands on a slide: words and pictures, each in its place. All measures are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from reflect.diagrams.fitting import wrap
from reflect.diagrams.metrics import width

#: The size of a slide: 1920 by 1080 of a projector.
WIDE, HIGH = 960.0, 540.0
#: The margin at each side, and the width between the two.
LEFT = 48.0
ACROSS = WIDE - 2 * LEFT
#: The smallest letters: a 26th of the height can be read from the last row. Only the credit is smaller.
LEAST, CREDIT = 21.0, 12.0
#: The most room that a logo takes.
LOGO_WIDE, LOGO_HIGH = 120.0, 24.0
#: From line to line, in parts of the size.
LEADING = 1.17
#: How much wider letters may be than those we measure, where the font is ours and where it is any; and how narrow.
WIDER, ANY_FONT, _NARROWER = 1.05, 1.3, 0.9
#: Colours by their slots in a theme, so that an agency's own are taken.
INK, TITLE, NUMBER, SOFT, PAPER = "tx1", "accent1", "accent2", "accent6", "bg1"


@attrs.frozen(kw_only=True)
class SlideText:
    """
    A paragraph of one size.

    Attributes:
        colour: A slot of the theme, or six digits.
        number: What stands before it, in a column of its own.
        over: The room above it.
    """

    text: str
    size: float
    bold: bool = False
    colour: str = INK
    number: str = ""
    over: float = 0.0

    @property
    def indent(self) -> float:
        """
        How far its lines are from the left edge, if a number stands before them.
        """
        return self.size * (0.75 + 0.55 * len(self.number)) if self.number else 0.0


@attrs.frozen(kw_only=True)
class WordBox:
    """
    Words in their place.

    Attributes:
        name: What the box is called, for whoever changes the slide.
        title: Whether they are the title of the slide.
        right: Whether they end at its right edge.
        filled: The colour of the circle behind them; empty for none.
    """

    x: float
    y: float
    w: float
    h: float
    texts: tuple[SlideText, ...]
    name: str
    title: bool = False
    right: bool = False
    filled: str = ""


@attrs.frozen(kw_only=True)
class PictureBox:
    """
    A picture in its place.

    Attributes:
        svg: What is drawn.
        about: What it shows, in words; empty if words beside it say that.
        name: What it is called, for whoever changes the slide.
    """

    x: float
    y: float
    w: float
    h: float
    svg: str = attrs.field(repr=False)
    about: str
    name: str


def _split_for_measuring(text: str, many: int = 500) -> list[str]:
    """
    Return a text in pieces of whole words: what measures a text takes no more letters at once.
    """
    pieces = [""]
    for word in text.split():
        for part in (word[at : at + many] for at in range(0, len(word), many)):
            if pieces[-1] and len(pieces[-1]) + len(part) + 1 > many:
                pieces.append(part)
            else:
                pieces[-1] = f"{pieces[-1]} {part}".strip()
    return pieces


@attrs.frozen
class Measure:
    """
    How much room words take.

    Attributes:
        wider: How much wider letters may be than those we measure.
    """

    wider: float = WIDER

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """
        Return how wide a line is.
        """
        return width(text, size, bold=bold) * self.wider

    def lines_of(self, text: str, size: float, wide: float, *, bold: bool = False) -> int:
        """
        Return how many lines a text has.
        """
        return sum(
            len(wrap(part, wide / self.wider, size, bold=bold, split=True) or ())
            for part in _split_for_measuring(text)
            if part
        )

    def _lines(self, each: SlideText, wide: float) -> int:
        return self.lines_of(each.text, each.size, wide - each.indent, bold=each.bold)

    def height_of(self, texts: Iterable[SlideText], wide: float) -> float:
        """
        Return the height of paragraphs one below the other.
        """
        return sum(each.over + self._lines(each, wide) * each.size * LEADING for each in texts)

    def is_settled(self, texts: Iterable[SlideText], wide: float) -> bool:
        """
        Tell whether paragraphs have as many lines in a narrower font, so that no room is kept for a line that is not
        there.
        """
        narrow = attrs.evolve(self, wider=_NARROWER)
        return all(self._lines(each, wide) == narrow._lines(each, wide) for each in texts)

    def fit(
        self,
        texts: Sequence[str],
        wide: float,
        high: float,
        sizes: Sequence[float],
        *,
        gap: float = 0.4,
        bold: bool = False,
        colour: str = INK,
        numbers: Sequence[str] = (),
        settled: bool = False,
    ) -> tuple[SlideText, ...] | None:
        """
        Return texts in the largest of some sizes in which they fit, or None.

        Args:
            gap: The room between two of them, in parts of the size.
            numbers: What stands before each of them.
            settled: Whether a smaller size is better if in this one nobody knows how many lines there are.
        """
        first: tuple[SlideText, ...] | None = None
        for size in sizes:
            made = tuple(
                SlideText(
                    text=text,
                    size=size,
                    bold=bold,
                    colour=colour,
                    number=numbers[n] if numbers else "",
                    over=size * gap if n else 0.0,
                )
                for n, text in enumerate(texts)
            )
            if self.height_of(made, wide) <= high:
                first = first or made
                if not settled or self.is_settled(made, wide):
                    return made
        return first

    def shorten(self, text: str, wide: float, high: float, size: float, *, bold: bool = False) -> str:
        """
        Return as much of a text as fits, and a sign that more follows.
        """

        def fits(count: int) -> bool:
            made = SlideText(text=f"{text[:count].rstrip()} …", size=size, bold=bold)
            return self.height_of((made,), wide) <= high

        low, top = 0, len(text)
        while low < top:
            middle = (low + top + 1) // 2
            low, top = (middle, top) if fits(middle) else (low, middle - 1)
        whole, space, _ = text[:low].rpartition(" ")
        return f"{(whole if space else text[:low]).rstrip()} …"

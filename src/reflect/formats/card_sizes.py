"""
The sizes of letters on a card: as large as its words fit, in steps.
"""

from __future__ import annotations

import attrs

from reflect.diagrams.fitting import wrap
from reflect.diagrams.metrics import width
from reflect.text.cards import WORDS_WIDE, CardSize
from reflect.text.nodes import Card, Doing

#: For each step the sizes of the title, the text under it, and the back, in points. The first is for a card that is as
#: high as two.
SIZES = (
    (26.0, 17.0, 18.0),
    (20.0, 13.0, 14.0),
    (17.0, 12.5, 13.0),
    (15.0, 11.5, 12.0),
    (13.0, 10.5, 11.0),
    (11.0, 9.0, 9.5),
    (10.0, 8.0, 8.0),
)
#: For a question its size and that of its hint, and the size of what is on its back, in points.
ASKED = (
    (30.0, 13.0), (27.0, 13.0), (24.0, 10.5), (21.5, 10.5), (19.5, 10.5), (17.0, 10.5), (15.0, 10.0), (13.0, 9.0),
    (11.0, 9.0), (9.0, 8.0), (8.0, 8.0),
)  # fmt: skip
SECOND = (22.0, 18.0, 16.0, 14.0, 12.0, 10.0, 8.0)
#: The first of those that a card of the height of a quarter of a sheet may have, and one of an eighth.
_FIRST_ASKED, _FIRST_SECOND = {True: 0, False: 2}, {True: 0, False: 1}
#: By whether a card is tall: letters of this size and above are large, and at a larger one a question has no more lines
#: than this.
_LARGE, _MOST_LINES = {True: 24.0, False: 19.5}, {True: 4, False: 3}
#: The title of a part; and above a question the room over that title and under it, and over the hint; in millimetres.
PART = 10.5
_OVER_PART, _UNDER_PART, _OVER_HINT = 2.5, 1.0, 2.5
#: What is left free at the lower edge of a card, and between its words and its foot.
EDGE, _FREE = 4.0, 1.5
#: Sizes of what does not change: who does it, and where in the whole it is.
WHO, PLACE, DIGITS = 9.5, 8.0, 24.0
_MM = 72 / 25.4
#: Other fonts than ours may be a little wider.
_WIDER = 1.04
#: As wide as the least room between a place and what stands beside it.
_GAP = "mmm"
#: The most letters that are laid out word by word.
_LONG = 500


def height_of(text: str, size: float, wide: float = WORDS_WIDE, *, bold: bool = False, leading: float = 1.22) -> float:
    """
    Return the height of a text on a card, in millimetres.

    Args:
        size: The size of its letters, in points.
        wide: The width of its lines, in millimetres.
        leading: From line to line, in parts of the size.
    """
    return _count_lines(text, size, wide, bold=bold) * size * leading / _MM


def _count_lines(text: str, size: float, wide: float, *, bold: bool) -> float:
    if not text.strip():
        return 0
    room = wide * _MM / _WIDER
    if len(text) > _LONG:
        return width(text, size, bold=bold) * 1.15 / room + 1
    return len(wrap(text, room, size, bold=bold, split=True) or ())


def height_of_place(card: Card) -> float:
    """
    Return the height of the line at the foot of a front that says where a card belongs, in millimetres.
    """
    beside = card.doing.time if card.doing else card.number
    return max(height_of(f"{card.head} {_GAP}{beside}", PLACE), PLACE * 1.22 / _MM)


def is_tall(size: CardSize) -> bool:
    """
    Tell whether a card is as high as two.
    """
    return size.high > size.wide


def size_of_question(card: Card, size: CardSize) -> int:
    """
    Return at which of `ASKED` a question and its hint fit on the front of a card, by its place; the last if they fit at
    none.
    """
    above = size.tab + _OVER_PART + height_of(card.part, PART, bold=True) + _UNDER_PART
    room = size.high - above - height_of_place(card) - EDGE - _FREE
    fitting: list[tuple[float, int]] = []
    tall = is_tall(size)
    for n, (asked, hint) in enumerate(ASKED):
        lines = _count_lines(card.front, asked, WORDS_WIDE, bold=True)
        if n < _FIRST_ASKED[tall] or (asked > _LARGE[tall] and lines > _MOST_LINES[tall]):
            continue
        used = height_of(card.front, asked, bold=True) + height_of(card.hint, hint) + (_OVER_HINT if card.hint else 0)
        if used <= room and (asked >= _LARGE[tall] or not fitting):
            fitting.append((lines, n))
    # Of large letters those that need fewest lines, so that no word is alone on the last.
    return min(fitting, default=(0, len(ASKED) - 1))[1]


def size_of_second(card: Card, size: CardSize) -> int:
    """
    Return the first of `SECOND` at which what is on the back of a question fits, by its place; the last if none does.
    """
    room = size.high - 7 - height_of(card.label, WHO) - height_of(card.foot, PLACE, WORDS_WIDE - 8) - EDGE - _FREE
    for n, each in enumerate(SECOND):
        used = sum(height_of(text, each) + 2 for text in (card.back, *card.points) if text)
        if n >= _FIRST_SECOND[is_tall(size)] and used <= room:
            return n
    return len(SECOND) - 1


@attrs.frozen(kw_only=True)
class Room:
    """
    The room on a card in one format, in millimetres.

    Attributes:
        high: The height between the edges and the foot.
        wide: The width of the text.
        title: The width of the title.
        who: The width of the words that say who does it.
        apart: Whether who does it stands beside a badge if it fits there, and who is silent on a line of its own.
        large: Whether the card is as high as two.
        least: The height of what stands beside the title, which it takes in any case.
        leading: From line to line, in parts of the size; and in a title.
        gap: The room between two paragraphs.
    """

    high: float
    wide: float
    title: float
    who: float = 0
    apart: bool = False
    large: bool = False
    least: float = 0
    leading: tuple[float, float] = (1.22, 1.22)
    gap: float = 2.5

    @staticmethod
    def beside(doing: Doing, most: float) -> float:
        """
        Return the width of the minutes, in millimetres.

        Args:
            most: The width in which their unit is broken into lines.
        """
        return max(width(doing.minutes, DIGITS, bold=True) / _MM, min(width(doing.unit, PLACE) / _MM, most))

    def _lines(self, text: str, size: float, wide: float, *, bold: bool = False) -> float:
        """
        Return the height of a text, in millimetres.
        """
        return height_of(text, size, wide, bold=bold, leading=self.leading[bold])

    def _sizes(self) -> list[tuple[int, tuple[float, float, float]]]:
        return list(enumerate(SIZES))[0 if self.large else 1 :]

    def _quiet(self, doing: Doing, wide: float) -> float:
        return self._lines(doing.quiet, WHO, wide - 6, bold=True)

    def fits_beside(self, who: str) -> bool:
        """
        Tell whether the words that say who does it are one line.
        """
        return width(who, WHO, bold=True) * _WIDER <= self.who * _MM

    def size_of_front(self, card: Card) -> int:
        """
        Return the first of `SIZES` at which the front of a step fits, by its place; the last if none does.
        """
        doing = card.doing
        assert doing is not None
        if self.apart:
            beside = self.fits_beside(card.part)
            who = (0 if beside else self._lines(card.part, WHO, self.wide, bold=True)) + self._quiet(doing, self.wide)
        elif self.fits_beside("      ".join(filter(None, (card.part, doing.quiet)))):
            who = self._lines("x", WHO, self.who)
        else:
            who = self._lines(card.part, WHO, self.who, bold=True) + self._quiet(doing, self.who)
        place = height_of_place(card)
        for n, (title, text, _) in self._sizes():
            used = max(who + self._lines(card.front, title, self.title, bold=True), self.least) + place
            steps = [f"{n}. {step}" for n, step in enumerate(doing.steps, 1)]
            for each in (doing.text, *steps):
                if each:
                    used += self._lines(each, text, self.wide - (0 if each == doing.text else 5)) + self.gap / 2
            if used + self.gap / 2 <= self.high:
                return n
        return len(SIZES) - 1

    def size_of_back(self, card: Card) -> int:
        """
        Return the first of `SIZES` at which the back of a step fits, by its place; the last if none does.
        """
        for n, (_, _, size) in self._sizes():
            used = self._lines(card.label, WHO, self.wide) + self._lines(card.foot, PLACE, self.wide) + self.gap
            used += sum(self._lines(each, size, self.wide) + self.gap / 2 for each in (card.back, *card.points) if each)
            if used <= self.high:
                return n
        return len(SIZES) - 1

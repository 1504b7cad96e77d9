"""
The sizes of letters on the card of a step: as large as its words fit, in steps.
"""

from __future__ import annotations

import attrs

from reflect.diagrams.fitting import wrap
from reflect.diagrams.metrics import width
from reflect.text.nodes import Card, Doing

#: For each step the sizes of the title, the text under it, and the back, in points.
SIZES = (
    (20.0, 13.0, 14.0),
    (17.0, 12.5, 13.0),
    (15.0, 11.5, 12.0),
    (13.0, 10.5, 11.0),
    (11.0, 9.0, 9.5),
    (10.0, 8.0, 8.0),
)
#: Sizes of what does not change: who does it, and where in the whole it is.
WHO, PLACE, DIGITS = 9.5, 8.0, 24.0
_MM = 72 / 25.4
#: Other fonts than ours may be a little wider.
_WIDER = 1.04


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
        least: The height of what stands beside the title, which it takes in any case.
        leading: From line to line, in parts of the size; and in a title.
        gap: The room between two paragraphs.
    """

    high: float
    wide: float
    title: float
    who: float = 0
    apart: bool = False
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
        lines = wrap(text, wide * _MM / _WIDER, size, bold=bold, split=True) if text.strip() else []
        return len(lines or ()) * size * self.leading[bold] / _MM

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
        place = self._lines(card.head, PLACE, self.wide - width(doing.time, PLACE) / _MM - 3)
        for n, (title, text, _) in enumerate(SIZES):
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
        for n, (_, _, size) in enumerate(SIZES):
            used = self._lines(card.label, WHO, self.wide) + self._lines(card.foot, PLACE, self.wide) + self.gap
            used += sum(self._lines(each, size, self.wide) + self.gap / 2 for each in (card.back, *card.points) if each)
            if used <= self.high:
                return n
        return len(SIZES) - 1

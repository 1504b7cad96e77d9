"""
Cards: sheets of eight, 90 by 67.5 mm each, or of four, 90 by 135 mm; fronts and then their backs.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import attrs

from reflect.formats.word.ledger import Ledger
from reflect.formats.word.steps import back_of_step, front_of_step
from reflect.formats.word.tables import cell, row, table
from reflect.formats.word.text import TAB, paragraph, run
from reflect.text.nodes import SHEET_COLUMNS, Card, Cards, sheets

#: 90 and 270 mm in twips.
_WIDTH, _HIGH = 5102, 15308
#: Places for the tab of a part; a ninth part begins again at the left.
_BARS = 8
#: Styles of questions: letters that fit on a line, lines that fit on the card (which cannot grow), and the style.
_SIZES = ((19, 4, "ReflectCard"), (25, 5, "ReflectCardLong"))


def deck(cards: Cards, title: str, ledger: Ledger) -> str:
    """
    Return the sheets of a deck. Each back is behind its front when a sheet is turned on its long edge.

    A line above each sheet, in the edge that is cut away, names the sheet and begins a new page.
    Without a paragraph between them Word would join the tables; and it would add one after the last table itself,
    on a page of its own.
    """
    laid = list(sheets(cards))
    out: list[str] = []
    for n, places in enumerate(laid, 1):
        which = f"{title} · sheet {n} of {len(laid)} · "
        style = "ReflectSheet" if n == 1 else "ReflectSheetNext"
        turn = TAB + run("Print on both sides, turned on the long edge")
        out.append(paragraph(style, run(which + "fronts") + turn))
        high = _HIGH // cards.rows
        sides = _Sides(ledger, tall=cards.rows == 2, steps=any(card.doing for card in cards.cards))
        out.append(_sheet((map(sides.front, line) for line in places), which + "fronts", high))
        out.append(paragraph("ReflectSheetNext", run(which + "backs")))
        out.append(_sheet((map(sides.back, reversed(line)) for line in places), which + "backs", high))
    return "".join(out)


def _sheet(lines: Iterable[Iterable[str]], title: str, high: int) -> str:
    rows = (row("".join(cell(inner, _WIDTH) for inner in line), height=high, exact=True) for line in lines)
    return table("ReflectCards", [_WIDTH] * SHEET_COLUMNS, "".join(rows), title=title, header=False)


@attrs.frozen
class _Sides:
    """
    The two sides of cards.

    Attributes:
        tall: Whether a card is as high as two.
        steps: Whether the deck is of steps, so that its blank places are for nothing.
    """

    ledger: Ledger
    tall: bool
    steps: bool

    def front(self, card: Card | None) -> str:
        if card is None:
            return paragraph("ReflectCardFirst", "" if self.steps else run("Your own question"))
        if card.doing:
            return front_of_step(card, self.ledger, tall=self.tall)
        out = []
        if card.bar:
            out.append(paragraph(f"ReflectBar{(card.bar - 1) % _BARS + 1}", run(str(card.bar))))
        break_after = "<w:r><w:br/></w:r>" if card.part and card.head else ""
        head = run(card.part, "ReflectName") + break_after + run(card.head)
        out.append(paragraph("ReflectCardHead" if card.bar else "ReflectCardFirst", head))
        fits = (style for width, lines, style in _SIZES if len(textwrap.wrap(card.front, width)) <= lines)
        size = next(fits, "ReflectCardLongest")
        out.append(paragraph(size, run(card.front)))
        return "".join(out) + _foot(card)

    def back(self, card: Card | None) -> str:
        if card is not None and card.doing:
            return back_of_step(card, self.ledger, tall=self.tall)
        if card is None or not (card.label or card.back or card.points or card.foot):
            return paragraph("ReflectCell", "")
        label = paragraph("ReflectCardHead", run(card.label)) if card.label else ""
        said = "".join(paragraph("ReflectCardBack", run(text)) for text in (card.back, *card.points) if text)
        return label + said + _foot(card)


def _foot(card: Card) -> str:
    return paragraph("ReflectCardFoot", run(card.foot)) if card.foot else ""

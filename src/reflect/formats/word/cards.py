"""
Cards: sheets of A4, fronts and then their backs.

A card is two cells, one above the other: its words, and its foot, which stands on the lower edge whatever font a
program has.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from reflect.diagrams import signs
from reflect.diagrams.fitting import wrap
from reflect.formats.card_sizes import EDGE, PLACE, height_of, height_of_place, size_of_question, size_of_second
from reflect.formats.word.ledger import Ledger
from reflect.formats.word.pictures import cut_marks, drawing
from reflect.formats.word.steps import back_of_step, front_of_step
from reflect.formats.word.tables import cell, row, table
from reflect.formats.word.text import TAB, paragraph, run
from reflect.text.cards import TAB_WIDE, WORDS_WIDE, CardSize
from reflect.text.nodes import SHEET_COLUMNS, Card, Cards, sheets

#: Twips and points in a millimetre.
_TWIPS, _MM = 1440 / 25.4, 72 / 25.4
#: The height of the line before a sheet that is filled, and of the one after it, in twips.
_THIN = 20
#: The sign at the foot of a back, the one that is alone on it, and the height of a track with its gap; in millimetres.
_SMALL, _LARGE, _TRACK = 3.6, 22.0, 5.4
#: The most of a card that its foot may take.
_MOST_FOOT = 0.5
#: The width of the words over a sheet, in millimetres: they stand between two marks.
_OVER = 84


@attrs.frozen
class Side:
    """
    One side of a card.

    Attributes:
        words: What stands at the upper edge.
        foot: What stands at the lower edge.
        low: The height of the foot, in millimetres.
        middle: Whether the words stand in the middle.
    """

    words: str
    foot: str = ""
    low: float = EDGE + PLACE * 1.3 / _MM
    middle: bool = False


def deck(cards: Cards, title: str, said: str, ledger: Ledger) -> str:
    """
    Return the sheets of a deck. Each back is behind its front when a sheet is turned on its long edge.

    A line above each sheet, in the edge that is cut away, names the sheet and begins a new page.
    Without a paragraph between them Word would join the tables; and it would add one after the last table itself,
    on a page of its own.

    Args:
        title: What the deck is called.
        said: What is said about it as a whole: whose it is, and its licence.
    """
    size = cards.measures
    if size.fills and cards.cards:
        # Nothing can stand beside such cards.
        first = cards.cards[0]
        foot = " · ".join(filter(None, (first.foot, said)))
        cards = attrs.evolve(cards, cards=(attrs.evolve(first, foot=foot), *cards.cards[1:]))
    laid = list(sheets(cards))
    sides = _Sides(ledger, cards)
    kind = "ReflectSheetWhole" if size.fills else "ReflectSheet"
    out: list[str] = []
    for n, places in enumerate(laid, 1):
        which = f"{title} · sheet {n} of {len(laid)} · "
        told = "" if size.fills else run(_on_one_line(which + "fronts")) + TAB + run(_TURN)
        out.append(paragraph(kind if n == 1 else f"{kind}Next", cut_marks(size, ledger) + told))
        out.append(_sheet((map(sides.front, line) for line in places), which + "fronts", size))
        out.append(paragraph(f"{kind}Next", "" if size.fills else run(_on_one_line(which + "backs"))))
        out.append(_sheet((map(sides.back, reversed(line)) for line in places), which + "backs", size))
    return "".join(out)


_TURN = "Print on both sides, turn on the long edge, cut along the marks"


def _on_one_line(text: str) -> str:
    """
    Return as much of a text as stands between two marks.
    """
    lines = wrap(text, _OVER * _MM, PLACE, split=True) or [""]
    return lines[0] if len(lines) == 1 else f"…{text[-len(lines[0]) + 1 :]}"


def page_of(size: CardSize) -> str:
    """
    Return the size and the margins of the pages of a deck.
    """
    top, side = (0, 0) if size.fills else (255, round(size.left * _TWIPS))
    return (
        '<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{top}" w:right="{side}" w:bottom="{top}" w:left="{side}" w:header="0" w:footer="0" '
        'w:gutter="0"/>'
    )


def _sheet(lines: Iterable[Iterable[Side]], title: str, size: CardSize) -> str:
    wide = round(size.wide * _TWIPS)
    # The thin lines before and after a sheet that is filled are not lost from one card.
    high = size.high * _TWIPS - (2 * _THIN / size.rows if size.fills else 0)
    rows, done = [], 0
    for n, line in enumerate(lines, 1):
        both = tuple(line)
        whole = int(n * high) - done
        low = round(min(max(side.low for side in both), _MOST_FOOT * size.high) * _TWIPS)
        words = "".join(cell(side.words, wide, look=_MIDDLE if side.middle else "") for side in both)
        feet = "".join(cell(side.foot or paragraph("ReflectCell", ""), wide, look=_AT_FOOT) for side in both)
        rows += [row(words, height=whole - low, exact=True), row(feet, height=low, exact=True)]
        done += whole
    style = "ReflectCardsWhole" if size.fills else "ReflectCards"
    return table(style, [wide] * SHEET_COLUMNS, "".join(rows), title=title, header=False)


_MIDDLE = '<w:vAlign w:val="center"/>'
_AT_FOOT = f'<w:tcMar><w:bottom w:w="{round(EDGE * _TWIPS)}" w:type="dxa"/></w:tcMar><w:vAlign w:val="bottom"/>'


@attrs.frozen
class _Sides:
    """
    The two sides of cards.
    """

    ledger: Ledger
    cards: Cards

    def front(self, card: Card | None) -> Side:
        size = self.cards.measures
        if card is None:
            # Blank cards are for questions of one's own; a row of steps has no place for them.
            steps = any(each.doing for each in self.cards.cards)
            return Side(paragraph("ReflectCardOver", "" if steps else run("Your own question")))
        place = height_of_place(card)
        if card.doing:
            words, foot = front_of_step(card, self.ledger, size)
            return Side(words, foot, EDGE + place + _TRACK * bool(card.doing.track))
        out = []
        if card.bar:
            left = round(self.cards.place_of_tab(card) * _TWIPS)
            tab = drawing(
                signs.tab(card.bar, size.tab), TAB_WIDE * _MM, size.tab * _MM, card.part or card.head, self.ledger
            )
            out.append(paragraph(self.ledger.derived_style("ReflectCardTab", left), tab))
        if card.part:
            part = run(card.part, f"ReflectPart{signs.SUITS.index(signs.suit_of(card.bar)) + 1}" if card.bar else "")
            out.append(paragraph("ReflectCardPart" if card.bar else "ReflectCardOver", part))
        asked = size_of_question(card, size) + 1
        out.append(paragraph(f"ReflectCardAsked{asked}", run(card.front)))
        if card.hint:
            out.append(paragraph(f"ReflectCardHint{asked}", run(card.hint)))
        number = TAB + run(card.number, "Strong") if card.number else ""
        return Side("".join(out), paragraph("ReflectCardPlace", run(card.head) + number), EDGE + place)

    def back(self, card: Card | None) -> Side:
        size = self.cards.measures
        if card is None:
            return Side(paragraph("ReflectCell", ""))
        does = card.doing.does if card.doing else signs.suit_of(card.bar) if card.bar else ""
        about = card.part or card.front
        words = back_of_step(card, size) if card.doing else _back_of_question(card, size)
        if alone := not words:
            large = drawing(
                signs.sign(does, _LARGE * _MM, outline=True), _LARGE * _MM, _LARGE * _MM, about, self.ledger
            )
            words = paragraph("ReflectCardSign", large)
        small = drawing(signs.sign(does, _SMALL * _MM), _SMALL * _MM, _SMALL * _MM, about, self.ledger)
        foot = paragraph("ReflectCardCredit", run(card.foot) + TAB + small)
        low = max(height_of(card.foot, PLACE, WORDS_WIDE - 8), _SMALL + 0.8)
        return Side(words, foot, EDGE + low, alone)


def _back_of_question(card: Card, size: CardSize) -> str:
    said = [text for text in (card.back, *card.points) if text]
    over = [paragraph("ReflectCardOver", run(card.label))] if card.label else []
    # Without a label over them, the words keep its distance from the edge.
    first = [] if over or not said else [paragraph("ReflectCardOver", "")]
    style = f"ReflectCardSecond{size_of_second(card, size) + 1}"
    return "".join((*over, *first, *(paragraph(style, run(text)) for text in said)))

"""
A deck of cards in Word: eight to an A4 sheet, and the backs mirrored for printing on both sides.
"""

from __future__ import annotations

from reflect.formats.word.xml import cell, paragraph, row, run, tab, table
from reflect.nodes import SHEET_COLUMNS, Card, Cards, sheets

#: A card is 90 by 67.5 mm, here in twentieths of a point.
WIDTH, HEIGHT = 5103, 3827
#: Sorting bars have this many places along the edge.
BARS = 8
#: Above these numbers of letters a question is set smaller.
_LONG, _LONGEST = 62, 110
OWN = "A question of your own"


def _size(text: str) -> str:
    if len(text) > _LONGEST:
        return "ReflectCardLongest"
    return "ReflectCardLong" if len(text) > _LONG else "ReflectCard"


def _front(card: Card | None) -> str:
    if card is None:
        return paragraph(run(OWN), "ReflectCardHead")
    bar = paragraph(run(str(card.bar)), f"ReflectBar{(card.bar - 1) % BARS + 1}") if card.bar else ""
    head = run(card.head) + (tab() + run(card.part) if card.part else "")
    return bar + paragraph(head, "ReflectCardHead") + paragraph(run(card.front), _size(card.front))


def _back(card: Card | None) -> str:
    if card is None:
        return paragraph(run(OWN), "ReflectCardHead")
    back = paragraph(run(card.back), "ReflectCardBack") if card.back else ""
    return paragraph(run(card.head), "ReflectCardHead") + back + paragraph(run(card.foot), "ReflectCardFoot")


def _sheet(rows: tuple[tuple[Card | None, ...], ...], title: str, *, back: bool) -> str:
    laid = []
    for each in rows:
        # A sheet turned over on its long edge shows its columns the other way round.
        cards = reversed(each) if back else each
        laid.append(
            row("".join(cell((_back if back else _front)(card), WIDTH) for card in cards), height=HEIGHT, exact=True)
        )
    return paragraph(run(title), "ReflectSheet") + table(
        "".join(laid), "ReflectCards", [WIDTH] * SHEET_COLUMNS, title=title
    )


def deck(cards: Cards) -> str:
    """
    Return the sheets of a deck, each with its backs after it.
    """
    out = []
    for n, rows in enumerate(sheets(cards), 1):
        out.append(_sheet(rows, f"Sheet {n}, fronts. Print on both sides, turning on the long edge.", back=False))
        out.append(_sheet(rows, f"Sheet {n}, backs.", back=True))
    return "".join(out) + paragraph(run("Cut along the broken lines."), "ReflectCut")

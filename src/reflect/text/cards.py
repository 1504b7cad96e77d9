"""
Cards, and steps of a method as cards and slides show them; `reflect.text.nodes` has them among its tokens.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from reflect.questions.question import Mode
from reflect.shown import Brief

#: A sheet of A4 in millimetres, and the number of cards side by side.
SHEET, SHEET_COLUMNS = (210.0, 297.0), 2
#: The width of the words of a card, of whatever size; and of a tab, and how much further right the tab of each part is,
#: as far as there is room; in millimetres.
WORDS_WIDE, TAB_WIDE, _TAB_STEP = 81.0, 12.0, 16.0
#: Places for tabs; a ninth part begins again at the left.
_TABS = 8


@attrs.frozen
class CardSize:
    """
    A size that cards may have, in millimetres, and how they lie on a sheet of A4.

    Attributes:
        name: What it is called.
        wide: The width of a card.
        high: Its height.
        rows: The rows of cards on a sheet.
    """

    name: str
    wide: float
    high: float
    rows: int

    @property
    def count(self) -> int:
        """
        The number of cards on a sheet.
        """
        return SHEET_COLUMNS * self.rows

    @property
    def left(self) -> float:
        """
        The edge of the sheet beside the cards, which is cut away; nothing if the cards fill the sheet.
        """
        return (SHEET[0] - SHEET_COLUMNS * self.wide) / 2

    @property
    def top(self) -> float:
        """
        The edge of the sheet above the cards.
        """
        return (SHEET[1] - self.rows * self.high) / 2

    @property
    def side(self) -> float:
        """
        The room beside the words of a card.
        """
        return (self.wide - WORDS_WIDE) / 2

    @property
    def tab(self) -> float:
        """
        The height of a tab. A printer may leave the edge of the sheet white, so it is higher where a card begins there.
        """
        return 13.0 if self.fills else 9.0

    def marks(self) -> tuple[tuple[float, float, float, float], ...]:
        """
        Where to cut: lines on the sheet from one place to another. They are beside the cards, and if nothing is, on the
        line between two of them, at the edge.
        """
        wide, high = SHEET
        start, end = (0.0, 7.0) if self.fills else (3.5, 8.5)
        across = [self.left + n * self.wide for n in range(SHEET_COLUMNS + 1)]
        down = [self.top + n * self.high for n in range(self.rows + 1)]
        if self.fills:
            across, down = across[1:-1], down[1:-1]
        return (
            *((x, y, x, to) for x in across for y, to in ((start, end), (high - end, high - start))),
            *((x, y, to, y) for y in down for x, to in ((start, end), (wide - end, wide - start))),
        )

    @property
    def fills(self) -> bool:
        """
        Whether the cards fill the sheet, so that nothing is cut away and nothing can stand beside them.
        """
        return not self.top


#: The sizes of cards: the usual one first.
CARD_SIZES = {
    each.name: each
    for each in (CardSize("usual", 95, 69.25, 4), CardSize("a6", 105, 148.5, 2), CardSize("a7", 105, 74.25, 4))
}
#: What a step may be, each with its sign; nothing is the whole method.
DOES = ("", *map(str, Mode))


@attrs.frozen
class Stretch(Brief):
    """
    One stretch of the track of a method: how wide it is, and what is done in it.

    Attributes:
        share: Its width, in proportion to the others.
        does: What is done in it, which gives its sign.
    """

    share: int = attrs.field(validator=attrs.validators.ge(0))
    does: str = attrs.field(default="", validator=attrs.validators.in_(DOES), metadata={"enum": DOES})


@attrs.frozen
class Doing(Brief):
    """
    What a card or a slide says about a step of a method beside its title: what is done, for how long, and where in
    the whole it is.

    Attributes:
        does: What is done, which gives the sign; nothing is the sign of the whole method.
        quiet: Who is silent meanwhile, in words.
        minutes: How long it takes each time, in digits; nothing if nobody knows.
        unit: What stands under the digits, such as "min".
        text: What is done, in a sentence or two.
        steps: The same step by step.
        time: When it is done, in words.
        track: The whole method, stretch by stretch.
        at: The stretches that are this step, from 1.
    """

    does: str = attrs.field(default="", validator=attrs.validators.in_(DOES), metadata={"enum": DOES})
    quiet: str = ""
    minutes: str = ""
    unit: str = ""
    text: str = ""
    steps: tuple[str, ...] = ()
    time: str = ""
    track: tuple[Stretch, ...] = ()
    at: tuple[int, ...] = ()


@attrs.frozen
class Card(Brief):
    """
    One card of a deck.

    Attributes:
        head: Its deck, and where in the model it belongs.
        front: The question, or the title of a step.
        back: What to ask if the answer is short, or what whoever leads has to know.
        foot: Credit and licence.
        part: The part it belongs to; on a card of a step, what is done and by whom.
        bar: The number of that part, from 1, which gives its sign, its colour and the place of its tab; 0 for none.
        label: What stands over the words of the back.
        points: Further words of the back, one below the other.
        doing: What the card of a step says besides; None on the card of a question.
        hint: What makes the question easier, for whoever asks it.
        number: Its number in the deck.
    """

    head: str
    front: str
    back: str
    foot: str
    part: str = ""
    bar: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    label: str = ""
    points: tuple[str, ...] = ()
    doing: Doing | None = None
    hint: str = ""
    number: str = ""

    @property
    def front_words(self) -> tuple[str, ...]:
        """
        All words of its front, in the order of reading.
        """
        doing = self.doing or Doing()
        step = (doing.quiet, doing.minutes, doing.unit, self.front, doing.text, *doing.steps, doing.time)
        return tuple(filter(None, (self.head, self.part, *step, self.hint, self.number)))

    @property
    def back_words(self) -> tuple[str, ...]:
        """
        All words of its back, in the order of reading.
        """
        return tuple(filter(None, (self.label, self.back, *self.points, self.foot)))


@attrs.frozen
class Cards(Brief):
    """
    A deck of cards, printed on both sides of A4 sheets.

    Attributes:
        cards: The cards, in order.
        size: The size of a card: "usual", of 95 by 69.25 mm, "a6", of 105 by 148.5 mm, or "a7", of 105 by 74.25 mm.
    """

    cards: tuple[Card, ...]
    size: str = attrs.field(
        default="usual", validator=attrs.validators.in_(CARD_SIZES), metadata={"enum": (*CARD_SIZES,)}
    )

    @property
    def measures(self) -> CardSize:
        """
        The size of a card in millimetres.
        """
        return CARD_SIZES[self.size]

    def place_of_tab(self, card: Card) -> float:
        """
        Return how far a card's tab is from the left edge of its words, in millimetres.

        The further on a part is, the further right: up to five parts leave room between their tabs.
        """
        last = min(max((each.bar for each in self.cards), default=0), _TABS)
        step = min(_TAB_STEP, (WORDS_WIDE - TAB_WIDE) / max(last - 1, 1))
        return max(card.bar - 1, 0) % _TABS * step


@attrs.frozen
class Slide(Brief):
    """
    The front of one card, large enough for a wall.

    Attributes:
        card: The card.
    """

    card: Card


def sheets(cards: Cards) -> Iterator[tuple[tuple[Card | None, ...], ...]]:
    """
    Give the sheets of a deck: rows of cards, with blank places at the end.
    """
    size = cards.measures.count
    for start in range(0, len(cards.cards), size):
        some: list[Card | None] = list(cards.cards[start : start + size])
        some += [None] * (size - len(some))
        yield tuple(tuple(some[i : i + SHEET_COLUMNS]) for i in range(0, size, SHEET_COLUMNS))

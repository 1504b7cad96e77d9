"""
Cards, and steps of a method as cards and slides show them; `reflect.text.nodes` has them among its tokens.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from reflect.questions.question import Mode
from reflect.shown import Brief

#: How many rows of cards a sheet may have.
CARD_ROWS = (4, 2)
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
        head: The deck and its number in it.
        front: The question, or the title of a step.
        back: What to ask if the answer is short, or what whoever leads has to know.
        foot: Credit and licence.
        part: The part it belongs to; on a card of a step, what is done and by whom.
        bar: The number of that part, from 1, for the sorting bar; 0 for none.
        label: What stands over the words of the back.
        points: Further words of the back, one below the other.
        doing: What the card of a step says besides; None on the card of a question.
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

    @property
    def front_words(self) -> tuple[str, ...]:
        """
        All words of its front, in the order of reading.
        """
        doing = self.doing or Doing()
        step = (doing.quiet, doing.minutes, doing.unit, self.front, doing.text, *doing.steps, doing.time)
        return tuple(filter(None, (self.head, self.part, *step)))

    @property
    def back_words(self) -> tuple[str, ...]:
        """
        All words of its back, in the order of reading.
        """
        return tuple(filter(None, (self.label, self.back, *self.points, self.foot)))


@attrs.frozen
class Cards(Brief):
    """
    A deck of cards, printed on both sides of A4 sheets: two columns, four rows of 90 by 67.5 mm or two of 90 by 135 mm.

    Attributes:
        cards: The cards, in order.
        rows: The number of rows on a sheet, 4 or 2.
    """

    cards: tuple[Card, ...]
    rows: int = attrs.field(default=4, validator=attrs.validators.in_(CARD_ROWS), metadata={"enum": CARD_ROWS})


@attrs.frozen
class Slide(Brief):
    """
    The front of one card, large enough for a wall.

    Attributes:
        card: The card.
    """

    card: Card


#: The number of cards side by side.
SHEET_COLUMNS = 2


def sheets(cards: Cards) -> Iterator[tuple[tuple[Card | None, ...], ...]]:
    """
    Give the sheets of a deck: rows of cards, with blank places at the end.
    """
    size = SHEET_COLUMNS * cards.rows
    for start in range(0, len(cards.cards), size):
        some: list[Card | None] = list(cards.cards[start : start + size])
        some += [None] * (size - len(some))
        yield tuple(tuple(some[i : i + SHEET_COLUMNS]) for i in range(0, size, SHEET_COLUMNS))

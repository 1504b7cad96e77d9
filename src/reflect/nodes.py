"""
What a document is made of: our own tokens.

`reflect.markdown` makes them from text, `reflect.filling` puts the values in,
and each format is one writer that walks them. They hold words and looks by name,
never markup of any format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

# --- in a line


@attrs.frozen
class Text:
    """
    Words, to be shown as they are.
    """

    text: str


@attrs.frozen
class Strong:
    """
    Words that carry weight.
    """

    children: tuple[Inline, ...]


@attrs.frozen
class Emphasis:
    """
    Words said with stress.
    """

    children: tuple[Inline, ...]


@attrs.frozen
class Code:
    """
    Words to be typed as they stand.
    """

    text: str


@attrs.frozen
class Link:
    """
    Words that lead to a checked address.
    """

    to: str
    children: tuple[Inline, ...]


@attrs.frozen
class Span:
    """
    Words with a look of their own, by the name of a style.
    """

    style: str
    children: tuple[Inline, ...]


@attrs.frozen
class Break:
    """
    The end of a line within a paragraph.
    """


Inline = Text | Strong | Emphasis | Code | Link | Span | Break

# --- in blocks


@attrs.frozen
class Heading:
    """
    A heading of level 1 to 6.
    """

    level: int
    children: tuple[Inline, ...]
    style: str = ""
    raw: str = attrs.field(default="", eq=False, repr=False)
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Paragraph:
    """
    A paragraph, with a look by the name of a style.
    """

    children: tuple[Inline, ...]
    style: str = ""
    raw: str = attrs.field(default="", eq=False, repr=False)
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Item:
    """
    One entry of a list.
    """

    blocks: tuple[Block, ...]
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Listing:
    """
    A list: of bullets, or numbered from *start*.
    """

    items: tuple[Item, ...]
    start: int | None = None
    style: str = ""
    sign: str = attrs.field(default="-", eq=False, repr=False)
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Quotation:
    """
    A quotation, or a note set apart.
    """

    blocks: tuple[Block, ...]
    style: str = ""
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class CodeBlock:
    """
    Lines to be shown letter by letter.
    """

    text: str
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Rule:
    """
    A line across.
    """

    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Cell:
    """
    One cell of a table: paragraphs, none if it is empty.
    """

    paragraphs: tuple[tuple[Inline, ...], ...]


@attrs.frozen
class Table:
    """
    A table with a header row.
    """

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    style: str = ""
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Fence:
    """
    A fenced block as it was read; filling makes it a field.
    """

    kind: str
    info: str
    body: str
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


# --- places to write, and cards


@attrs.frozen
class Answer:
    """
    A place to write.

    Attributes:
        key: What the answer hangs on.
        label: What it is called where it cannot be seen, for screen readers; 64 characters at most.
        lines: How many lines of room it has on paper.
        value: What was written.
    """

    key: str
    label: str
    lines: int
    value: str = attrs.field(default="", repr=False)


@attrs.frozen
class Choice:
    """
    One of a few, to be ticked on one line.
    """

    key: str
    label: str
    options: tuple[str, ...]
    value: str = attrs.field(default="", repr=False)


@attrs.frozen
class Scale:
    """
    A number from 0 to 10 that means something at both ends, and may be declined.
    """

    key: str
    label: str
    low: str
    high: str
    whose: str
    value: str = attrs.field(default="", repr=False)


@attrs.frozen
class Fact:
    """
    A label and what stands for it: who, when, where.
    """

    key: str
    label: str
    value: str = attrs.field(default="", repr=False)


@attrs.frozen
class Facts:
    """
    Facts side by side.
    """

    facts: tuple[Fact, ...]


@attrs.frozen
class Actions:
    """
    A table to write in, with rows to spare.
    """

    key: str
    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = attrs.field(default=(), repr=False)
    blank: int = 0


@attrs.frozen
class SignOff:
    """
    One person's place to agree, to comment, or not to agree.
    """

    key: str
    who: str
    options: tuple[str, ...]
    name: str = attrs.field(default="", repr=False)
    date: str = attrs.field(default="", repr=False)
    comments: str = attrs.field(default="", repr=False)
    value: str = attrs.field(default="", repr=False)


@attrs.frozen
class Card:
    """
    One card of a deck.

    Attributes:
        head: The deck and its number in it.
        front: The question.
        back: What to ask if the answer is short.
        foot: Credit and licence.
        part: The part it belongs to.
        bar: Which part that is, counted from 1, for the sorting bar; 0 for none.
    """

    head: str
    front: str
    back: str
    foot: str
    part: str = ""
    bar: int = 0


@attrs.frozen
class Cards:
    """
    A deck of cards, eight to an A4 sheet, printed on both sides.
    """

    cards: tuple[Card, ...]


@attrs.frozen
class Stage:
    """
    A stage of what is drawn.

    Attributes:
        title: What it is called.
        number: Its place, from 1; 0 for none.
        role: Who acts in it, or whom it is put to.
        minutes: How long it takes, 0 if nothing is known.
        shape: How its own parts stand to one another: cycle, or nothing.
        silent: Whether somebody is silent in it.
        parts: Its own parts.
        low: On a scale: what nought means.
        high: On a scale: what ten means.
        whose: On a scale: whose number it is.
    """

    title: str
    number: int = 0
    role: str = ""
    minutes: int = 0
    shape: str = ""
    silent: bool = False
    parts: tuple[Stage, ...] = ()
    low: str = ""
    high: str = ""
    whose: str = ""


@attrs.frozen
class Diagram:
    """
    A picture of how the stages of something stand to one another; `reflect.diagrams` draws it.

    Attributes:
        title: What is drawn.
        shape: How its stages stand to one another: one of the shapes of a model.
        stages: What it shows, at least one.
    """

    title: str
    shape: str
    stages: tuple[Stage, ...] = attrs.field(validator=attrs.validators.min_len(1))


Field = Answer | Choice | Scale | Facts | Actions | SignOff | Cards | Diagram
#: What text is read into; filling turns each fence into a field.
Read = Heading | Paragraph | Listing | Quotation | CodeBlock | Rule | Table | Fence
Block = Read | Field

#: Looks that a paragraph, a list, a table or a quotation may have by name.
BLOCK_STYLES = frozenset({
    "eyebrow",  # the kind of paper, in small capitals over the title
    "subtitle",  # one sentence under the title
    "guidance",  # in the muted colour
    "prompt",  # a question, bold
    "hint",  # smaller and muted, under a question
    "small",  # credit, licence, limits
    "space",  # blank room for the pen, under a small label
    "compact",  # a list or table without air
})  # fmt: skip
#: Looks that words in a line may have by name.
INLINE_STYLES = frozenset({
    "label",  # hangs in the left margin of a heading: a clock time or a number
    "aside",  # to the right margin of a heading: minutes, whose item it is
    "muted",  # in the muted colour
})  # fmt: skip


@attrs.frozen(kw_only=True)
class Document:
    """
    A paper, ready for any format.

    Attributes:
        kind: The name of its template, ``"agenda"``.
        title: What it is called, also in the file's properties.
        lang: Language tag.
        label: What sort of paper it is, at the head of every page.
        organisation: Whose paper it is, at the head of every page.
        marking: For example OFFICIAL-SENSITIVE, at the foot of every page.
        limits: Who may read it, or its licence; at the foot of every page.
        blocks: What it says: every value in place, no fence left.
    """

    kind: str
    title: str
    lang: str = "en-GB"
    label: str = ""
    organisation: str = ""
    marking: str = ""
    limits: str = ""
    blocks: tuple[Block, ...] = ()


#: How many cards an A4 sheet holds: two columns of four, 90 by 67.5 mm each.
SHEET_COLUMNS, SHEET_ROWS = 2, 4


def sheets(cards: Cards) -> Iterator[tuple[tuple[Card | None, ...], ...]]:
    """
    Lay a deck out in sheets: rows of cards, blank places at the end.
    """
    size = SHEET_COLUMNS * SHEET_ROWS
    for start in range(0, len(cards.cards), size):
        some: list[Card | None] = list(cards.cards[start : start + size])
        some += [None] * (size - len(some))
        yield tuple(tuple(some[i : i + SHEET_COLUMNS]) for i in range(0, size, SHEET_COLUMNS))


def words(children: Iterable[Inline]) -> str:
    """
    Return the words of a line without their looks; a break is a space.
    """
    out: list[str] = []
    for child in children:
        match child:
            case Text(text) | Code(text):
                out.append(text)
            case Break():
                out.append(" ")
            case Strong(inner) | Emphasis(inner) | Link(_, inner) | Span(_, inner):
                out.append(words(inner))
    return "".join(out)

"""
What a document is made of: our own tokens.

`reflect.text.markdown` makes them from text, `reflect.text.filling` puts the values in,
and each format is one writer that walks them. They hold words and looks by name,
never markup of any format.
"""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Iterable, Iterator

import attrs

from reflect.errors import Refused
from reflect.questions.question import Shape
from reflect.shown import Brief, Shown
from reflect.text.prose import Line

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

#: A diagram that is as high as its page has room for, if it has any.
FITTING = -1
#: How many rows of cards a sheet may have.
CARD_ROWS = (4, 2)
#: How a place to write is answered.
WRITTEN = PROSE, POINTS, DATE = "prose", "points", "date"
#: What an address begins with; nothing that a browser or a word processor would run.
ADDRESS = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]|[Mm][Aa][Ii][Ll][Tt][Oo]:|#")
#: The most lines of a box, and of blank rows of a table.
MOST_LINES = 999

# What a template says is read first and looked at when it is filled, so no node refuses a look; JSON does.
_one_look = {"enum": tuple(sorted(INLINE_STYLES))}
_maybe_a_look = {"enum": ("", *sorted(BLOCK_STYLES))}
_lines = [attrs.validators.ge(0), attrs.validators.le(MOST_LINES)]


class Look(enum.StrEnum):
    """
    How a paper is laid out for whoever holds it; several may be joined.

    Sources of the figures: UKAAF's guidance G003 (large print), the British Dyslexia Association's style guide.
    """

    #: Nothing smaller than 18 points, and tables as labels and what belongs to them.
    LARGE = "large-print"
    #: 13 points, wider lines, no capitals, no italics, nothing underlined.
    DYSLEXIA = "dyslexia-friendly"
    #: Ruled lines and room for the pen, and no fields.
    PEN = "pen"
    #: The page lies on its long side, for a slide or a wide table.
    LANDSCAPE = "landscape"


# --- in a line


@attrs.frozen
class Text(Brief):
    """
    Words, to be shown as they are.

    Attributes:
        text: The words.
    """

    text: str


@attrs.frozen
class Strong(Brief):
    """
    Words that carry weight.

    Attributes:
        children: What stands in it, in order.
    """

    children: tuple[Inline, ...]


@attrs.frozen
class Emphasis(Brief):
    """
    Words said with stress.

    Attributes:
        children: What stands in it, in order.
    """

    children: tuple[Inline, ...]


@attrs.frozen
class Code(Brief):
    """
    Words to be typed as they stand.

    Attributes:
        text: The words.
    """

    text: str


@attrs.frozen
class Link(Brief):
    """
    Words that lead to a checked address.

    Attributes:
        to: The address: web, mail, or a place in the paper.
        children: The words that lead there.
    """

    to: str = attrs.field(validator=attrs.validators.matches_re(ADDRESS, func=re.match))
    children: tuple[Inline, ...]


@attrs.frozen
class Span(Brief):
    """
    Words with a look of their own, by the name of a style.

    Attributes:
        style: The name of the look.
        children: What stands in it, in order.
    """

    style: str = attrs.field(metadata=_one_look)
    children: tuple[Inline, ...]


@attrs.frozen
class Break(Brief):
    """
    The end of a line within a paragraph.
    """


#: Whatever may stand in a line.
Inline = Text | Strong | Emphasis | Code | Link | Span | Break

# --- in blocks


@attrs.frozen
class Heading(Brief):
    """
    A heading of level 1 to 6.

    Attributes:
        level: 1 is the title of the paper.
        children: Its words.
        style: The name of its look; nothing for the plain one.
    """

    level: int = attrs.field(validator=[attrs.validators.ge(1), attrs.validators.le(6)])
    children: tuple[Inline, ...]
    style: str = attrs.field(default="", metadata=_maybe_a_look)
    raw: str = attrs.field(default="", eq=False, repr=False)
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Paragraph(Brief):
    """
    A paragraph, with a look by the name of a style.

    Attributes:
        children: Its words.
        style: The name of its look; nothing for the plain one.
    """

    children: tuple[Inline, ...]
    style: str = attrs.field(default="", metadata=_maybe_a_look)
    raw: str = attrs.field(default="", eq=False, repr=False)
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Item(Brief):
    """
    One entry of a list.

    Attributes:
        blocks: What it says; a list in it is nested.
    """

    blocks: tuple[Block, ...]
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Listing(Brief):
    """
    A list: of bullets, or numbered from *start*.

    Attributes:
        items: Its entries.
        start: The first number; None for bullets.
        style: The name of its look; nothing for the plain one.
        loose: Whether its items stand apart.
    """

    items: tuple[Item, ...]
    start: int | None = attrs.field(default=None, validator=attrs.validators.optional(attrs.validators.ge(0)))
    style: str = attrs.field(default="", metadata=_maybe_a_look)
    loose: bool = False
    sign: str = attrs.field(default="-", eq=False, repr=False)
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Quotation(Brief):
    """
    A quotation, or a note set apart.

    Attributes:
        blocks: What it says.
        style: The name of its look; nothing for the plain one.
    """

    blocks: tuple[Block, ...]
    style: str = attrs.field(default="", metadata=_maybe_a_look)
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class CodeBlock(Brief):
    """
    Lines to be shown letter by letter.

    Attributes:
        text: The lines.
    """

    text: str
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Rule(Brief):
    """
    A line across.
    """

    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Cell(Brief):
    """
    One cell of a table: paragraphs, none if it is empty.

    Attributes:
        paragraphs: The words of each.
    """

    paragraphs: tuple[tuple[Inline, ...], ...]


@attrs.frozen
class Table(Brief):
    """
    A table with a header row.

    Attributes:
        head: The cells of its header row.
        rows: The cells of the other rows.
        style: The name of its look; nothing for the plain one.
    """

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    style: str = attrs.field(default="", metadata=_maybe_a_look)
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Fence(Brief):
    """
    A fenced block as it was read; filling makes it a field, or code if its kind is no field.
    """

    kind: str
    info: str
    body: str
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


# --- places to write, and cards


@attrs.frozen
class Answer(Brief):
    """
    A place to write.

    Attributes:
        key: What the answer hangs on.
        label: What it is called where it cannot be seen, for screen readers; 64 characters at most.
        lines: How many lines of room it has on paper.
        value: What was written, as plain text.
        kind: How it is answered: in prose, in points, or with a date.
        said: What was written, line by line with its looks, if it was written in lines.
    """

    key: str
    label: str
    lines: int = attrs.field(validator=_lines)
    value: str = attrs.field(default="", repr=False)
    kind: str = attrs.field(default=PROSE, metadata={"enum": WRITTEN})
    said: tuple[Line, ...] = attrs.field(default=(), repr=False)


@attrs.frozen
class Choice(Brief):
    """
    One of a few, to be ticked on one line.

    Attributes:
        key: What the answer hangs on.
        label: What it is about; nothing where the place says it.
        options: What can be ticked.
        value: Which was ticked; nothing if none was.
    """

    key: str
    label: str
    options: tuple[str, ...]
    value: str = attrs.field(default="", repr=False)


@attrs.frozen
class Scale(Brief):
    """
    A number from 0 to 10 that means something at both ends, and may be declined.

    Attributes:
        key: What the answer hangs on.
        label: What it is called where it cannot be seen, for screen readers.
        low: What 0 means.
        high: What 10 means.
        whose: Whose number it is.
        value: Which was ticked; nothing if none was.
    """

    key: str
    label: str
    low: str
    high: str
    whose: str
    value: str = attrs.field(default="", repr=False)


@attrs.frozen
class Fact(Brief):
    """
    A label and what stands for it: who, when, where.

    Attributes:
        key: Its name.
        label: What it is called on the paper.
        value: What stands for it; nothing leaves room to write.
        kind: What stands there: a line of words, or a date.
    """

    key: str
    label: str
    value: str = attrs.field(default="", repr=False)
    kind: str = attrs.field(default=PROSE, metadata={"enum": (PROSE, DATE)})


@attrs.frozen
class Facts(Brief):
    """
    Facts side by side.

    Attributes:
        facts: The facts, in order.
    """

    facts: tuple[Fact, ...]


@attrs.frozen
class Actions(Brief):
    """
    A table to write in, with rows to spare.

    Attributes:
        key: What the rows hang on.
        label: What it is called where it cannot be seen, for screen readers.
        columns: What each column holds.
        rows: What was written: as many cells in a row as there are columns.
        blank: How many empty rows follow.
    """

    key: str
    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = attrs.field(default=(), repr=False)
    blank: int = attrs.field(default=0, validator=_lines)

    @rows.validator
    def _as_wide(self, _: object, rows: tuple[tuple[str, ...], ...]) -> None:
        if any(len(row) != len(self.columns) for row in rows):
            raise Refused("each row of actions has as many cells as there are columns")


@attrs.frozen
class SignOff(Brief):
    """
    One person's place to agree, to comment, or not to agree.

    Attributes:
        key: What the signature hangs on.
        who: Who signs: a role.
        options: What can be ticked.
        name: Their name.
        date: When they signed.
        comments: What they add.
        value: Which was ticked; nothing if none was.
    """

    key: str
    who: str
    options: tuple[str, ...]
    name: str = attrs.field(default="", repr=False)
    date: str = attrs.field(default="", repr=False)
    comments: str = attrs.field(default="", repr=False)
    value: str = attrs.field(default="", repr=False)


@attrs.frozen
class Card(Brief):
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
    bar: int = attrs.field(default=0, validator=attrs.validators.ge(0))


@attrs.frozen
class Cards(Brief):
    """
    A deck of cards, printed on both sides of A4 sheets: two columns, four rows of 90 by 67.5 mm or two of 90 by 135.

    Attributes:
        cards: The cards, in order.
        rows: Rows of a sheet, 4 or 2.
    """

    cards: tuple[Card, ...]
    rows: int = attrs.field(default=4, validator=attrs.validators.in_(CARD_ROWS), metadata={"enum": CARD_ROWS})


@attrs.frozen
class NewPage(Brief):
    """
    What follows begins on a page of its own.
    """


@attrs.frozen
class Stage(Brief):
    """
    A stage of what is drawn.

    Attributes:
        title: What it is called.
        number: Its place, from 1; 0 for none.
        role: Who acts in it, or whom it is put to.
        minutes: How long it takes, 0 if nothing is known.
        turns: Whether its own parts lead round to one another.
        silent: Whether somebody is silent in it.
        parts: Its own parts.
        low: On a scale: what nought means.
        high: On a scale: what ten means.
        whose: On a scale: whose number it is.
    """

    title: str
    number: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    role: str = ""
    minutes: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    turns: bool = False
    silent: bool = False
    parts: tuple[Stage, ...] = ()
    low: str = ""
    high: str = ""
    whose: str = ""


@attrs.frozen
class Diagram(Brief):
    """
    A picture of how the stages of something stand to one another; `reflect.diagrams` draws it.

    Attributes:
        title: What is drawn.
        shape: How its stages stand to one another.
        stages: What it shows, at least one.
        high: So many millimetres high, or as wide as the page; 0 for as it is drawn, `FITTING` until that is known.
    """

    title: str
    shape: Shape = attrs.field(converter=Shape)
    stages: tuple[Stage, ...] = attrs.field(validator=attrs.validators.min_len(1))
    high: int = attrs.field(default=0, validator=attrs.validators.ge(FITTING))


#: Places to write, and what else is no text: cards, a diagram, a new page.
Field = Answer | Choice | Scale | Facts | Actions | SignOff | Cards | Diagram | NewPage
#: What text is read into; filling turns each fence into a field.
Read = Heading | Paragraph | Listing | Quotation | CodeBlock | Rule | Table | Fence
#: Whatever a document consists of; in a finished one there is no `Fence`.
Block = Read | Field


def _looks(given: Iterable[Look | str]) -> tuple[Look, ...]:
    wanted = {Look(each) for each in given}
    return tuple(look for look in Look if look in wanted)


@attrs.frozen(kw_only=True)
class Document(Shown):
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
        looks: How it is laid out, if not as usual.
        about: What it was made of, for whoever reads it back when it is filled in: ``outline``, ``minutes`` and
            ``wording``, or ``model``, ``version`` and ``wording``. Nothing in it is anybody's own.
    """

    _in_line = ("kind", "blocks")

    kind: str
    title: str
    lang: str = "en-GB"
    label: str = ""
    organisation: str = ""
    marking: str = ""
    limits: str = ""
    blocks: tuple[Block, ...] = ()
    looks: tuple[Look, ...] = attrs.field(default=(), converter=_looks)
    about: tuple[tuple[str, str], ...] = ()


def apart(listing: Listing) -> bool:
    """
    Whether the items of a list are apart: it is loose, or one of them has two paragraphs in a row.
    """
    return listing.loose or any(
        isinstance(first, Paragraph) and isinstance(second, Paragraph)
        for item in listing.items
        for first, second in itertools.pairwise(item.blocks)
    )


#: How many cards are side by side.
SHEET_COLUMNS = 2


def sheets(cards: Cards) -> Iterator[tuple[tuple[Card | None, ...], ...]]:
    """
    Lay a deck out in sheets: rows of cards, blank places at the end.
    """
    size = SHEET_COLUMNS * cards.rows
    for start in range(0, len(cards.cards), size):
        some: list[Card | None] = list(cards.cards[start : start + size])
        some += [None] * (size - len(some))
        yield tuple(tuple(some[i : i + SHEET_COLUMNS]) for i in range(0, size, SHEET_COLUMNS))


def words(children: Iterable[Inline], *, line_end: str = " ") -> str:
    """
    Return the words of a line without their looks.

    Args:
        children: The line.
        line_end: What a break becomes.
    """
    out: list[str] = []
    for child in children:
        match child:
            case Text(text) | Code(text):
                out.append(text)
            case Break():
                out.append(line_end)
            case Strong(inner) | Emphasis(inner) | Link(_, inner) | Span(_, inner):
                out.append(words(inner, line_end=line_end))
    return "".join(out)

"""
The tokens that documents consist of.

`reflect.text.markdown` makes them from text, `reflect.text.filling` puts the values in,
and the writer of each format walks through them. They have words and names of looks,
never the markup of a format.
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

#: The height of a diagram that takes the room left on its page, if there is any.
FITTING = -1
#: How many rows of cards a sheet may have.
CARD_ROWS = (4, 2)
#: The ways to answer in a place to write.
WRITTEN = PROSE, POINTS, DATE = "prose", "points", "date"
#: The beginning of a safe address: nothing that a browser or a word processor would run.
ADDRESS = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]|[Mm][Aa][Ii][Ll][Tt][Oo]:|#")
#: The most lines of a box, and of blank rows of a table.
MOST_LINES = 999

# Looks in a template are only checked when it is filled, so no node refuses a look; JSON does.
_one_look = {"enum": tuple(sorted(INLINE_STYLES))}
_maybe_a_look = {"enum": ("", *sorted(BLOCK_STYLES))}
_lines = [attrs.validators.ge(0), attrs.validators.le(MOST_LINES)]


class Look(enum.StrEnum):
    """
    A way to lay a paper out for the person who holds it. Several may be combined.

    Sources of the figures: UKAAF's guidance G003 (large print), the British Dyslexia Association's style guide.
    """

    #: Nothing smaller than 18 points, and tables as labels with their cells.
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
    Bold words.

    Attributes:
        children: What it contains, in order.
    """

    children: tuple[Inline, ...]


@attrs.frozen
class Emphasis(Brief):
    """
    Stressed words, in italics.

    Attributes:
        children: What it contains, in order.
    """

    children: tuple[Inline, ...]


@attrs.frozen
class Code(Brief):
    """
    Words to type exactly as they are shown.

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
        children: What it contains, in order.
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
        style: The name of its look; empty for the plain one.
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
        style: The name of its look; empty for the plain one.
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
        blocks: What it contains; a list in it is nested.
    """

    blocks: tuple[Block, ...]
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Listing(Brief):
    """
    A list, with bullets or with numbers from *start*.

    Attributes:
        items: Its entries.
        start: The first number; None for bullets.
        style: The name of its look; empty for the plain one.
        loose: Whether there is room between its items.
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
        blocks: What it contains.
        style: The name of its look; empty for the plain one.
    """

    blocks: tuple[Block, ...]
    style: str = attrs.field(default="", metadata=_maybe_a_look)
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class CodeBlock(Brief):
    """
    Lines to show letter by letter.

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
    One cell of a table, with its paragraphs; it has none if it is empty.

    Attributes:
        paragraphs: The words of each paragraph.
    """

    paragraphs: tuple[tuple[Inline, ...], ...]


@attrs.frozen
class Table(Brief):
    """
    A table with a header row.

    Attributes:
        head: The cells of its header row.
        rows: The cells of the other rows.
        style: The name of its look; empty for the plain one.
    """

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    style: str = attrs.field(default="", metadata=_maybe_a_look)
    lines: tuple[int, int] = attrs.field(default=(0, 0), eq=False, repr=False)


@attrs.frozen
class Fence(Brief):
    """
    A fenced block as it was read; filling turns it into a field, or into code if its kind is not a field.
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
        key: The key of the answer.
        label: Its name for screen readers; 64 characters at most.
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
    One option of a few, to tick on one line.

    Attributes:
        key: The key of the answer.
        label: What it is about; empty if that is clear from its place.
        options: The options to tick.
        value: The option that was ticked; empty if none was.
        lines: 1 if the options are on the line of the label; 2 if they are on the next.
        beside: A line to write on that goes on from an option, such as "until".
        after: How many options come before that line.
    """

    key: str
    label: str
    options: tuple[str, ...]
    value: str = attrs.field(default="", repr=False)
    lines: int = 1
    beside: Fact | None = None
    after: int = attrs.field(default=0, validator=attrs.validators.ge(0))


@attrs.frozen
class Scale(Brief):
    """
    A number from 0 to 10 with a meaning at both ends, which people may leave blank.

    Attributes:
        key: The key of the answer.
        label: Its name for screen readers.
        low: What 0 means.
        high: What 10 means.
        whose: Whose number it is.
        value: The option that was ticked; empty if none was.
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
    A label and its value: who, when, where.

    Attributes:
        key: Its name.
        label: What it is called on the paper.
        value: What was written; empty leaves room to write.
        kind: What the value is: a line of words, or a date.
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
        key: The key of the rows.
        label: Its name for screen readers.
        columns: The names of the columns.
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
        key: The key of the signature.
        who: Who signs: a role.
        options: The options to tick.
        name: Their name.
        date: When they signed.
        comments: What they add.
        value: The option that was ticked; empty if none was.
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
        bar: The number of that part, from 1, for the sorting bar; 0 for none.
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
    A deck of cards, printed on both sides of A4 sheets: two columns, four rows of 90 by 67.5 mm or two of 90 by 135 mm.

    Attributes:
        cards: The cards, in order.
        rows: The number of rows on a sheet, 4 or 2.
    """

    cards: tuple[Card, ...]
    rows: int = attrs.field(default=4, validator=attrs.validators.in_(CARD_ROWS), metadata={"enum": CARD_ROWS})


@attrs.frozen
class NewPage(Brief):
    """
    The beginning of a new page.
    """


@attrs.frozen
class Stage(Brief):
    """
    A stage in a diagram.

    Attributes:
        title: What it is called.
        number: Its place, from 1; 0 for none.
        role: Who acts in it, or who is asked.
        minutes: How long it takes; 0 if nobody knows.
        turns: Whether its own parts form a ring.
        silent: Whether somebody is silent in it.
        parts: Its own parts.
        low: On a scale: what 0 means.
        high: On a scale: what 10 means.
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
    A picture of stages and the relation between them; `reflect.diagrams` draws it.

    Attributes:
        title: What it shows.
        shape: The relation between its stages.
        stages: Its stages, at least one.
        high: Its height in mm, less if it would be wider than the page; 0 for its own height, `FITTING` until we know.
    """

    title: str
    shape: Shape = attrs.field(converter=Shape)
    stages: tuple[Stage, ...] = attrs.field(validator=attrs.validators.min_len(1))
    high: int = attrs.field(default=0, validator=attrs.validators.ge(FITTING))


#: Places to write, and other blocks without running text: cards, a diagram, a new page.
Field = Answer | Choice | Scale | Facts | Actions | SignOff | Cards | Diagram | NewPage
#: What reading text gives; filling turns each fence into a field.
Read = Heading | Paragraph | Listing | Quotation | CodeBlock | Rule | Table | Fence
#: Everything that a document may consist of; a finished one has no `Fence`.
Block = Read | Field


def _looks(given: Iterable[Look | str]) -> tuple[Look, ...]:
    wanted = {Look(each) for each in given}
    return tuple(look for look in Look if look in wanted)


@attrs.frozen(kw_only=True)
class Document(Shown):
    """
    A paper, ready for any format.

    Attributes:
        kind: The name of its template, such as ``"agenda"``.
        title: Its title, also in the file's properties.
        lang: Language tag.
        label: What sort of paper it is, at the head of every page.
        organisation: Whose paper it is, at the head of every page.
        marking: Its marking at the foot of every page, such as OFFICIAL-SENSITIVE.
        limits: Who may read it, or its licence; at the foot of every page.
        blocks: Its content, with every value in place and no fence left.
        looks: Its looks, if it is not laid out as usual.
        about: What it was made from, to read it back when it is filled in: ``outline``, ``minutes`` and
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
    Whether there is room between the items of a list: it is loose, or an item has two paragraphs in a row.
    """
    return listing.loose or any(
        isinstance(first, Paragraph) and isinstance(second, Paragraph)
        for item in listing.items
        for first, second in itertools.pairwise(item.blocks)
    )


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


def words(children: Iterable[Inline], *, line_end: str = " ") -> str:
    """
    Return the words of a line without their looks.

    Args:
        children: The line.
        line_end: The text in place of a break.
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

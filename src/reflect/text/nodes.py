"""
The tokens that documents consist of.

`reflect.text.markdown` makes them from text, `reflect.text.filling` puts the values in,
and the writer of each format walks through them. They have words and names of looks,
never the markup of a format.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

import attrs

from reflect.errors import Refused
from reflect.questions.model import CanvasKind
from reflect.questions.question import Mode, Shape
from reflect.shown import Brief, Shown
from reflect.text.cards import CARD_SIZES as CARD_SIZES
from reflect.text.cards import DOES as DOES
from reflect.text.cards import SHEET_COLUMNS as SHEET_COLUMNS
from reflect.text.cards import Card as Card
from reflect.text.cards import Cards as Cards
from reflect.text.cards import Doing as Doing
from reflect.text.cards import Slide as Slide
from reflect.text.cards import Stretch as Stretch
from reflect.text.cards import sheets as sheets
from reflect.text.grids import grid_of
from reflect.text.looks import BLOCK_STYLES as BLOCK_STYLES
from reflect.text.looks import INLINE_STYLES as INLINE_STYLES
from reflect.text.looks import Look as Look
from reflect.text.looks import looks_in_order
from reflect.text.prose import Line

#: The height of a diagram that takes the room left on its page, if there is any.
FITTING = -1
#: The height of a sheet to fill that takes the rest of its page.
FILLING = -2
#: What may be done in a stage of a diagram.
DOING = tuple(str(mode) for mode in Mode if mode not in (Mode.ASK, Mode.SILENT))
#: The ways to answer in a place to write.
WRITTEN = PROSE, POINTS, DATE = "prose", "points", "date"
#: The beginning of a safe address: nothing that a browser or a word processor would run.
ADDRESS = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]|[Mm][Aa][Ii][Ll][Tt][Oo]:|#")
#: The most lines of a box, and of blank rows of a table.
MOST_LINES = 999
#: The width of a page, in mm.
_WIDEST = 297

# Looks in a template are only checked when it is filled, so no node refuses a look; JSON does.
_one_look = {"enum": tuple(sorted(INLINE_STYLES))}
_maybe_a_look = {"enum": ("", *sorted(BLOCK_STYLES))}
_lines = [attrs.validators.ge(0), attrs.validators.le(MOST_LINES)]


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


# --- places to write


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
        wide: The width of its line in an `Entry`, in mm; 0 for the room that is left.
    """

    key: str
    label: str
    value: str = attrs.field(default="", repr=False)
    kind: str = attrs.field(default=PROSE, metadata={"enum": (PROSE, DATE)})
    wide: int = attrs.field(default=0, validator=[attrs.validators.ge(0), attrs.validators.le(_WIDEST)])


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
class Ruled(Brief):
    """
    Lines to write on by hand. What is written there is nobody's answer, and is not read back.

    Attributes:
        lines: How many there are, if their page has room for them.
        least: The fewest that are of use, if the page has less room; None if all are needed.
        label: Words at the beginning of each line.
    """

    lines: int = attrs.field(validator=[attrs.validators.ge(1), attrs.validators.le(MOST_LINES)])
    least: int | None = attrs.field(default=None, validator=attrs.validators.optional(_lines))
    label: str = ""


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
        brief: Whether it is one line.
        room: Whether a brief one has a line for comments though there are none.
        also: What else is ticked on that line, such as that they have a copy.
    """

    key: str
    who: str
    options: tuple[str, ...]
    name: str = attrs.field(default="", repr=False)
    date: str = attrs.field(default="", repr=False)
    comments: str = attrs.field(default="", repr=False)
    value: str = attrs.field(default="", repr=False)
    brief: bool = False
    room: bool = False
    also: Choice | None = None


@attrs.frozen
class Entry(Brief):
    """
    An entry of a record: a heading at the side, and lines to write on beside it.

    Attributes:
        head: The heading; empty for lines without one.
        note: What is said behind the heading, in the muted colour.
        rows: What stands on each line, from left to right; a place with several lines has them to itself.
        table: A table under the lines.
        talk: Whether it is the talk, which has a tint and a bar, and its heading above it.
        about: A line beside the heading for what the talk is about.
        subject: What the talk is about, behind its heading, if that is known.
    """

    head: str
    note: str = ""
    rows: tuple[tuple[Fact | Choice | Answer, ...], ...] = ()
    table: Actions | None = None
    talk: bool = False
    about: Fact | None = None
    subject: str = ""

    @property
    def over(self) -> str:
        """
        What stands over its first line: what the talk is about, or else its heading.
        """
        return self.subject or self.head

    @property
    def places(self) -> tuple[Fact | Choice | Answer | Actions, ...]:
        """
        All its places to write, in order.
        """
        inner = (place for row in self.rows for place in row)
        return tuple(each for each in (self.about, *inner, self.table) if each is not None)


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
        does: What is done in it, such as "draw"; empty if it asks, or if somebody is silent.
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
    does: str = attrs.field(default="", kw_only=True, metadata={"enum": ("", *DOING)})
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
        used: The numbers of its stages in the order of use, if that is another.
    """

    title: str
    shape: Shape = attrs.field(converter=Shape)
    stages: tuple[Stage, ...] = attrs.field(validator=attrs.validators.min_len(1))
    high: int = attrs.field(default=0, validator=attrs.validators.ge(FITTING))
    used: tuple[int, ...] = ()


@attrs.frozen
class SheetToFill(Brief):
    """
    The sheet that a method fills: boxes to write in, or a picture to write on.

    Attributes:
        title: What it belongs to.
        kind: What it looks like.
        words: What is printed on it: heads of columns, circles from the innermost out, marks of a time line, the four
            ends of two axes (left, right, bottom, top), or what a plain sheet is for.
        rows: The heads of its rows, if it has columns with rows.
        places: The boxes to write in, row by row; none if it is a picture.
        wide: Its width in mm; 0 for a small one.
        high: Its height in mm; 0 for a small one, `FILLING` until we know how much its page has left.
        letters: The size of its letters, in points.
        asks: What is asked over each box, a question to a line; nothing for a box without a question.
        across: How many boxes are side by side; 0 if all are.
        turns: Whether its boxes stand round in a ring, the way a clock goes.
    """

    title: str
    kind: CanvasKind = attrs.field(converter=CanvasKind)
    words: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    places: tuple[Answer, ...] = attrs.field(default=())
    wide: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    high: int = attrs.field(default=0, validator=attrs.validators.ge(FILLING))
    letters: int = attrs.field(default=11, validator=[attrs.validators.ge(9), attrs.validators.le(36)])
    asks: tuple[str, ...] = ()
    across: int = attrs.field(default=0, validator=[attrs.validators.ge(0), attrs.validators.le(4)])
    turns: bool = False

    @places.validator
    def _one_each(self, _: object, places: tuple[Answer, ...]) -> None:
        if places and len(places) != len(self.words) * (len(self.rows) or 1):
            raise Refused("a sheet with boxes has one for each of its columns, in each of its rows")
        if self.asks and len(self.asks) != len(places):
            raise Refused("'asks' of a sheet has a text for each of its boxes; give '' for a box without a question")

    @property
    def in_boxes(self) -> bool:
        """
        Whether it is boxes that each have their name, and what is asked, in them.
        """
        return bool(self.across and self.places)

    @property
    def grid(self) -> tuple[tuple[int, ...], ...]:
        """
        The numbers of its boxes from 0, row by row. A row with fewer of them than others has wider ones.
        """
        return grid_of(len(self.places), self.across, turns=self.turns)

    @property
    def lies(self) -> bool:
        """
        Whether it is wider than high, so that its page lies on its long side.
        """
        columns = len(self.words) + bool(self.rows) if self.kind is CanvasKind.COLUMNS and not self.across else 0
        return self.kind is CanvasKind.TIMELINE or columns > 3


#: Blocks without running text and without places to write, or with them in a picture.
Drawn = Cards | Slide | Diagram | SheetToFill | NewPage
#: Places to write, and other blocks without running text.
Field = Answer | Choice | Scale | Facts | Actions | Entry | Ruled | SignOff | Drawn
#: What reading text gives; filling turns each fence into a field.
Read = Heading | Paragraph | Listing | Quotation | CodeBlock | Rule | Table | Fence
#: Everything that a document may consist of; a finished one has no `Fence`.
Block = Read | Field


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
    looks: tuple[Look, ...] = attrs.field(default=(), converter=looks_in_order)
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

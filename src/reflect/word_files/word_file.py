"""
A filled Word file as values: its paragraphs in reading order, with every tracked change accepted.
"""

from __future__ import annotations

import enum
import functools
import re
from collections import Counter
from collections.abc import Mapping

import attrs

from reflect.text.prose import LineKind
from reflect.word_files.place_tags import PlaceTag

#: What a tag says that is not ours.
_SAYS_NOTHING = PlaceTag("")


class Beside(enum.StrEnum):
    """
    What somebody may have put among the words of an answer that is not read as said, or not read as it looks.

    Each is the sentence that says so.
    """

    STRUCK = "some of its words are crossed out; they are left out"
    HIDDEN = "it has hidden text, which is left out"
    PICTURE = "it has a picture, which is left out"
    CHART = "it has a chart, which is left out"
    SMART_ART = "it has SmartArt, which is left out"
    DRAWING = "it has a drawing, which is left out"
    HANDWRITING = "it has handwriting, which is left out"
    EMBEDDED = "it has an object from another program, which is left out"
    IMPORTED = "it has a whole web page or document inside, which is left out; open it in Word and save it again"
    FILLED_IN = "it has a date that Word fills in; write the day itself"
    FIELD = "it has a field whose words Word makes up, which is left out; write the words themselves"
    SIGN = "it has a sign of a font that we do not know; it is now \ufffd"
    LINK = "it has a link whose address is left out"
    EQUATION = "it has an equation, read as one line; compare the two"
    HINT = "its hint had become text; it is left out"
    TABLE = "it has a table, whose cells are read one below another"
    UNKNOWN = "it has something that reflect does not know, which is left out; compare it with the file"


@attrs.frozen(eq=False)
class Control:
    """
    A content control. Two controls are never equal, even with the same tag.

    Attributes:
        tag: Its tag: for one of ours, the key of an answer.
        kind: The kind of its content: text, rich, date, choice, tick or rows.
        hinting: Whether the file says that it shows its hint.
        says: What else its tag says, if it is one of ours: who may read what is in it, and on which kind of paper.
        title: What people see that it is called.
    """

    tag: str
    kind: str = "rich"
    hinting: bool = False
    checked: bool | None = None
    says: PlaceTag = _SAYS_NOTHING
    title: str = ""


@attrs.frozen
class Piece:
    """
    Words in one look.

    Attributes:
        text: The words, with line ends and tabs as characters.
        muted: Whether they are in our style for small grey words.
        marked: Whether they are underlined, highlighted or framed.
        controls: The controls round them within the paragraph, from the outside in.
        link: The address that they lead to; empty if they are not a link.
        beside: What is in their place if they are not words that can be read, or were not written as words.
    """

    text: str = attrs.field(repr=False)
    bold: bool = False
    italic: bool = False
    muted: bool = False
    struck: bool = False
    marked: bool = False
    controls: tuple[Control, ...] = ()
    link: str = attrs.field(default="", repr=False)
    beside: Beside | None = None

    def with_text(self, text: str) -> Piece:
        """
        Return other words in the same look. There is one for each run of a file, and `attrs.evolve` takes five times
        as long.
        """
        return Piece(
            text, self.bold, self.italic, self.muted, self.struck, self.marked, self.controls, self.link, self.beside
        )


@attrs.frozen
class ListNumber:
    """
    The number of a paragraph in a numbered list, which Word counts.

    Attributes:
        count: How many paragraphs of its list and level there are up to this one, with what the list began at.
        label: The number as people see it, such as ``3.`` or ``(c)``.
    """

    count: int
    label: str

    def is_usual(self, count: int, level: int) -> bool:
        """
        Whether a list on our own papers has this number too, at a level and after as many others.
        """
        pattern = r"\(?[0-9]+[.)]?" if level == 0 else r"\(?[^\W_]+[.)]?"
        return self.count == count and re.fullmatch(pattern, self.label) is not None


@attrs.frozen(eq=False)
class Para:
    """
    One paragraph.

    Attributes:
        pieces: Its words.
        look: Its look by its style: ``title``, ``subtitle``, ``heading``, one of ours such as ``reflectprompt``, or
            nothing.
        kind: Whether it is an item of a list.
        level: How deep it is in lists.
        number: Its number in a numbered list.
        anchors: The names of the bookmarks that begin in it, or just before it.
        ending: Those of them that begin after its last word, because an editor moved them up from the next paragraph.
        controls: The controls round it, from the outside in.
        cell: The numbers of its table, row and column; None outside tables.
        tracked: Whether it was changed while changes were tracked.
        floating: Whether it is in a text box.
        new_page: Whether somebody began a new page or section before it.
        heading: The level of a heading, from 1; 0 if it is not one.
        role: What else its style is for: ``quote``, ``contents``, ``hint``, or nothing.
        indent: How far it is indented by itself or by its style, in twentieths of a point.
        refers: What it refers to beside the text: ``comment``, ``footnote`` and ``endnote``, as often as it does.
    """

    pieces: tuple[Piece, ...] = attrs.field(repr=False)
    look: str = ""
    kind: LineKind = LineKind.PARAGRAPH
    level: int = 0
    number: ListNumber | None = None
    anchors: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    cell: tuple[int, int, int] | None = None
    tracked: bool = False
    floating: bool = False
    new_page: bool = False
    heading: int = 0
    role: str = ""
    indent: int = 0
    refers: tuple[str, ...] = ()

    @functools.cached_property
    def text(self) -> str:
        """
        Its words without their looks.
        """
        return "".join(piece.text for piece in self.pieces)

    @functools.cached_property
    def inner_controls(self) -> tuple[Control, ...]:
        """
        The controls in it, piece by piece.
        """
        return tuple(control for piece in self.pieces for control in piece.controls)

    @functools.cached_property
    def tags(self) -> frozenset[str]:
        """
        The tags of all controls round it and in it.
        """
        return frozenset(control.tag for control in (*self.controls, *self.inner_controls))


@attrs.frozen
class TrackedChanges:
    """
    The tracked changes in a file.

    Attributes:
        count: How many there are.
        people: How many people made them.
        days: The days on which people made them, such as ``2026-05-15``.
    """

    count: int = 0
    people: int = 0
    days: tuple[str, ...] = ()


@attrs.frozen(eq=False)
class WordFile:
    """
    A Word file as people read it.

    Attributes:
        paras: Its paragraphs, in order, with those in tables and text boxes.
        beside: The paragraphs beside the body: comments in the margin, footnotes and endnotes.
        edges: The paragraphs in headers and footers.
        hints: The hints that the file defines.
        properties: Its properties by name.
        changes: Its tracked changes.
        kinds: How often it has something that is not read as said, in its body and in the notes beside it.
        broken: How many parts that nobody needs are damaged.
    """

    paras: tuple[Para, ...] = attrs.field(repr=False)
    beside: tuple[Para, ...] = attrs.field(default=(), repr=False)
    edges: tuple[Para, ...] = attrs.field(default=(), repr=False)
    hints: frozenset[str] = frozenset()
    properties: Mapping[str, str] = attrs.field(factory=dict)
    changes: TrackedChanges = TrackedChanges()
    kinds: Counter[Beside] = attrs.field(factory=Counter)
    broken: int = 0

    @functools.cached_property
    def place_tags(self) -> tuple[PlaceTag, ...]:
        """
        What the tags of its controls say about who may read what, each once.
        """
        controls = (control for para in self.paras for control in (*para.controls, *para.inner_controls))
        return tuple(dict.fromkeys(control.says for control in controls if control.says.ring))

    @functools.cached_property
    def about(self) -> Mapping[str, str]:
        """
        What the file says about itself, if it is one of our papers: texts by name, joined from their parts.
        """
        parts: dict[str, list[tuple[int, str]]] = {}
        for name, text in self.properties.items():
            if match := re.fullmatch(r"reflect\.([a-z-]+)(?:\.([0-9]{1,3}))?", name):
                parts.setdefault(match[1], []).append((int(match[2] or 1), text))
        return {name: "".join(text for _, text in sorted(each)) for name, each in parts.items()}

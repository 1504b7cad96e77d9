"""
A filled Word file as values: its paragraphs in reading order, with every tracked change accepted.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

import attrs

from reflect.text.prose import LineKind


@attrs.frozen(eq=False)
class Control:
    """
    A content control. Two controls are never equal, even with the same tag.

    Attributes:
        tag: Its tag: for one of ours, the key of an answer.
        kind: The kind of its content: text, rich, date, choice, tick or rows.
        hinting: Whether the file says that it shows its hint.
        checked: Whether it is ticked, if it is a box to tick.
    """

    tag: str
    kind: str = "rich"
    hinting: bool = False
    checked: bool | None = None


@attrs.frozen
class Piece:
    """
    Words in one look.

    Attributes:
        text: The words, with line ends and tabs as characters.
        bold: Whether they are bold.
        italic: Whether they are italic.
        muted: Whether they are in our style for small grey words.
        struck: Whether they are struck through.
        marked: Whether they are underlined, highlighted or framed.
        controls: The controls round them within the paragraph, from the outside in.
    """

    text: str = attrs.field(repr=False)
    bold: bool = False
    italic: bool = False
    muted: bool = False
    struck: bool = False
    marked: bool = False
    controls: tuple[Control, ...] = ()


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
        anchors: The names of the bookmarks that begin in it, or just before it.
        controls: The controls round it, from the outside in.
        cell: The numbers of its table, row and column; None outside tables.
        tracked: Whether it was changed while changes were tracked.
    """

    pieces: tuple[Piece, ...] = attrs.field(repr=False)
    look: str = ""
    kind: LineKind = LineKind.PARAGRAPH
    level: int = 0
    anchors: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    cell: tuple[int, int, int] | None = None
    tracked: bool = False

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
        beside: The texts beside the body: comments in the margin, footnotes and endnotes.
        hints: The hints that the file defines.
        properties: Its properties by name.
        changes: Its tracked changes.
        hidden: How many paragraphs have hidden text, which is not read.
        pictures: How many pictures it has.
    """

    paras: tuple[Para, ...] = attrs.field(repr=False)
    beside: tuple[str, ...] = attrs.field(default=(), repr=False)
    hints: frozenset[str] = frozenset()
    properties: Mapping[str, str] = attrs.field(factory=dict)
    changes: TrackedChanges = TrackedChanges()
    hidden: int = 0
    pictures: int = 0

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

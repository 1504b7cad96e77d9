"""
Notes of what the body of a document needs in the other parts of its file.
"""

from __future__ import annotations

import re
import zlib

import attrs

from reflect.formats.word.brand import HANG
from reflect.formats.word.room import USUAL
from reflect.sessions.origin import Origin
from reflect.text.nodes import Look

#: Word's limit for the name of a bookmark.
_BOOKMARK = 40
#: How the bookmarks begin between which a paper stands in a document of somebody else's.
BEGIN, END = "_rf_begin_", "_rf_end_"
#: The patterns of lists in numbering.xml, and the number of the first further one.
_BULLETS, _NUMBERS, _FIRST_PATTERN = 0, 1, 2
#: The number of the list for all bullets, and of a document's first own list, after those of the styles.
_BULLETED, _FIRST_LIST = 1, 3


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace"))


def anchor(key: str, times: int = 1) -> str:
    """
    Return the name of the hidden bookmark for a key; each further one for the same key has another name.

    The underscore in front hides it.
    """
    slug = re.sub(r"[^A-Za-z0-9_]", "_", key)
    return f"_rf_{slug[: _BOOKMARK - 13]}_{_hash(key if times == 1 else f'{key}#{times}'):08x}"


@attrs.frozen
class Pattern:
    """
    The look of a list: like one in numbering.xml, indented further, or with figures at every level.
    """

    like: int
    shift: int = 0
    figures: bool = False


@attrs.frozen
class List:
    """
    A list with its own numbering, which may start from a given number at one level; where it goes on at a level
    further out, it starts there from one.
    """

    pattern: int
    level: int = 0
    start: int | None = None
    outer: tuple[int, ...] = ()


@attrs.frozen
class Derived:
    """
    A style that differs from another only in the indents of its paragraphs and where its tabs lead to, or in that they
    stay with what follows. What follows the tab to its end leans on that.
    """

    base: str
    left: int | None
    again: bool = False
    reach: bool = False
    kept: bool = False
    stops: tuple[int, ...] = ()
    end: int | None = None


@attrs.define
class Ledger:
    """
    Links, lists, styles and the names of places to write; the same document gives the same names.

    Attributes:
        looks: The looks of the paper, if it is not laid out as usual.
        width: Width of the text, in twentieths of a point.
        hang: How far times hang into the left margin, in twentieths of a point.
        line: How high a line of a record is, in twentieths of a point.
        origin: What the paper says about itself, which is in the tags too.
        links: Relationships by address.
        lists: The document's own lists.
        patterns: The numbers of further looks of lists, beside the two in numbering.xml.
        styles: The names of derived styles.
    """

    looks: tuple[Look, ...] = ()
    width: int = 0
    hang: int = HANG
    line: int = USUAL
    origin: Origin = attrs.field(factory=Origin)
    links: dict[str, str] = attrs.field(factory=dict)
    lists: list[List] = attrs.field(factory=list)
    patterns: dict[Pattern, int] = attrs.field(factory=dict)
    styles: dict[Derived, str] = attrs.field(factory=dict)
    _bullets: dict[int, int] = attrs.field(factory=dict)
    pictures: list[tuple[str, bytes]] = attrs.field(factory=list)
    _numbers: dict[str, int] = attrs.field(factory=dict)
    _controls: set[int] = attrs.field(factory=set)
    _bookmarks: dict[str, int] = attrs.field(factory=dict)
    _bookmark: int = 0

    @property
    def large(self) -> bool:
        """
        Whether the paper is in large print: nothing is side by side.
        """
        return Look.LARGE in self.looks

    @property
    def pen(self) -> bool:
        """
        Whether people fill it in by hand: it has no controls.
        """
        return Look.PEN in self.looks

    def link(self, to: str) -> str:
        """
        Return the relationship that leads to an address.
        """
        return self.links.setdefault(to, f"rIdLink{len(self.links) + 1}")

    def numbered_list(
        self, start: int, level: int, shift: int = 0, *, figures: bool = False, outer: tuple[int, ...] = ()
    ) -> int:
        """
        Return a new list, numbered from *start* at its level. Otherwise its numbers would continue those of the last.

        Args:
            start: Its first number.
            level: How many lists it is inside.
            shift: Its indent beyond that of its level.
            figures: Whether it has figures where a nested list has letters.
            outer: The levels further out that it goes on at, though it did not begin there.
        """
        self.lists.append(List(self._pattern(Pattern(_NUMBERS, shift, figures)), level, start, outer))
        return _FIRST_LIST + len(self.lists) - 1

    def bulleted_list(self, shift: int = 0) -> int:
        """
        Return the list of all bullets with this further indent.
        """
        if not shift:
            return _BULLETED
        if shift not in self._bullets:
            self.lists.append(List(self._pattern(Pattern(_BULLETS, shift))))
            self._bullets[shift] = _FIRST_LIST + len(self.lists) - 1
        return self._bullets[shift]

    def _pattern(self, pattern: Pattern) -> int:
        if not (pattern.shift or pattern.figures):
            return pattern.like
        return self.patterns.setdefault(pattern, _FIRST_PATTERN + len(self.patterns))

    def derived_style(self, base: str, left: int | None = None, *, again: bool = False, reach: bool = False) -> str:
        """
        Return a style that differs from another only in the indents of its paragraphs.

        An organisation that changes the one changes the other too.

        Args:
            base: The style.
            left: The indent of the paragraphs, if it is not that of the style.
            again: Whether one of the same kind is straight before them; a twip less on the right keeps borders apart.
            reach: Whether the line beside a quotation is as far out as it would be without a list.
        """
        found = Derived(base, left, again, reach)
        name = f"{base}{'' if left is None else f'In{left}'}{'Again' if again else ''}{'Reach' if reach else ''}"
        return self.styles.setdefault(found, name)

    def kept_style(self, base: str) -> str:
        """
        Return a style that differs from another only in that its paragraphs are on the page of what follows them.
        """
        return self.styles.setdefault(Derived(base, None, again=False, reach=False, kept=True), f"{base}Kept")

    def line_style(self, base: str, left: int, stops: tuple[int, ...], end: int | None = None) -> str:
        """
        Return a style whose paragraphs have this indent, and whose tabs lead to these places.

        Args:
            end: Where what follows the last tab ends, if it leans on the right.
        """
        name = "".join((base, f"In{left}".replace("-", "M"), *(f"T{stop}" for stop in stops), f"E{end}" if end else ""))
        return self.styles.setdefault(Derived(base, left, stops=stops, end=end), name)

    def picture(self, svg: str, png: bytes) -> int:
        """
        Return the number of a picture, from 1; its parts and relationships are named after it. The same picture has
        one number, however often it is shown.
        """
        if svg not in self._numbers:
            self.pictures.append((svg, png))
            self._numbers[svg] = len(self.pictures)
        return self._numbers[svg]

    def tag(self, key: str) -> str:
        """
        Return the tag of a control: its key, who may read it, and the kind of paper.
        """
        return self.origin.tag_of(key).write()

    def control(self, name: str) -> int:
        """
        Return a unique number for a control: 31 bits of a hash of its name.
        """
        number = _hash(name) & 0x7FFFFFFF or 1
        while number in self._controls:
            number = number % 0x7FFFFFFF + 1
        self._controls.add(number)
        return number

    def with_anchor(self, key: str, inner: str) -> str:
        """
        Return runs within a hidden bookmark for a key.

        Editors that drop controls and their tags still keep bookmarks.
        """
        times = self._bookmarks[key] = self._bookmarks.get(key, 0) + 1
        name = anchor(key, times)
        self._bookmark += 1
        number = self._bookmark
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'

"""
What the body of a document asks of its other parts while it is written.
"""

from __future__ import annotations

import re
import zlib

import attrs

#: Word's limit for the tag and the title of a control, and for the name of a bookmark.
_TAG, _BOOKMARK = 64, 40
#: Where the lists of a document begin in numbering.xml, after those of the styles.
_FIRST_LIST = 3


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace"))


def tag(key: str) -> str:
    """
    Return a key as the tag of a control, with a hash for the end of a long one.
    """
    return key if len(key) <= _TAG else f"{key[: _TAG - 9]}~{_hash(key):08x}"


@attrs.define
class Ledger:
    """
    Links, lists and the names of places to write; the same document gives the same names.
    """

    links: dict[str, str] = attrs.field(factory=dict)
    lists: list[tuple[int, int]] = attrs.field(factory=list)
    pictures: list[tuple[str, bytes]] = attrs.field(factory=list)
    _controls: set[int] = attrs.field(factory=set)
    _bookmarks: dict[str, int] = attrs.field(factory=dict)
    _bookmark: int = 0

    def link(self, to: str) -> str:
        """
        Return the relationship that leads to an address.
        """
        return self.links.setdefault(to, f"rIdLink{len(self.links) + 1}")

    def numbered(self, start: int, level: int) -> int:
        """
        Return a new list, numbered from *start* at its level; without one of its own a list would go on from the last.
        """
        self.lists.append((start, level))
        return _FIRST_LIST + len(self.lists) - 1

    def picture(self, svg: str, png: bytes) -> int:
        """
        Return the number of a picture, counted from 1; its parts and relationships are named by it.
        """
        self.pictures.append((svg, png))
        return len(self.pictures)

    def control(self, name: str) -> int:
        """
        Return a number for a control that no other has: 31 bits of a hash of its name.
        """
        number = _hash(name) & 0x7FFFFFFF or 1
        while number in self._controls:
            number = number % 0x7FFFFFFF + 1
        self._controls.add(number)
        return number

    def anchored(self, key: str, inner: str) -> str:
        """
        Return runs within a hidden bookmark named for a key.

        Editors that drop controls and their tags keep bookmarks; the underscore in front hides them.
        """
        times = self._bookmarks[key] = self._bookmarks.get(key, 0) + 1
        slug = re.sub(r"[^A-Za-z0-9_]", "_", key)
        name = f"_rf_{slug[: _BOOKMARK - 13]}_{_hash(key if times == 1 else f'{key}#{times}'):08x}"
        self._bookmark += 1
        number = self._bookmark
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'

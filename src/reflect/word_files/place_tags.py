"""
The tag of a place to write: its key, who may read what is written there, and the kind of paper it is on.

A file may lose what it says about itself, and another program may move a control to another file. The tag goes with
the control: ``item-2|personal|record``, or ``next-date|assurance/personal|record`` where the ring of the place is not
that of the paper. A tag of an earlier version is the key alone.
"""

from __future__ import annotations

import re
import zlib
from urllib.parse import unquote

import attrs

from reflect.questions.rings import Ring
from reflect.shown import Brief

#: Word's limit for a tag.
_LONGEST = 64
#: How many letters of a long key, and of the long name of a kind of paper, stay in front of a hash.
_SHORT_KEY, _SHORT_KIND = 8, 10
#: The longest key and the longest kind that always have room beside two rings.
_LONGEST_KEY, _LONGEST_KIND = 24, 19
_RINGS = "|".join(Ring)
_PAIR_OF_RINGS = re.compile(f"({_RINGS})(?:/({_RINGS}))?")
_TAG = re.compile(rf"(.*)\|({_RINGS})(?:/({_RINGS}))?\|([^|]*)", re.DOTALL)
#: What the numbers of an option, or of a column and a row, are written with.
_NUMBERS = "0123456789."


@attrs.frozen
class PlaceTag(Brief):
    """
    What the tag of a place says.

    Attributes:
        key: The key of the place; the beginning of a long key with a hash.
        ring: Who may read what is written there; None if the tag does not say.
        paper: Who may read the paper: nothing on it is for fewer; None if the tag does not say.
        kind: The kind of paper; empty if the tag does not say.
    """

    key: str
    ring: Ring | None = None
    paper: Ring | None = None
    kind: str = ""

    @property
    def rings(self) -> str:
        """
        Its ring, and that of the paper if it is another.
        """
        return str(self.ring or "") if self.paper in (None, self.ring) else f"{self.ring}/{self.paper}"

    def write(self) -> str:
        """
        Return the text of the tag, which has at most 64 characters.
        """
        if self.ring is None:
            return tags_of_key(self.key)[0]
        end = f"|{self.rings}|{_shorten_kind(self.kind)}"
        return f"{self.key if len(self.key) + len(end) <= _LONGEST else _shorten_key(self.key)}{end}"

    @classmethod
    def read(cls, text: str) -> PlaceTag:
        """
        Read a tag; one that is not of this form is the key alone.
        """
        match = _TAG.fullmatch(text)
        if match is None:
            return cls(text)
        ring = Ring(match[2])
        return cls(match[1], ring, Ring(match[3]) if match[3] else ring, "" if "~" in match[4] else match[4])


def read_rings(text: str) -> tuple[PlaceTag, ...]:
    """
    Read what a saved page says about its places: ``item-2=personal next-date=assurance/personal``.
    """
    tags = []
    for each in text.split():
        key, _, rings = each.rpartition("=")
        if match := _PAIR_OF_RINGS.fullmatch(rings):
            ring = Ring(match[1])
            tags.append(PlaceTag(unquote(key), ring, Ring(match[2]) if match[2] else ring))
    return tuple(tags)


def tags_of_key(key: str) -> tuple[str, ...]:
    """
    Return the keys that tags may have for a key: it may be too long for one.
    """
    earlier = key if len(key) <= _LONGEST else f"{key[: _LONGEST - 9]}~{_hash(key)}"
    return earlier, _shorten_key(key)


def _shorten_key(key: str) -> str:
    """
    Return a key with a hash in place of its end; the numbers after it stay.
    """
    if len(key) <= _LONGEST_KEY:
        return key
    base = key.rstrip(_NUMBERS)
    short = f"{base[:_SHORT_KEY]}~{_hash(base)}{key[len(base) :]}"
    return short if len(short) <= _LONGEST_KEY else f"{key[:_SHORT_KEY]}~{_hash(key)}"


def _shorten_kind(kind: str) -> str:
    if len(kind) <= _LONGEST_KIND and re.fullmatch(r"[\w.-]*", kind):
        return kind
    return f"{re.sub(r'[^A-Za-z0-9-]', '-', kind)[:_SHORT_KIND]}~{_hash(kind)}"


def _hash(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"

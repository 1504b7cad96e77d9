"""
Who may read what.

The wording of questions is open: anyone may read a blank question. What people say and write has a ring. A document
is made for a reader, from what that reader may see.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterable
from typing import NoReturn, Protocol

import attrs

from reflect.errors import UnknownKey
from reflect.shown import Brief


class Ring(enum.StrEnum):
    """
    How far a text may travel, from its author alone to anyone.

    Ours, made for the two streams that councils keep: the case record, and the supervision file; sources:
    ``docs/explanation/sources.md``.

    Raises:
        UnknownKey: There is no ring of that name.
    """

    OWN = "own"
    PAIR = "pair"
    PERSONAL = "personal"
    CASE = "case"
    GROUP = "group"
    ASSURANCE = "assurance"
    OPEN = "open"

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        raise UnknownKey(str(value), tuple(map(str, cls)), "ring")


#: Who normally sees each ring. A ring is narrower than another if fewer kinds of reader see it.
_SEEN_BY: dict[Ring, frozenset[str]] = {
    Ring.OWN: frozenset({"author"}),
    Ring.PAIR: frozenset({"author", "pair"}),
    Ring.PERSONAL: frozenset({"author", "pair", "line-manager"}),
    Ring.CASE: frozenset({"author", "pair", "case-file"}),
    Ring.GROUP: frozenset({"author", "pair", "group"}),
    Ring.ASSURANCE: frozenset({"author", "pair", "line-manager", "auditor"}),
    Ring.OPEN: frozenset({"author", "pair", "line-manager", "case-file", "group", "auditor", "anyone"}),
}


def narrows(inner: Ring, outer: Ring) -> bool:
    """
    Tell whether everyone who sees *inner* also sees *outer*.

    A page may narrow the ring of an answer; and a paper of the ring *inner* has room for what is of the ring *outer*,
    and for nothing else. The personal file and the case record lie side by side: what belongs in one has no place in
    the other.

    Args:
        inner: The ring that is asked about.
        outer: The one that it may lie in.
    """
    return _SEEN_BY[inner] <= _SEEN_BY[outer]


def goes_with(ring: Ring, other: Ring) -> bool:
    """
    Tell whether a text of *ring* can stand beside one of *other*: each of our readers who sees that sees this too.
    """
    return narrows(other, ring) and all(each.sees(ring) for each in READERS if each.sees(other))


@attrs.frozen
class Reader(Brief):
    """
    A kind of person a document is made for, and the rings they see.
    """

    _in_line = ("name", "rings")

    name: str
    rings: frozenset[Ring] = attrs.field()

    def sees(self, ring: Ring) -> bool:
        """
        Tell whether this reader may read a text of that ring.
        """
        return ring in self.rings

    def within(self, paper: Ring | None) -> Reader:
        """
        Return this reader as a paper of a ring serves them: what has no place on it they do not get from it.
        """
        if paper is None:
            return self
        return Reader(self.name, frozenset(ring for ring in self.rings if narrows(paper, ring)))


def _reader(name: str, *rings: Ring) -> Reader:
    return Reader(name, frozenset({Ring.OPEN, *rings}))


#: Readers that need no profile. ``own`` is its author's alone, whoever that is, and no paper of the pair is.
READERS: tuple[Reader, ...] = (
    _reader("author", Ring.OWN, Ring.PERSONAL, Ring.ASSURANCE),
    _reader("supervisee", Ring.PAIR, Ring.PERSONAL, Ring.CASE, Ring.ASSURANCE),
    _reader("supervisor", Ring.PAIR, Ring.PERSONAL, Ring.CASE, Ring.ASSURANCE),
    _reader("supervision-file", Ring.PERSONAL, Ring.ASSURANCE),
    _reader("case-file", Ring.CASE),
    _reader("group", Ring.GROUP),
    _reader("auditor", Ring.ASSURANCE),
    _reader("anyone"),
)

#: The reader of a blank paper.
ANYONE = READERS[-1]
#: Somebody who may read all there is: to try papers out, and no name that a paper can be asked for.
EVERYBODY = Reader("everybody", frozenset(Ring))


class HasRings(Protocol):
    """
    What can be cut to what a reader may see: a session, a record, a standing paper, a journal.
    """

    def visible_to(self, reader: Reader | str) -> object:
        """
        Return it without what that reader may not see.
        """


def is_secret(content: Ring | HasRings) -> bool:
    """
    Return whether something holds what not everybody may read, so that only the owner of its file may open that.

    It follows from the rings of what is in it, whoever asked for it and in whatever format it is written.
    """
    if isinstance(content, Ring):
        return not ANYONE.sees(content)
    return content.visible_to(ANYONE) != content


def narrowest(*rings: Ring) -> Ring:
    """
    Return the ring for a text of which several rings are said: nobody but its author sees it without all of them.

    Of two that lie side by side, such as the personal file and the case record, neither counts: the text is for the
    pair. A group has no pair, so what may be the group's and may be another's is its author's own. So is a text of
    which no ring is said.
    """
    return _find_narrowest(frozenset(rings)) if rings else Ring.OWN


@functools.lru_cache(256)
def _find_narrowest(rings: frozenset[Ring]) -> Ring:
    seen = frozenset.intersection(*(_SEEN_BY[ring] for ring in rings))
    others = [each for each in READERS if not each.rings >= rings and each.name != "author"]
    narrow = (ring for ring in Ring if _SEEN_BY[ring] <= seen and not any(each.sees(ring) for each in others))
    return max(narrow, key=lambda ring: len(_SEEN_BY[ring]))


def reader(name: str | Reader, known: Iterable[Reader] = READERS) -> Reader:
    """
    Return the reader of that name.

    Args:
        name: A name, or a reader, who is given back.
        known: The readers there are.

    Raises:
        UnknownKey: No reader has the name.
    """
    if isinstance(name, Reader):
        return name
    by_name = {r.name: r for r in known}
    try:
        return by_name[name]
    except KeyError:
        raise UnknownKey(name, tuple(by_name), "reader") from None

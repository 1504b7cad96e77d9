"""
What people bring to a session, and what became of it.

A topic and an action have an id that says nothing of their words: the day, a letter for the ring, and a number within
that ring. A topic that only some may read so renumbers none that others read.
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Iterable
from urllib.parse import quote

import attrs

from reflect.questions.question import Topic
from reflect.questions.rings import Reader, Ring
from reflect.shown import Brief
from reflect.text.prose import clean_typed

#: The letter of each ring in an id: *s* is the supervision file, whose ring is personal.
RING_LETTERS: dict[Ring, str] = {
    Ring.OWN: "o",
    Ring.PAIR: "p",
    Ring.PERSONAL: "s",
    Ring.CASE: "c",
    Ring.GROUP: "g",
    Ring.ASSURANCE: "a",
    Ring.OPEN: "w",
}
#: The id, and all that is said, of a case on a paper for those who may not read which one it is.
PIECE_OF_WORK = "case"
#: How an id is written, such as ``2026-03-04.p2``.
ID_PATTERN = rf"(\d{{4}}-\d\d-\d\d)\.([{''.join(RING_LETTERS.values())}])([1-9]\d{{0,3}})"
_ID = re.compile(ID_PATTERN)
#: Actions that were something which could not wait have their numbers from here on.
_CANNOT_WAIT = 5000


def next_id(day: datetime.date, ring: Ring, taken: Iterable[str] = ()) -> str:
    """
    Return the next free id of a day and a ring, such as ``2026-03-04.p2``.

    Args:
        day: The day of the session it was first brought to, or agreed in.
        taken: Ids that are in use; those of other days and rings do not count.
    """
    return write_id(day, ring, last_number(day, ring, taken) + 1)


def write_id(day: datetime.date, ring: Ring, number: int) -> str:
    """
    Return an id with a number of your own.
    """
    return f"{day.isoformat()}.{RING_LETTERS[ring]}{number}"


def last_number(day: datetime.date, ring: Ring, taken: Iterable[str]) -> int:
    """
    Return the highest number among ids of a day and a ring; 0 if none is of them.
    """
    start = write_id(day, ring, 0)[:-1]
    numbers = (int(match[3]) for each in taken if (match := _ID.fullmatch(each)) and each.startswith(start))
    return max(numbers, default=0)


def day_of_id(name: str) -> datetime.date | None:
    """
    Return the day in an id; None if it is not one of ours.
    """
    match = _ID.fullmatch(name)
    try:
        return datetime.date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def ring_of_id(name: str) -> Ring | None:
    """
    Return the ring in an id; None if it is not one of ours.
    """
    match = _ID.fullmatch(name)
    return next((ring for ring, letter in RING_LETTERS.items() if letter == match[2]), None) if match else None


def number_that_cannot_wait(name: str) -> int:
    """
    Return the number of an action that something which could not wait has become, by the id of its topic.
    """
    match = _ID.fullmatch(name)
    return _CANNOT_WAIT + int(match[3]) % _CANNOT_WAIT if match else _CANNOT_WAIT


def could_not_wait(name: str) -> bool:
    """
    Tell whether the id of an action is that of something which could not wait.
    """
    match = _ID.fullmatch(name)
    return match is not None and int(match[3]) >= _CANNOT_WAIT


class Outcome(enum.StrEnum):
    """
    What became of a topic, or of an item of a session.

    The last three are on papers of earlier versions, which asked it of every item.
    """

    TALKED = "talked about"
    DECIDED = "decided"
    PUT_OFF = "put off"
    DROPPED = "dropped"
    AS_PLANNED = "as planned"
    CHANGED = "changed"
    NOT_REACHED = "not reached"

    @property
    def happened(self) -> bool:
        """
        Whether it was talked about.
        """
        return self not in (Outcome.PUT_OFF, Outcome.DROPPED, Outcome.NOT_REACHED)

    @property
    def settled(self) -> bool:
        """
        Whether it does not come back by itself.
        """
        return self not in (Outcome.PUT_OFF, Outcome.NOT_REACHED)


#: The start of the mark of a talk whose box is headed by a question, as it was asked when somebody answered it.
ASKED = "asked."
#: Before the key of an item in the marks of a paper, if its heading is that of several short things.
SHORT = "short."
#: The mark of a paper with a line for the short things that have none of their own.
FOLDED = "folded"
#: The mark of a paper that was ticked as those of earlier versions were, and what they asked of every item.
EARLIER = "earlier"
EARLIER_OUTCOMES = (Outcome.AS_PLANNED, Outcome.CHANGED, Outcome.NOT_REACHED)


#: The mark of a paper that has entries, and that of one from before there were any, which has boxes.
ENTRIES, BOXES = "entries", "boxes"
#: The line of a record for whatever was talked about besides.
ALSO_TODAY = "also-today"
#: The line of a record for who must be seen before the two meet again.
TO_SEE = "before.seen"
#: The line of a record for what was not done, or not safely, and that for who has taken it off the one who could not.
NOT_DONE, TAKEN_OFF = "not-safely", "taken-off"
#: The ends of the keys of what is written about a talk in an entry, besides its first lines.
DECIDED, DIFFER, BECAUSE = ".decided", ".differ", ".because"
OF_TALK = (".also", DIFFER, BECAUSE)
#: Places that only papers with entries have.
ENTRIES_SHOW = frozenset({TO_SEE, "met.from"})
#: Places that only papers with boxes have.
BOXES_SHOW = frozenset({"useful", "change"})


#: What a record with boxes asks of a topic.
TICKED = (Outcome.TALKED, Outcome.DECIDED, Outcome.PUT_OFF, Outcome.DROPPED)
#: Who may have brought something, and what it may be for.
WHOSE = ("supervisee", "supervisor", "both")
PURPOSES = ("", "decide", "think", "tell")


@attrs.frozen(kw_only=True)
class Brought(Brief):
    """
    Something that somebody brought to a session.

    Attributes:
        topic: What it is, and who may read that.
        whose: Who brought it: supervisee, supervisor or both.
        purpose: What it is for: decide, think or tell; empty if nobody said.
        became: What became of it; None if nothing was said.
        until: Until when it was put off, as it was written.
    """

    _in_line = ("topic", "became")

    topic: Topic
    whose: str = attrs.field(default="both", metadata={"enum": WHOSE})
    purpose: str = attrs.field(default="", metadata={"enum": PURPOSES})
    became: Outcome | None = None
    until: str = attrs.field(default="", repr=False, converter=clean_typed)

    @property
    def since(self) -> datetime.date | None:
        """
        The day it was first brought, if its id says so.
        """
        return day_of_id(self.topic.id)

    @property
    def open(self) -> bool:
        """
        Whether it comes back: it was put off, or nothing was said of it.
        """
        return self.became is None or not self.became.settled


def key_of_topic(item: str, name: str) -> str:
    """
    Return the place on a record for a topic that was taken in with an item: ``item-4.2026-03-04.s1``.
    """
    return f"{item}.{quote(name, safe='')}"


def cut_brought(brought: Iterable[Brought], reader: Reader, *, about: bool = True) -> tuple[Brought, ...]:
    """
    Return what *reader* may see of what people brought.

    A case that an item is about is "a piece of work" in the personal file, without a reference, a number or an owner.

    Args:
        about: Whether the first of them is what the item is about; the others are taken in with it.
    """

    def cut(n: int, each: Brought) -> Brought | None:
        if reader.sees(each.topic.ring):
            return each
        if n or not about or each.topic.ring is not Ring.CASE or not reader.sees(Ring.PERSONAL):
            return None
        return Brought(topic=Topic(PIECE_OF_WORK, "", Ring.PERSONAL), became=each.became)

    return tuple(here for n, each in enumerate(brought) if (here := cut(n, each)) is not None)

"""
What leaves a group: a line that the group has ticked, for somebody with a name, a reason and the day it was told.
"""

from __future__ import annotations

from typing import Self

import attrs

from reflect.errors import Refused
from reflect.files.forms import TextLine
from reflect.papers.paper import StandingPaper, guard
from reflect.questions.rings import Ring
from reflect.sessions.attendance import GROUPS
from reflect.sessions.record import Record
from reflect.sessions.series_codes import SeriesCode

_GROUP = Ring.GROUP
#: What a slip has to say, each in its place on the paper.
_SAID = ("line", "to", "why", "told")
#: The places on the record of a group for what leaves the room; the words of a tick are `TICKED`.
PLACES = ("group.leaves-1", "group.leaves-2")
TICKED = "yes"


@attrs.frozen(kw_only=True)
class PassingOn(StandingPaper):
    """
    A slip with one line that leaves a group. Nothing leaves without the line, a name, a reason and the day of telling.

    Attributes:
        line: What leaves, word for word as the group agreed it.
        to: Who gets it, by name or role.
        why: For what reason.
        told: When the group was told, as it was written.
        series: The code of the series it is addressed to. It is in the data of the paper, and never printed.
    """

    OF = "passing-on"
    WRITER = "group"

    line: str = guard(_GROUP, TextLine(300), "what leaves, word for word as the group agreed it", repr=False)
    to: str = guard(_GROUP, TextLine(60), "who gets it, by name or role", repr=False)
    why: str = guard(_GROUP, TextLine(200), "for what reason", repr=False)
    told: str = guard(_GROUP, TextLine(40), "when the group was told that it leaves")
    series: str = guard(_GROUP, SeriesCode(), "the code of the series it is addressed to", printed=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.says and not self.whole:
            what = "the line, somebody's name, a reason and the day the group was told"
            raise Refused(f"nothing leaves a group without {what}; say all four")

    @property
    def says(self) -> bool:
        """
        Whether anything is filled in.
        """
        return any(getattr(self, name).strip() for name in _SAID)

    @property
    def whole(self) -> bool:
        """
        Whether all that a slip needs is there.
        """
        return all(getattr(self, name).strip() for name in _SAID)

    @classmethod
    def of_record(cls, record: Record) -> Self:
        """
        Return the slip that was filled in, or that of the only line which a group has ticked on its record.

        Raises:
            Refused: The record has none, or several; or one of the four is missing.
        """
        if record.document == cls.OF:
            return cls(**{name: _one_line(record, f"passing-on.{name}") for name in _SAID}, series=record.series)
        if record.document not in GROUPS:
            raise Refused(
                "this is neither a slip nor the record of a group; name one of them, or the YAML file of a slip"
            )
        slips = cls.all_of(record)
        if len(slips) != 1:
            several = f"{len(slips)} lines on this record are ticked to leave the room"
            none = "no line on this record is ticked to leave the room"
            remedy = "write a slip for each (--example prints one)" if slips else "ask the group, and tick it"
            raise Refused(f"{several if slips else none}; {remedy}")
        return slips[0]

    @classmethod
    def all_of(cls, record: Record) -> tuple[Self, ...]:
        """
        Return a slip for each line that a group has ticked on its record; none for the record of anybody else.

        Raises:
            Refused: A line is ticked, and one of the four is missing.
        """
        if record.document not in GROUPS:
            return ()
        ticked = (place for place in PLACES if record.answer(place).strip() == TICKED)
        slips = (cls(**{name: _one_line(record, f"{place}.{name}") for name in _SAID}) for place in ticked)
        # A tick beside nothing says nothing.
        return tuple(slip for slip in slips if slip.whole)


def _one_line(record: Record, key: str) -> str:
    return " ".join(record.answer(key).split())

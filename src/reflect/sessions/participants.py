"""
Who is there at a session: with which role, and whether in the room, by video or by telephone.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

import attrs

from reflect.questions.rings import Reader, Ring
from reflect.shown import Brief


class Role(enum.StrEnum):
    """
    What somebody is there for.

    Whoever facilitates a session of two is in the supervisor's place. An interpreter and an observer take no part in
    the talk; whoever comes from outside does, and gets no paper.
    """

    SUPERVISEE = "supervisee"
    SUPERVISOR = "supervisor"
    FACILITATOR = "facilitator"
    INTERPRETER = "interpreter"
    OBSERVER = "observer"
    OUTSIDE = "outside"


class By(enum.StrEnum):
    """
    How somebody is there.
    """

    ROOM = "room"
    VIDEO = "video"
    TELEPHONE = "telephone"


#: Roles that take no part in the talk.
LISTENING = (Role.INTERPRETER, Role.OBSERVER)


@attrs.frozen(kw_only=True)
class Participant(Brief):
    """
    Somebody who is there.

    Attributes:
        role: What they are there for.
        ring: Who may know that somebody is there in this role. The name is for the supervision file alone.
        who: Initials or a title; empty if nobody said.
        by: How they are there.
    """

    _in_line = ("role", "by")

    role: Role = attrs.field(converter=Role)
    ring: Ring = attrs.field(converter=Ring)
    who: str = attrs.field(default="", repr=False)
    by: By = attrs.field(default=By.ROOM, converter=By)


def participants_seen(participants: Iterable[Participant], reader: Reader) -> tuple[Participant, ...]:
    """
    Return those of whom a reader may know, without their names if the reader may not know these.

    Args:
        participants: Who is there.
        reader: Who reads it.
    """
    named = reader.sees(Ring.PERSONAL)
    return tuple(each if named else attrs.evolve(each, who="") for each in participants if reader.sees(each.ring))


def apart(participants: Iterable[Participant]) -> str:
    """
    Return how those are there who are not in the room: "video" if anybody is seen, else "telephone"; empty if all are.
    """
    ways = {each.by for each in participants}
    return next((str(way) for way in (By.VIDEO, By.TELEPHONE) if way in ways), "")

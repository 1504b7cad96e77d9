"""
The participants that a session file names: who they are, and where else the file has them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from reflect.files.forms import OneOf, TextLine
from reflect.files.objects import accept, describe
from reflect.sessions.participants import LISTENING, By, Role
from reflect.shown import Brief
from reflect.text.names import is_same_name


@attrs.frozen(kw_only=True)
class NamedParticipant(Brief):
    """
    Somebody who will be there.
    """

    role: str = attrs.field(
        metadata=describe(OneOf(tuple(map(str, Role))), "what they are there for", needed=True, short=True)
    )
    who: str = accept(TextLine(60), "who it is: initials or a title", repr=False)
    by: str = accept(OneOf(tuple(map(str, By))), "how they are there, if not in the room")
    line: int = attrs.field(default=0, eq=False, repr=False)


def settle(
    participants: Sequence[NamedParticipant],
    *,
    supervisee: str = "",
    supervisees: Sequence[str] = (),
    supervisor: str = "",
    people: int = 2,
) -> dict[str, Any]:
    """
    Return what a session file says of the two by naming them as participants, and does not say elsewhere: who they are,
    all who are supervised together, and how many take part.
    """
    changes: dict[str, Any] = {}
    names = [each.who for each in participants if each.role == Role.SUPERVISEE and each.who]
    if names and not supervisee and not supervisees:
        changes |= {"supervisees": tuple(names)} if len(names) > 1 else {"supervisee": names[0]}
    # Whoever supervises goes before whoever facilitates.
    leads = [each.who for role in (Role.SUPERVISOR, Role.FACILITATOR) for each in participants if each.role == role]
    if any(leads) and not supervisor:
        changes["supervisor"] = next(filter(None, leads))
    talking = sum(each.role not in LISTENING for each in participants)
    return changes | ({"people": talking} if talking > people else {})


def faults_of_participants(
    participants: Sequence[NamedParticipant], supervised: Sequence[str]
) -> Iterator[tuple[int, str, str]]:
    """
    Give what cannot be among participants: the line, what is wrong, and what to do.

    Args:
        participants: Those that a session file names.
        supervised: Those whom it names as supervised elsewhere.
    """
    for one, other in itertools.combinations(participants, 2):
        if one.who and other.who and is_same_name(one.who, other.who):
            yield other.line, "somebody is among the 'participants' twice", "name each once, with one role"
    named = [each for each in participants if each.role == Role.SUPERVISEE and each.who] if supervised else []
    for each in named:
        if not any(is_same_name(each.who, name) for name in supervised):
            yield each.line, "a supervisee is named here and another elsewhere", "write the name in one place"

"""
What follows from who is there: how long it takes, what can be done, and who the two are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import attrs

from reflect.planning.occasions import Limits
from reflect.planning.profiles import Profile, StandingItem
from reflect.planning.session_file import SessionFile
from reflect.questions.rings import Ring
from reflect.sessions.participants import LISTENING, By, Participant, Role, apart
from reflect.text.links import has_link

#: With an interpreter everything takes half as long again: ours, from how consecutive interpreting works.
_LONGER = 1.5
#: Minutes of a session that is made longer are rounded up to this.
_ROUND = 5


def is_interpreted(file: SessionFile) -> bool:
    """
    Tell whether an interpreter is there.
    """
    return any(each.role == Role.INTERPRETER for each in file.participants)


def with_room_to_interpret(file: SessionFile, settings: Profile) -> tuple[SessionFile, Profile]:
    """
    Return the session file and the settings as they are with an interpreter, if there is one: each heading half as long
    again, and the session too unless somebody gave its minutes; then there is room for fewer headings.

    Args:
        file: The session file.
        settings: The settings, with the headings of the session.
    """
    if not is_interpreted(file):
        return file, settings
    if file.minutes is None:
        file = attrs.evolve(file, minutes=math.ceil(settings.length * _LONGER / _ROUND) * _ROUND)
    return file, attrs.evolve(
        settings,
        items=tuple(map(_lengthen, settings.items)),
        slots={str(math.ceil(int(minutes) * _LONGER)): count for minutes, count in settings.slots.items()},
        round_minutes=settings.round_minutes * _LONGER,
    )


def with_peers(file: SessionFile, settings: Profile) -> SessionFile:
    """
    Return the session file of two colleagues of whom neither supervises: what either brings is between the two. The
    file of any others comes back as it is.
    """
    if not settings.peers:
        return file
    theirs = (attrs.evolve(each, ring=each.ring or Ring.PAIR) for each in file.supervisor_items)
    return attrs.evolve(file, supervisor_items=tuple(theirs))


def limits_to_interpret(file: SessionFile, limits: Limits) -> Limits:
    """
    Return the limits of an occasion as they are with an interpreter, if there is one: fewer headings in the same time.
    """
    if not is_interpreted(file):
        return limits
    return attrs.evolve(limits, heading=math.ceil(limits.heading * _LONGER))


def minutes_of_talk(file: SessionFile, minutes: int) -> int:
    """
    Return the minutes that a model has in so many of the clock: with an interpreter, two of each three.
    """
    return max(1, int(minutes / _LONGER)) if is_interpreted(file) else minutes


def _lengthen(item: StandingItem) -> StandingItem:
    def longer(minutes: int) -> int:
        return math.ceil(minutes * _LONGER)

    return attrs.evolve(
        item,
        least=longer(item.least),
        usual=longer(item.usual),
        most=None if item.most is None else longer(item.most),
        each=item.each * _LONGER,
    )


def people_of(file: SessionFile, settings: Profile) -> tuple[Participant, ...]:
    """
    Return who is there, as a session has it: those whom the file names; if its place is a link and it names nobody who
    is not in the room, the two or the group are there by video.
    """
    group = settings.setting == "group"
    ring = Ring.GROUP if group else Ring.PERSONAL
    told = tuple(
        Participant(role=Role(each.role), who=each.who, by=By(each.by or By.ROOM), ring=ring)
        for each in file.participants
    )
    if apart(told) or not has_link(file.place) or any(each.by for each in file.participants):
        return told
    seen = tuple(attrs.evolve(each, by=By.VIDEO) for each in told)
    roles = {each.role for each in told}
    if group:
        return seen or (Participant(role=Role.FACILITATOR, by=By.VIDEO, ring=ring),)
    both = ((Role.SUPERVISEE, file.supervisee), (Role.SUPERVISOR, file.supervisor))
    missing = (Participant(role=role, who=who, by=By.VIDEO, ring=ring) for role, who in both if role not in roles)
    return (*missing, *seen)


def remarks_on_people(file: SessionFile, settings: Profile, minutes: int) -> Iterator[str]:
    """
    Give what whoever plans should know of who is there; no remark names anybody.

    Args:
        file: The session file as it was given, before any minutes were added for an interpreter.
        settings: The settings of the agency or profession.
        minutes: How long the session is.
    """
    if is_interpreted(file):
        wanted = math.ceil(settings.length * _LONGER / _ROUND) * _ROUND
        if file.minutes is None:
            yield (
                f"with an interpreter everything takes half as long again: the session has {minutes} minutes instead "
                f"of {settings.length}; for another length, say --minutes"
            )
        elif file.minutes < wanted:
            yield (
                f"with an interpreter everything takes half as long again, so that there is room for fewer headings; "
                f"{wanted} minutes would have them all"
            )
    others = [each for each in file.participants if Role(each.role) in (*LISTENING, Role.OUTSIDE)]
    if others:
        who = "somebody else" if len(others) == 1 else f"{len(others)} others"
        yield f"{who} will be there, and no paper is for them: tell them when and where, and what stays in the room"

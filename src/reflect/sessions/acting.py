"""
Actions all the way round: their ids, their order, and the one line that a paper has for each.

A paper keeps nothing of an action but its id and that line, so nothing of it stays in a file from which somebody has
deleted the line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable

import attrs

from reflect.questions.rings import Reader, Ring
from reflect.sessions.brought import could_not_wait, day_of_id, last_number, write_id
from reflect.sessions.parts import Action, ActionState
from reflect.sessions.typed import key_of_words
from reflect.text.prose import day_in_words

#: The start of the key of each place where a paper asks what has become of an action.
BEFORE = "before."
#: What can be ticked of an action.
STATES = tuple(map(str, (ActionState.DONE, ActionState.CHANGED, ActionState.NOT_YET, ActionState.DROPPED)))
_LINE = re.compile(
    r"(?:(?P<who>[^:]+?): )?(?P<what>.*?)"
    r"(?: \[(?P<case>[^\[\]]+)\])?(?: · (?P<by>[^·]+?))?(?: \((?P<agreed>[^()]+)\))?"
)


def key_of(action: Action) -> str:
    """
    Return the key of the place where a paper asks what has become of an action.
    """
    return f"{BEFORE}{action.id}"


def id_of_key(key: str) -> str:
    """
    Return the id of an action in the key of its place; an empty text if the key is not of such a place.
    """
    name = key.removeprefix(BEFORE)
    return name if key.startswith(BEFORE) and day_of_id(name) else ""


def write_line(action: Action) -> str:
    """
    Return an action as a paper names it: ``JT: ask for a date · Monday 9 March (supervision, 4 March 2026)``.
    """
    cells = (action.who, action.what, action.case, action.by, action.agreed)
    who, what, case, by, agreed = (" ".join(text.split()) for text in cells)
    line = f"{who}: {what}" if who else what
    line = f"{line} [{case}]" if case else line
    line = f"{line} · {by}" if by else line
    return f"{line} ({agreed})" if agreed else line


def read_line(text: str) -> Action:
    """
    Return the action in such a line. Whatever it says, the action is written as that line again.
    """
    match = _LINE.fullmatch(" ".join(text.split()))
    cells = {name: cell or "" for name, cell in match.groupdict().items()} if match else {"what": text}
    return Action(**{"who": "", "by": "", **cells})


def say_where(session: str, day: datetime.date) -> str:
    """
    Return where and when an action was agreed: ``supervision, 4 March 2026``.

    Args:
        session: What the profession calls a session, or another place; empty if nothing is known of it.
    """
    return f"{session}, {day_in_words(day)}" if session else day_in_words(day)


def name_actions(
    actions: Iterable[Action],
    day: datetime.date | None,
    taken: Collection[str] = (),
    *,
    places: Iterable[int] = (),
    room: int = 0,
) -> tuple[Action, ...]:
    """
    Return actions with an id each: those that have none get the next of the day and their ring.

    An action in a row of a paper is named by its row, so that it keeps its id when another row is filled in.

    Args:
        day: The day they were agreed; without one they stay as they are.
        taken: Ids that are in use besides theirs.
        places: For each of them the number of its row among those of its ring; 0 if it has none.
        room: How many rows the paper has.
    """
    named = list(actions)
    taken = {*taken, *(action.id for action in named)} - {""}
    if day is None:
        return tuple(named)
    used = set(taken)

    def name(n: int, number: int) -> None:
        if (new := write_id(day, named[n].ring, number)) not in used:
            named[n] = attrs.evolve(named[n], id=new)
            used.add(new)

    for n, place in enumerate(places):
        if place and not named[n].id:
            name(n, last_number(day, named[n].ring, taken) + place)
    for n, action in enumerate(named):
        if not action.id:
            first = last_number(day, action.ring, taken) + room
            name(n, max(first, last_number(day, action.ring, used)) + 1)
    return tuple(named)


def join_repeats(before: Iterable[Action], agreed: Iterable[Action]) -> tuple[Action, ...]:
    """
    Return actions from before and those that were agreed now, as one row.

    Who has not yet done something and writes it down again, with another date, has one action: the one from before.
    """
    row: list[Action] = []
    places: dict[tuple[str, str, Ring, str], int] = {}
    for action in (*before, *agreed):
        name = name_of_words(action)
        place = places.get(name) if action.open else None
        if place is None or day_of_id(row[place].id) == day_of_id(action.id):
            places |= {name: len(row)} if action.open else {}
            row.append(action)
        elif action.by.strip():
            row[place] = attrs.evolve(row[place], by=action.by)
    return tuple(row)


def name_of_words(action: Action) -> tuple[str, str, Ring, str]:
    """
    Return what an action is known again by where it has another id: its words, who does it, its ring and its case.
    """
    what, who, case = (key_of_words(text) for text in (action.what, action.who, action.case))
    return what, who, action.ring, case


def with_ids(actions: Iterable[Action]) -> tuple[Action, ...]:
    """
    Return actions that all have an id, so that a paper has a place for each: where none is known, one of no day.
    """
    return name_actions(actions, datetime.date.min)


def actions_seen(actions: Iterable[Action], reader: Reader) -> tuple[Action, ...]:
    """
    Return the actions that *reader* may see. What could not wait and is between the two alone has a line on their file,
    so that they can tick it there, and none of its words.
    """

    def cut(action: Action) -> Action | None:
        if reader.sees(action.ring):
            return action
        if action.ring is not Ring.PAIR or not could_not_wait(action.id) or not reader.sees(Ring.PERSONAL):
            return None
        return Action(
            what="", who="", by="", ring=Ring.PERSONAL, id=action.id, agreed=action.agreed, state=action.state
        )

    return tuple(here for each in actions if (here := cut(each)) is not None)


def open_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    """
    Return the actions that are still to be done, with nothing said of them yet.
    """
    return tuple(attrs.evolve(action, state=ActionState.OPEN) for action in actions if action.open)

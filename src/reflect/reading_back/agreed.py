"""
What was agreed on a filled paper: each action with its id, and where it was agreed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

import attrs

from reflect.errors import ReflectError
from reflect.questions.wordings import wording
from reflect.sessions.acting import name_actions, say_where
from reflect.sessions.brought import day_of_id
from reflect.sessions.parts import Action
from reflect.sessions.typed import read_day


def settle_agreed(
    actions: Iterable[Action],
    words: str,
    facts: Mapping[str, str],
    before: Iterable[Action] = (),
    *,
    places: Iterable[int] = (),
    room: int = 0,
) -> tuple[Action, ...]:
    """
    Return actions with their ids and where they were agreed; without a day they have neither.

    Args:
        words: The wording of the paper.
        facts: Its facts, of which the date counts.
        before: The actions from last time, whose ids are taken.
        places: As `name_actions` takes them, as is *room*.
    """
    day = read_day(facts.get("date", ""))
    named = name_actions(actions, day, [action.id for action in before], places=places, room=room)
    return tuple(map(functools.partial(_with_place, _word_of(words)), named))


def _with_place(session: str, action: Action) -> Action:
    day = day_of_id(action.id)
    return attrs.evolve(action, agreed=say_where(session, day)) if day and not action.agreed else action


@functools.cache
def _word_of(words: str) -> str:
    # A wording may also be a file, and a stranger's paper must not make us read one.
    try:
        return wording(words if re.fullmatch("[a-z-]+", words) else "general").word("session")
    except ReflectError:
        return wording("general").word("session")

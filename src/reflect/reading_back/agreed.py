"""
What a filled paper says of actions and of decisions about a case, as values with their ids.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from reflect.errors import ReflectError
from reflect.questions.rings import Ring
from reflect.questions.wordings import wording
from reflect.sessions.acting import STATES, name_actions, say_where
from reflect.sessions.brought import day_of_id
from reflect.sessions.carrying import date_of
from reflect.sessions.deciding import CASE_PAPERS
from reflect.sessions.parts import Action, ActionState
from reflect.sessions.record import Record
from reflect.sessions.settling import with_decisions, with_lines_of_last_time
from reflect.sessions.typed import fold_text, read_day

#: The table of a log of actions.
LOG = "log"
_STATE = re.compile(rf"({'|'.join(STATES)})(?!\w)")
_CASE_AT_END = re.compile(r"(.*?)(?: \[([^\[\]]+)\])?", re.DOTALL)


def settle_agreed(
    record: Record, printed: Iterable[tuple[int, str]] = (), *, places: Iterable[int] = (), room: int = 0
) -> Record:
    """
    Return a record with an id for each action and where it was agreed, with the case that a paper of it is about, with
    the decisions that are written on it, and with what the two wrote in of last time among the actions from before.

    Args:
        record: What was read from a paper. Actions that have an id keep it.
        printed: The ids that the paper had when it was made, also of rows that are gone.
        places: As `name_actions` takes them, as is *room*.
    """
    kind = record.document
    about = " ".join(record.answer(f"{kind}.about").split()) if kind in CASE_PAPERS else ""
    before = tuple(_with_case(action, about) for action in record.before)
    actions = (_with_case(action, about) for action in record.actions)
    known = [name for _, name in printed]
    taken = [*(action.id for action in before), *known]
    named = name_actions(actions, read_day(date_of(record)), taken, places=places, room=room)
    where = record.answer("informal.how") if kind == "informal" else _word_of(record.wording)
    settled = attrs.evolve(record, before=before, actions=tuple(_with_place(action, where) for action in named))
    # On a closed paper, what was written in since is a change; before that it is one of its actions.
    return with_decisions(settled if record.closed else with_lines_of_last_time(settled, known, room))


def read_log(rows: Iterable[Sequence[str]], ring: Ring, ids: Sequence[str]) -> Iterator[Action]:
    """
    Give the actions of a log: what, who, by when, where it was agreed, and what has become of it.

    Args:
        ids: The id of each row; empty if the paper does not say it.
    """
    for row, name in zip(rows, ids, strict=True):
        what, who, by, agreed, became = [*row, *[""] * 5][:5]
        said = _STATE.match(fold_text(became))
        words = _CASE_AT_END.fullmatch(what)
        action = Action(
            what=words[1] if words else what,
            who=who,
            by=by,
            ring=ring,
            id=name,
            agreed=agreed,
            state=said[1] if said else ActionState.OPEN,
            case=(words[2] or "") if words else "",
        )
        yield from name_actions([action], read_day(agreed))


def _with_case(action: Action, about: str) -> Action:
    return attrs.evolve(action, case=about) if action.ring is Ring.CASE and not action.case else action


def _with_place(action: Action, where: str) -> Action:
    day = day_of_id(action.id)
    return attrs.evolve(action, agreed=say_where(where, day)) if day and not action.agreed else action


@functools.cache
def _word_of(words: str) -> str:
    # A wording may also be a file, and a stranger's paper must not make us read one.
    try:
        return wording(words if re.fullmatch("[a-z-]+", words) else "general").word("session")
    except ReflectError:
        return wording("general").word("session")

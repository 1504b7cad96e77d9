"""
Begin the record of the next session with what is still to be done after the last one.
"""

from __future__ import annotations

from collections.abc import Callable

from reflect.questions.rings import Ring, narrows
from reflect.sessions.acting import join_repeats, name_actions, open_actions
from reflect.sessions.deciding import CASE_PAPERS
from reflect.sessions.parts import Action, ItemRecord
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from reflect.sessions.typed import read_day

#: Facts that stay true for the next session.
_GOES_ON = ("organisation", "marking", "supervisor", "supervisee")


def date_of(record: Record) -> str:
    """
    Return the day of a session, or of the paper of a case, as it was written.
    """
    kind = record.document
    keys = (f"{kind}.date", f"{kind}.happened") if kind in CASE_PAPERS else ()
    texts = (dict(record.facts).get("date", ""), *map(record.answer, keys))
    return next((text for text in texts if text.strip()), "")


def still_open(record: Record) -> tuple[Action, ...]:
    """
    Return the actions that a record leaves to be done, each with its id: those from before, and those agreed in it.
    """
    day = read_day(date_of(record))
    agreed = name_actions(record.actions, day, [action.id for action in record.before])
    return open_actions(join_repeats(record.before, agreed))


def begin_next_record(
    record: Record, session: Session, done: Callable[[Action], bool] = lambda action: False
) -> Record:
    """
    Return the record of the next session as it begins: with what is still to be done, and nothing else.

    An action that was done, changed or dropped has its end, and does not come back.

    Who the two are carries over. What was said does not: it is in its own record.

    Args:
        done: Returns whether an action is done; by default none is.
    """
    kept = {name: text for name, text in record.facts if name in _GOES_ON}
    # Anybody may read the day of a session, so it is carried over only if those who see what was held may read it.
    for each in record.answers:
        if each.key == "next-date" and narrows(Ring.ASSURANCE, each.ring):
            kept["date"] = " ".join(each.text.split())
    return Record(
        minutes=session.minutes,
        items=tuple(
            ItemRecord(key=f"item-{n}", use=item.set.key, minutes=item.minutes)
            for n, item in enumerate(session.items, 1)
        ),
        facts=tuple({**kept, **dict(session.facts)}.items()),
        before=tuple(action for action in still_open(record) if not done(action)),
        document=record.document,
        wording=record.wording,
    )

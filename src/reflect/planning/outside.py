"""
A plan as those have it who may not know what the session is for, or why somebody brings something.

They get the plan of the same session without that, so that no heading, length or choice of a model tells them anything.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from reflect.planning.plan import Plan
from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.rings import READERS, Ring, narrows
from reflect.sessions.brought import could_not_wait
from reflect.sessions.session import Session


def rings_of_reasons(group: bool) -> tuple[Ring, ...]:
    """
    Return the rings in which reasons are, the narrowest first.

    Args:
        group: Whether it is a group: nothing in it is between two people.
    """
    return (Ring.GROUP,) if group else (Ring.PAIR, Ring.PERSONAL)


def without_reasons(file: SessionFile, ring: Ring) -> SessionFile:
    """
    Return a session file without what whoever may not read a ring may not know: what a topic is for, whether it is to
    decide or to think, whether something has happened, and that the two have agreed something between them. What could
    not wait has a line on every record, so that it can be ticked there.
    """

    def without(wishes: Iterable[Wish], usual: Ring) -> tuple[Wish, ...]:
        # The ring of a case lies beside the others: who reads one of them need not read it.
        hidden = (narrows(wish.ring or usual, ring) or wish.ring is Ring.CASE for wish in wishes)
        return tuple(
            attrs.evolve(wish, purpose="", aim="") if hide and (wish.purpose or wish.aim) else wish
            for wish, hide in zip(wishes, hidden, strict=True)
        )

    group = ring is Ring.GROUP
    return attrs.evolve(
        file,
        after_shock=None,
        aim="",
        supervisee_items=without(file.supervisee_items, ring if group else Ring.PAIR),
        supervisor_items=without(file.supervisor_items, ring if group else Ring.PERSONAL),
        previous_actions=tuple(
            each for each in file.previous_actions if each.ring is not Ring.PAIR or could_not_wait(each.id)
        ),
    )


def with_outside(plan: Plan, outside: Plan | None, ring: Ring) -> Plan:
    """
    Return a plan that shows another to whoever may not read a ring; the plan itself if they would see no difference.

    Args:
        outside: The other; None if there can be none, and they see no heading at all.
    """
    others = [reader for reader in READERS if not reader.sees(ring)]

    def equal(session: Session, other: Session) -> bool:
        return all(session.visible_to(each) == other.visible_to(each) for each in others)

    if outside is not None and equal(plan.session, outside.session) and equal(plan.whole, outside.whole):
        return plan

    def hide(session: Session, other: Session | None) -> Session:
        return attrs.evolve(session, known=ring, outside=other)

    return attrs.evolve(
        plan,
        outside=outside,
        session=hide(plan.session, outside.session if outside else None),
        aside=hide(plan.aside, outside.whole if outside else None) if plan.aside else None,
    )

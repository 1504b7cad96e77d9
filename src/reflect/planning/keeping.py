"""
From a plan to a line of the journal, once somebody says what became of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from reflect.errors import Refused, UnknownKey
from reflect.planning.agenda import Plan, Planned
from reflect.planning.journal import CANCELLED, Entry, Used
from reflect.planning.session_file import SessionFile
from reflect.views import opening

_WHO = ("supervisee", "supervisor", "both")


def entry(
    plan: Plan,
    file: SessionFile,
    *,
    minutes: int | None = None,
    not_reached: Iterable[str] = (),
    unfinished: Iterable[str] = (),
    useful: str = "",
    change: str = "",
    cancelled_by: str | None = None,
    rearranged: str | None = None,
) -> Entry:
    """
    Return what a journal keeps of a session: its models and questions, and nothing that was said.

    Args:
        plan: What was planned.
        file: What it was made from.
        minutes: How long it really was.
        not_reached: Kinds of items, families or cases there was no time for.
        unfinished: Families or cases whose model goes on next time; ``talk`` for the one without a case.
        useful: What the supervisee said was useful.
        change: What the supervisee wants changed.
        cancelled_by: Who cancelled it, if it was not held.
        rearranged: The day it was moved to.

    Raises:
        UnknownKey: Something named is on no line of the plan, or nobody's role.
        Refused: The day it was moved to is no date.
    """
    if cancelled_by is not None:
        if cancelled_by not in _WHO:
            raise UnknownKey(cancelled_by, _WHO, "role")
        return Entry(date=file.date, status=CANCELLED, by=cancelled_by, rearranged=_day(rearranged))
    lost, goes_on = frozenset(not_reached), frozenset(unfinished)
    names = tuple(dict.fromkeys(name for line in plan.lines for name in (line.kind, line.family) if name))
    for name in (*not_reached, *unfinished):
        if name not in names:
            raise UnknownKey(name, names, "item or family")

    def reached(line: Planned) -> bool:
        return not lost & {line.kind, line.family}

    pairs = [pair for pair in zip(plan.session.items, plan.lines, strict=True) if reached(pair[1])]
    return Entry(
        date=file.date,
        minutes=minutes or plan.session.minutes,
        used=tuple(
            Used(
                model=line.use,
                family=line.family,
                questions=tuple(question.key for question in opening(item.set, item.shows)),
                unfinished=bool(goes_on & {line.kind, line.family} - {""}),
            )
            for item, line in pairs
            if line.kind in ("depth", "talk")
        ),
        items=tuple(dict.fromkeys(line.kind for _, line in pairs)),
        useful=useful,
        change=change,
    )


def _day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Refused("the day it was moved to is no date; write it like 2026-03-11") from None

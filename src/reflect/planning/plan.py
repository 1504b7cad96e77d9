"""
A planned session: its agenda, and everything that led to it.
"""

from __future__ import annotations

import datetime

import attrs

from reflect.planning.caseload import Caseload
from reflect.planning.session_file import InformalDecision, Promise, Wish
from reflect.planning.suggesting import Shortlist
from reflect.questions.question import Function
from reflect.sessions.session import Session
from reflect.shown import Brief


@attrs.frozen(kw_only=True)
class PlannedLine(Brief):
    """
    One line of an agenda.

    Attributes:
        key: Its name, which no other line has.
        kind: A kind of standing item, or ``today`` or ``item``.
        whose: Whose it is: supervisee, supervisor or both.
        use: The key of the model or page its questions come from.
        family: What it is about, if it is a talk in depth.
        wishes: What people brought that is talked about here.
    """

    key: str
    kind: str
    title: str = attrs.field(repr=False)
    whose: str
    function: Function
    minutes: int
    use: str = ""
    family: str = ""
    wishes: tuple[Wish, ...] = ()
    advice: Shortlist | None = None


@attrs.frozen(kw_only=True)
class RaisedLoad(Brief):
    """
    A workload over its limit, and where it goes next.

    Attributes:
        level: The rung, 1 for the first.
        by: The day by which they have to answer.
    """

    level: int
    to: str
    by: datetime.date


@attrs.frozen(kw_only=True)
class Plan(Brief):
    """
    A planned session, and everything that led to it. It holds nobody's scores.

    Attributes:
        session: The session that the papers are made from.
        caseload: Which cases are talked about; None if there are none.
        actions: What is still to be done, the supervisor's first.
        unconfirmed: Decisions made between sessions that one of the two has not confirmed.
        dropped: Titles of what there was no time for.
        next_time: The supervisee's items that found no room, and come first next time.
        raised: Where a workload over its limit goes next.
        regulator: Who regulates the work on that day.
        remarks: What the two should know but no paper says.
    """

    session: Session
    lines: tuple[PlannedLine, ...]
    caseload: Caseload | None = None
    actions: tuple[Promise, ...] = ()
    unconfirmed: tuple[InformalDecision, ...] = ()
    dropped: tuple[str, ...] = ()
    next_time: tuple[Wish, ...] = ()
    raised: RaisedLoad | None = None
    regulator: str = ""
    remarks: tuple[str, ...] = ()

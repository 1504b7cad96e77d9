"""
A planned session: its agenda, and everything that led to it.
"""

from __future__ import annotations

import datetime

import attrs

from reflect.planning.caseload import Caseload
from reflect.planning.occasions import Occasion
from reflect.planning.session_file import InformalDecision, Promise, Wish
from reflect.planning.suggesting import Shortlist
from reflect.questions.question import Function
from reflect.questions.rings import Ring
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
        least: The fewest minutes in which it makes sense as it is.
        most: The most minutes that it usually takes; None if it can take all that is left.
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
    least: int = 1
    most: int | None = None
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
        missing: How many minutes are missing for the cases that have to be touched before the next session.
        over: How many minutes its lines are longer than the session was to be, as a person has moved them.
        raised: Where a workload over its limit goes next.
        regulator: Who regulates the work on that day.
        remarks: What the two should know but no paper says.
        occasion: What the session is for.
        urgent: The ids of what must not wait, in the order in which it was brought.
        left_out: The kinds of headings, and the ids of what is brought, that somebody left out today.
        aside: The session with what its papers leave aside for today; None if they leave nothing aside.
        outside: The plan as those have it who may not know what the session is for; None if everybody may.
    """

    session: Session
    lines: tuple[PlannedLine, ...]
    caseload: Caseload | None = None
    actions: tuple[Promise, ...] = ()
    unconfirmed: tuple[InformalDecision, ...] = ()
    dropped: tuple[str, ...] = ()
    next_time: tuple[Wish, ...] = ()
    missing: int = 0
    over: int = 0
    raised: RaisedLoad | None = None
    regulator: str = ""
    remarks: tuple[str, ...] = ()
    outside: Plan | None = None
    occasion: Occasion | None = None
    urgent: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    aside: Session | None = None

    @property
    def outermost(self) -> Plan:
        """
        The plan as those have it who may know neither what the session is for nor any reason.
        """
        if self.outside is not None:
            return self.outside.outermost
        return self if self.session.known is Ring.OPEN else attrs.evolve(self, lines=())

    @property
    def whole(self) -> Session:
        """
        The session with what has no place on its papers today, as it is kept for the plan after it.
        """
        return self.aside or self.session

"""
What becomes of a record, in its one order: it is written, closed, signed, and each keeps a copy; then it is noted.
"""

from __future__ import annotations

import enum

from reflect.planner.opened import OpenedPaper, OpenedPapers
from reflect.planner.written import Told
from reflect.questions.rings import Ring
from reflect.reading_back.closed_papers import state_of
from reflect.safekeeping.closing import says_anything
from reflect.sessions.attendance import RECORDS
from reflect.sessions.carrying import date_of
from reflect.sessions.parts import SIGNING
from reflect.sessions.typed import read_day


class StepStanding(enum.Enum):
    """
    Whether something has been done, can be done, or has to wait.
    """

    DONE = "done"
    NOW = "now"
    LATER = "later"

    def __str__(self) -> str:
        return self.value


def steps_of(opened: OpenedPapers, paper: OpenedPaper, *, signs: bool) -> list[Told]:
    """
    Return the steps of a record in their order, each with what it waits for. A paper that nobody closes has none.

    Args:
        signs: Whether it has places to sign.
    """
    record = paper.record
    if not signs and record.document not in RECORDS:
        return []
    group = opened.ring(record) is Ring.GROUP
    written, closed = says_anything(record), record.closed is not None
    changed = closed and bool(state_of(record).changes)
    settled = closed and not changed
    signed = {each.role for each in record.signed if each.agreement} if settled else set[str]()
    steps = [
        _step("write", done=written),
        _step("close", done=settled, waits="" if written else "write", again=changed),
    ]
    before_copies = "" if settled and (signed or group) else "close" if group or not settled else "sign"
    if not group:
        waits = "" if settled else "again" if changed else "close"
        steps.append(_step("sign", done=signed >= set(SIGNING), waits=waits))
    copied = paper.entry is not None and settled
    steps.append(_step("keep", done=copied, waits=before_copies))
    if record.items and record.document in RECORDS:
        day = read_day(date_of(record)) is not None
        steps.append(_step("note", done=_is_noted(opened, paper), waits="" if copied else "keep" if day else "day"))
    return steps


def _is_noted(opened: OpenedPapers, paper: OpenedPaper) -> bool:
    fingerprint = paper.record.closed.fingerprint if paper.record.closed else ""
    known = (each for journal in opened.journals.values() for each in journal.noted.values())
    return any(number == paper.number or (fingerprint and own == fingerprint) for number, own in known)


def _step(name: str, *, done: bool, waits: str = "", again: bool = False) -> Told:
    standing = StepStanding.LATER if waits else StepStanding.DONE if done else StepStanding.NOW
    return {"step": name, "standing": str(standing), "waits": waits, "again": again}

"""
What becomes of a record, in its one order: it is written, closed, signed, and each keeps a copy; then it is noted.
"""

from __future__ import annotations

import enum
from pathlib import PurePath

from reflect.between_sessions.closing import CLOSED, SIGNED
from reflect.planner.opened import OpenedPaper, OpenedPapers
from reflect.planner.written import Told
from reflect.questions.rings import Ring
from reflect.reading_back.closed_papers import state_of
from reflect.safekeeping.closing import says_anything
from reflect.sessions.attendance import RECORDS
from reflect.sessions.carrying import date_of
from reflect.sessions.journal import JournalEntry
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
    copied = has_copies(paper)
    steps.append(_step("keep", done=copied, waits=before_copies))
    if record.items and record.document in RECORDS:
        day = read_day(date_of(record)) is not None
        steps.append(_step("note", done=_is_noted(opened, paper), waits="" if copied else "keep" if day else "day"))
    return steps


def has_copies(paper: OpenedPaper) -> bool:
    """
    Tell whether the copies that each keeps have been made of a record: here, or before it was opened, and then it is
    one of them. What was signed in another program is a paper to sign until its copies are made.
    """
    record = paper.record
    if record.closed is None or state_of(record).changes:
        return False
    stem = PurePath(paper.name).stem
    is_copy = bool(paper.data) and any(stem.endswith(f"-{done}") for done in (SIGNED, CLOSED))
    return paper.entry is not None or is_copy


def _is_noted(opened: OpenedPapers, paper: OpenedPaper) -> bool:
    fingerprint = paper.record.closed.fingerprint if paper.record.closed else ""
    theirs = [each for each in opened.journals.values() if each.is_of(paper) is not False]
    entry = paper.entry
    if entry is not None and any(_has_session(each, entry) for journal in theirs for each in journal.log.entries):
        return True
    known = (each for journal in opened.journals.values() for each in journal.noted.values())
    return any(number == paper.number or (fingerprint and own == fingerprint) for number, own in known)


def _has_session(noted: JournalEntry, entry: JournalEntry) -> bool:
    """
    Tell whether a session that a journal has is that of a record. What only its plan knew may be missing here.
    """
    same = (noted.date, noted.minutes, noted.actions) == (entry.date, entry.minutes, entry.actions)
    return noted.held and same and {*entry.signed} <= {*noted.signed}


def _step(name: str, *, done: bool, waits: str = "", again: bool = False) -> Told:
    standing = StepStanding.LATER if waits else StepStanding.DONE if done else StepStanding.NOW
    return {"step": name, "standing": str(standing), "waits": waits, "again": again}

"""
Decisions about a case, as its papers have them: the record of a talk, and what was decided between sessions.

Such a decision belongs to the case, also when neither of the two made it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from reflect.questions.rings import Ring, narrowest
from reflect.sessions.brought import write_id
from reflect.sessions.parts import Answered, Decision
from reflect.sessions.typed import fold_text, read_day

#: The papers that have a decision, and the ends of the keys of what is said about it.
CASE_PAPERS = ("case-record", "informal")
#: The logs of actions.
LOGS = ("action-log", "case-action-log")
_ENDS = ("about", "decision", "why", "who", "by", "rather", "replaced", "date", "happened", "confirmed")
#: What the other person may say of a decision, on the paper: only the first confirms it.
CONFIRMS = "that is how it was"
_CLOCK = re.compile(r"\b([01]?[0-9]|2[0-3])[:.]([0-5][0-9])\b")
#: Minutes after midnight of a decision at no known time; the record of a talk has the first number of its day.
_UNTIMED = 24 * 60


def id_of_decision(day: datetime.date | None, clock: datetime.time | None = None, *, talked: bool = False) -> str:
    """
    Return the id of a decision about a case; empty if its day is not known. Each case has its own.

    It follows from when it was made and from nothing else, so that the file and the paper of it have the same.

    Args:
        clock: When on that day.
        talked: Whether it was made in a talk that has a record, which has one decision.
    """
    if day is None:
        return ""
    number = 1 if talked else 2 + (clock.hour * 60 + clock.minute if clock else _UNTIMED)
    return write_id(day, Ring.CASE, number)


def read_clock(text: str) -> datetime.time | None:
    """
    Return the time of day in a text such as ``28 April 2025, 16:10``.
    """
    match = _CLOCK.search(text)
    return datetime.time(int(match[1]), int(match[2])) if match else None


def decision_in_answers(document: str, answers: Iterable[Answered]) -> Decision | None:
    """
    Return the decision that a paper of a case has; None if it has none.

    Args:
        document: The kind of paper.
        answers: What was written on it.
    """
    if document not in CASE_PAPERS:
        return None
    said = {each.key: each for each in reversed(list(answers))}
    known = {end: said[f"{document}.{end}"] for end in _ENDS if f"{document}.{end}" in said}

    def words(*ends: str) -> str:
        return next((known[end].text.strip() for end in ends if end in known), "")

    if not words("decision"):
        return None
    talked = document == "case-record"
    when = words("date", "happened")
    return Decision(
        what=words("decision"),
        why=words("why"),
        who=words("who", "by"),
        ring=narrowest(*(each.ring for each in known.values())),
        id=id_of_decision(read_day(when), read_clock(when), talked=talked),
        about=words("about"),
        when=when,
        rather_than=words("rather"),
        replaced_by=words("replaced"),
        # What is decided in a talk is decided by both, or told to both.
        confirmed=None if talked else fold_text(words("confirmed")) == CONFIRMS,
    )

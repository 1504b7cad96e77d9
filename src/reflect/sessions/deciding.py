"""
Decisions, as papers have them: those about a case on its own papers, and those of a talk on the record of a session.

A decision about a case belongs to the case, also when neither of the two made it. One that is written on the record of
a session stays on the file of that record, whatever it is about.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping

from reflect.questions.rings import Ring, goes_with, narrowest
from reflect.sessions.brought import BECAUSE, DECIDED, DIFFER, write_id
from reflect.sessions.parts import SIGNING, Answered, Decision
from reflect.sessions.typed import fold_text, read_day
from reflect.text.names import may_be_one_person

#: The papers that have a decision, and the ends of the keys of what is said about it.
CASE_PAPERS = ("case-record", "informal", "same-day-decision", "oversight", "disagreement")
#: The logs of actions.
LOGS = ("action-log", "case-action-log")
_ENDS = ("about", "decision", "why", "who", "by", "rather", "would", "replaced", "date", "happened", "confirmed")
#: What the other person may say of a decision, on the paper: only the first confirms it.
CONFIRMS = "that is how it was"
#: The line of a record for what has to be decided before the two meet again.
TO_DECIDE = "before.decide"
#: Who decided, on the record of two, if it does not say so.
BOTH = "both"
_CLOCK = re.compile(r"\b([01]?[0-9]|2[0-3])[:.]([0-5][0-9])\b")
_TALK = re.compile(rf"item-([1-9]\d{{0,2}}){re.escape(DECIDED)}")
#: Somebody's name before what they decided.
_NAMED = re.compile(r"\s*([^:\n]{1,60}?)\s*:\s+\S")
#: The number of what has to be decided; the talks of a session have those of their items.
_NUMBER_TO_DECIDE = 1000
#: Minutes after midnight of a decision at no known time, on the first of these papers; the record of a talk has the
#: first number of its day.
_UNTIMED = 24 * 60


def id_of_decision(
    day: datetime.date | None, clock: datetime.time | None = None, *, talked: bool = False, document: str = "informal"
) -> str:
    """
    Return the id of a decision about a case; empty if its day is not known. Each case has its own.

    It follows from when it was made and from nothing else, so that the file and the paper of it have the same.

    Args:
        clock: When on that day.
        talked: Whether it was made in a talk that has a record, which has one decision.
        document: The kind of paper that it is on.
    """
    if day is None:
        return ""
    untimed = _UNTIMED + CASE_PAPERS[1:].index(document) if not talked else 0
    number = 1 if talked else 2 + (clock.hour * 60 + clock.minute if clock else untimed)
    return write_id(day, Ring.CASE, number)


def read_clock(text: str) -> datetime.time | None:
    """
    Return the time of day in a text such as ``28 April 2025, 16:10``.
    """
    match = _CLOCK.search(text)
    return datetime.time(int(match[1]), int(match[2])) if match else None


def decisions_in_answers(
    document: str, answers: Iterable[Answered], facts: Iterable[tuple[str, str]] = ()
) -> tuple[Decision, ...]:
    """
    Return the decisions that were written on a paper in words, without those in the rows of a table.

    On the paper of a case it is one at most. On the record of a session each talk may have one, and another may have to
    be made before the next: nobody has made it yet, so it is not confirmed. None has more than was written, and whoever
    may read one may read each of its words where it was written.

    Args:
        document: The kind of paper.
        answers: What was written on it.
        facts: What the record says of the session: its day, and who the two are.
    """
    known = list(answers)
    if document in CASE_PAPERS:
        return _decision_about_case(document, known)
    return tuple(_decisions_of_talks(known, dict(facts)))


def _decisions_of_talks(answers: list[Answered], facts: Mapping[str, str]) -> Iterator[Decision]:
    said = {each.key: each for each in reversed(answers)}
    when = facts.get("date", "")
    day = read_day(when)

    def id_of(ring: Ring, number: int) -> str:
        return write_id(day, ring, number) if day else ""

    for decided in said.values():
        match = _TALK.fullmatch(decided.key)
        if match is None or not decided.text.strip():
            continue
        beside = {end: said.get(decided.key.removesuffix(DECIDED) + end) for end in (BECAUSE, DIFFER)}
        because, differ = (each.text if each and goes_with(each.ring, decided.ring) else "" for each in beside.values())
        yield Decision(
            what=decided.text,
            # Where they differ too, it may be the reason of that.
            why="" if differ.strip() else because,
            who=_name_before(decided, facts),
            ring=decided.ring,
            id=id_of(decided.ring, int(match[1])),
            when=when,
        )
    to_make = said.get(TO_DECIDE)
    if to_make is not None and to_make.text.strip():
        ring = to_make.ring
        yield Decision(
            what=to_make.text, why="", who="", ring=ring, id=id_of(ring, _NUMBER_TO_DECIDE), when=when, confirmed=False
        )


def _name_before(decided: Answered, facts: Mapping[str, str]) -> str:
    """
    Return who decided: one of the two, if their name or role stands before it, or otherwise both.
    """
    match = _NAMED.match(decided.text)
    names = [facts.get(role, "") for role in SIGNING if goes_with(Ring.PERSONAL, decided.ring)]
    said = match[1] if match else ""
    return said if said and any(may_be_one_person(said, name) for name in (*names, *SIGNING) if name.strip()) else BOTH


def _decision_about_case(document: str, answers: list[Answered]) -> tuple[Decision, ...]:
    said = {each.key: each for each in reversed(answers)}
    known = {end: said[f"{document}.{end}"] for end in _ENDS if f"{document}.{end}" in said}

    def words(*ends: str) -> str:
        return next((known[end].text.strip() for end in ends if end in known), "")

    if not words("decision"):
        return ()
    talked = document == "case-record"
    when = words("date", "happened")
    decision = Decision(
        what=words("decision"),
        why=words("why"),
        who=words("who", "by"),
        ring=narrowest(*(each.ring for each in known.values())),
        id=id_of_decision(read_day(when), read_clock(when), talked=talked, document=document),
        about=words("about"),
        when=when,
        rather_than=words("rather", "would"),
        replaced_by=words("replaced"),
        # What is decided in a talk is decided by both, or told to both; only what was said in passing may be remembered
        # in two ways.
        confirmed=fold_text(words("confirmed")) == CONFIRMS if document == "informal" else None,
    )
    return (decision,)

"""
What an occasion leaves to be asked, to be talked about and to be looked at.
"""

from __future__ import annotations

import attrs

from reflect.planning.occasions import ORDINARY, Occasion
from reflect.planning.session_file import SessionFile
from reflect.questions.question import Mode
from reflect.questions.sets import QuestionSet

#: The mark of a question that presumes that two people have met before.
_PAST = "past"


def questions_for(occasion: Occasion, use: str, asks: QuestionSet) -> QuestionSet:
    """
    Return the questions of a page that fit an occasion: those that it asks from that page, if it names some, and none
    that it must not ask. If none is left, there is a heading to talk under, and no question.

    Args:
        use: The key of the page, or of a part of it.
        asks: What the page asks.
    """
    key = use.partition(".")[0]
    named = [name.strip() for name in occasion.asks.get(use, "").split(",") if name.strip()]
    wanted = {f"{start}.{name}" for name in named for start in (use, key)}
    kept = {
        question.key
        for question in asks.asks
        if (question.key in wanted or not named)
        and question.key not in occasion.never
        and (occasion.presumes_past or _PAST not in question.tags)
    }
    if len(kept) == len({question.key for question in asks.asks}):
        return asks
    found = asks.where(lambda question: question.key in kept)
    return found if found.asks else QuestionSet(key=asks.key, mode=Mode.SAY, record=asks.record)


def file_for(occasion: Occasion, file: SessionFile) -> SessionFile:
    """
    Return a session file without what an occasion has no heading for, or leaves aside for today.
    """
    if occasion.name == ORDINARY:
        return file
    kinds = {item.kind for item in occasion.headings}
    if kinds.isdisjoint(("items", "short")):
        file = attrs.evolve(file, supervisee_items=(), supervisor_items=())
    # Cases are touched before the next session, too.
    if occasion.quiet or kinds.isdisjoint(("round", "depth", "before")):
        file = attrs.evolve(file, cases=(), choose=())
    if occasion.quiet:
        file = attrs.evolve(file, today=None, previous_actions=(), informal=(), support=(), workload=None)
    return file

"""
Which questions of an item an agenda shows: the way in, and the way on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reflect.questions.question import Question
from reflect.questions.sets import QuestionSet

#: An agenda shows at most this many questions an item; the rest are for whoever leads.
QUESTIONS_AN_ITEM = 2


def _short_version_of(some: QuestionSet) -> tuple[Question, ...]:
    """
    The questions of the short version, or all of them if none is marked.
    """
    return tuple(question for question in some.asks if question.core) or some.asks


def opening_questions(some: QuestionSet, shows: Iterable[str] = ()) -> tuple[Question, ...]:
    """
    Return the two questions an agenda shows for an item: the way in, and the way on.

    The way in is the first core question of the first part. The way on comes from what is woven in
    (another model's question), or else from the last part; in a set without parts it is the next one.

    Args:
        shows: Keys of questions that are shown instead, as far as they are in the set.
    """
    known = {question.key: question for question in some.asks}
    if chosen := tuple(known[key] for key in shows if key in known)[:QUESTIONS_AN_ITEM]:
        return chosen
    asks = _short_version_of(some)
    if len(asks) < QUESTIONS_AN_ITEM:
        return asks or some.asks[:QUESTIONS_AN_ITEM]
    first = asks[0]
    home = first.key.partition(".")[0]
    woven = next((question for question in asks if question.key.partition(".")[0] != home), None)
    parts = [asking for part in some.parts if (asking := _short_version_of(part))]
    last = parts[-1][0] if len(parts) > 1 else asks[1]
    return first, woven or (last if last is not first else asks[1])


def least_asked_questions(some: QuestionSet, asked: Mapping[str, int]) -> tuple[Question, ...]:
    """
    Return the way in and the way on that were asked least often before; `opening` where nothing was asked yet.

    The way in is always a core question of the first part, so that a model still begins where it begins. The way
    on may be any other question: of the last part, or what was asked less often.

    Args:
        asked: How often each question was asked before, by its key.
    """
    usual = opening_questions(some)
    if len(usual) < QUESTIONS_AN_ITEM:
        return usual
    part = next((part for part in some.parts if part.asks and part.asks[0] == some.asks[0]), None)
    first = min(_short_version_of(part) if part else usual[:1], key=lambda question: asked.get(question.key, 0))
    others = [question for question in some.asks if part is None or question not in part.asks]
    others = [question for question in others or some.asks if question != first]

    def rank(question: Question) -> tuple[int, bool, bool]:
        return asked.get(question.key, 0), question != usual[1], not question.core

    return first, min(others, key=rank)

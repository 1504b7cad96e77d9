"""
Which questions of an item an agenda shows: the way in, and the way on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reflect.questions.question import Element, Function, Mode, Question
from reflect.questions.sets import Composable, QuestionSet
from reflect.questions.timetable import stretches_of

#: An agenda shows at most this many questions an item; the rest are for whoever leads.
QUESTIONS_AN_ITEM = 2


def all_parts_of(whole: QuestionSet) -> Iterator[QuestionSet]:
    """
    Give every part of a set, also those in parts, in reading order.
    """
    for part in whole.parts:
        yield part
        yield from all_parts_of(part)


def values_asked_about(what: Composable) -> frozenset[Element | Function]:
    """
    Return the elements and functions that the questions of a set ask about.
    """
    elements = (value for question in what.asks for value in question.elements)
    return frozenset((*elements, *(value for question in what.asks for value in question.functions)))


def values_worked_on(what: Composable) -> frozenset[Element | Function]:
    """
    Return the elements and functions that a set asks about, or that a part serves in which something is done.

    What is suggested next and what a series has covered both go by this.
    """
    whole = what.questions
    done = [part for part in (whole, *all_parts_of(whole)) if part.mode is not Mode.ASK and part.entries]
    elements = (value for part in done for value in part.elements)
    return values_asked_about(what).union(elements, (value for part in done for value in part.functions))


def _asks_in_use(some: QuestionSet) -> tuple[Question, ...]:
    """
    The questions in the order of use, which may differ from that of the page: one climbs down a ladder.
    """
    if not some.parts:
        return some.asks
    return tuple(question for part in stretches_of(some) for question in _asks_in_use(part))


def _short_version_of(some: QuestionSet) -> tuple[Question, ...]:
    """
    The questions of the short version in the order of use, or all of them if none is marked.
    """
    asks = _asks_in_use(some)
    return tuple(question for question in asks if question.core) or asks


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
        return asks or _asks_in_use(some)[:QUESTIONS_AN_ITEM]
    first = asks[0]
    home = first.key.partition(".")[0]
    woven = next((question for question in asks if question.key.partition(".")[0] != home), None)
    parts = [asking for part in some.parts_in_use if (asking := _short_version_of(part))]
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
    part = next((part for part in some.parts_in_use if part.asks and part.asks[0] == _asks_in_use(some)[0]), None)
    first = min(_short_version_of(part) if part else usual[:1], key=lambda question: asked.get(question.key, 0))
    others = [question for question in some.asks if part is None or question not in part.asks]
    others = [question for question in others or some.asks if question != first]

    def rank(question: Question) -> tuple[int, bool, bool]:
        return asked.get(question.key, 0), question != usual[1], not question.core

    return first, min(others, key=rank)

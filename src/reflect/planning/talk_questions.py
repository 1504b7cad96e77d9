"""
What is asked in a talk: a model, or what of it is used in half an hour, and what is lent to it.

Every talk about a piece of work has a question for another explanation and one for evidence against, whatever its
model is: one that has none gets them from a page of such questions. A talk about something that was brought begins with
a question that is about just that, and fits whatever it is.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import attrs

from reflect.pages.catalogues import Catalogue
from reflect.questions.choosing import least_asked_questions
from reflect.questions.half_hours import in_minutes
from reflect.questions.question import Mode, Question
from reflect.questions.sets import QuestionSet
from reflect.questions.timetable import least

#: What every talk about a piece of work asks for, as the tags of questions.
DOUBTS = ("alternative", "evidence-against")
#: The page that lends such questions.
LENDS = "bias-checks"
#: The page of questions with which a talk about something begins.
WAY_IN = "way-in"


def questions_of(use: str, minutes: int, models: Catalogue) -> QuestionSet:
    """
    Return what is asked in so many minutes: of a whole model what fits, and a part as somebody chose it.
    """
    return in_minutes(models.model(use), minutes) if use in models else models.load(use).questions


def with_doubts(asks: QuestionSet, models: Catalogue, minutes: int, seed: str, used: Mapping[str, int]) -> QuestionSet:
    """
    Return the questions of a talk about a piece of work: one for another explanation and one for evidence against are
    among them. Each that is lent stands at the end of the part it belongs to.

    Args:
        minutes: How long the talk is: what is lent takes no time from the model.
        seed: What decides between questions that are as good.
        used: How often each question was asked before, by its key.
    """
    lent = tuple(_lent_to(asks, models, seed, used))
    if not lent or asks.mode is not Mode.ASK:
        return asks
    if not asks.steps and least(woven := asks.weave(QuestionSet(children=lent))) <= minutes:
        return woven
    return _with_last(asks, lent)


def with_way_in(asks: QuestionSet, models: Catalogue, seed: str, used: Mapping[str, int]) -> QuestionSet:
    """
    Return the questions of a talk about something: first stands one that fits whatever was brought. It takes
    no time from the model. What is done step by step begins as its first step says.

    Args:
        seed: What decides between questions that are as good.
        used: How often each question was asked before, by its key.
    """
    if WAY_IN not in models or asks.mode is not Mode.ASK or asks.steps or not asks.asks:
        return asks
    way_in = models.model(WAY_IN).pick(1, seed=f"way in {seed}", used=used).asks
    return _with_first(asks, tuple(attrs.evolve(question, core=False) for question in way_in))


def _with_first(asks: QuestionSet, lent: tuple[Question, ...]) -> QuestionSet:
    """
    Put questions at the beginning of the part that is used first.
    """
    first = next((part for part in asks.parts_in_use if part.asks), None)
    if first is None or isinstance(asks.children[0], Question):
        return attrs.evolve(asks, children=(*lent, *asks.children))
    inner = _with_first(first, lent)
    return attrs.evolve(asks, children=tuple(inner if child is first else child for child in asks.children))


def _with_last(asks: QuestionSet, lent: tuple[Question, ...]) -> QuestionSet:
    """
    Put questions at the end of the last part that asks.
    """
    for n, child in reversed(tuple(enumerate(asks.children))):
        if isinstance(child, Question):
            return attrs.evolve(asks, children=(*asks.children[: n + 1], *lent, *asks.children[n + 1 :]))
        if isinstance(child, QuestionSet) and child.mode is Mode.ASK:
            inner = _with_last(child, lent)
            return attrs.evolve(asks, children=(*asks.children[:n], inner, *asks.children[n + 1 :]))
    return asks


def _lent_to(asks: QuestionSet, models: Catalogue, seed: str, used: Mapping[str, int]) -> Iterator[Question]:
    if LENDS not in models:
        return
    known = {question.key for question in asks.asks}
    page = models.model(LENDS).where(lambda question: question.key not in known)
    for tag in DOUBTS:
        if not any(tag in question.tags for question in asks.asks):
            yield from page.where(functools.partial(_has_tag, tag)).pick(1, seed=seed, used=used).asks


def _has_tag(tag: str, question: Question) -> bool:
    return tag in question.tags


def shown_of(asks: QuestionSet, used: Mapping[str, int], *, of_work: bool) -> tuple[str, ...]:
    """
    Return the keys of the two questions that an agenda shows of a talk. The first is the way in, if the talk is about
    something; the model's own way on follows. Where it is about a piece of work, one of the two is for another
    explanation or for evidence against; the other of these is for whoever leads.
    """
    way_in = tuple(question for question in asks.asks if _is_way_in(question))
    own = asks.where(lambda question: not _is_way_in(question)) if way_in else asks
    shown = (*way_in[:1], *least_asked_questions(own, used)[-1:]) if way_in else least_asked_questions(own, used)
    if of_work and not any(map(_doubts, shown)):
        found = [question for question in own.asks if _doubts(question)]
        shown = (*shown[:1], *sorted(found, key=lambda question: used.get(question.key, 0))[:1])
    return tuple(question.key for question in shown)


def _is_way_in(question: Question) -> bool:
    return question.key.partition(".")[0] == WAY_IN


def _doubts(question: Question) -> bool:
    return any(tag in question.tags for tag in DOUBTS)


#: What a question counts that was shown today: more than any that was asked before.
_TODAY = 1_000_000_000


def turns_today(turns: Mapping[str, int], shown: Iterable[str]) -> Counter[str]:
    """
    Return whose turn it is, without the questions that were shown today already.
    """
    return Counter(turns) + Counter(dict.fromkeys(shown, _TODAY))

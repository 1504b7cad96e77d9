"""
Every kind of answer: its place on paper, its attributes on a page, and how we read it from a form.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator

import attrs

from reflect.questions.answers import Answering, Kind
from reflect.questions.question import Question
from reflect.text import nodes
from reflect.text.prose import Line, LineKind, day_in_words, lines_of

#: The longest answer that we accept from a form, in characters; a page of print has three thousand.
LONGEST_ANSWER = 100_000


class WrongAnswer(Exception):
    """
    An answer that does not fit; the message says what to do, and never quotes it.
    """


def _check_text(given: object) -> str:
    if not isinstance(given, str):
        raise WrongAnswer("is not a text", "send a text")
    if len(given) > LONGEST_ANSWER:
        raise WrongAnswer(f"is longer than {LONGEST_ANSWER:,} characters", "shorten it")
    return given


def _read_prose(given: object, _: Question, __: Callable[[str], str]) -> tuple[Line, ...]:
    return lines_of(_check_text(given))


def _read_points(given: object, _: Question, __: Callable[[str], str]) -> Iterator[Line]:
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, (list, tuple)):
        raise WrongAnswer("is not a list of points", "send several texts")
    for line in lines_of("\n".join(map(_check_text, texts))):
        if line.text.strip():
            yield Line(runs=line.runs, kind=LineKind.BULLET)


def _read_scale(given: object, _: Question, __: Callable[[str], str]) -> tuple[Line, ...]:
    number = str(given).strip() if isinstance(given, (int, str)) and not isinstance(given, bool) else "none"
    if not number:
        return ()
    if number not in map(str, range(11)):
        raise WrongAnswer("is not a number from 0 to 10", "send a whole number from 0 to 10, or nothing")
    return lines_of(number)


def _read_choice(given: object, question: Question, fill: Callable[[str], str]) -> tuple[Line, ...]:
    options = tuple(map(fill, options_of(question.answering)))
    if isinstance(given, bool) and question.answering.kind is Kind.TICK:
        given = options[0] if given else options[-1]
    text = _check_text(given).strip()
    if text and text not in options:
        raise WrongAnswer("is not one of its options", f"send one of: {', '.join(options)}")
    return lines_of(text)


def _read_date(given: object, _: Question, __: Callable[[str], str]) -> tuple[Line, ...]:
    if isinstance(given, datetime.date):
        return lines_of(day_in_words(given))
    return lines_of(_check_text(given))


@attrs.frozen(kw_only=True)
class AnswerPlace:
    """
    The place for one kind of answer.

    Attributes:
        node: Its token in a document, which each writer shows in its own way.
        kind: How its words are written, if it has words.
        options: The options to tick, unless the question has its own.
        attributes: The attributes that a question on a page may have with it, beside ``answer``.
        read: Returns the lines of an answer from a form, with the words of a wording.
    """

    node: type[nodes.Answer | nodes.Choice | nodes.Scale]
    kind: str = ""
    options: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    read: Callable[[object, Question, Callable[[str], str]], Iterable[Line]]


#: The place for every kind of answer. `tests/test_kinds_of_answer.py` writes and reads all of them in every way.
PLACES: dict[Kind, AnswerPlace] = {
    Kind.PROSE: AnswerPlace(node=nodes.Answer, kind=nodes.PROSE, read=_read_prose),
    Kind.POINTS: AnswerPlace(node=nodes.Answer, kind=nodes.POINTS, read=_read_points),
    Kind.DATE: AnswerPlace(node=nodes.Answer, kind=nodes.DATE, read=_read_date),
    Kind.SCALE: AnswerPlace(node=nodes.Scale, attributes=("low", "high", "whose"), read=_read_scale),
    Kind.CHOICE: AnswerPlace(node=nodes.Choice, attributes=("options",), read=_read_choice),
    Kind.TICK: AnswerPlace(node=nodes.Choice, options=("yes", "not yet"), read=_read_choice),
}


def options_of(answering: Answering) -> tuple[str, ...]:
    """
    Return the options to tick in an answer: those of the question, or those of its kind.
    """
    return answering.options or PLACES[answering.kind].options

"""
Answers as a web form sends them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping

from reflect.errors import Fault, Faults, UnknownKey
from reflect.questions.answers import Kind
from reflect.questions.model import Model
from reflect.questions.question import Question
from reflect.questions.rings import Ring
from reflect.questions.sets import Composable
from reflect.questions.wordings import Wording
from reflect.questions.wordings import wording as named
from reflect.sessions.days import day_in_words
from reflect.sessions.parts import Answered
from reflect.text.places import options_of
from reflect.text.prose import Line, LineKind, lines_of

#: The longest answer that is taken, in characters; a page of print has three thousand.
LONGEST_ANSWER = 100_000


def read_answers(
    what: Composable,
    answers: Mapping[str, object],
    *,
    ring: Ring = Ring.OWN,
    wording: str | Wording = "general",
) -> tuple[tuple[Answered, ...], str]:
    """
    Return the answers of your own form as a record has them, and the key of their wording.

    Args:
        what: The model or the set that was asked.
        answers: By the key of a question: a text; for a scale also a number, for a date also a day, for points also
            several texts, and for a tick also true or false. What is blank or None is left out.
        ring: Who may read them; a question may be for fewer.
        wording: The words of the profession that it was asked in.

    Raises:
        Faults: All that is wrong, each with its key; never quoting what was written.
    """
    words = wording if isinstance(wording, Wording) else named(wording)
    asked = {question.key: question for question in what.questions.asks}
    faults: list[Fault] = []
    for key in answers:
        if key not in asked:
            faults.append(
                Fault(
                    "answers",
                    None,
                    _describe_unknown_key(str(key), tuple(asked)),
                    "send answers to the questions that were asked",
                )
            )
    found: list[Answered] = []
    version = what.head.version if isinstance(what, Model) else ""
    for key, question in asked.items():
        given = answers.get(key)
        try:
            lines = tuple(_LINES[question.answering.kind](given, question, words.fill)) if given is not None else ()
        except _WrongAnswer as wrong:
            faults.append(Fault("answers", None, f"'{key}' {wrong.args[0]}", wrong.args[1]))
            continue
        found.append(
            Answered(
                key=key,
                ring=question.ring or ring,
                lines=lines,
                asked=words.fill(question.text),
                hint=words.fill(question.hint),
                version=version,
            )
        )
    if faults:
        raise Faults(tuple(faults))
    return tuple(found), words.key


class _WrongAnswer(Exception):
    """
    What is wrong with an answer, and what to do, in words that do not quote it.
    """


def _describe_unknown_key(key: str, known: tuple[str, ...]) -> str:
    """
    Say that a key is not known. A strange key is not quoted: it may be what somebody wrote.
    """
    error = UnknownKey(key, known, "question")
    return str(error) if "Did you mean" in str(error) else "one of the answers is not to any of these questions"


def _check_text(given: object) -> str:
    if not isinstance(given, str):
        raise _WrongAnswer("is not a text", "send a text")
    if len(given) > LONGEST_ANSWER:
        raise _WrongAnswer(f"is longer than {LONGEST_ANSWER:,} characters", "shorten it")
    return given


def _read_prose(given: object, _: Question, __: Callable[[str], str]) -> tuple[Line, ...]:
    return lines_of(_check_text(given))


def _read_points(given: object, _: Question, __: Callable[[str], str]) -> Iterator[Line]:
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, (list, tuple)):
        raise _WrongAnswer("is not a list of points", "send several texts")
    for line in lines_of("\n".join(map(_check_text, texts))):
        if line.text.strip():
            yield Line(runs=line.runs, kind=LineKind.BULLET)


def _read_scale(given: object, _: Question, __: Callable[[str], str]) -> tuple[Line, ...]:
    number = str(given).strip() if isinstance(given, (int, str)) and not isinstance(given, bool) else "none"
    if not number:
        return ()
    if number not in map(str, range(11)):
        raise _WrongAnswer("is not a number from 0 to 10", "send a whole number from 0 to 10, or nothing")
    return lines_of(number)


def _read_choice(given: object, question: Question, fill: Callable[[str], str]) -> tuple[Line, ...]:
    options = tuple(map(fill, options_of(question.answering)))
    if isinstance(given, bool) and question.answering.kind is Kind.TICK:
        given = options[0] if given else options[-1]
    text = _check_text(given).strip()
    if text and text not in options:
        raise _WrongAnswer("is not one of its options", f"send one of: {', '.join(options)}")
    return lines_of(text)


def _read_date(given: object, _: Question, __: Callable[[str], str]) -> tuple[Line, ...]:
    if isinstance(given, datetime.date):
        return lines_of(day_in_words(given))
    return lines_of(_check_text(given))


_LINES: dict[Kind, Callable[[object, Question, Callable[[str], str]], Iterator[Line] | tuple[Line, ...]]] = {
    Kind.PROSE: _read_prose,
    Kind.POINTS: _read_points,
    Kind.SCALE: _read_scale,
    Kind.CHOICE: _read_choice,
    Kind.TICK: _read_choice,
    Kind.DATE: _read_date,
}

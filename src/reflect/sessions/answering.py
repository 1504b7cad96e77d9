"""
Read answers as a web form sends them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reflect.errors import Fault, Faults, UnknownKey
from reflect.questions.model import Model
from reflect.questions.question import Question
from reflect.questions.rings import Ring, narrowest
from reflect.questions.sets import Composable, Entry
from reflect.questions.wordings import Wording
from reflect.questions.wordings import wording as named
from reflect.sessions.parts import Answered
from reflect.text.kinds_of_answer import PLACES, WrongAnswer


def read_answers(
    what: Composable,
    answers: Mapping[str, object],
    *,
    ring: Ring = Ring.OWN,
    wording: str | Wording = "general",
) -> tuple[tuple[Answered, ...], str]:
    """
    Return the answers from your own form in the form that a record has, and the key of their wording.

    `Record.from_answers` explains the arguments, and what is raised.
    """
    widest = Ring(ring)
    words = wording if isinstance(wording, Wording) else named(wording)
    asked = {entry.key: place for entry in what.questions.entries if (place := place_of(entry)) is not None}
    asked |= {box.key: box for box in _boxes_of(what)}
    faults: list[Fault] = []
    for key in answers:
        if key not in asked:
            faults.append(
                Fault(
                    "answers",
                    None,
                    _describe_unknown_key(str(key), tuple(asked)),
                    "send answers to the questions that were asked",
                    path=(str(key),),
                )
            )
    found: list[Answered] = []
    version = what.head.version if isinstance(what, Model) else ""
    for key, question in asked.items():
        given = answers.get(key)
        try:
            lines = (
                tuple(PLACES[question.answering.kind].read(given, question, words.fill)) if given is not None else ()
            )
        except WrongAnswer as wrong:
            faults.append(Fault("answers", None, f"'{key}' {wrong.args[0]}", wrong.args[1], path=(key,)))
            continue
        found.append(
            Answered(
                key=key,
                ring=narrowest(widest, question.ring or widest),
                lines=lines,
                asked=words.fill(words.stage(question).text),
                hint=words.fill(words.stage(question).hint),
                version=version,
            )
        )
    if faults:
        raise Faults(tuple(faults))
    return tuple(found), words.key


def place_of(entry: Entry) -> Question | None:
    """
    Return the place for an answer that a question is; of a step in which something is written, one as for a question.
    """
    if isinstance(entry, Question):
        return entry
    if entry.answering is None:
        return None
    return Question(key=entry.key, text=entry.text, hint=entry.hint, ring=entry.ring, answering=entry.answering)


def _boxes_of(what: Composable) -> Iterator[Question]:
    """
    Give the boxes of the sheet that a model fills, each as a place for an answer.
    """
    head = what.head if isinstance(what, Model) else None
    if head is not None and head.canvas is not None:
        for number, name in enumerate(head.canvas.boxes, 1):
            yield Question(key=f"{head.key}.canvas.{number}", text=name, ring=head.ring)


def _describe_unknown_key(key: str, known: tuple[str, ...]) -> str:
    """
    Say that a key is not known, without quoting it if it may be what somebody wrote.
    """
    error = UnknownKey(key, known, "question")
    return str(error) if "Did you mean" in str(error) else "one of the answers is not to any of these questions"

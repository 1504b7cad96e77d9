"""
The words that a page takes from the wording of a profession.
"""

from __future__ import annotations

from collections.abc import Iterator

from reflect.questions.model import Head, Model
from reflect.questions.sets import QuestionSet
from reflect.questions.wordings import words_in


def words_needed(model: Model) -> frozenset[str]:
    """
    Return the words of a profession that a page takes from a wording, such as "person" for ``{person}``.
    """
    return frozenset(word for text in _texts_of(model) for word in words_in(text))


def _texts_of(model: Model) -> Iterator[str]:
    head = model.head
    yield from (head.title, head.when, head.instead, *head.mistakes)
    yield from _texts_of_parts(model.questions)
    for question in model.questions.asks:
        answering = question.answering
        yield from (question.text, question.plain, question.hint, *question.probes)
        yield from (answering.low, answering.high, answering.whose, *answering.options)
    for step in model.questions.steps:
        yield from (step.text, step.hint)
        if kept := step.answering:
            yield from (kept.low, kept.high, kept.whose, *kept.options)
    yield from _texts_of_method(head)


def _texts_of_method(head: Head) -> Iterator[str]:
    yield from (*head.materials, head.room)
    if head.people:
        yield head.people.how
    if head.picture:
        yield from (*head.picture.words, *head.picture.across)
    if head.canvas:
        yield from (*head.canvas.words, *head.canvas.rows)
    for variant in head.variants:
        yield from (variant.when, variant.do)


def _texts_of_parts(part: QuestionSet) -> Iterator[str]:
    yield from (part.title, part.guidance, part.notes, part.record)
    for inner in part.parts:
        yield from _texts_of_parts(inner)

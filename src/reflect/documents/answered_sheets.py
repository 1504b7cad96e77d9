"""
Worksheets with the answers that a form sent: the places of the blank, filled in by their keys.

A worksheet of a model asks in boxes where it can; one with answers has a place for each question that was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from reflect.documents.views import ModelView, PartView
from reflect.documents.wholeness import PrintedBlocks
from reflect.errors import Refused, UnknownKey
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.sets import Composable, QuestionSet
from reflect.questions.timetable import least
from reflect.sessions.origin import AnswerOrigin, Origin
from reflect.sessions.parts import Answered
from reflect.sessions.record import Record
from reflect.sessions.session import Session, plan
from reflect.text import nodes

#: The start of the mark of a question that is on a worksheet with answers.
_ASKED = "asks."


def model_asked(record: Record, models: Catalogue) -> Composable:
    """
    Return what a record's answers are answers to: its model with the questions that were asked, or these alone.

    Raises:
        Refused: The record does not say, or not to this reader.
    """
    if record.asks is None:
        raise Refused(
            "this record does not say what was asked, or not to this reader; give one of Record.from_answers, and a"
            " reader who may read its answers"
        )
    try:
        return attrs.evolve(models.model(record.asks.key), questions=record.asks)
    except UnknownKey:
        return record.asks


def hour_of_answers(record: Record, models: Catalogue | None, facts: Mapping[str, str]) -> Session:
    """
    Return a session in which a model is talked about that somebody has answered; it is as long as that needs.

    Args:
        record: The answers, cut to their reader.
        facts: What else is known about the session.
    """
    asked = model_asked(record, our_catalogue() if models is None else models).questions
    minutes = max(least(asked), asked.minutes or 1)
    return plan(asked, minutes, models=models, facts={**dict(record.facts), **facts})


def origin_of_answers(model: Composable, record: Record) -> Origin:
    """
    Return the origin of a worksheet with answers: each says its ring, so that none has a wider one when it comes back.
    """
    origin = Origin.of_models((model,))
    return attrs.evolve(origin, answers=tuple(AnswerOrigin(a.key, a.ring, a.version) for a in record.answers))


def marks_of_asked(asked: QuestionSet) -> tuple[str, ...]:
    """
    Return the marks of a worksheet with answers: one for each question on it, so that its blank can be made again.
    """
    return tuple(f"{_ASKED}{entry.key}" for entry in asked.entries)


def in_places(view: ModelView, marks: Iterable[str]) -> ModelView:
    """
    Return a model with a place for each of its questions that has a mark, instead of boxes and of the short version; as
    it is if there are no such marks.
    """
    keys = {mark.removeprefix(_ASKED) for mark in marks if mark.startswith(_ASKED)}
    if not keys:
        return view

    def part_in_places(part: PartView) -> PartView:
        asked = tuple(each for each in part.questions if each.key in keys)
        steps = tuple(each for each in part.steps if not each.kind or each.key in keys)
        parts, used = tuple(map(part_in_places, part.parts)), tuple(map(part_in_places, part.used))
        return attrs.evolve(part, questions=asked, core=asked, steps=steps, parts=parts, used=used)

    asked = tuple(each for each in view.questions if each.key in keys)
    parts, used = tuple(map(part_in_places, view.parts)), tuple(map(part_in_places, view.used))
    return attrs.evolve(view, questions=asked, core=asked, sheets=(), parts=parts, used=used)


def with_answers(printed: PrintedBlocks, record: Record) -> PrintedBlocks:
    """
    Return what a template printed, with each answer of a record in the place that has its key.
    """
    answers = {each.key: each for each in reversed(record.answers)}
    blocks = tuple(_fill_block(block, answers) for block in printed.blocks)
    filled = frozenset(id(answers[key]) for key in _keys_in(blocks) if key in answers)
    return PrintedBlocks(blocks, printed.answers | filled)


def _fill_block(block: nodes.Block, answers: Mapping[str, Answered]) -> nodes.Block:
    match block:
        case nodes.Answer():
            return _fill_answer(block, answers)
        case nodes.Choice(key=key, value="") | nodes.Scale(key=key, value="") if key in answers:
            return attrs.evolve(block, value=answers[key].text)
        case nodes.SheetToFill(places=places):
            return attrs.evolve(block, places=tuple(_fill_answer(each, answers) for each in places))
        case nodes.Listing(items=items):
            return attrs.evolve(block, items=tuple(nodes.Item(_fill_all(each.blocks, answers)) for each in items))
        case nodes.Quotation(blocks=inner):
            return attrs.evolve(block, blocks=_fill_all(inner, answers))
    return block


def _fill_answer(place: nodes.Answer, answers: Mapping[str, Answered]) -> nodes.Answer:
    written = answers.get(place.key)
    return place if written is None else attrs.evolve(place, value=written.text, said=written.lines)


def _fill_all(blocks: Sequence[nodes.Block], answers: Mapping[str, Answered]) -> tuple[nodes.Block, ...]:
    return tuple(_fill_block(each, answers) for each in blocks)


def _keys_in(blocks: Iterable[nodes.Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case nodes.Answer() | nodes.Choice() | nodes.Scale():
                yield block.key
            case nodes.SheetToFill(places=places):
                yield from _keys_in(places)
            case nodes.Listing(items=items):
                for item in items:
                    yield from _keys_in(item.blocks)
            case nodes.Quotation(blocks=inner):
                yield from _keys_in(inner)

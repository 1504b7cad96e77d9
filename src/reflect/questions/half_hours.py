"""
What of a model is used in half an hour: a stage, two lenses, one step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from reflect.questions.model import Model
from reflect.questions.sets import EMPTY, Entry, QuestionSet
from reflect.questions.timetable import least

#: The minutes of half an hour.
HALF_HOUR = 30
#: In a talk of this many minutes or fewer, a model that usually takes longer is used as it is in half an hour.
SHORT_TALK = 40


def half_hour_of(model: Model) -> QuestionSet:
    """
    Return what of a model is used in half an hour, as its page says; the empty set if it does not say.
    """
    pieces = {key: int(minutes) if minutes else None for key, _, minutes in map(_split, model.head.half_hour)}
    if not pieces:
        return EMPTY
    kept = _cut(model.questions, pieces, f"{model.key}.")
    return kept if kept.entries else EMPTY


def in_minutes(model: Model, minutes: int) -> QuestionSet:
    """
    Return what of a model to use in so many minutes: all of it, or its half-hour way if the minutes are few.
    """
    whole = model.questions
    usual = model.head.minutes[1] if model.head.minutes else 0
    if least(whole) <= minutes and not (minutes <= SHORT_TALK and minutes < usual):
        return whole
    part = half_hour_of(model)
    return part if part.entries and least(part) <= minutes else whole


def least_in_short(model: Model) -> int:
    """
    Return the fewest minutes in which a model can be used in some way: as a whole, or as it is in half an hour.
    """
    part = half_hour_of(model)
    return min(least(model), least(part)) if part.entries else least(model)


def parts_used(model: Model, asks: QuestionSet) -> tuple[str, ...]:
    """
    Return the titles of the parts that are used of a model, in the order of use; none if all of it is used.
    """
    whole = model.questions
    if {entry.key for entry in whole.entries} <= {entry.key for entry in asks.entries}:
        return ()
    own = {part.key for part in whole.parts}
    return tuple(part.title for part in asks.parts_in_use if part.key in own)


def _split(piece: str) -> tuple[str, str, str]:
    return piece.partition("@")


def _cut(whole: QuestionSet, pieces: Mapping[str, int | None], start: str) -> QuestionSet:
    """
    Keep only the pieces, and whatever holds them around them.
    """
    children = tuple(_pieces_in(whole, pieces, start))
    if not children:
        return EMPTY
    return attrs.evolve(whole, children=children, least=0, usual=None)


def _pieces_in(whole: QuestionSet, pieces: Mapping[str, int | None], start: str) -> Iterator[Entry | QuestionSet]:
    for child in whole.children:
        path = child.key.removeprefix(start)
        if isinstance(child, QuestionSet):
            if path not in pieces:
                kept = _cut(child, pieces, start)
                if kept.entries:
                    yield kept
                continue
            minutes = pieces[path]
            yield child if minutes is None else attrs.evolve(child, least=min(child.least, minutes), usual=minutes)
        elif path in pieces:
            yield child

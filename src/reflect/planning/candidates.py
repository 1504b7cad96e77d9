"""
What a plan needs to know of a model to choose it: whom it suits, how long it takes, and how it works.

How a page works follows from its parts: what is done in them, what its questions offer besides words, and who answers.
"""

from __future__ import annotations

import enum
import functools
import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from reflect.files.places import OURS
from reflect.pages.catalogues import Catalogue
from reflect.questions.answers import Kind
from reflect.questions.choosing import all_parts_of, values_asked_about, values_worked_on
from reflect.questions.half_hours import SHORT_TALK, half_hour_of
from reflect.questions.model import Head, Model, Offered, Suits
from reflect.questions.question import Addressee, Mode, Question, Shape
from reflect.questions.rings import Ring
from reflect.questions.sets import Entry, QuestionSet
from reflect.questions.timetable import least
from reflect.sessions.series import varies
from reflect.shown import Brief


class Medium(enum.StrEnum):
    """
    A way of working.
    """

    TALKING = "talking"
    DRAWING = "drawing"
    WRITING = "writing"
    MOVING = "moving"
    NUMBERS = "numbers"
    BOTH = "both answering"
    SILENCE = "silence"
    DOING = "doing"
    GROUP = "the group"


#: What our own pages give, in a list: a line for each page, by the name of its file. ``tools/our_heads.py`` makes it.
LIST = OURS / "planning" / "our_candidates.json"
#: What a question offers besides talk, or a step does, by the way of working it belongs to.
_WAYS = {
    "drawing": Medium.DRAWING,
    "objects": Medium.DRAWING,
    "movement": Medium.MOVING,
    "writing": Medium.WRITING,
    Mode.DRAW: Medium.DRAWING,
    Mode.SORT: Medium.DRAWING,
    Mode.MOVE: Medium.MOVING,
    Mode.WRITE: Medium.WRITING,
}
#: What can be done only in one room.
_TOGETHER = (Mode.DRAW, Mode.SORT, Mode.MOVE)
#: When a page says how it is done by people who are not in one room.
_ON_SCREEN = re.compile(r"\b(screen|video|telephone)\b", re.IGNORECASE)
#: A page works in a way if at least one in so many of its questions and steps does: one drawing among thirty is talk.
_ONE_IN = 10


@attrs.frozen(kw_only=True)
class Candidate(Brief):
    """
    What we need to know of a model to choose it.

    Attributes:
        suits: With how many people it works.
        aims: What it is for.
        covers: The elements and functions it asks about or works on.
        does: Those among them that it works on, and does not ask about.
        tells: Whether its page says what it covers; what is only done may cover anything.
        private: Whether its answers are for the two alone, so that it serves no case.
        room: Whether it needs a room that all are in: chairs to move, a sheet on a wall, something to lay out together.
        wonders: Whether at least one question asks how or why; what asks nothing lacks nothing.
        fewest: How many people it needs.
        most: How many it is for at most; None if there is no limit.
        usual: Its usual minutes; 0 if nothing is known.
        brief: The same as it is used in half an hour; None if its page does not say how.
        offered: When it is offered: always, only to a topic that is for the same, or never unless it is named.
    """

    key: str
    title: str
    shape: str
    medium: Medium
    least: int
    suits: frozenset[str]
    covers: frozenset[str]
    questions: frozenset[str]
    aims: frozenset[str] = frozenset()
    does: frozenset[str] = frozenset()
    tells: bool = True
    private: bool = False
    room: bool = False
    wonders: bool = True
    fewest: int = 1
    most: int | None = None
    usual: int = 0
    brief: Candidate | None = None
    offered: Offered = Offered.ALWAYS

    def holds(self, people: int) -> bool:
        """
        Tell whether it works with so many people; 0 if nobody knows how many there will be.
        """
        return not people or (self.fewest <= people and (self.most is None or people <= self.most))

    def in_minutes(self, minutes: int) -> Candidate | None:
        """
        Return it as it is used in so many minutes, whole or as in half an hour; None if it needs more.
        """
        short = self.brief if self.brief and self.brief.least <= minutes else None
        if self.least <= minutes:
            return short if short and minutes <= SHORT_TALK and minutes < self.usual else self
        return short


def _suits_of(head: Head) -> frozenset[str]:
    """
    With how many people a model works: as its page says, or by how many people it names.
    """
    if head.suits or head.people is None:
        return frozenset(map(str, head.suits)) or frozenset({str(Suits.ONE_TO_ONE)})
    fewest, most = head.people.least, head.people.most
    rooms = {Suits.SELF: 1, Suits.ONE_TO_ONE: 2, Suits.GROUP: max(3, fewest)}
    return frozenset(str(suits) for suits, n in rooms.items() if fewest <= n and (most is None or n <= most))


def _medium_of(model: Model, whole: QuestionSet, suits: frozenset[str]) -> Medium:
    """
    The way of working of a model, or of what is used of it.
    """
    if suits == {"group"}:
        return Medium.GROUP
    if any(part.mode is Mode.SILENT for part in (whole, *all_parts_of(whole))):
        return Medium.SILENCE
    if whole.shape is Shape.COLUMNS or model.head.canvas is not None:
        return Medium.DRAWING
    ways = [way for entry in whole.entries if (way := _way_of(entry))]
    found = [way for way in Medium if way in ways and _ONE_IN * ways.count(way) >= len(whole.entries)]
    if found:
        return max(found, key=ways.count)
    done = sum(step.mode is not Mode.SAY for step in whole.steps)
    return Medium.DOING if 2 * done > len(whole.entries) else Medium.TALKING


def needs_room(head: Head, whole: QuestionSet) -> bool:
    """
    Tell whether a model needs a room that everybody is in: its page says so, or something is laid out, drawn or moved
    together in it. A page that has a way on a screen needs none.

    Args:
        head: What its page says of it.
        whole: All of it, or what is used of it.
    """
    if any(_ON_SCREEN.search(each.when) for each in head.variants):
        return False
    together = any(part.mode in _TOGETHER for part in (whole, *all_parts_of(whole)))
    return bool(head.room or head.materials or head.canvas) or together


def _way_of(entry: Entry) -> Medium | None:
    if not isinstance(entry, Question):
        return _WAYS.get(entry.mode)
    if entry.offer in _WAYS:
        return _WAYS[entry.offer]
    if entry.answering.kind is Kind.SCALE:
        return Medium.NUMBERS
    return Medium.BOTH if entry.to is Addressee.SUPERVISOR else None


def candidate_of(model: Model) -> Candidate:
    """
    Return what planning needs to know of a model, and of what is used of it in half an hour.
    """
    part = half_hour_of(model)
    short = _candidate_of(model, part) if part.entries else None
    return attrs.evolve(_candidate_of(model, model.questions), brief=short)


def _candidate_of(model: Model, whole: QuestionSet) -> Candidate:
    head, suits = model.head, _suits_of(model.head)
    covers = values_worked_on(whole)
    return Candidate(
        key=head.key,
        title=head.title,
        shape=str(head.shape),
        medium=_medium_of(model, whole, suits),
        least=least(whole),
        suits=suits,
        aims=frozenset(map(str, head.aims)),
        covers=frozenset(map(str, covers)),
        does=frozenset(map(str, covers - values_asked_about(whole))),
        tells=bool(whole.asks or covers),
        questions=frozenset(question.key for question in whole.asks),
        wonders=not whole.asks or any(tag in ("how", "why") for q in whole.asks for tag in q.tags),
        private=head.ring in (Ring.OWN, Ring.PAIR),
        room=needs_room(head, whole),
        fewest=head.people.least if head.people else 1,
        most=head.people.most if head.people else None,
        usual=head.minutes[1] if head.minutes else 0,
        offered=head.offered,
    )


# --- the list of ours


def _plain(value: object) -> object:
    """
    Return a value as JSON's own, without what is as usual; a set in order, so that it is written in one way.
    """
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, Candidate):
        named = ((field, getattr(value, field.name)) for field in attrs.fields(Candidate))
        return {field.name: _plain(found) for field, found in named if found != field.default}
    return value


def write_list(known: Mapping[str, Candidate]) -> str:
    """
    Return the list of candidates by the names of their pages, each in a line.
    """
    lines = (f"{json.dumps(name)}: {json.dumps(_plain(each), ensure_ascii=False)}" for name, each in known.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_list(text: str) -> Mapping[str, Candidate]:
    """
    Return the candidates in a list that was written here.
    """
    return {name: _candidate(fields) for name, fields in json.loads(text).items()}


def _candidate(fields: Mapping[str, Any]) -> Candidate:
    return Candidate(**{name: _MADE.get(name, _as_it_is)(value) for name, value in fields.items()})


def _as_it_is(value: object) -> object:
    return value


#: How the fields are made that are more than texts and numbers.
_MADE: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("suits", "covers", "questions", "aims", "does"), frozenset),
    "medium": Medium,
    "offered": Offered,
    "brief": _candidate,
}


@functools.cache
def our_candidates() -> Mapping[str, Candidate]:
    """
    Return what is known of our own models, by the names of their files.
    """
    return MappingProxyType(dict(read_list(LIST.read_text("utf-8"))))


@functools.lru_cache(8)
def candidates(models: Catalogue) -> tuple[Candidate, ...]:
    """
    Return the models of a catalogue that may be chosen: all except the frame.

    Of our own pages the list is enough; but what has pages of others as its steps depends on those.
    """
    listed = our_candidates()
    found = ((head, "" if head.steps else models.name_of_ours(head.key)) for head in models.heads() if varies(head))
    return tuple(listed.get(name) or candidate_of(models.model(head.key)) for head, name in found)

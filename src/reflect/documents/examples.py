"""
Examples of what documents are made of, with something filled in wherever people write.

A check tries a template with them, and a search for leaks puts words into them that it looks for.
"""

from __future__ import annotations

import datetime
import itertools
import typing
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import attrs

from reflect.files.forms import ListOf, OneOf
from reflect.papers.paper import StandingPaper, fields_with_ring
from reflect.questions.outlines import read_outline
from reflect.questions.question import Question, Topic
from reflect.questions.rings import Ring
from reflect.questions.sets import QuestionSet
from reflect.sessions.brought import RING_LETTERS, Brought, Outcome
from reflect.sessions.facts import FACTS
from reflect.sessions.parts import (
    SIGNING,
    Action,
    ActionState,
    Agreement,
    Answered,
    Decision,
    ItemRecord,
    Passing,
    SignOff,
)
from reflect.sessions.record import Record
from reflect.sessions.session import Note, Session, plan
from reflect.text.prose import Line, Run

#: Gives what is written in the places of a ring.
Word = Callable[[Ring], str]
_TIME = datetime.datetime(2026, 3, 4, 16, 10)


def fill_session(word: Word) -> Session:
    """
    Return a session that is about something of each ring, with notes and facts.
    """
    asked = QuestionSet(title="And also", children=[Question(key="x.also", text="What else?")])
    outline = read_outline("arrive@3 + wellbeing-check-in@8")
    topics = [_topic(ring, 1, word) for ring in Ring]
    for topic in topics:
        outline = outline + asked.about(topic.id, topic.title, topic.ring) @ 10
    session = plan(outline + read_outline("close@7"), 100, facts=dict(_facts(word)))
    notes = tuple(Note(text=word(ring), ring=ring) for ring in Ring)
    items = tuple(attrs.evolve(item, notes=notes) if n == 1 else item for n, item in enumerate(session.items))
    items = tuple(
        attrs.evolve(item, brought=(Brought(topic=item.topic, purpose="tell"),)) if item.topic else item
        for item in items
    )
    taken_in = tuple(Brought(topic=_topic(ring, 2, word), whose="supervisee") for ring in Ring)
    items = (attrs.evolve(items[0], brought=taken_in), *items[1:])
    put_off = tuple(Brought(topic=_topic(ring, 3, word)) for ring in Ring)
    return attrs.evolve(session, items=items, notes=notes, put_off=put_off, before=tuple(_fill_actions(word)))


def fill_record(word: Word) -> Record:
    """
    Return a record with something of each ring in every kind of place.
    """
    personal = word(Ring.PERSONAL)
    items = tuple(_fill_item(n, ring, word) for n, ring in enumerate(Ring, 1))
    return Record(
        minutes=300,
        items=items,
        facts=tuple(_facts(word)),
        answers=tuple(
            Answered(
                key=item.key,
                ring=ring,
                lines=(Line(runs=(Run(text=word(ring)),)),),
                asked=f"{word(ring)}?",
                hint=word(ring),
            )
            for item, ring in zip(items, Ring, strict=True)
        ),
        before=tuple(_fill_actions(word)),
        actions=tuple(_fill_actions(word, "2026-03-04")),
        decisions=tuple(
            Decision(
                what=word(ring),
                why=word(ring),
                who=word(ring),
                ring=ring,
                about=word(ring),
                when=word(ring),
                rather_than=word(ring),
            )
            for ring in Ring
        ),
        signed=tuple(
            SignOff(role=role, agreement=Agreement.WITH_COMMENTS, name=personal, date=personal, comments=personal)
            for role in SIGNING
        ),
        passed=(Passing(key="item-2", to=word(Ring.PAIR), why=word(Ring.PAIR), told=word(Ring.PAIR)),),
    )


#: Where something is written in the entries of records, beside what is about an item.
_IN_ENTRIES = (
    *("met.from", "met.to", "interrupted", "last-1", "last-2", "last-3", "before.seen", "before.decide"),
    *("files.today", "files.not", "files.until", "also-today", "not-safely", "taken-off", "taken-off.from"),
    *("support", "support.until", "next-date", "differently", "not-reached", "pair.said", "pair.support"),
    *(f"today.{each}-{n}" for n in (1, 2, 3) for each in ("who", "goes", "when")),
    *(f"today.{each}-{n}" for n in (1, 2) for each in ("due", "takes", "tells")),
    *("today.off", "today.off-until", "today.home", "today.rings", "today.rings-at", "today.days", "today.ask"),
    *("today.added", "today.where", "alone.on", "alone.where", "group.present"),
    *(f"group.theme-{n}" for n in (1, 2, 3)),
)
#: What is written about an item in an entry, by the end of its key.
_OF_AN_ITEM = ("", ".also", ".decided", ".differ", ".because", ".name")


def fill_entries(word: Word, ring: Ring | None = None) -> Record:
    """
    Return a record as papers with entries have it: nothing is ticked, and something is written on every line.

    Args:
        word: What is written on a line.
        ring: The ring of all of it; if nothing is said, the lines have one ring after another.
    """
    items = tuple(
        ItemRecord(
            key=f"item-{number}",
            use="kolb-cycle",
            minutes=30,
            # The first is a talk that nobody has named.
            brought=(Brought(topic=_topic(each, number, word), purpose="think"),) if number > 1 else (),
        )
        for number, each in enumerate((Ring.OPEN, *Ring), 1)
    )
    of_items = tuple(f"{item.key}{end}" for item in items for end in _OF_AN_ITEM)
    rings = itertools.cycle(Ring if ring is None else [ring])
    said = ((key, next(rings)) for key in (*of_items, *_IN_ENTRIES))
    return Record(
        minutes=300,
        items=items,
        facts=tuple(_facts(word)),
        answers=tuple(Answered(key=key, ring=each, lines=(Line(runs=(Run(text=word(each)),)),)) for key, each in said),
    )


def _fill_actions(word: Word, day: str = "2026-02-04") -> Iterator[Action]:
    for ring in Ring:
        words = {name: word(ring) for name in ("what", "who", "by", "agreed", "case")}
        state = ActionState.OPEN if day == "2026-03-04" else ActionState.CHANGED
        yield Action(ring=ring, id=f"{day}.{RING_LETTERS[ring]}1", state=state, **words)


def _fill_item(number: int, ring: Ring, word: Word) -> ItemRecord:
    """
    Return an item that is about something of a ring; with the first, something of each other ring is taken in.
    """
    rings = (ring, *(other for other in Ring if other is not ring and number == 1))
    return ItemRecord(
        key=f"item-{number}",
        use="kolb-cycle",
        minutes=30,
        outcome=Outcome.PUT_OFF,
        brought=tuple(
            Brought(topic=_topic(each, number, word), purpose="think", became=Outcome.PUT_OFF, until=word(each))
            for each in rings
        ),
    )


def _topic(ring: Ring, number: int, word: Word) -> Topic:
    return Topic(f"2026-03-04.{RING_LETTERS[ring]}{number}", word(ring), ring)


def _facts(word: Word) -> Iterator[tuple[str, str]]:
    return ((name, word(ring)) for name, ring in FACTS.items() if ring is not Ring.OPEN and name != "topic")


Paper = TypeVar("Paper", bound=StandingPaper)


def fill_paper(kind: type[Paper], word: Word, ring: Ring | None = None) -> Paper:
    """
    Return a standing paper with something in each of its fields.

    Args:
        word: What is written in each field that takes words.
        ring: The ring of them all, for a part of another paper; if nothing is said, each field has its own.
    """
    hints = typing.get_type_hints(kind)
    values = {
        field.name: _fill_field(field.metadata["form"], hints[field.name], word, ring or field.metadata["ring"])
        for field, _ in fields_with_ring(kind)
    }
    return kind(**{name: value for name, value in values.items() if value is not attrs.NOTHING})


def _fill_field(form: object, hint: Any, word: Word, ring: Ring) -> Any:
    for part in (hint, *typing.get_args(hint)):
        if isinstance(part, type) and issubclass(part, StandingPaper):
            filled = fill_paper(part, word, ring)
            return filled if hint is part else (filled,)
    if isinstance(form, OneOf):
        return form.known[-1]
    if isinstance(form, ListOf) and isinstance(form.each, OneOf):
        return (form.each.known[0],) * 3
    examples: dict[Any, Any] = {
        str: word(ring),
        float | None: 3.0,
        datetime.date | None: _TIME.date(),
        datetime.datetime | None: _TIME,
        tuple[str, ...]: (word(ring),),
        tuple[datetime.date, ...]: (_TIME.date(),),
    }
    return examples.get(hint, attrs.NOTHING)

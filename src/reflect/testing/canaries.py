"""
Words that stand for something private, and things to make documents of that have such a word in every place.
"""

from __future__ import annotations

import datetime
import pickle
import re
import typing
import unicodedata
from collections.abc import Iterator
from typing import Any

import attrs

from reflect.documents.making import What
from reflect.files.forms import ListOf, OneOf
from reflect.pages.catalogues import our_catalogue
from reflect.papers import STANDING_PAPERS, StandingPaper, paper_of
from reflect.questions.outlines import parse
from reflect.questions.question import Question
from reflect.questions.rings import Ring
from reflect.questions.sets import QuestionSet
from reflect.sessions.facts import FACTS
from reflect.sessions.parts import Action, Agreement, Answered, Decision, ItemRecord, Passing, SignOff
from reflect.sessions.record import Record
from reflect.sessions.session import Note, Session, plan
from reflect.testing.file_contents import contents
from reflect.text.prose import Line, Run


def canary(ring: Ring) -> str:
    """
    Return a word that stands for something of a ring, and is no other word.
    """
    return f"QZ{ring.value.upper()}ZQ"


#: What may be in a word without being seen: places where it may be divided.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CANARY = re.compile(rf"QZ({'|'.join(Ring)})ZQ", re.IGNORECASE)


def rings_in(data: bytes, to: str) -> dict[Ring, str]:
    """
    Return the rings whose words are in a file, and the place of each.
    """
    places: dict[Ring, str] = {}
    for where, text in contents(data, to):
        for match in _CANARY.finditer(unicodedata.normalize("NFKC", text.translate(_UNSEEN))):
            places.setdefault(Ring(match[1].lower()), where)
    return places


def has_canary(subject: What) -> bool:
    """
    Tell whether there is any `canary` in what a document is made of.
    """
    # Pickled, since what people said is left out when a value is printed.
    return bool(re.search(_CANARY.pattern.encode(), pickle.dumps(subject), re.IGNORECASE))


def planted(of: str) -> Iterator[What]:
    """
    Give what a template's ``of`` says that a document is made of, with a `canary` of every ring in every place.
    """
    if of == "session":
        yield _session_with_canaries()
        yield _record_with_canaries()
    elif of in STANDING_PAPERS:
        yield _paper_with_canaries(paper_of(of), None)
    elif of == "model":
        yield our_catalogue().model("kolb-cycle")
    elif of == "models":
        yield "kolb-cycle + gibbs-cycle"
    else:
        yield None
        yield _record_with_canaries()


def _session_with_canaries() -> Session:
    """
    Return a session that is about something of each ring, with notes and facts.
    """
    asked = QuestionSet(title="And also", children=[Question(key="x.also", text="What else?")])
    frame = parse("arrive@3 + wellbeing-check-in@8")
    outline = frame
    for ring in Ring:
        outline = outline + asked.about(ring.value, canary(ring), ring) @ 10
    facts = {name: canary(ring) for name, ring in FACTS.items() if ring is not Ring.OPEN and name != "topic"}
    session = plan(outline + parse("close@7"), 100, facts=facts)
    notes = tuple(Note(text=canary(ring), ring=ring) for ring in Ring)
    items = tuple(attrs.evolve(item, notes=notes) if n == 1 else item for n, item in enumerate(session.items))
    return attrs.evolve(session, items=items, notes=notes)


def _record_with_canaries() -> Record:
    """
    Return a record with something of each ring in every kind of place.
    """

    def lines_of(ring: Ring) -> tuple[Line, ...]:
        return (Line(runs=(Run(text=canary(ring)),)),)

    items = tuple(ItemRecord(key=f"item-{n}", use="kolb-cycle", minutes=30) for n in range(1, len(Ring) + 1))
    return Record(
        minutes=300,
        items=items,
        facts=tuple((name, canary(ring)) for name, ring in FACTS.items() if ring is not Ring.OPEN and name != "topic"),
        answers=tuple(
            Answered(key=item.key, ring=ring, lines=lines_of(ring), asked=f"{canary(ring)}?", hint=canary(ring))
            for item, ring in zip(items, Ring, strict=True)
        ),
        actions=tuple(Action(what=canary(ring), who=canary(ring), by=canary(ring), ring=ring) for ring in Ring),
        decisions=tuple(Decision(what=canary(ring), why=canary(ring), who=canary(ring), ring=ring) for ring in Ring),
        signed=tuple(
            SignOff(role=role, agreement=Agreement.WITH_COMMENTS, name=word, date=word, comments=word)
            for role in ("supervisee", "supervisor")
            for word in (canary(Ring.PERSONAL),)
        ),
        passed=(Passing(key="item-2", to=canary(Ring.PAIR), why=canary(Ring.PAIR), told=canary(Ring.PAIR)),),
    )


def _paper_with_canaries(kind: type[StandingPaper], ring: Ring | None) -> Any:
    """
    Return a standing paper with the word of its ring in each field that takes words; a list in it is of its own ring.
    """
    hints = typing.get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in attrs.fields(kind):
        if "ring" not in field.metadata:
            continue
        value = _value_with_canary(field.metadata["form"], hints[field.name], ring or field.metadata["ring"])
        if value is not attrs.NOTHING:
            values[field.name] = value
    return kind(**values)


def _value_with_canary(form: object, hint: Any, ring: Ring) -> Any:
    inner = next(
        (each for each in typing.get_args(hint) if isinstance(each, type) and issubclass(each, StandingPaper)), None
    )
    if inner:
        return (_paper_with_canaries(inner, ring),)
    if isinstance(hint, type) and issubclass(hint, StandingPaper):
        return _paper_with_canaries(hint, ring)
    if isinstance(form, OneOf):
        return form.known[-1]
    if isinstance(form, ListOf) and isinstance(form.each, OneOf):
        return (form.each.known[0],) * 3
    match str(hint):
        case text if text.startswith("float"):
            return 3.0
        case text if text.startswith("tuple[str, ..."):
            return (canary(ring),)
        case text if text.startswith("datetime.datetime"):
            return datetime.datetime(2026, 3, 4, 16, 10)
        case text if text.startswith("tuple[datetime.date"):
            return (datetime.date(2026, 3, 4),)
        case text if text.startswith("datetime.date"):
            return datetime.date(2026, 3, 4)
        case _ if hint is str:
            return canary(ring)
        case _:
            return attrs.NOTHING

"""
Strategies for hypothesis: texts, rings, models, question sets, sessions and records.
"""

from __future__ import annotations

import datetime

import attrs
from hypothesis import strategies as st

from reflect.pages.catalogues import our_catalogue
from reflect.questions.model import Model
from reflect.questions.question import Topic
from reflect.questions.rings import Ring
from reflect.questions.sets import QuestionSet, sequence
from reflect.sessions.acting import name_actions
from reflect.sessions.brought import PURPOSES, TICKED, WHOSE, Brought, Outcome, next_id
from reflect.sessions.facts import FACTS
from reflect.sessions.frame import is_talk
from reflect.sessions.participants import By, Participant, Role
from reflect.sessions.parts import Action, ActionState, Agreement, Answered, Decision, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.sessions.session import Note, Session, plan
from reflect.text.prose import Line, Run

#: Texts as people type them, and as nobody should: with signs of every markup, line ends and other directions.
texts = st.one_of(
    st.text(min_size=1, max_size=40),
    st.sampled_from(
        ["<b>&amp;</b>", "{{ 7 * 7 }}", "# no heading", "| a | b |", "```answer x", "a\r\nb", "\u202egnirts", "😀"]
    ),
).filter(lambda text: bool(text.strip()))
#: Any ring.
rings = st.sampled_from(Ring)


def models() -> st.SearchStrategy[Model]:
    """
    Return models of our catalogue.
    """
    return st.sampled_from(sorted(our_catalogue())).map(our_catalogue().model)


def question_sets() -> st.SearchStrategy[QuestionSet]:
    """
    Return sets as people compose them: models, a few of their questions, or models about a topic.
    """
    whole = models().map(lambda model: model.questions)
    few = st.tuples(whole, st.integers(1, 4), st.integers(0, 99)).map(lambda it: it[0].pick(it[1], seed=it[2]))
    about = st.tuples(whole, texts, rings).map(lambda it: it[0].about("t1", it[1], it[2]))
    return st.one_of(whole, few, about)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """
    Return sessions of up to three items that fit, with facts, topics and notes in every ring.
    """
    keys = draw(st.lists(st.sampled_from(sorted(our_catalogue())), min_size=1, max_size=3, unique=True))
    items = [
        our_catalogue()
        .model(key)
        .pick(draw(st.integers(1, 4)), seed=draw(st.integers(0, 99)))
        .about(f"t{n}", draw(texts), draw(rings))
        for n, key in enumerate(keys)
    ]
    taken: list[str] = []
    facts = {name: draw(texts) for name in FACTS if name != "start" and draw(st.booleans())}
    session = plan(sequence(*items), 1440, facts=facts)
    notes = draw(st.lists(st.builds(Note, text=texts, ring=rings), max_size=3))
    own = tuple(
        attrs.evolve(item, brought=(Brought(topic=item.topic), *draw(brought(taken)))) if item.topic else item
        for item in session.items
    )
    session = attrs.evolve(session, items=own, put_off=draw(brought(taken)))
    there = st.builds(Participant, role=st.sampled_from(Role), ring=rings, who=texts, by=st.sampled_from(By))
    return attrs.evolve(
        session,
        notes=tuple(notes),
        before=draw(actions(_BEFORE, ActionState.OPEN)),
        participants=tuple(draw(st.lists(there, max_size=2))),
    )


#: The day that actions were agreed, and that of the record.
_BEFORE, _NOW = datetime.date(2026, 2, 4), datetime.date(2026, 3, 4)


@st.composite
def actions(draw: st.DrawFn, day: datetime.date, *states: ActionState) -> tuple[Action, ...]:
    """
    Return up to three actions of one day in any ring, each with an id.

    Args:
        states: What may have become of them; anything if none is given.
    """
    some = st.builds(
        Action,
        what=texts,
        who=texts,
        by=texts,
        ring=rings,
        agreed=texts,
        state=st.sampled_from(states or tuple(ActionState)),
        case=texts,
    )
    return name_actions(draw(st.lists(some, max_size=3)), day)


@st.composite
def brought(draw: st.DrawFn, taken: list[str]) -> tuple[Brought, ...]:
    """
    Return up to two topics that people brought, in any ring, each with an id that none of the taken ones has.
    """
    some = draw(st.lists(st.tuples(texts, rings, st.sampled_from(WHOSE), st.sampled_from(PURPOSES)), max_size=2))
    made = []
    for title, ring, whose, purpose in some:
        topic = Topic(next_id(_NOW, ring, taken), title, ring)
        taken.append(topic.id)
        became, until = draw(st.sampled_from([None, *TICKED])), draw(st.one_of(st.just(""), texts))
        made.append(Brought(topic=topic, whose=whose, purpose=purpose, became=became, until=until))
    return tuple(made)


def _with_outcome(item: ItemRecord, outcome: Outcome | None, until: str) -> ItemRecord:
    """
    Return an item with what became of it, which is what became of its own topic.
    """
    first = tuple(attrs.evolve(each, became=outcome, until=until) for each in item.brought[:1])
    return attrs.evolve(item, outcome=outcome, until=until, brought=(*first, *item.brought[1:]))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """
    Return records of a session of the usual frame, with answers, actions and decisions in every ring.
    """
    uses = ("arrive", "previous-actions", "wellbeing-check-in", draw(st.sampled_from(sorted(our_catalogue()))), "close")
    taken: list[str] = []
    items = tuple(
        ItemRecord(key=f"item-{n}", use=use, minutes=60, brought=draw(brought(taken)) if n in (4, 5) else ())
        for n, use in enumerate(uses, 1)
    )
    became = st.tuples(st.sampled_from([None, *TICKED]), st.one_of(st.just(""), texts))
    items = tuple(_with_outcome(item, *draw(became)) if is_talk(item.use, our_catalogue()) else item for item in items)
    lines = st.builds(lambda text: (Line(runs=(Run(text=text),)),), texts)
    answers = [
        Answered(key=f"item-{n}", ring=draw(rings), lines=draw(lines), asked="What we thought")
        for n in range(1, len(uses) + 1)
        if draw(st.booleans())
    ]
    return Record(
        minutes=300,
        items=items,
        facts=tuple((name, draw(texts)) for name in FACTS if name != "start" and draw(st.booleans())),
        answers=tuple(answers),
        before=draw(actions(_BEFORE)),
        actions=draw(actions(_NOW, ActionState.OPEN)),
        decisions=tuple(draw(st.lists(st.builds(Decision, what=texts, why=texts, who=texts, ring=rings), max_size=2))),
        signed=tuple(
            SignOff(role=role, agreement=draw(st.sampled_from(Agreement)), comments=draw(texts))
            for role in ("supervisee", "supervisor")
            if draw(st.booleans())
        ),
    )

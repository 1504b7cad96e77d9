"""
Non-interference, and A, B, A: what somebody may not see changes nothing they get, and no paper remembers another.

Over every template, every format and every reader.
"""

from __future__ import annotations

import concurrent.futures
import itertools

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect.documents.templates import Templates
from reflect.questions.question import Question
from reflect.questions.rings import READERS, Ring, reader
from reflect.questions.sets import QuestionSet
from reflect.rendering.rendering import render
from reflect.sessions.facts import FACTS
from reflect.sessions.participants import Participant, Role
from reflect.sessions.parts import Action, Answered, Decision
from reflect.sessions.record import Record
from reflect.sessions.session import Session, plan
from reflect.text.prose import Line, Run
from tests.documents import FORMATS, MODEL_PAPERS, SESSION_PAPERS, a_few, everything_in, of_the_day, served
from tests.test_inert import record_of, texts

READER_NAMES = [known.name for known in READERS]
everywhere = pytest.mark.parametrize(
    ("paper", "to", "who"), of_the_day(itertools.product(SESSION_PAPERS, FORMATS, READER_NAMES), 3)
)
#: How often each of these many laws is tried, for every paper, format and reader.
TIMES = len(a_few(range(8)))


def absent_from(paper: str, who: str) -> list[Ring]:
    return [ring for ring in Ring if not served(paper, who).sees(ring)]


ALSO = QuestionSet(title="And also", children=[Question(key="x.also", text="What else?")])


def session_about(title: str, ring: Ring, id: str = "t1") -> Session:
    """
    A session with something private in a standing slot, and in the questions of a second one.
    """
    kolb, graces = reflect.load("kolb-cycle"), reflect.load("what-so-what-now-what")
    mixed = QuestionSet(
        title="Two things", children=[graces.about(id, title, ring), graces.about("second", title, ring), ALSO]
    )
    outline = reflect.outline("arrive@3") + kolb.about(id, title, ring) @ 22 + mixed @ 25 + reflect.outline("close@7")
    return plan(outline, 60)


@everywhere
@given(one=texts, other=texts, ids=st.permutations("ab"), nth=st.integers(0, 5))
@settings(max_examples=TIMES)
def test_twin_sessions_are_one_to_who_may_not_see(
    paper: str, to: str, who: str, one: str, other: str, ids: list[str], nth: int
) -> None:
    """
    Two sessions that differ in a hidden topic, its words and its id, or in whether there is one, give equal bytes.
    """
    hidden = absent_from(paper, who)
    ring = hidden[nth % len(hidden)]
    first = render(session_about(one, ring, ids[0]), paper, to=to, reader=who)

    assert first == render(session_about(other, ring, ids[1]), paper, to=to, reader=who)
    assert first == render(without_topics(session_about(one, ring)), paper, to=to, reader=who)


def without_topics(session: Session) -> Session:
    """
    The same session as somebody planned it who brought nothing.
    """
    nobody = reader("anyone")
    return attrs.evolve(session, items=session.visible_to(nobody).items, dropped=session.visible_to(nobody).dropped)


@everywhere
@given(one=texts, other=texts)
@settings(max_examples=TIMES)
def test_twin_facts_are_one_to_who_may_not_see(paper: str, to: str, who: str, one: str, other: str) -> None:
    """
    Who the two are, and what one of them brings, changes no byte for a reader outside the ring of that fact.
    """
    private = [name for name, ring in FACTS.items() if not served(paper, who).sees(ring)]

    def session(text: str) -> Session:
        return plan("arrive@3 + kolb-cycle@40 + close@7", 60, facts={"date": "1 May", **dict.fromkeys(private, text)})

    assert render(session(one), paper, to=to, reader=who) == render(session(other), paper, to=to, reader=who)


@everywhere
@given(one=texts, other=texts)
@settings(max_examples=TIMES)
def test_twin_participants_are_one_to_who_may_not_see(paper: str, to: str, who: str, one: str, other: str) -> None:
    """
    Who else is there, and how, changes no byte for a reader outside the ring of that; their names, for nobody who does
    not read the supervision file.
    """
    reads = served(paper, who)
    hidden = [ring for ring in Ring if not reads.sees(ring)]
    usual = plan("arrive@3 + kolb-cycle@40 + close@7", 60, facts={"date": "1 May"})

    def session(text: str) -> Session:
        by = "telephone" if len(text) % 2 else "video"
        people = [Participant(role="observer", who=text, by=by, ring=ring) for ring in hidden]  # type: ignore[arg-type]
        if not reads.sees(Ring.PERSONAL):
            people += [Participant(role=Role.OUTSIDE, who=text, ring=ring) for ring in reads.rings]
        return attrs.evolve(usual, participants=tuple(people))

    assert render(session(one), paper, to=to, reader=who) == render(session(other), paper, to=to, reader=who)


def record_about(text: str, rings: list[Ring]) -> Record:
    """
    A record with something in each of these rings, in every kind of place, and more of it the longer the text is.
    """
    whole = record_of("shared")
    answers, actions, decisions = [*whole.answers], [*whole.actions], [*whole.decisions]
    for n, ring in enumerate(rings):
        said = Answered(key=f"item-{n + 1}", ring=ring, lines=(Line(runs=(Run(text=text),)),), asked=text, hint=text)
        answers = [said, *(a for a in answers if a.key != said.key or len(text) % 2)]
        answers.append(Answered(key=text[:40], ring=ring, lines=(Line(runs=(Run(text=text),)),)))
        actions += [Action(what=text, who=text, by=text, ring=ring)] * (1 + len(text) % 3)
        decisions.append(Decision(what=text, why=text, who=text, ring=ring))
    shown = [answer for answer in answers if answer.ring not in rings]
    return attrs.evolve(
        whole,
        answers=(
            *[a for a in answers if a.ring in rings],
            *[a for a in whole.answers if a in shown or a not in answers],
        ),
        actions=tuple(actions),
        decisions=tuple(decisions),
    )


@everywhere
@given(one=texts, other=texts)
@settings(max_examples=TIMES)
def test_twin_records_are_one_to_who_may_not_see(paper: str, to: str, who: str, one: str, other: str) -> None:
    """
    Two records that differ in hidden answers, actions and decisions, in words and in number, give equal bytes.
    """
    rings = absent_from(paper, who)

    assert render(record_about(one, rings), paper, to=to, reader=who) == render(
        record_about(other, rings), paper, to=to, reader=who
    )


# --- A, B, A


@pytest.mark.parametrize(
    ("paper", "to", "who"), of_the_day(itertools.product([*SESSION_PAPERS, *MODEL_PAPERS], FORMATS, READER_NAMES), 11)
)
def test_no_trace_of_one_in_anothers_paper(paper: str, to: str, who: str) -> None:
    """
    A, B and A again by the same templates: the third equals the first, and neither holds anything of the other.
    """
    shelf = Templates()

    def made(mark: str) -> bytes:
        if paper in MODEL_PAPERS:
            facts = {"organisation": mark, "marking": mark}
            return render(reflect.load("kolb-cycle"), paper, to=to, facts=facts, reader=who, templates=shelf)
        return render(record_of(mark), paper, to=to, reader=who, templates=shelf)

    first, second, third = made("QZANNAZQ"), made("QZBERTZQ"), made("QZANNAZQ")
    assert first == third
    assert "QZANNAZQ" in everything_in(first, to)
    assert "QZBERTZQ" in everything_in(second, to)
    assert "QZBERTZQ" not in everything_in(third, to)
    assert "QZANNAZQ" not in everything_in(second, to)


@pytest.mark.long
def test_papers_made_at_once_are_those_made_one_by_one() -> None:
    """
    Threads that share templates and models give what each gives alone.
    """
    shelf = Templates()
    work = [(f"Q{n}Q", paper, to) for n in range(12) for paper in SESSION_PAPERS for to in ("docx", "html")]

    def made(job: tuple[str, str, str]) -> bytes:
        return render(record_of(job[0]), job[1], to=job[2], reader="supervisee", templates=shelf)

    alone = list(map(made, work))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(made, work)) == alone

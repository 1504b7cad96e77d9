"""
What a paper says about itself: whatever is written on it is read back, and no ring widens on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reflect.questions.rings import Ring, narrows
from reflect.sessions import origin as codec
from reflect.sessions.origin import AnswerOrigin, Origin
from reflect.sessions.parts import UNPLACED, Action, Answered, Decision
from reflect.sessions.record import Record
from reflect.text.prose import lines_of, visible, without_isolation
from tests.strategies import typed

rings = st.sampled_from(Ring)
#: Keys of pages, items and places, as the pages and templates have them.
keys = st.from_regex(r"[a-z][a-z0-9.-]{0,20}", fullmatch=True)
#: Keys that a template of somebody's own, or a record from elsewhere, may have.
any_keys = st.one_of(
    keys, st.sampled_from(["next-date", UNPLACED, "a b", "a=own/1", "100%", "%20"]), st.text(max_size=9)
)
#: Words on one line that are the same when they were shown and read.
words = st.one_of(typed, st.text(max_size=20)).map(lambda text: " ".join(text.split()))
words = words.filter(
    lambda text: without_isolation(visible(text)) == text and visible(text) == " ".join(visible(text).split())
)
rows = st.dictionaries(st.integers(1, 200), rings, max_size=3).map(lambda each: tuple(each.items()))
some_keys = st.lists(keys, max_size=3).map(tuple)
answers = st.builds(AnswerOrigin, key=any_keys, ring=rings, version=st.one_of(keys, st.text(max_size=5)))
about_a_session = {
    "uses": st.lists(st.tuples(keys, st.integers(1, 1440)), max_size=4).map(tuple),
    "minutes": st.integers(1, 1440),
    "title": words,
    "start": words,
    "topic": some_keys,
    "topics": some_keys,
}
about_models = {"model": keys, "version": keys, "models": some_keys}
about_any = {
    "ring": st.none() | rings,
    "organisation": words,
    "marking": words,
    "answers": st.lists(answers, max_size=4).map(tuple),
    "actions": rows,
    "decisions": rows,
    "marks": some_keys,
    "wording": keys,
}
origins = st.one_of(st.builds(Origin, **about_any, **more) for more in (about_a_session, about_models, {}))


def law(*origins: Origin) -> None:
    """
    What a paper says about itself reads as it was meant.
    """
    assert [Origin.of_about(origin.to_about()) for origin in origins] == list(origins)


@given(origins)
@example(Origin(answers=(AnswerOrigin("a b", Ring.OWN, "1 beta"),), wording="general"))
def test_there_and_back(origin: Origin) -> None:
    """
    Whatever is written on a paper is read back, whatever its keys are.
    """
    law(origin)


#: One thing of each kind.
EVERYTHING = (
    Origin(
        uses=(("arrive", 3), ("kolb-cycle", 40)),
        minutes=60,
        ring=Ring.PERSONAL,
        title="Title",
        start="10:00",
        organisation="Agency",
        marking="OFFICIAL",
        topic=("item-2",),
        topics=("item-1",),
        answers=(AnswerOrigin("item-1", Ring.PAIR, "2"), AnswerOrigin("next-date", Ring.ASSURANCE)),
        actions=((2, Ring.OWN),),
        decisions=((1, Ring.CASE),),
        marks=("item-1", "fingerprint"),
        wording="general",
    ),
    Origin(model="kolb-cycle", version="3", models=("grow", "kolb-cycle"), wording="general"),
)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("_write_uses", lambda text: text.replace(" + ", "+")),
        ("_write_uses", lambda text: text.replace("@", ":")),
        ("_write_answers", lambda text: text.replace("/", ":")),
        ("_write_answers", lambda text: text.replace(" ", ", ")),
        ("_write_answers", lambda text: text.replace("pair", "two")),
        ("_write_rows", lambda text: text.replace("=", ":")),
        ("_write_rows", lambda text: ""),
        ("_write_line", str.upper),
    ],
)
def test_a_changed_writer_breaks_the_law(
    name: str, change: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Changing only the writing is caught, since the reading has to change with it.
    """
    law(*EVERYTHING)
    write = getattr(codec, name)
    monkeypatch.setattr(codec, name, lambda *args: change(write(*args)))

    with pytest.raises(AssertionError):
        law(*EVERYTHING)


@pytest.mark.parametrize("name", sorted({name for origin in EVERYTHING for name in origin.to_about()}))
def test_a_name_that_is_not_read_breaks_the_law(name: str) -> None:
    """
    No text is written that nobody reads: without any one of them, something is missing.
    """
    read = [(Origin.of_about(_without(origin.to_about(), name)), origin) for origin in EVERYTHING]

    assert any(back != origin for back, origin in read)


def _without(about: Mapping[str, str], name: str) -> dict[str, str]:
    return {each: text for each, text in about.items() if each != name}


@given(st.dictionaries(st.sampled_from([*attrs.fields_dict(Origin), "outline"]), st.text(max_size=40)))
def test_whatever_a_file_says_is_read(about: dict[str, str]) -> None:
    """
    A file from a stranger may say anything about itself: it is read without an error, and read again the same.
    """
    origin = Origin.of_about(about)

    assert all(1 <= item.minutes <= 1440 for item in origin.items)
    assert isinstance(origin.origin_of_answer("item-1").ring, Ring)


@given(
    answers=st.dictionaries(any_keys, rings, max_size=4),
    actions=st.lists(rings),
    decisions=st.lists(rings),
    paper=rings,
)
def test_a_paper_widens_no_ring(
    answers: dict[str, Ring], actions: list[Ring], decisions: list[Ring], paper: Ring
) -> None:
    """
    The ring of each answer, action and decision on a paper is the same after the way through the paper.
    """
    record = Record(
        minutes=0,
        items=(),
        answers=tuple(Answered(key=key, ring=ring, lines=lines_of("x")) for key, ring in answers.items()),
        actions=tuple(Action(what="x", who="", by="", ring=ring) for ring in actions),
        decisions=tuple(Decision(what="x", why="", who="", ring=ring) for ring in decisions),
    )
    for ring in (None, paper):
        back = Origin.of_about(Origin.of_paper(ring, record).to_about())

        assert {key: back.origin_of_answer(key).ring for key in answers} == answers
        assert [back.ring_of_row("actions", n) for n in range(1, len(actions) + 1)] == actions
        assert [back.ring_of_row("decisions", n) for n in range(1, len(decisions) + 1)] == decisions


@given(rings)
def test_an_answer_without_a_ring_is_for_the_readers_of_its_paper(ring: Ring) -> None:
    """
    What was written in a place that nobody gave a ring has that of the paper; if that has none, it is its author's own.

    A place may be made for more people if all readers of the paper are among them. Text under no question is for fewer.
    """
    paper = Origin(ring=ring)

    assert paper.usual_ring("item-1") is paper.usual_ring("next-date") is ring
    assert narrows(ring, paper.ring_of_new_place("next-date"))
    assert narrows(paper.usual_ring(UNPLACED), ring)
    assert narrows(paper.usual_ring(UNPLACED), Ring.PAIR)
    assert (
        Origin().usual_ring("item-1") is Origin().usual_ring(UNPLACED) is Origin().ring_of_row("actions", 1) is Ring.OWN
    )


def test_a_row_that_has_moved_widens_nothing() -> None:
    """
    A page saves no empty rows, so a number may be another row's: none gets a wider ring than the row it may have been.
    """
    rows = ((2, Ring.OPEN),)
    assert Origin(ring=Ring.CASE, actions=rows).ring_of_moved_row("actions") is Ring.CASE
    assert Origin(ring=Ring.CASE, actions=rows).ring_of_row("actions", 2) is Ring.OPEN
    assert Origin(actions=((1, Ring.OWN),)).ring_of_moved_row("actions") is Ring.OWN


@pytest.mark.parametrize("forged", ["1=own 01=open", "1=own 1=open", "1=open 1=own"])
def test_a_row_with_two_rings_is_for_its_owner(forged: str) -> None:
    """
    Where a stranger gives a row two rings, the wider one does not win.
    """
    assert Origin.of_about({"actions": forged, "ring": "personal"}).ring_of_row("actions", 1) is Ring.OWN

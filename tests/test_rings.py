"""
Who may read what.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.errors import UnknownKey
from reflect.papers import ActionLog
from reflect.questions.rings import ANYONE, READERS, Reader, Ring, narrows, reader
from reflect.sessions.journal import Journal
from tests.strategies import rings


@given(rings, rings, rings)
def test_narrowing_is_an_order(a: Ring, b: Ring, c: Ring) -> None:
    """
    A ring narrows itself; two different ones never narrow each other; and it passes on.
    """
    assert narrows(a, a)
    assert a == b or not (narrows(a, b) and narrows(b, a))
    assert not (narrows(a, b) and narrows(b, c)) or narrows(a, c)


@pytest.mark.parametrize("wrong", ["mine", "", None, 3, b"own"])
def test_a_ring_that_there_is_none_of_is_refused(wrong: object) -> None:
    """
    An unknown ring is refused wherever one is given: nobody could read what is in it, not even its author.
    """
    kolb = reflect.load("kolb-cycle")
    for made in (
        lambda: Ring(wrong),  # type: ignore[arg-type]
        lambda: reflect.Topic("t1", "x", wrong),  # type: ignore[arg-type]
        lambda: reflect.Record.from_answers(kolb, {kolb.asks[0].key: "x"}, ring=wrong),  # type: ignore[arg-type]
    ):
        with pytest.raises(UnknownKey, match="there is no ring"):
            made()


@given(rings)
def test_own_is_the_narrowest_and_open_the_widest(ring: Ring) -> None:
    """
    Every ring lies between a person's own notes and what anyone may read.
    """
    assert narrows(Ring.OWN, ring)
    assert narrows(ring, Ring.OPEN)


@pytest.mark.parametrize(
    ("inner", "outer"),
    [(Ring.PAIR, Ring.PERSONAL), (Ring.PAIR, Ring.CASE), (Ring.PERSONAL, Ring.ASSURANCE), (Ring.PAIR, Ring.GROUP)],
)
def test_what_narrows_what(inner: Ring, outer: Ring) -> None:
    """
    The pair is within the personal file, the file and the group; never the other way round.
    """
    assert narrows(inner, outer)
    assert not narrows(outer, inner)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Ring.CASE, Ring.ASSURANCE),
        (Ring.CASE, Ring.GROUP),
        (Ring.PERSONAL, Ring.GROUP),
        (Ring.PERSONAL, Ring.CASE),
    ],
)
def test_some_rings_lie_side_by_side(one: Ring, other: Ring) -> None:
    """
    Case, group and assurance have readers that the other rings do not.
    """
    assert not narrows(one, other)
    assert not narrows(other, one)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("supervisee", {"pair", "personal", "case", "assurance", "open"}),
        ("supervisor", {"pair", "personal", "case", "assurance", "open"}),
        ("supervision-file", {"personal", "assurance", "open"}),
        ("case-file", {"case", "open"}),
        ("group", {"group", "open"}),
        ("auditor", {"assurance", "open"}),
        ("anyone", {"open"}),
    ],
)
def test_what_each_reader_sees(name: str, sees: set[str]) -> None:
    """
    Each reader sees these rings and no other, and nobody a person's own notes.
    """
    found = reader(name)

    assert {ring for ring in Ring if found.sees(ring)} == sees
    assert not found.sees(Ring.OWN)


def test_readers_are_found_by_name() -> None:
    """
    A reader is given or named; the error for an unknown one names the nearest.
    """
    mine = Reader("panel", frozenset({Ring.OPEN}))

    assert reader(mine) is mine
    assert reader("panel", [mine]) is mine
    assert reader("anyone") == ANYONE == READERS[-1]
    assert len({r.name for r in READERS}) == len(READERS)
    with pytest.raises(UnknownKey, match="Did you mean 'auditor'"):
        reader("auditr")


@given(st.sampled_from(READERS))
def test_readers_hash_and_cannot_be_changed(some: Reader) -> None:
    """
    A reader is a value.
    """
    assert hash(some) == hash(Reader(some.name, some.rings))
    with pytest.raises(AttributeError):
        some.name = "other"  # type: ignore[misc]


HOUR = reflect.plan(reflect.outline("arrive@3 + kolb-cycle@40 + close@7"), 60)
#: Whatever is cut to what a reader may see.
CUT = [
    HOUR,
    reflect.read(reflect.render(HOUR, "record", reader="supervisee")),
    Journal(),
    ActionLog(),
]


@pytest.mark.parametrize("name", [each.name for each in READERS])
@pytest.mark.parametrize("content", CUT, ids=lambda each: type(each).__name__)
def test_a_reader_is_named_wherever_one_is_taken(content: Any, name: str) -> None:
    """
    As `render` takes them; and a name that there is none of is refused, so that no slip of the hand shows more.
    """
    assert content.visible_to(name) == content.visible_to(reader(name))
    with pytest.raises(UnknownKey, match="reader"):
        content.visible_to(f"{name}s")

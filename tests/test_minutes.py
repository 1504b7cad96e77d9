"""
Minutes: they always sum, whole items go before all are thinned, and an error says the smallest change.
"""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import Alternative
from reflect.planning.minutes import AgendaLine, DealtMinutes, TooShort, deal


@st.composite
def some_lines(draw: st.DrawFn) -> tuple[AgendaLine, ...]:
    found = []
    for n in range(draw(st.integers(1, 9))):
        least = draw(st.integers(1, 20))
        usual = least + draw(st.integers(0, 15))
        most = draw(st.none() | st.integers(0, 20).map(lambda more, usual=usual: usual + more))
        found.append(
            AgendaLine(
                key=str(n), title=f"line {n}", least=least, usual=usual, most=most, yields=draw(st.integers(0, 3))
            )
        )
    return tuple(found)


def dealt(lines: tuple[AgendaLine, ...], minutes: int) -> DealtMinutes | None:
    try:
        return deal(lines, minutes)
    except TooShort:
        return None


@given(some_lines(), st.integers(1, 200))
def test_minutes_always_sum(lines: tuple[AgendaLine, ...], minutes: int) -> None:
    """
    Lines and open time make up the session exactly; there is open time only where no line may take more.
    """
    found = dealt(lines, minutes)
    if found is None:
        return

    assert sum(found.minutes) + found.spare == minutes
    assert all(line.least <= got <= (line.most or got) for line, got in zip(found.lines, found.minutes, strict=True))
    assert not found.spare or all(line.most == got for line, got in zip(found.lines, found.minutes, strict=True))


@given(some_lines(), st.integers(1, 200))
def test_what_never_yields_is_there_or_the_smallest_change_is_said(lines: tuple[AgendaLine, ...], minutes: int) -> None:
    """
    A line that never yields has a place. If that cannot be, the minutes of the error are the fewest that do.
    """
    found = dealt(lines, minutes)
    if found is None:
        with pytest.raises(TooShort) as short:
            deal(lines, minutes)
        assert dealt(lines, short.value.needs)
        assert dealt(lines, short.value.needs - 1) is None
        return

    assert {line for line in lines if not line.yields} <= set(found.lines)
    assert {*found.lines, *found.dropped} == set(lines)


@given(some_lines(), st.integers(1, 200))
def test_nothing_is_dropped_that_would_fit(lines: tuple[AgendaLine, ...], minutes: int) -> None:
    """
    No line that was dropped fits beside those that were kept.
    """
    found = dealt(lines, minutes)
    needs = sum(line.least for line in found.lines) if found else 0

    assert all(needs + line.least > minutes for line in (found.dropped if found else ()))


@given(some_lines(), st.integers(1, 150), st.integers(0, 60))
def test_no_line_loses_by_a_longer_session(lines: tuple[AgendaLine, ...], minutes: int, more: int) -> None:
    """
    With the same lines, a longer session gives none of them fewer minutes.
    """
    short, long = dealt(lines, minutes), dealt(lines, minutes + more)
    if short is None or long is None or short.lines != long.lines:
        return

    assert all(a <= b for a, b in zip(short.minutes, long.minutes, strict=True))


@given(some_lines(), st.integers(1, 200), st.integers(0, 8))
def test_what_yields_less_is_not_dropped_for_what_yields_more(
    lines: tuple[AgendaLine, ...], minutes: int, which: int
) -> None:
    """
    A line is dropped only if no line that yields more, and is as long, was kept.
    """
    found = dealt(lines, minutes)
    dropped = found.dropped if found else ()

    assert not any(
        other.yields > line.yields and other.least >= line.least
        for line in dropped
        for other in (found.lines if found else ())
    )


def test_an_hour_and_a_half_is_dealt_as_people_deal_it() -> None:
    """
    The usual minutes for ninety minutes come out as they went in; in sixty one talk goes.
    """
    usual = {"arrive": (3, 5), "actions": (4, 5), "wellbeing": (5, 8), "workload": (5, 10), "round": (6, 12),
             "one": (15, 18), "two": (15, 18), "learning": (5, 6), "close": (5, 8)}  # fmt: skip
    lines = tuple(
        AgendaLine(
            key=key, title=key, least=a, usual=b, most=None if key in ("one", "two") else b, yields=int(key == "two")
        )
        for key, (a, b) in usual.items()
    )

    assert deal(lines, 90).minutes == tuple(b for _, b in usual.values())
    hour = deal(lines, 60)
    assert [line.key for line in hour.dropped] == ["two"]
    assert sum(hour.minutes) == 60
    assert hour.minutes[5] >= 15
    with pytest.raises(TooShort, match=r"has 40 minutes, and what has to be in it needs 48; make it 8 minutes longer$"):
        deal(lines, 40)
    with pytest.raises(TooShort, match=r"put off to next time: one$"):
        raise attrs.evolve(TooShort(48, 40), alternatives=(Alternative("one", "HERON", 15),), later=("one",))

"""
Which cases a session talks about: the worked scenario, and laws over any caseload.
"""

from __future__ import annotations

import datetime
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import Refused, UnknownKey
from reflect.planning.caseload import Case, Caseload, Intervals, TouchReason, divide, forecast

ON, UNTIL = datetime.date(2025, 5, 14), datetime.date(2025, 6, 11)
INTERVALS = Intervals(
    touch={"CP": 31, "PLO": 31, "CIN": 62, "CLA": 92, "CL": 92},
    depth={"CP": 92, "PLO": 92, "CIN": 183, "CLA": 183, "CL": 183},
)
#: Eighteen children, all of them invented: reference, family, plan, last touched, last in depth, and how worried the
#: worker and the supervisor are.
TABLE = """
C01 F01 CP  2025-04-16 2025-03-19 4 4
C02 F01 CP  2025-04-16 2025-03-19 4 4
C03 F02 PLO 2025-04-16 2025-02-19 6 7
C04 F03 CP  2025-04-16 2025-04-16 5 5
C05 F03 CP  2025-04-16 2025-04-16 5 5
C06 F04 CLA 2025-02-19 2024-10-23 3 6
C07 F05 CIN 2025-03-19 -          2 2
C08 F06 CIN 2025-04-16 2024-11-20 3 3
C09 F06 CIN 2025-04-16 2024-11-20 3 3
C10 F07 CLA 2025-04-16 2025-01-22 2 2
C11 F08 CP  2025-04-16 2025-04-16 6 6
C12 F09 CIN 2025-04-16 2025-02-19 2 3
C13 F10 CL  2025-04-16 2025-01-22 1 2
C14 F11 PLO 2025-04-16 2025-02-19 9 6
C15 F11 PLO 2025-04-16 2025-02-19 9 6
C16 F12 CIN 2025-03-19 2024-11-20 3 2
C17 F13 CLA 2025-03-19 2025-01-22 2 2
C18 F14 CIN 2025-04-16 2025-03-19 2 2
"""


def _case(line: str) -> Case:
    ref, family, kind, touched, deep, worker, supervisor = line.split()
    return Case(
        ref=ref,
        family=family,
        kind=kind,
        touched=datetime.date.fromisoformat(touched),
        in_depth=None if deep == "-" else datetime.date.fromisoformat(deep),
        since=datetime.date(2025, 3, 5) if deep == "-" else None,
        worker=int(worker),
        supervisor=int(supervisor),
    )


CASES = tuple(map(_case, TABLE.strip().splitlines()))


def scenario(**changes: object) -> Caseload:
    given_ = {"on": ON, "until": UNTIL, "slots": 2, "minutes": 12, "chosen": ["F11"], **changes}
    return divide(CASES, INTERVALS, **given_)  # type: ignore[arg-type]


def refs(touches: tuple[object, ...]) -> list[str]:
    return [getattr(each, "case", each).ref for each in touches]


def test_the_worked_scenario() -> None:
    """
    Every list of scenario 9.1: the round, the two in depth, what is not discussed, and the backlog of three.
    """
    found = scenario()

    assert refs(found.round) == ["C01", "C02", "C03", "C04", "C05", "C07", "C11", "C16"]
    assert [(talk.family, talk.chosen) for talk in found.in_depth] == [("F11", True), ("F04", False)]
    assert refs(found.written) == ["C08", "C09", "C10", "C12", "C13", "C17", "C18"]
    assert [talk.family for talk in found.backlog] == ["F02", "F06", "F12"]
    assert not found.waiting
    assert not found.carried


def test_where_a_day_counts() -> None:
    """
    What falls on the day of the next session: an event is spoken of before it, an interval is kept on it.
    """
    (case,) = (case for case in CASES if case.ref == "C18")
    to_the_day = attrs.evolve(case, in_depth=UNTIL - datetime.timedelta(days=183))

    assert scenario().backlog == divide([*CASES[:-1], to_the_day], INTERVALS, on=ON, until=UNTIL, slots=2, minutes=12,
                                        chosen=["F11"]).backlog  # fmt: skip
    assert divide([attrs.evolve(case, event=UNTIL)], INTERVALS, on=ON, until=UNTIL, slots=0, minutes=2).round
    new = attrs.evolve(case, touched=None, since=ON)
    assert divide([new], INTERVALS, on=ON, until=UNTIL, slots=0, minutes=2).written == (new,)


def test_why_a_case_is_touched() -> None:
    """
    Each reason by itself puts a case that could wait on the round, and says which it is.
    """
    quiet = attrs.evolve(CASES[-1], worker=2, supervisor=2)
    soon = UNTIL - datetime.timedelta(days=1)
    reasons = {
        TouchReason.RISK: {"risk": True},
        TouchReason.EVENT: {"event": soon},
        TouchReason.WORRY: {"worker": 7, "supervisor": 6},
        TouchReason.APART: {"worker": 2, "supervisor": 5},
        TouchReason.UNSAID: {"supervisor": None},
        TouchReason.DUE: {"touched": datetime.date(2025, 3, 19)},
    }

    def found(case: Case) -> Caseload:
        return divide([case], INTERVALS, on=ON, until=UNTIL, slots=0, minutes=12)

    assert refs(found(quiet).written) == ["C18"]
    for reason, change in reasons.items():
        (touch,) = found(attrs.evolve(quiet, **change)).round
        assert touch.reasons == (reason,)
    for change in ({"worker": 6, "supervisor": 6}, {"supervisor": 4}, {"event": UNTIL + datetime.timedelta(days=1)},
                   {"event": ON - datetime.timedelta(days=1)}, {"touched": UNTIL - datetime.timedelta(days=62)}):  # fmt: skip
        assert not found(attrs.evolve(quiet, **change)).round


def test_nobody_has_to_score() -> None:
    """
    If nobody gives scores, a missing one is not a reason; if scores are used, it is, and it never counts as nought.
    """
    bare = [attrs.evolve(case, worker=None, supervisor=None) for case in CASES[-2:]]
    one = [bare[0], attrs.evolve(bare[1], worker=0, supervisor=0)]

    def found(cases: list[Case]) -> Caseload:
        return divide(cases, INTERVALS, on=ON, until=UNTIL, slots=0, minutes=12)

    assert not found(bare).round
    assert [(t.case.ref, t.reasons) for t in found(one).round] == [("C17", (TouchReason.UNSAID,))]


def test_no_score_is_shown() -> None:
    """
    What a plan shows of a case does not include its scores.
    """
    case = attrs.evolve(CASES[0], worker=9, supervisor=3)

    assert repr(case) == repr(attrs.evolve(case, worker=None, supervisor=None))


def test_one_slot_is_the_workers() -> None:
    """
    A single slot goes to the worker's choice, or by turn if there is none; a second choice comes first next time.
    """
    assert [talk.family for talk in scenario(slots=1).in_depth] == ["F11"]
    assert [talk.family for talk in scenario(slots=1, chosen=[]).in_depth] == ["F04"]
    assert [talk.family for talk in scenario(chosen=["C14", "F01"]).in_depth] == ["F11", "F04"]
    assert [talk.family for talk in scenario(chosen=["C14", "F01"]).carried] == ["F01"]
    assert not scenario(slots=0).in_depth
    assert [talk.family for talk in scenario(slots=0).carried] == ["F11"]


def test_what_presses_most_is_touched_first() -> None:
    """
    If minutes are too few, an open risk goes before a date, and cases without minutes are named as waiting.
    """
    cases = [*CASES[:7], attrs.evolve(CASES[8], risk=True)]
    found = divide(cases, INTERVALS, on=ON, until=UNTIL, slots=0, minutes=3)

    assert refs(found.round) == ["C06", "C09"] or refs(found.round) == ["C03", "C09"]
    assert len(found.waiting) == 6


def test_a_choice_that_is_no_case() -> None:
    """
    An unknown choice is an error that names the nearest; doubles and a session that goes back in time are errors too.
    """
    with pytest.raises(UnknownKey, match="F1"):
        scenario(chosen=["F1"])
    with pytest.raises(Refused, match="reference"):
        divide([CASES[0], CASES[0]], INTERVALS, on=ON, until=UNTIL, slots=1, minutes=5)
    with pytest.raises(Refused, match="later"):
        scenario(until=ON)


DATES = st.dates(datetime.date(2023, 1, 1), ON - datetime.timedelta(days=1))
CASELOADS = st.lists(
    st.builds(
        Case,
        ref=st.text("abcdefghij", min_size=3, max_size=6),
        family=st.sampled_from(["", "", "F1", "F2", "F3", "F4"]),
        kind=st.sampled_from([*INTERVALS.touch, "other", ""]),
        touched=st.none() | DATES,
        in_depth=st.none() | DATES,
        since=st.none() | DATES,
        event=st.none() | st.dates(ON, UNTIL + datetime.timedelta(days=60)),
        risk=st.booleans(),
        worker=st.none() | st.integers(0, 10),
        supervisor=st.none() | st.integers(0, 10),
    ),
    max_size=40,
    unique_by=lambda case: case.ref,
)


@given(CASELOADS, st.integers(0, 4), st.integers(0, 40), st.data())
def test_every_case_is_in_one_list(cases: list[Case], slots: int, minutes: int, data: st.DataObject) -> None:
    """
    The lists share no case and lose none; slots and minutes are respected; a family is never split.
    """
    names = [case.together for case in cases]
    chosen = data.draw(st.lists(st.sampled_from(names), max_size=3)) if names else []
    found = divide(cases, INTERVALS, on=ON, until=UNTIL, slots=slots, minutes=minutes, chosen=chosen)
    deep = [case.ref for talk in found.in_depth for case in talk.cases]

    assert sorted([*deep, *refs(found.round), *refs(found.waiting), *refs(found.written)]) == sorted(
        case.ref for case in cases
    )
    assert len(found.in_depth) == min(slots, len(set(names)))
    assert len(found.round) * INTERVALS.minutes <= minutes
    assert not found.waiting or (len(found.round) + 1) * INTERVALS.minutes > minutes
    assert {talk.family for talk in found.in_depth}.isdisjoint(talk.family for talk in found.backlog)
    if chosen and slots:
        assert found.in_depth[0].family == chosen[0]


@given(CASELOADS.filter(bool))
def test_every_family_gets_its_turn(cases: list[Case]) -> None:
    """
    Session after session with one slot by turn, each family with an interval is talked about as often as fits.
    """
    day, step = ON, datetime.timedelta(days=28)
    kind = {case.ref: attrs.evolve(case, kind="CIN") for case in cases}
    seen: list[str] = []
    for _ in range(len(kind)):
        found = divide(kind.values(), INTERVALS, on=day, until=day + step, slots=1, minutes=0)
        (talk,) = found.in_depth
        seen.append(talk.family)
        for case in talk.cases:
            kind[case.ref] = attrs.evolve(case, in_depth=day)
        day += step

    families = {case.together for case in cases}
    assert set(seen[: len(families)]) == families


@given(CASELOADS, st.integers(1, 5), st.integers(0, 30))
def test_more_minutes_never_leave_out_a_case(cases: list[Case], slots: int, minutes: int) -> None:
    """
    With more minutes for the round, every case that was touched still is.
    """
    less, more = (divide(cases, INTERVALS, on=ON, until=UNTIL, slots=slots, minutes=m) for m in (minutes, minutes + 3))

    assert set(refs(less.round)) <= set(refs(more.round))
    assert less.in_depth == more.in_depth


def test_the_sum_of_a_year() -> None:
    """
    Two slots a month are about 21 talks a year: twenty families get about one each, and six-monthly is too often.
    """
    twenty = [Case(ref=f"C{n}", kind="CIN") for n in range(20)]
    found = forecast(twenty, INTERVALS, slots=2, sessions=10.5)

    assert (found.talks, found.families) == (21, 20)
    assert 1 <= found.each < 1.1
    assert not found.enough
    assert forecast(twenty[:10], INTERVALS, slots=2, sessions=10.5).enough
    assert forecast([], INTERVALS, slots=2, sessions=10.5).each == 0


def test_two_hundred_cases_and_none() -> None:
    """
    A large caseload and an empty one are dealt with alike.
    """
    many = [attrs.evolve(CASES[n % 18], ref=f"R{n}", family=f"G{n // 2}") for n in range(200)]
    found = divide(many, INTERVALS, on=ON, until=UNTIL, slots=2, minutes=12)

    assert len(found.round) == 8
    assert len(found.waiting) > 50
    assert divide([], INTERVALS, on=ON, until=UNTIL, slots=2, minutes=12) == Caseload()
    assert all(a.ref != b.ref for a, b in pairwise(many))

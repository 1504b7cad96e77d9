"""
The turns of an item: what happens in it, with its minutes, in the order in which it is done.

Each law finds out impostors, which are wrong in one way.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reflect import catalogue, plan
from reflect.errors import DoesNotFit
from reflect.questions.question import Mode, Question, Shape, Step
from reflect.questions.sets import QuestionSet
from reflect.questions.timetable import schedule
from reflect.questions.turn_taking import Turn, is_done_in_turns, turns
from tests.strategies import ask
from tests.test_impostors import broken

Turns = Callable[[QuestionSet, int], tuple[Turn, ...]]
ROLES = ("teller", "asker", "watcher")
DONE = [mode for mode in Mode if mode is not Mode.ASK]


def steps(*minutes: int | None, key: str = "s", **more: object) -> list[Step]:
    """
    Return steps with these minutes, in one line of a test.
    """
    return [
        Step(key=f"{key}{n}", text=f"Step {n}.", minutes=each, **more)  # type: ignore[arg-type]
        for n, each in enumerate(minutes, 1)
    ]


@st.composite
def _parts(draw: st.DrawFn, key: str, depth: int) -> QuestionSet:
    maybe = st.sampled_from(["", *ROLES])
    rounds = draw(st.sampled_from([1, 1, 1, 2, 3, 5]))
    more = {
        "key": key,
        "title": key.upper(),
        "usual": draw(st.none() | st.integers(1, 20)),
        "role": draw(maybe),
        "also": draw(st.lists(st.sampled_from(ROLES), max_size=2, unique=True)),
        "quiet": draw(st.lists(st.sampled_from(ROLES), max_size=2, unique=True)),
    }
    kind = draw(st.sampled_from(["ask", "do", "do", "still", *(["inner"] if depth else [])]))
    if kind == "inner":
        return draw(_wholes(key, depth - 1))
    if kind == "ask":
        return QuestionSet(
            children=[Question(key=f"{key}.q{n}", text="?") for n in range(draw(st.integers(1, 3)))], **more
        )
    mode = draw(st.sampled_from(DONE))
    some = draw(st.lists(st.none() | st.integers(1, 9), max_size=5)) if kind == "do" else []
    children = [attrs.evolve(step, role=draw(maybe), mode=mode) for step in steps(*some, key=f"{key}.s")]
    return QuestionSet(children=children, mode=mode, rounds=rounds, least=draw(st.integers(0, 2)), **more)


@st.composite
def _wholes(draw: st.DrawFn, key: str = "m", depth: int = 1) -> QuestionSet:
    names = "abcd"[: draw(st.integers(1, 4))]
    parts: list[QuestionSet | Question] = [draw(_parts(f"{key}.{name}", depth)) for name in names]
    if draw(st.booleans()):
        parts.insert(draw(st.integers(0, len(parts))), Question(key=f"{key}.loose", text="?"))
    order = draw(st.sampled_from([(), ("down",), tuple(reversed(names)), (names[-1],)]))
    shape = draw(st.sampled_from([Shape.STEPS, Shape.LIST]))
    return QuestionSet(children=parts, key=key, title=key.upper(), order=order, shape=shape)


wholes, lengths = _wholes().filter(bool), st.integers(1, 90)


def made(turn_all: Turns, whole: QuestionSet, minutes: int) -> tuple[Turn, ...]:
    try:
        return turn_all(whole, minutes)
    except DoesNotFit:
        assume(False)
        raise


def in_order_of_use(whole: QuestionSet) -> Iterator[object]:
    """
    Give what the innermost parts hold, part by part, in the order of use; questions beside parts stay where they are.
    """
    if not whole.parts:
        yield tuple(whole.children)
        return
    used = iter(whole.parts_in_use)
    run: list[Question | Step] = []
    for child in whole.children:
        if not isinstance(child, QuestionSet):
            run.append(child)
            continue
        if run:
            yield tuple(run)
            run = []
        yield from in_order_of_use(next(used))
    if run:
        yield tuple(run)


# --- the laws


def law_turns_fill_the_time(turn_all: Turns, whole: QuestionSet, minutes: int) -> None:
    some = made(turn_all, whole, minutes)

    assert [turn.begins for turn in some] == [0, *itertools.accumulate(turn.minutes for turn in some)][:-1]
    assert sum(turn.minutes for turn in some) == minutes


def law_turns_leave_nothing_out(turn_all: Turns, whole: QuestionSet, minutes: int) -> None:
    some = [turn for turn in made(turn_all, whole, minutes) if turn.part is not None]
    groups = [(turn.part, list(group)) for turn, group in _by_part(some)]

    assert [tuple(part.children) for part, _ in groups if part is not None] == list(in_order_of_use(whole))
    for part, group in groups:
        assert part is not None
        done = tuple(child for child in part.children if isinstance(child, Step))
        rounds = {number: [turn for turn in group if turn.round == number] for number in (turn.round for turn in group)}
        assert list(rounds) in ([0], list(range(1, part.rounds + 1)))
        assert all(tuple(step for turn in each for step in turn.steps) == done for each in rounds.values())


def _by_part(some: list[Turn]) -> Iterator[tuple[Turn, list[Turn]]]:
    """
    Give the turns of each part, behind the first of them.
    """
    for _, group in itertools.groupby(some, key=lambda turn: id(turn.part)):
        turns_of_part = list(group)
        yield turns_of_part[0], turns_of_part


def law_turns_keep_the_minutes_that_were_dealt(turn_all: Turns, whole: QuestionSet, minutes: int) -> None:
    some = made(turn_all, whole, minutes)
    dealt = schedule(whole.within(minutes), minutes).rows
    by_part: dict[QuestionSet, int] = {}
    for turn in some:
        if turn.part is not None:
            by_part[turn.part] = by_part.get(turn.part, 0) + turn.minutes

    assert by_part == {row.part: row.minutes for row in dealt}
    assert all(turn.minutes for turn in some if len({step.id for step in turn.steps}) < len(_steps_beside(some, turn)))


def _steps_beside(some: tuple[Turn, ...], turn: Turn) -> set[tuple[str, str]]:
    """
    The steps of a turn, and of the turns that its part is told apart in.
    """
    return {step.id for each in some if each.part is turn.part for step in each.steps}


def law_turns_let_nobody_speak_and_be_silent(turn_all: Turns, whole: QuestionSet, minutes: int) -> None:
    for turn in made(turn_all, whole, minutes):
        heard = {role for role in turn.roles if turn.part_of(role) in ("speaks", "little")}
        assert not heard & set(turn.quiet)
        assert not (heard and turn.silent)
        assert turn.part is None or turn.silent or not turn.part.role or turn.speaks


# --- what is wrong in one way


def in_order_of_page(whole: QuestionSet, minutes: int) -> tuple[Turn, ...]:
    def plain(some: QuestionSet) -> QuestionSet:
        children = [plain(child) if isinstance(child, QuestionSet) else child for child in some.children]
        return attrs.evolve(some, children=children, order=())

    return turns(plain(whole), minutes)


def usual_minutes(whole: QuestionSet, minutes: int) -> tuple[Turn, ...]:
    at, out = 0, []
    for turn in turns(whole, minutes):
        usual = turn.part.usual or turn.minutes if turn.part else turn.minutes
        out.append(attrs.evolve(turn, begins=at, minutes=usual))
        at += usual
    return tuple(out)


def one_round(whole: QuestionSet, minutes: int) -> tuple[Turn, ...]:
    return tuple(turn for turn in turns(whole, minutes) if turn.round < 2)


def timed_steps_alone(whole: QuestionSet, minutes: int) -> tuple[Turn, ...]:
    return tuple(
        attrs.evolve(turn, steps=tuple(step for step in turn.steps if step.minutes) or turn.steps[:1])
        for turn in turns(whole, minutes)
    )


def without_silence(whole: QuestionSet, minutes: int) -> tuple[Turn, ...]:
    return tuple(turn for turn in turns(whole, minutes) if not turn.silent)


def equal_parts(whole: QuestionSet, minutes: int) -> tuple[Turn, ...]:
    some = turns(whole, minutes)
    each, over = divmod(minutes, len(some))
    shares = [each + (n < over) for n in range(len(some))]
    begins = [0, *itertools.accumulate(shares)]
    return tuple(
        attrs.evolve(turn, begins=at, minutes=own) for turn, at, own in zip(some, begins, shares, strict=False)
    )


def role_of_the_part_alone(whole: QuestionSet, minutes: int) -> tuple[Turn, ...]:
    return tuple(attrs.evolve(turn, also=turn.also + turn.quiet, speaks=()) for turn in turns(whole, minutes))


def speaking_in_silence(whole: QuestionSet, minutes: int) -> tuple[Turn, ...]:
    def heard(turn: Turn) -> Turn:
        if turn.silent and turn.part and turn.part.role:
            part = attrs.evolve(turn.part, mode=Mode.SAY)
            return attrs.evolve(turn, part=part, speaks=(), quiet=(*turn.quiet, part.role))
        return turn

    return tuple(map(heard, turns(whole, minutes)))


LAWS = [
    (law_turns_fill_the_time, [usual_minutes, one_round, without_silence]),
    (law_turns_leave_nothing_out, [in_order_of_page, one_round, timed_steps_alone, without_silence]),
    (law_turns_keep_the_minutes_that_were_dealt, [equal_parts, usual_minutes]),
    (law_turns_let_nobody_speak_and_be_silent, [role_of_the_part_alone, speaking_in_silence]),
]


@pytest.mark.parametrize(("law", "wrongs"), LAWS, ids=[law.__name__ for law, _ in LAWS])
def test_the_laws_of_turns_hold_and_find_out_impostors(law: Callable[..., None], wrongs: list[Turns]) -> None:
    """
    The turns of a set fill its time exactly, in the order of use, and nothing is left out.
    """

    @given(wholes, lengths)
    def holds(whole: QuestionSet, minutes: int) -> None:
        law(turns, whole, minutes)

    holds()
    for wrong in wrongs:
        assert broken(law, wrong, (wholes, lengths), 500), f"{law.__name__} lets {wrong.__name__} pass"


# --- examples


def told(some: tuple[Turn, ...]) -> list[tuple[int, int, int, str]]:
    return [(turn.begins, turn.minutes, turn.round, "".join(step.key[-1] for step in turn.steps)) for turn in some]


def test_rounds_begin_one_after_another() -> None:
    """
    Three times ten minutes are three turns; whoever goes first has the minute that is left over.
    """
    rounds = QuestionSet(children=steps(None), title="Rounds", mode="say", rounds=3, usual=30)

    assert told(turns(rounds, 30, begins=20)) == [(20, 10, 1, "1"), (30, 10, 2, "1"), (40, 10, 3, "1")]
    assert [turn.minutes for turn in turns(rounds, 31)] == [11, 10, 10]
    assert told(turns(rounds, 2)) == [(0, 2, 0, "1")]


def test_steps_keep_their_own_minutes_and_shrink_together() -> None:
    """
    A step has its own minutes if its part has them, and its share of them if it has not.
    """
    talk = QuestionSet(children=steps(7, 2), title="Talk", mode="say", rounds=3, usual=27)

    assert told(turns(talk, 27))[:3] == [(0, 7, 1, "1"), (7, 2, 1, "2"), (9, 7, 2, "1")]
    assert [turn.minutes for turn in turns(talk, 14)] == [4, 1, 4, 1, 3, 1]
    assert told(turns(talk, 4)) == [(0, 2, 1, "12"), (2, 1, 2, "12"), (3, 1, 3, "12")]


def test_steps_without_minutes_stay_together() -> None:
    """
    Steps without minutes share what the others leave, or go with the step before them.
    """
    some = steps(None, 5, None, None)

    assert told(turns(QuestionSet(children=some, title="T", mode="do", usual=12), 12)) == [
        (0, 2, 1, "1"),
        (2, 5, 1, "2"),
        (7, 5, 1, "34"),
    ]
    assert told(turns(QuestionSet(children=some, title="T", mode="do"), 12)) == [(0, 12, 1, "1234")]


def test_time_that_nothing_wants_is_a_turn_at_the_end() -> None:
    """
    A part whose minutes are fixed does not grow; the rest of the item is open.
    """
    whole = QuestionSet(
        children=[QuestionSet(children=steps(None), title="A", mode="do", minutes=5), ask("q", title="B", minutes=5)],
        title="Whole",
    )
    *_, last = turns(whole, 15)

    assert (last.part, last.begins, last.minutes) == (None, 10, 5)
    assert last.part_of("anybody") == "silent"


def test_the_minutes_of_a_planned_session_are_those_of_its_timetable() -> None:
    """
    A Balint group of 45 minutes in a session of 75 has the minutes that the session dealt to its parts.
    """
    (first, group, last) = plan("arrive@8 + balint-group@45 + close@22", 75).items
    some = turns(group.set, group.minutes, begins=group.begins)

    assert [(turn.part, turn.minutes) for turn in some] == list(group.stages)
    assert (some[0].begins, some[-1].begins + some[-1].minutes) == (8, 53)
    assert not is_done_in_turns(first.set)
    assert not is_done_in_turns(last.set)


def test_what_is_done_is_told_from_what_is_asked() -> None:
    """
    A page of ours that only asks one person has no turns to print; one with roles or steps has.
    """
    ours = catalogue()
    done = {key for key in ours if is_done_in_turns(ours.model(key))}

    assert done >= {"balint-group", "solution-circle", "thinking-rounds"}
    assert not done & {"kolb-cycle", "gibbs-cycle", "bernard-discrimination", "arrive", "close"}

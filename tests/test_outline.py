"""
Outlines there and back, and the time they take.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reflect.errors import DoesNotFit, KeyClash, NoTextForm, Refused, TooDeep, UnknownKey
from reflect.pages.catalogues import our_catalogue
from reflect.questions.outlines import OutlineFault, make_path, read_outline, settle, uses
from reflect.questions.question import Mode, Step
from reflect.questions.sets import (
    EMPTY,
    LONGEST,
    At,
    Both,
    Either,
    Given,
    Outline,
    QuestionSet,
    Use,
    at,
    both,
    either,
    sequence,
    show,
)
from reflect.questions.timetable import least, schedule
from reflect.sessions.session import plan
from reflect.shown import printable
from tests import laws
from tests.strategies import KEYS, ask, attempt, keys_of, one, outline_texts, outlines, outlines_of_sets, question_sets

sessions = st.integers(0, 150)
#: More than a short session holds.
crowds = st.lists(st.integers(1, 12), min_size=1, max_size=6).map(
    lambda needs: QuestionSet(children=[ask(KEYS[i], title="T", least=n) for i, n in enumerate(needs)])
)


def outcomes(outline: Outline) -> Iterator[object]:
    """
    Every set that an outline may settle to, and "refused" where two wordings meet.
    """
    match outline:
        case Given(some):
            yield some
        case At(inner, minutes):
            for some in outcomes(inner):
                yield some.within(minutes) if isinstance(some, QuestionSet) else some
        case Either(ways):
            for way in ways:
                yield from outcomes(way)
        case Both(steps):
            for chosen in itertools.product(*map(list, map(outcomes, steps))):
                yield "refused" if "refused" in chosen else attempt(lambda chosen=chosen: sequence(*chosen))


# --- there and back


@given(outlines)
def test_an_outline_reads_back_from_its_text(outline: Outline) -> None:
    """
    Parsing what was shown gives the same outline.
    """
    assert read_outline(show(outline)) == outline
    assert read_outline(str(outline)) == outline
    assert read_outline(f"  ( {show(outline)} )\n") == outline


def test_an_outline_reads_as_it_is_documented() -> None:
    """
    @ binds tightest, then +, then |; brackets put together; white space does not matter.
    """
    a, b, c = Use("a"), Use("b.c"), Use("d-e")

    assert read_outline("a@3 + (b.c | d-e)@40") == both(at(a, 3), at(either(b, c), 40))
    assert read_outline("a + b.c | d-e@5") == either(both(a, b), at(c, 5))
    assert read_outline("a|b.c+d-e") == either(a, both(b, c))
    assert read_outline("\ta\n @ 5") == at(a, 5)
    assert show(both(at(a, 3), at(either(b, c), 40))) == "a@3 + (b.c | d-e)@40"
    assert list(uses(read_outline("a@3 + (b.c | d-e)@40 + a"))) == ["a", "b.c", "d-e", "a"]


@given(outlines, outlines, outlines)
def test_brackets_and_repeats_do_not_matter(p: Outline, q: Outline, r: Outline) -> None:
    """
    Joins and choices are flat, and one choice offered twice is offered once.
    """
    assert both(both(p, q), r) == both(p, both(q, r)) == both(p, q, r) == (p + q) + r == p + (q + r)
    assert either(either(p, q), r) == either(p, either(q, r)) == either(p, q, r) == (p | q) | r == p | (q | r)
    assert either(p, p) == p == both(p)
    assert p | q | p == p | q


@given(outlines, st.integers(1, LONGEST), st.integers(1, LONGEST))
def test_a_second_wish_replaces_the_first(p: Outline, first: int, second: int) -> None:
    """
    A wish of minutes over a wish is the later one alone, also where it is read from text.
    """
    assert p @ first @ second == p @ second
    assert read_outline(f"({show(p)})@{first}@{second}") == p @ second


def test_sets_and_outlines_join_either_way_round() -> None:
    """
    A set can be on either side of + and | in an outline.
    """
    some = ask("a")

    assert some + Use("b") == both(Given(some), Use("b"))
    assert Use("b") + some == both(Use("b"), Given(some))
    assert some | Use("b") == either(Given(some), Use("b"))
    assert Use("b") | some == either(Use("b"), Given(some))
    assert settle(both()) == settle(either()) == EMPTY


def test_what_was_made_in_code_has_no_text_form() -> None:
    """
    An outline that holds a set is not printed; the error names it.
    """
    with pytest.raises(NoTextForm, match="Start"):
        show(ask(title="Start") @ 5 + Use("a"))
    with pytest.raises(TypeError):
        show("a")  # type: ignore[arg-type]


@pytest.mark.parametrize("minutes", [0, -1, LONGEST + 1])
def test_minutes_are_of_one_day(minutes: int) -> None:
    """
    A wish of no minutes, or of more than a day's, is refused in code and in text.
    """
    with pytest.raises(Refused, match=str(LONGEST)):
        ask() @ minutes
    with pytest.raises(OutlineFault):
        read_outline(f"a@{minutes}")

    assert read_outline(f"a@{LONGEST}") == Use("a") @ LONGEST


@given(outline_texts)
@example("a" + "@1" * 5000 + "|b")  # nested wishes overflowed the stack
@example("(" * 60 + "a" + ")" * 60)
@example("a\u2028+ é")
def test_any_text_is_an_outline_or_a_fault(text: str) -> None:
    """
    Whatever is typed gives an outline, or a fault that points into the text.
    """
    try:
        outline = read_outline(text)
    except OutlineFault as error:
        fault = error
    else:
        assert read_outline(show(outline)) == outline
        return

    assert 0 <= fault.at <= len(text)
    assert fault.what
    _, line, caret, _ = str(fault).split("\n")
    assert line[2:] == printable(text) or len(text) > 60
    assert line[len(caret) - 1 :][:1] == printable(text[fault.at : fault.at + 1])


@pytest.mark.parametrize("at", [0, 5_000, 10_000, 10**12])
def test_a_fault_shows_as_much_of_a_long_outline_as_a_line_holds(at: int) -> None:
    """
    However long the outline is, or however far off the place is, the message stays short and the mark near its word.
    """
    message = str(OutlineFault("a + " * 2_500, at, "something is wrong"))

    assert len(message) < 400
    assert all(len(line) <= 130 for line in message.split("\n"))


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", 0, "key of a model is missing"),
        ("a +", 3, "key of a model is missing"),
        ("a + | b", 4, "key of a model is missing"),
        ("a b", 2, "something is missing before this"),
        ("a@", 2, "minutes are missing"),
        ("a@b", 2, "minutes are missing"),
        ("a@0", 2, "minutes are from 1 to 1440"),
        ("a@1441", 2, "minutes are from 1 to 1440"),
        ("(a + b", 6, "a bracket is still open"),
        ("a)", 1, "something is missing before this"),
        ("a + B", 4, "small letters"),
        ("a - b", 2, "'-' has no meaning"),
        ("(" * 51 + "a", 50, "more than 50 deep"),
    ],
)
def test_faults_point_at_the_place(text: str, place: int, what: str) -> None:
    """
    Each fault says what is wrong and where.
    """
    with pytest.raises(OutlineFault, match=what.replace("'", ".")) as caught:
        read_outline(text)

    assert caught.value.at == place
    assert f"character {place + 1}:" in str(caught.value)


def test_fifty_brackets_are_not_too_many() -> None:
    """
    The limit of brackets is on depth, not on number.
    """
    assert read_outline("(" * 50 + "a" + ")" * 50) == Use("a")
    assert read_outline(" + ".join(["(a)"] * 60)) == both(*[Use("a")] * 60)


# --- settling


@given(outlines_of_sets, st.data())
def test_settling_gives_one_of_the_ways(outline: Outline, data: st.DataObject) -> None:
    """
    Whoever chooses, the set is one that the outline allows; without a choice, it is the first.
    """
    try:
        settled: object = settle(outline, choose=lambda ways: data.draw(st.sampled_from(ways)))
    except KeyClash:
        settled = "refused"
    possible = list(outcomes(outline))

    assert settled in possible
    assert attempt(lambda: settle(outline)) == possible[0]


def test_settling_loads_by_path_and_only_what_is_chosen() -> None:
    """
    Names are looked up where the caller says, and ways not taken are not looked up at all.
    """
    shelf = {"a": ask("a"), "b": ask("b", title="B")}

    assert settle(read_outline("b@5 + a | nowhere"), shelf.__getitem__) == shelf["b"].within(5) + shelf["a"]
    assert settle(read_outline("a | b"), shelf.__getitem__, lambda ways: ways[-1]) == shelf["b"]
    assert settle(ask("a")) == ask("a")
    with pytest.raises(Refused, match="load="):
        settle(Use("a"))
    with pytest.raises(TypeError):
        settle("a")  # type: ignore[arg-type]


def test_an_outline_nested_too_deep_is_refused() -> None:
    """
    Wishes within wishes make sets in sets, and their depth is capped.
    """
    outline: Outline = ask("a") @ 5
    for i in range(60):
        outline = both(outline, QuestionSet(children=[one(str(i))])) @ 5

    with pytest.raises(TooDeep):
        settle(outline)


# --- time


@given(question_sets, sessions)
def test_schedule(a: QuestionSet, minutes: int) -> None:
    """
    Minutes add up exactly, each row has its least, wishes come first, and all that is kept is asked.
    """
    laws.law_schedule_adds_up(schedule, a, minutes)
    laws.law_schedule_gives_each_its_least(schedule, a, minutes)
    laws.law_schedule_keeps_rounds_whole(schedule, a, minutes)
    laws.law_schedule_meets_wishes_first(schedule, a, minutes)
    laws.law_schedule_asks_all_that_is_kept(schedule, a, minutes)
    laws.law_schedule_leaves_no_time_open(schedule, a, minutes)


@given(question_sets, sessions, st.integers(1, 60))
def test_no_part_shrinks_as_the_session_grows(a: QuestionSet, minutes: int, more: int) -> None:
    """
    With the same items, a longer session gives each row as much or more.
    """
    laws.law_schedule_never_shrinks(schedule, a, minutes, more)


@given(st.one_of(crowds, question_sets), st.integers(1, 40))
def test_the_fewest_items_are_dropped(a: QuestionSet, minutes: int) -> None:
    """
    Items are dropped only when the least minutes do not fit, and then the fewest that can be.
    """
    laws.law_schedule_drops_the_fewest(schedule, a, minutes)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=5), sessions)
def test_minutes_are_dealt_by_share(shares: list[int], minutes: int) -> None:
    """
    Each minute goes where it is furthest below its share, or its wish.
    """
    laws.law_schedule_is_fair(schedule, shares, minutes)
    laws.law_schedule_wishes_yield_alike(schedule, shares, minutes)


def test_what_usually_takes_longer_gets_longer() -> None:
    """
    Shares are the usual minutes; what says nothing of them counts as the mean of the others.
    """
    a = QuestionSet(
        children=[
            ask("a", title="A", usual=20),
            ask("b", title="B", usual=10),
            ask("c", title="C"),
            ask("d", minutes=7),
        ]
    )
    table = schedule(a, 52)

    assert [row.minutes for row in table.rows] == [20, 10, 15, 7]
    assert [row.item for row in table.rows] == [0, 1, 2, 3]
    assert table.spare == 0


def doing(key: str, *minutes: int | None, **more: object) -> QuestionSet:
    """
    Return a part in which something is done, a step for each of the minutes.
    """
    steps = [Step(key=f"{key}{i}", text="Do it.", minutes=each) for i, each in enumerate(minutes)]
    return QuestionSet(**{"children": steps, "key": f"m.{key}", "title": key, "mode": Mode.DO, **more})  # type: ignore[arg-type]


def test_a_part_lasts_as_long_as_its_steps() -> None:
    """
    Without minutes of its own it takes those of its steps, each as often as it goes round; its own come first.
    """
    assert least(doing("t", 7, 2)) == 9
    assert least(doing("t", 7, None, 2, rounds=3)) == 27
    assert least(doing("t", 7, 2, rounds=3, least=6, usual=30)) == 6
    assert least(doing("t", 7, usual=20)) == least(doing("t", None)) == 1
    assert least(QuestionSet(title="Quiet", mode=Mode.SILENT)) == 0
    assert least(QuestionSet(title="M", children=[ask(), doing("t", 7, 2)])) == 10
    assert [row.minutes for row in schedule(ask(title="A", usual=10) + doing("t", 5, 5, rounds=2), 30).rows] == [10, 20]
    with pytest.raises(DoesNotFit, match="at least 27 minutes and has 20"):
        schedule(doing("t", 7, 2, rounds=3) @ 20, 60)


def test_what_goes_round_gets_whole_minutes_for_each_round() -> None:
    """
    Three rounds take three minutes more or none; what is over stays open, and comes to them in a longer session.
    """
    talk, end = doing("t", 2, rounds=3, title="Talk"), ask(title="End", usual=2)
    tables = [schedule(talk + end, minutes) for minutes in range(8, 15)]

    assert [([row.minutes for row in table.rows], table.spare) for table in tables] == [
        ([6, 2], 0),
        ([6, 2], 1),
        ([6, 2], 2),
        ([9, 2], 0),
        ([9, 3], 0),
        ([9, 3], 1),
        ([9, 3], 2),
    ]
    assert [row.minutes for row in schedule(talk @ 8 + end, 20).rows] == [8, 12]  # a wish is a wish
    assert [row.minutes for row in schedule(talk @ 12 + end @ 9, 19).rows] == [9, 8]


def test_stages_come_in_the_order_of_use() -> None:
    """
    A ladder that one climbs down is planned downwards; its questions, and its page, stay as they are.
    """
    parts = [doing("low", 5), ask("b", key="m.middle", title="Middle", least=3), doing("top", 7)]
    for order, keys in ((("down",), "top middle low"), (("middle", "top"), "middle top low"), ((), "low middle top")):
        whole = QuestionSet(children=parts, key="m", title="M", order=order)
        (item,) = plan(whole, 15).items

        assert [part.key for part, _ in item.stages] == [f"m.{key}" for key in keys.split()]
        assert {part.key: minutes for part, minutes in item.stages} == {"m.low": 5, "m.middle": 3, "m.top": 7}
        assert [row.part.key for row in schedule(whole, 15).rows] == [part.key for part, _ in item.stages]
        assert whole.parts == tuple(parts)


def test_time_is_dealt_to_thousands_of_steps_in_linear_time() -> None:
    """
    Twice as many parts with rounds and steps, in an order of their own, take about twice as long.
    """

    def seconds(n: int) -> float:
        parts = [doing(f"p{i}.", 1, 2, rounds=3, usual=12, least=3) for i in range(n)]
        whole = QuestionSet(children=parts, key="m", title="M", order=("down",))
        start = time.process_time()
        rows = schedule(whole, 4 * n).rows
        assert rows[0].part == parts[-1]
        return time.process_time() - start

    few = min(seconds(500) for _ in range(3))

    assert min(seconds(2_000) for _ in range(2)) < few * 10 + 0.2


def test_time_nobody_wished_for_is_open() -> None:
    """
    Where everything has the minutes it was given, the rest is spare.
    """
    table = schedule(ask("a") @ 5 + ask("b", title="B") @ 7, 20)

    assert [row.minutes for row in table.rows] == [5, 7]
    assert (table.spare, table.dropped) == (8, ())
    assert schedule(EMPTY, 30).spare == 30
    assert schedule(QuestionSet(title="T", children=[ask("a", minutes=5)]) @ 9, 9).spare == 4


def test_wishes_yield_before_anything_is_dropped() -> None:
    """
    Where wishes do not all fit but the least minutes do, each yields in proportion, and nothing goes.
    """
    kolb = QuestionSet(key="kolb", title="Kolb", least=20, children=[ask("a", title="A"), ask("b", title="B")])
    outline = ask("c", title="C", least=2) @ 4 + kolb @ 40 + ask("d", title="D")

    assert [(table.times, table.spare) for table in (schedule(outline, n) for n in (60, 45, 34, 23))] == [
        ((4, 40, 16), 0),
        ((4, 40, 1), 0),
        ((3, 30, 1), 0),
        ((2, 20, 1), 0),
    ]
    assert schedule(outline, 22).dropped == (ask("d", title="D"),)


@pytest.mark.parametrize(
    ("needs", "minutes", "dropped"),
    [((5, 9, 6), 12, "b"), ((5, 5, 5), 10, "c"), ((5, 5, 5), 5, "bc"), ((9, 5, 6), 7, "ab")],
)
def test_what_is_dropped_is_told(needs: tuple[int, ...], minutes: int, dropped: str) -> None:
    """
    The longest is dropped first, and the last one dropped is as short as will do; among equals, the later. They are named in order.
    """
    a = QuestionSet(children=[ask(KEYS[i], title="T", least=n) for i, n in enumerate(needs)])

    assert "".join(map(keys_of, schedule(a, minutes).dropped)) == dropped


def test_a_wish_below_the_least_does_not_fit() -> None:
    """
    A model that is given fewer minutes than its least is an error that says both, however long the session is.
    """
    kolb = QuestionSet(key="kolb", title="Kolb", least=20, children=[ask("a", title="A", least=4), ask("b", title="B")])

    with pytest.raises(DoesNotFit, match="'kolb' needs at least 20 minutes and has 10") as caught:
        schedule(kolb @ 10 + ask("c"), 60)
    assert (caught.value.what, caught.value.needs, caught.value.has) == ("kolb", 20, 10)
    with pytest.raises(DoesNotFit, match="at least 5 minutes and has 4"):
        schedule(QuestionSet(children=[ask("a", title="A", least=4), ask("b", title="B")]) @ 4, 60)
    with pytest.raises(DoesNotFit, match="'short' needs at least 3 minutes and has 2"):
        schedule(kolb + ask("c", key="short", title="Short", least=3), 2)
    assert [row.minutes for row in schedule(kolb @ 20, 20).rows] == [10, 10]


def test_what_does_not_fit_is_named() -> None:
    """
    An error names a set by its key, else by its title, else by its parts, else it says these questions.
    """
    a, b = ask("a", title="A", least=9), ask("b", title="B", least=9)
    for some, name in (
        (QuestionSet(key="k", title="T", children=[a, b]), "'k'"),
        (QuestionSet(title="T", children=[a, b]), "'T'"),
        (QuestionSet(minutes=5, children=[a, b]), "'A + B'"),
        (QuestionSet(minutes=5, least=9, children=[one("c")]), "'these questions'"),
    ):
        with pytest.raises(DoesNotFit, match=f"^{re.escape(name)} needs at least"):
            schedule(some.within(5), 60)


def test_questions_between_parts_go_by_the_name_of_the_whole() -> None:
    """
    A run of questions beside parts is a stretch of its own, under the title of the set it stands in.
    """
    whole = QuestionSet(title="T", children=[one("c"), ask("a", title="A"), one("d")])

    assert [row.part.title for row in schedule(whole, 9).rows] == ["T", "A", "T"]


def test_schedule_looks_up_and_chooses_as_it_is_told() -> None:
    """
    Names and choices of an outline are settled by what the caller gives.
    """
    shelf = {"a": ask("a", title="A"), "b": ask("b", title="B")}
    table = schedule(read_outline("a | b"), 9, load=shelf.__getitem__, choose=lambda ways: ways[-1])

    assert [row.part for row in table.rows] == [shelf["b"]]


def test_the_least_of_a_set_is_its_own_or_its_parts() -> None:
    """
    The least minutes are the greater of its own and its parts' together, whatever is wished; a silence may take none.
    """
    quiet = QuestionSet(title="Quiet", mode=Mode.SILENT)
    parts = [ask("a", title="A", least=4), ask("b", title="B", least=3), one("c"), one("d"), quiet]

    assert least(QuestionSet(title="T", children=parts)) == 8
    assert least(QuestionSet(title="T", least=5, children=parts)) == 8
    assert least(QuestionSet(title="T", least=20, children=parts)) == 20
    assert least(QuestionSet(title="T", least=20, minutes=30, children=parts)) == 20
    assert least(quiet) == 0


@pytest.mark.parametrize("key", our_catalogue())
def test_no_stage_of_ours_is_ever_dropped(key: str) -> None:
    """
    At its least minutes and at any longer, every part of every model that comes with us has its row, in order of use.
    """
    model = our_catalogue().model(key)
    start = least(model)
    inside = [question for part in model.questions.parts_in_use for question in part.asks]
    beside = [question for question in model.asks if question not in inside]
    for minutes in (start, start + 1, start + 17, 120):
        table = schedule(model, minutes)
        asked = [q for row in table.rows for q in row.part.asks]

        assert asked == [*beside, *inside]
        assert not table.dropped
        assert all(row.minutes >= row.part.least for row in table.rows)
    with pytest.raises(DoesNotFit):
        schedule(model, start - 1)


def test_two_hundred_parts_are_dealt_at_once() -> None:
    """
    A day over two hundred parts takes well under a second.
    """
    many = QuestionSet(children=[QuestionSet(children=[one(str(i))], title="T", usual=i % 7 + 1) for i in range(200)])
    start = time.perf_counter()
    table = schedule(many, LONGEST)

    assert time.perf_counter() - start < 1
    assert len(table.rows) == 200
    assert len(schedule(many, 100).dropped) == 100


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "a@3",
        "a + b",
        "a | b",
        "a + b | c",
        "(a | b) + c",
        "(a | b)@3 + c",
        "(a + b)@3",
        "a@3 + b@4 | c@5",
        "a.b@3",
    ],
)
def test_no_bracket_is_printed_that_nobody_needs(text: str) -> None:
    """
    What is written with no more brackets than it needs is printed as it was written.
    """
    assert show(read_outline(text)) == text


def test_brackets_are_counted_anew() -> None:
    """
    Closing brackets gives their depth back: fifty deep is as deep as ever after any number of them.
    """
    before = "(a) + (a) + "

    assert read_outline(before + "(" * 50 + "b" + ")" * 50)
    with pytest.raises(OutlineFault, match="nested more than 50 deep"):
        read_outline(before + "(" * 51 + "b" + ")" * 51)


def test_whoever_chooses_chooses_everywhere() -> None:
    """
    Choices within wishes, joins and other choices are put to the same chooser.
    """
    shelf = {key: ask(key, title=key.upper()) for key in "abcd"}
    for text, asked in (("(a | b)@5", "b"), ("a + (b | c)", "ac"), ("a | (b | c) + d", "cd"), ("a | (b | c)@5", "c")):
        assert keys_of(settle(read_outline(text), shelf.__getitem__, lambda ways: ways[-1])) == asked


def fault_of(text: str) -> str:
    """
    What is wrong with an outline, for somebody who has our catalogue.
    """
    with pytest.raises(OutlineFault) as caught:
        read_outline(text, our_catalogue().find_nearest)
    return caught.value.what


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("kolb–cycle", "this is an en dash (U+2013); type a hyphen (-)"),
        ("Kolb-Cycle", "a key has small letters only"),
        ("kolb_cycle", "a key has hyphens, and no underscores"),
        ("kolb cycle", "a key has no spaces"),
        ("кolb-cycle", "this is a Cyrillic letter that looks like 'k' (U+043A); type k"),
        ("kolb-\u200bcycle", "this is a zero-width space (U+200B); take it out, or type the line again"),
        ("Experiential learning cycle", "a key has small letters only"),
        ("experiential learning cycle", "a key has no spaces"),
        ("“Experiential learning cycle”", "a curly quotation mark (U+201C) has no meaning here; take it out"),
    ],
)
def test_a_key_that_is_typed_otherwise_is_named(typed: str, what: str) -> None:
    """
    Wherever a key is typed with other signs, or a title stands in its place, the fault names the sign and the key.
    """
    for outline in ("{}", "{}@40", "arrive@3 + {}@40 + close@7", "({}|grow)@40", "arrive@3 + ({} | grow)"):
        assert fault_of(outline.format(typed)) == f"{what}. Did you mean 'kolb-cycle'?"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("“kolb-cycle”@40", "a curly quotation mark (U+201C) has no meaning here; take it out"),
        ("'kolb-cycle@40'", "a quotation mark has no meaning here; take it out"),
        ("kolb-cycle＠40", "this is a full-width sign (U+FF20); type a plain @"),
        ("kolb-cycle@40 ＋ close", "this is a full-width sign (U+FF0B); type a plain +"),
        ("arrive@3, close@7", "',' has no meaning here; write + between two steps"),
        ("arrive@3 kolb-cycle@40", "something is missing before this: + or |"),
        ("kolb-cycle@40 %", "'%' has no meaning here"),
    ],
)
def test_a_sign_that_is_meant_as_another_is_named(text: str, what: str) -> None:
    """
    A sign that only looks right is named; where no key is in doubt, none is suggested.
    """
    assert fault_of(text) == what


@given(st.text(max_size=30))
def test_whatever_is_typed_is_an_outline_or_a_fault(text: str) -> None:
    """
    The search for what was meant never fails, and suggests only what can be read.
    """
    for nearest in (make_path, our_catalogue().find_nearest):
        try:
            read_outline(text, nearest)
        except OutlineFault as fault:
            meant = re.search(r"Did you mean '(.*)'\?", fault.what)
            assert not meant or read_outline(meant[1])


@pytest.mark.parametrize("typed", ["Kolb-Cycle", "kolb–cycle", "kolb_cycle", "Experiential Learning Cycle", "kolb"])
def test_a_catalogue_names_the_model_that_was_meant(typed: str) -> None:
    """
    A model that is asked for by its title, or by its key typed otherwise, is named in the error.
    """
    with pytest.raises(UnknownKey, match="Did you mean 'kolb-cycle'"):
        our_catalogue().model(typed)
    assert our_catalogue().find_nearest(f"{typed}.experience") == "kolb-cycle.experience"
    assert our_catalogue().find_nearest("nothing like it") == ""

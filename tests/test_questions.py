"""
Questions and sets: every law of ``docs/explanation/laws.md`` on the real operations.
"""

from __future__ import annotations

import operator
import random
import time
from collections.abc import Callable, Sequence

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reflect import load
from reflect.errors import KeyClash, ReflectError, Refused, TooDeep, UnknownKey
from reflect.questions.answers import Answering
from reflect.questions.question import Addressee, By, Element, Function, Mode, Question, Shape, Step, Topic
from reflect.questions.rings import Ring
from reflect.questions.sets import (
    DEEPEST,
    EMPTY,
    Entry,
    Outline,
    QuestionSet,
    missing,
    regroup,
    sequence,
    weave,
    without,
)
from tests import laws
from tests.strategies import (
    KEYS,
    ask,
    asking_sets,
    counts,
    entries,
    keys_of,
    models,
    modes,
    one,
    outlines,
    question_sets,
    questions,
    seeds,
    set_arguments,
    silences,
    steps,
    topics,
    untopical_asking_sets,
    untopical_sets,
    used,
)

some_keys = st.sampled_from(["", "ace", "bdfh", KEYS])
bys = st.sampled_from(["element", "function"])


def about(a: QuestionSet, id: str) -> QuestionSet:
    return a.about(id, "Sam", "case")


def pick(a: QuestionSet, n: int, **more: object) -> QuestionSet:
    return a.pick(n, **more)  # type: ignore[arg-type]


def limited(a: QuestionSet, **more: object) -> QuestionSet:
    return a.limited(**more)  # type: ignore[arg-type]


def doing(keys: str = "s", **more: object) -> QuestionSet:
    """
    Return a part in which something is done, a step for each letter.
    """
    return QuestionSet(
        **{"children": [Step(key=key, text="Do it.") for key in keys], "title": "Do", "mode": Mode.DO, **more}
    )  # type: ignore[arg-type]


def views(a: QuestionSet) -> tuple[Sequence[Entry], Sequence[Question], Sequence[Step], bool]:
    return a.entries, a.asks, a.steps, bool(a)


def nested(depth: int, inmost: QuestionSet | None = None) -> QuestionSet:
    """
    Return a question inside this many titled sets, or another set inside one fewer.
    """
    some = QuestionSet(title="Level", children=[inmost]) if inmost else ask("a", title="Level")
    for _ in range(depth - 1):
        some = QuestionSet(children=[some], title="Level")
    return some


# --- values


@pytest.mark.parametrize("values", [questions, steps, question_sets, topics, outlines, models, silences])
@given(data=st.data())
def test_values_hash_and_equal_values_hash_alike(values: st.SearchStrategy[object], data: st.DataObject) -> None:
    """
    Every value hashes, and a copy of it is equal and hashes the same.
    """
    value = data.draw(values)
    copy = attrs.evolve(value)  # type: ignore[misc]

    assert copy == value
    assert hash(copy) == hash(value)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (one(), "text"),
        (ask(), "title"),
        (ask(), "children"),
        (Topic("t", "Sam", Ring.CASE), "title"),
        (Answering(), "low"),
        (ask() @ 3, "minutes"),
    ],
)
def test_values_cannot_be_changed(value: object, name: str) -> None:
    """
    Assigning to a value raises, for old names and new.
    """
    with pytest.raises(AttributeError):
        setattr(value, name, "other")
    with pytest.raises((AttributeError, TypeError)):
        value.brand_new = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("sign", [operator.add, operator.sub, operator.or_, operator.matmul])
@pytest.mark.parametrize("strange", [3, "a", None, True, 2.5, one()])
@pytest.mark.parametrize("some", [ask(), ask() @ 5])
def test_strange_operands_are_type_errors(
    sign: Callable[[object, object], object], strange: object, some: object
) -> None:
    """
    A set joins with sets alone: anything else is Python's own TypeError, on either side.
    """
    if not (sign is operator.matmul and type(strange) is int):
        with pytest.raises(TypeError):
            sign(some, strange)
    with pytest.raises(TypeError):
        sign(strange, some)


def test_operators_are_the_functions_they_are_short_for() -> None:
    """
    Plus, minus, or and @ give what their functions give.
    """
    a, b = ask("ab"), ask("bc")

    assert a + b == sequence(a, b)
    assert a - b == without(a, b) == a.where(lambda q: q.key == "a")
    assert isinstance(a | b, Outline)
    assert isinstance(a @ 5, Outline)
    assert a.weave(b) == weave(a, b)
    assert a.regroup("element") == regroup(a, "element")
    assert a.missing("element") == missing(a, "element")


def test_a_topic_keeps_its_title_out_of_messages() -> None:
    """
    What somebody brings is not printed by accident; its id is.
    """
    topic = Topic("t1", "The family at number 9", Ring.CASE)

    assert "t1" in repr(topic)
    assert "number 9" not in repr(topic)
    assert "number 9" not in repr(ask().about("t1", topic.title, "case"))
    with pytest.raises(ValueError, match="id"):
        Topic("", "Sam", Ring.CASE)


def test_names_become_members() -> None:
    """
    Plain names are taken for members, and unknown ones refused.
    """
    question = one(elements=["action"], functions=["support"], to="group", ring="case", tags=["what"])

    assert question.elements == (Element.ACTION,)
    assert question.functions == (Function.SUPPORT,)
    assert (question.to, question.ring) == (Addressee.GROUP, Ring.CASE)
    assert question.values("element") == (Element.ACTION,)
    assert question.values("function") == (Function.SUPPORT,)
    with pytest.raises(ValueError, match="Element"):
        one(elements=["act"])


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"least": -1}, {"usual": 0}, {"at_most": 0}])
def test_numbers_make_sense(wrong: dict[str, int]) -> None:
    """
    A set that exists holds: minutes, least, usual and at-most are in range.
    """
    with pytest.raises(ValueError, match="must be"):
        ask(title="T", **wrong)


def test_cycles_sequences_and_steps_are_whole() -> None:
    """
    Only in these three shapes does every part belong.
    """
    assert {shape for shape in Shape if shape.whole} == {Shape.CYCLE, Shape.SEQUENCE, Shape.STEPS}


def test_one_question_cannot_stand_twice_in_a_set() -> None:
    """
    A set with one id twice is refused, at any depth; under another topic it is another question.
    """
    with pytest.raises(KeyClash, match="'a'"):
        ask("aa")
    with pytest.raises(KeyClash):
        QuestionSet(children=[one(), ask("a", title="T")])

    assert len(sequence(ask(), about(ask(), "x")).asks) == 2


def test_loose_and_empty_sets_dissolve() -> None:
    """
    Normal form: nothing empty; what has no title and no minutes dissolves; one of one is that one.
    """
    titled = ask("b", title="T")
    whole = QuestionSet(children=[ask("a"), EMPTY, QuestionSet(title="Empty"), QuestionSet(children=[titled])])

    assert whole.children == (one("a"), titled)
    assert sequence(QuestionSet(children=[titled])) == titled
    assert sequence(ask("c", minutes=5), ask("a")).children[0] == ask("c", minutes=5)
    assert not EMPTY
    assert whole


def test_a_silence_stays_as_long_as_its_part_asks() -> None:
    """
    A part to say or a silence goes only when nothing is asked around it any more.
    """
    quiet = QuestionSet(title="Quiet", mode=Mode.SILENT)
    some = QuestionSet(title="T", children=[one("a"), quiet, one("b")])

    assert quiet in (some - ask("a")).children
    assert some - ask("ab") == EMPTY
    assert some.regroup("element").parts == ()


def test_a_loose_silence_is_no_loose_question_set() -> None:
    """
    A silence without a title is kept as itself and does not dissolve.
    """
    quiet = QuestionSet(mode=Mode.SILENT, guidance="Breathe.")

    assert QuestionSet(title="T", children=[one(), quiet]).parts == (quiet,)


def test_a_silence_holds_no_questions() -> None:
    """
    A part to say or a silence asks nothing: a question in it is refused, and no lens is woven into it.
    """
    quiet = QuestionSet(key="also", title="Also", mode=Mode.SAY)
    base = QuestionSet(title="T", children=[one("a"), quiet])

    assert base.weave(ask("b")).parts == (quiet, ask("b", key="also", title="Also"))
    with pytest.raises(Refused, match="'Quiet' is not for questions, but some are in it"):
        ask("a", title="Quiet", mode=Mode.SILENT)


@given(set_arguments())
def test_a_set_made_by_hand_keeps_the_laws(given: dict[str, object]) -> None:
    """
    The constructor settles what it is given, as operations do.
    """
    laws.law_set_is_settled_when_made(QuestionSet, given)


@given(entries, modes)
def test_questions_and_steps_do_not_mix_in_a_part(some: list[Entry], mode: Mode) -> None:
    """
    A part holds questions, or steps if something is done in it; anything else is refused.
    """
    laws.law_parts_do_not_mix(QuestionSet, some, mode)


def test_what_is_in_the_wrong_part_is_told_the_way_out() -> None:
    """
    The refusal names the part and says where its questions or steps belong.
    """
    with pytest.raises(Refused, match="'Look' asks, but steps are in it; put them in a part in which they are done"):
        QuestionSet(title="Look", children=[doing().children[0]])
    with pytest.raises(Refused, match="'Draw' is not for questions, but some are in it; put them in another part"):
        QuestionSet(title="Draw", mode=Mode.DRAW, children=[one()])
    with pytest.raises(Refused, match="'Draw' has steps, but parts are in it; put them beside it"):
        QuestionSet(title="Draw", mode=Mode.DRAW, children=[doing()])
    with pytest.raises(Refused, match="'these questions' asks, but steps are in it"):
        QuestionSet(children=[doing().children[0]])


@given(question_sets)
def test_entries_are_questions_and_steps(a: QuestionSet) -> None:
    """
    Both are told apart, and are read in their order.
    """
    laws.law_entries_are_questions_and_steps(views, a)


@given(question_sets, silences)
def test_what_holds_nothing_is_nothing(a: QuestionSet, silence: QuestionSet) -> None:
    """
    A part in which something is done, without a step, is the empty set by itself, in every operation.
    """
    laws.law_what_holds_nothing_is_nothing(sequence, a, silence)

    assert silence - a == silence.core() == silence.without_steps() == about(silence, "x") == EMPTY
    assert a - silence == a


def test_a_part_in_which_something_is_done_dissolves_in_nothing() -> None:
    """
    Without a title it stays a part; alone in a set without title it is that set; it goes with the last of its steps.
    """
    loose, titled = doing("s", title=""), doing("t")

    assert QuestionSet(children=[loose]) == loose
    assert not loose.loose
    assert sequence(loose, titled).children == (loose, titled)
    assert QuestionSet(title="T", children=[titled]).parts == (titled,)
    assert (ask("a") + titled) - titled == ask("a")
    assert sequence(loose, loose) == loose
    assert QuestionSet(children=[loose.within(5), one()]).parts == (doing("s", title="", minutes=5),)


def test_a_part_goes_with_the_last_of_its_questions_and_its_steps() -> None:
    """
    Where the short version leaves no question of a part, its steps go too; what never asked anything stays.
    """
    looking = QuestionSet(title="Look", children=[one("a"), one("b", core=True), doing("s")])
    asking = QuestionSet(title="Ask", children=[one("c"), doing("t")])
    ending = doing("u", title="End")
    whole = looking + asking + ending

    assert [entry.key for entry in whole.core().entries] == ["b", "s", "u"]
    assert [entry.key for entry in whole.pick(0).entries] == ["u"]
    assert [entry.key for entry in (whole - ask("abc")).entries] == ["s", "t", "u"]
    assert whole.without_steps().asks == whole.without_steps().entries == whole.asks
    assert ending.core() == ending
    assert not ending.without_steps()


def test_a_model_can_be_a_part() -> None:
    """
    A model among the children stands for its set; what is neither a question nor a set is Python's own TypeError.
    """
    grow = load("grow")

    assert QuestionSet(children=[one(), grow]) == ask() + grow
    with pytest.raises(TypeError, match=r"neither: str|is a text; give"):
        QuestionSet(children=["a"])  # type: ignore[list-item]


def test_a_set_without_title_has_nothing_of_its_own() -> None:
    """
    Neither a key nor a limit stays on what dissolves, and nothing stays on what asks nothing.
    """
    held = ask("ab", title="T", at_most=1)

    assert ask("ab", key="k", at_most=1, guidance="Slowly.") == ask("ab")
    assert QuestionSet(children=[EMPTY, held], key="k", at_most=1) == held
    assert QuestionSet(title="T", minutes=5, children=[QuestionSet(title="Quiet", mode=Mode.SILENT)]) == EMPTY


@given(question_sets)
def test_generated_sets_are_in_normal_form(a: QuestionSet) -> None:
    """
    A set holds nothing empty and nothing loose, and joining it again changes nothing.
    """
    for part in laws.parts_of(a)[1:]:
        assert not (part.loose and part.mode is Mode.ASK)
        assert part.entries or part.mode is not Mode.ASK
    assert not (a.loose and len(a.children) == 1 and a.parts)
    assert sequence(a) == a


def test_nesting_is_capped() -> None:
    """
    Fifty titled sets in one another are a set, one more is refused, and joining keeps what may be.
    """
    deepest = nested(DEEPEST)

    assert deepest + EMPTY == deepest == sequence(deepest, deepest)
    assert deepest + doing() + deepest == deepest + doing()
    assert keys_of(deepest + ask("b")) == "ab"
    with pytest.raises(TooDeep, match="50"):
        nested(DEEPEST + 1)
    with pytest.raises(TooDeep):
        nested(DEEPEST, doing("s", title=""))
    with pytest.raises(TooDeep):
        (deepest + ask("b")).within(5)


# --- joining


@given(question_sets, question_sets, question_sets)
def test_join_is_associative(a: QuestionSet, b: QuestionSet, c: QuestionSet) -> None:
    """
    Brackets do not matter, and where one bracketing refuses, so does the other.
    """
    laws.law_join_is_associative(sequence, a, b, c)


@given(question_sets, question_sets)
def test_join_refuses_two_wordings(a: QuestionSet, b: QuestionSet) -> None:
    """
    Joining refuses if, and only if, one id has two wordings.
    """
    laws.law_join_refuses_two_wordings(sequence, a, b)


@given(question_sets)
def test_join_has_an_identity_and_twice_is_once(a: QuestionSet) -> None:
    """
    The empty set changes nothing, nor does joining a set to itself.
    """
    laws.law_join_has_an_identity(sequence, a)
    laws.law_join_twice_is_once(sequence, a)

    assert sequence() == EMPTY
    assert sequence(a) == a


@given(question_sets, question_sets)
def test_join_asks_each_once_where_it_first_stood(a: QuestionSet, b: QuestionSet) -> None:
    """
    The questions of a join are the distinct ones of both, in order; the operands stay as they were.
    """
    laws.law_join_asks_all_in_order(sequence, a, b)
    laws.law_join_changes_no_operand(sequence, a, b)


def test_ten_thousand_sets_join_in_linear_time() -> None:
    """
    Twice as many sets take about twice as long, and ten thousand take seconds at most.
    """

    def seconds(n: int) -> float:
        sets = [
            QuestionSet(children=[Question(key=str(i), text="?")], title=str(i % 7))
            if i % 2
            else QuestionSet(children=[Step(key=str(i), text="Do.")], title=str(i % 7), mode=Mode.DO)
            for i in range(n)
        ]
        start = time.process_time()
        assert len(sequence(*sets).entries) == n
        return time.process_time() - start

    few = min(seconds(2_500) for _ in range(3))

    assert seconds(10_000) < 3
    assert min(seconds(10_000) for _ in range(2)) < few * 10 + 0.2


def test_ten_thousand_parts_are_filtered_in_linear_time() -> None:
    """
    What chooses among questions and what takes away takes twice as long for twice as many parts with steps in them.
    """

    def seconds(n: int) -> float:
        parts = [
            QuestionSet(title="T", children=[one(f"q{i}", core=i % 2 == 0), doing("s").about(str(i), "T", "case")])
            for i in range(n)
        ]
        whole = QuestionSet(children=parts)
        start = time.process_time()
        assert len(whole.core().steps) == n // 2
        assert len((whole - whole.core()).entries) == n
        assert len(whole.without_steps().entries) == len(whole.pick(n).asks) == n
        assert len(whole.without_topics(lambda topic: True).steps) == 1
        return time.process_time() - start

    few = min(seconds(1_000) for _ in range(3))

    assert min(seconds(4_000) for _ in range(2)) < few * 10 + 0.2


# --- where, core, only


@given(question_sets, question_sets, some_keys)
def test_where(a: QuestionSet, b: QuestionSet, keys: str) -> None:
    """
    Exactly those, in order; twice is once; it passes through a join.
    """
    laws.law_where_is_exact(QuestionSet.where, a, keys)
    laws.law_where_keeps_steps_with_their_questions(QuestionSet.where, a, keys)
    laws.law_where_twice_is_once(QuestionSet.where, a, keys)
    laws.law_where_distributes(QuestionSet.where, a, b, keys)


@given(question_sets)
def test_core(a: QuestionSet) -> None:
    """
    The short version is the core questions.
    """
    assert a.core().asks == tuple(q for q in a.asks if q.core)


@given(question_sets)
def test_where_keeps_parts(a: QuestionSet) -> None:
    """
    A filter that everything passes changes nothing, and one that nothing passes leaves nothing.
    """
    laws.law_where_keeps_parts(QuestionSet.where, a)


@given(question_sets, question_sets)
def test_what_is_asked_without_what_is_done(a: QuestionSet, b: QuestionSet) -> None:
    """
    Exactly the questions are left; twice is once; it passes through a join.
    """
    laws.law_without_steps_is_what_is_asked(QuestionSet.without_steps, a, b)


@given(st.one_of(question_sets, models), st.lists(st.integers(0, 9), max_size=3))
def test_only_is_the_named_parts(a: QuestionSet, choice: list[int]) -> None:
    """
    It holds exactly what the named parts hold, in order, wherever they are nested.
    """
    laws.law_only_is_the_named_parts(QuestionSet.only, a.questions, choice)

    with pytest.raises(UnknownKey):
        a.only("no-such-part")


def test_only_finds_parts_of_parts() -> None:
    """
    A part is named by its path in the set, whether the set has a key or is a join; a slip is told the nearest name.
    """
    harm = ask("a", key="k.worries.harm", title="Harm")
    worries = QuestionSet(key="k.worries", title="Worries", least=5, usual=9, children=[harm, one("b")])
    rest = ask("c", key="k.rest", title="Rest")
    whole = QuestionSet(key="k", title="K", children=[worries, rest], least=20, usual=30)
    joined = whole + ask("d", key="z", title="Z")

    assert keys_of(whole.only("worries.harm")) == "a"
    assert whole.only("worries").parts == (worries,)
    assert keys_of(whole.only("worries.harm", "rest")) == "ac"
    assert keys_of(joined.only("k.worries.harm")) == "a"
    assert keys_of(joined.only("k.worries", "z")) == "abd"
    assert whole.only() == EMPTY
    cut = whole.only("worries.harm")
    assert (cut.least, cut.usual) == (0, None)
    with pytest.raises(UnknownKey, match=r"no part 'worry\.harm'.*Did you mean 'worries\.harm'"):
        whole.only("worry.harm")


# --- minus


@given(question_sets, question_sets, question_sets)
def test_minus(a: QuestionSet, b: QuestionSet, c: QuestionSet) -> None:
    """
    Exactly those of the first that are not in the second; it passes through a join.
    """
    laws.law_minus_is_exact(without, a, b)
    laws.law_minus_itself_is_empty(without, a)
    laws.law_minus_distributes(without, a, b, c)


@given(question_sets)
def test_minus_without_topic_matches_every_topic(a: QuestionSet) -> None:
    """
    A question to no topic takes itself away under every topic; one to a topic only there.
    """
    laws.law_minus_topicless_matches_every_topic(without, a)

    assert ask() - about(ask(), "x") == ask()
    assert about(ask(), "y") - about(ask(), "x") == about(ask(), "y")


# --- topics


@given(question_sets, question_sets, st.sampled_from(["x", "t1"]))
@example(ask(), ask().about("x", "Sam", "case"), "x")  # the two become one question
def test_about(a: QuestionSet, b: QuestionSet, id: str) -> None:
    """
    A topic is set where there is none, so the inner one wins, and it passes through a join.
    """
    laws.law_about_sets_what_is_unset(about, a)
    laws.law_about_the_inner_wins(about, a)
    laws.law_about_passes_through_join(about, a, b, id)


@given(untopical_sets, untopical_sets)
def test_topics_never_clash(a: QuestionSet, b: QuestionSet) -> None:
    """
    Questions to different topics are different questions, also where their wordings differ.
    """
    laws.law_about_keeps_topics_apart(about, a, b)


def test_about_knows_its_topic() -> None:
    """
    The topic has the id, the title and the ring that were given.
    """
    (question,) = ask().about("t9", "Sam", "personal").asks

    assert question.topic == Topic("t9", "Sam", Ring.PERSONAL)
    assert question.id == ("t9", "a")


# --- pick


@given(question_sets, counts, seeds, used)
def test_pick(a: QuestionSet, n: int, seed: int | str, used: dict[str, int]) -> None:
    """
    As many as asked for, in order; one more picks the same and one more; the least used first, then core.
    """
    laws.law_pick_has_n_in_order(pick, a, n, seed)
    laws.law_pick_grows(pick, a, n, seed)
    laws.law_pick_repeats(pick, a, n, seed)
    laws.law_pick_keeps_steps_with_their_questions(pick, a, n, seed)
    laws.law_pick_prefers(pick, a, n, seed, used)


def test_pick_heeds_the_seed() -> None:
    """
    Another seed is another choice, and in time every question is chosen.
    """
    laws.law_pick_heeds_the_seed(pick, ask(KEYS))

    assert pick(ask(KEYS), 4, seed="monday") == pick(ask(KEYS), 4, seed="monday")
    assert pick(ask(KEYS), -1) == EMPTY


def test_pick_by_topic_differs() -> None:
    """
    Two topics with one set of questions do not always get the same choice.
    """
    topics = ("x", "y", "z")
    chosen = {keys_of(pick(about(ask(KEYS), topic), 3, seed=seed)) for seed in range(3) for topic in topics}

    assert len(chosen) > 3


def test_pick_leaves_the_global_random_source_alone() -> None:
    """
    Picking neither reads nor advances anybody else's random numbers.
    """
    before = random.getstate()
    pick(ask(KEYS), 3, seed=1)

    assert random.getstate() == before


@given(question_sets, seeds)
def test_limited(a: QuestionSet, seed: int | str) -> None:
    """
    Every part is cut to its own at-most and no further, in order.
    """
    laws.law_limited(limited, a, seed)
    laws.law_limited_cuts_no_more_than_it_must(limited, a, seed)


def test_limited_chooses_as_pick_does() -> None:
    """
    What a part keeps is what `pick` would pick: the least used, then core, then by seed.
    """
    part = ask("abcdef", title="T", at_most=2)

    assert keys_of(part.limited(used=dict.fromkeys("abcd", 1))) == "ef"
    assert all(part.limited(seed=seed).asks == part.pick(2, seed=seed).asks for seed in range(9))
    assert len({part.limited(seed=seed) for seed in range(9)}) > 1


# --- weave


@given(question_sets, question_sets, bys)
def test_steps_do_not_turn(a: QuestionSet, b: QuestionSet, by: By) -> None:
    """
    Weaving and grouping refuse a set with steps, with a sentence that says what to do.
    """
    laws.law_weave_refuses_steps(weave, a, b)
    laws.law_regroup_refuses_steps(regroup, a, by)

    with pytest.raises(Refused, match=r"'d' has steps in it, .* take its questions alone, with without_steps\(\)"):
        ask().weave(doing(key="d"))


@given(asking_sets, asking_sets)
def test_weave(base: QuestionSet, lens: QuestionSet) -> None:
    """
    The base keeps its order, nothing is lost, each finds its place, twice is once, and two wordings are refused.
    """
    laws.law_weave_refuses_two_wordings(weave, base, lens)
    laws.law_weave_keeps_the_base(weave, base, lens)
    laws.law_weave_loses_nothing(weave, base, lens)
    laws.law_weave_finds_the_place(weave, base, lens)
    laws.law_weave_twice_is_once(weave, base, lens)


@given(asking_sets)
def test_weave_with_nothing_and_with_itself(base: QuestionSet) -> None:
    """
    Weaving nothing or itself changes nothing; into nothing goes all the lens asks.
    """
    laws.law_weave_of_nothing_and_itself(weave, base)


def test_weave_puts_each_at_the_end_of_its_part() -> None:
    """
    The last part of a question's first matching element gets it; the rest come last, under "Also".
    """
    base = QuestionSet(
        title="Base",
        children=[
            ask("a", title="One", elements=["action"]),
            ask("b", title="Two", elements=["reflection", "action"]),
            ask("c", title="Three", elements=["reflection"]),
        ],
    )
    lens = QuestionSet(
        children=[
            one("x", elements=["analysis", "action"]),  # no part has the first, so the second counts
            one("y", elements=["reflection", "action"]),
            one("z"),
            one("w", elements=["experience"]),
        ]
    )
    one_, two, three, also = weave(base, lens).parts

    assert [keys_of(part) for part in (one_, two, three, also)] == ["a", "bx", "cy", "zw"]
    assert (also.key, also.title) == ("also", "Also")


def test_weaving_again_fills_the_same_last_part() -> None:
    """
    What a second lens leaves over joins what the first left over, in one part "Also".
    """
    base = ask("a", title="One") + ask("b", title="Two")
    woven = base.weave(ask("c")).weave(ask("d"))

    assert [keys_of(part) for part in woven.parts] == ["a", "b", "cd"]


def test_weave_cuts_a_lens_to_its_own_most() -> None:
    """
    A lens that limits itself is cut first, by the seed, and the base is not cut.
    """
    base = ask("abc", title="Base", at_most=1)
    lens = ask("wxyz", title="Lens", at_most=2)

    assert keys_of(weave(base, lens)).startswith("abc")
    assert all(weave(base, lens, seed=s).asks[3:] == lens.limited(seed=s).asks for s in range(9))
    assert base.weave(lens, seed=5) == weave(base, lens, seed=5)
    assert len({weave(base, lens, seed=s) for s in range(9)}) > 1


# --- regroup, missing


@pytest.mark.parametrize("by", ["element", "function"])
@given(a=asking_sets)
def test_regroup(by: By, a: QuestionSet) -> None:
    """
    The same questions, each in the group of its first value, the groups in their order; twice is once.
    """
    laws.law_regroup_keeps_the_questions(regroup, a, by)
    laws.law_regroup_groups_by_the_first(regroup, a, by)
    laws.law_regroup_twice_is_once(regroup, a, by)


def test_regroup_names_its_groups_and_drops_the_rest() -> None:
    """
    Groups are titled and know what they serve; inner minutes and guidance go, the wish of the whole stays.
    """
    whole = QuestionSet(
        title="T",
        minutes=40,
        children=[
            QuestionSet(title="In", minutes=9, guidance="Slowly.", children=[one("a", functions=["support"])]),
            one("b"),
            one("c", functions=["management", "support"]),
        ],
    )
    grouped = regroup(whole, "function")

    assert [(part.key, part.title, keys_of(part)) for part in grouped.parts] == [
        ("management", "Management", "c"),
        ("support", "Support", "a"),
        ("also", "Also", "b"),
    ]
    assert [part.functions for part in grouped.parts] == [(Function.MANAGEMENT,), (Function.SUPPORT,), ()]
    assert grouped.minutes == 40
    assert {(part.minutes, part.guidance, part.elements) for part in grouped.parts} == {(None, "", ())}


@given(question_sets, question_sets, bys)
def test_missing(a: QuestionSet, b: QuestionSet, by: By) -> None:
    """
    All values less those present; of a join, what both miss.
    """
    laws.law_missing_is_what_is_not_there(missing, a, by)
    laws.law_missing_of_a_join(missing, a, b, by)


# --- a model is a set


@given(models, untopical_asking_sets)
def test_a_model_works_as_its_set(model: object, other: QuestionSet) -> None:
    """
    Every operation of a set gives the same on a model as on its questions.
    """
    whole: QuestionSet = model.questions  # type: ignore[attr-defined]

    assert model.asks == whole.asks  # type: ignore[attr-defined]
    assert model + other == whole + other  # type: ignore[operator]
    assert other + model == other + whole  # type: ignore[operator]
    assert model - other == whole - other  # type: ignore[operator]
    assert model - model == EMPTY  # type: ignore[operator]
    assert model.core() == whole.core()  # type: ignore[attr-defined]
    asks = model.without_steps()  # type: ignore[attr-defined]
    assert asks == whole.without_steps()
    assert weave(asks, other) == weave(whole.without_steps(), other)
    assert asks.regroup("element") == regroup(asks, "element")
    assert model.within(5) == whole.within(5)  # type: ignore[attr-defined]


def test_every_refusal_is_ours() -> None:
    """
    What is refused on purpose is a ReflectError, and also the built-in that callers expect.
    """
    assert issubclass(KeyClash, (ReflectError, ValueError))
    assert issubclass(UnknownKey, LookupError)
    assert issubclass(TooDeep, ReflectError)


@given(question_sets)
def test_within_is_a_wish(a: QuestionSet) -> None:
    """
    A wish of minutes changes nothing else; a set in which nothing is asked or done takes none.
    """
    wished = a.within(7)

    assert wished.entries == a.entries
    assert wished.minutes == (7 if a else None)
    assert wished.within(9) == a.within(9)


@pytest.mark.parametrize("operation", [sequence, without, weave])
def test_only_sets_combine(operation: Callable[..., QuestionSet]) -> None:
    """
    What is neither a set nor a model is a TypeError that says so, and never part of a set.
    """
    with pytest.raises(TypeError, match=r"neither: str|is a text; give"):
        operation(ask("a"), "a")
    with pytest.raises(TypeError, match=r"neither: int|is a whole number; give"):
        operation(3, ask("a"))


@given(question_sets, st.sampled_from(["t1", "t2"]))
def test_topics_taken_off_are_not_there(a: QuestionSet, id: str) -> None:
    """
    Hidden topics are gone, others stay, all is still asked and done, each once, in order; twice is once.
    """
    laws.law_topics_taken_off_are_not_there(QuestionSet.without_topics, a, id)


def test_taking_topics_off_refuses_nothing() -> None:
    """
    A question put to two hidden topics in two wordings comes out in the first: an error would tell of the second.
    """
    one = Question(key="a", text="What now?", topic=Topic("t", "T", Ring.PAIR))
    other = Question(key="a", text="What then?", topic=Topic("u", "U", Ring.PAIR))
    both = QuestionSet(children=[one, other])

    assert [q.text for q in both.without_topics(lambda topic: True).asks] == ["What now?"]


def test_seeds_are_nought_unless_said() -> None:
    """
    Leaving the seed out is seed 0, also for a lens and for parts within parts.
    """
    many = QuestionSet(children=[ask(KEYS, title="T", at_most=2)])

    assert len({keys_of(many.pick(3, seed=s)) for s in range(9)}) > 1
    assert many.pick(3) == many.pick(3, seed=0)
    assert {keys_of(many.limited(seed=s)) for s in range(9)} == {
        keys_of(QuestionSet(children=many.asks).pick(2, seed=s)) for s in range(9)
    }
    assert many.limited() == many.limited(seed=0)
    assert EMPTY.weave(many) == EMPTY.weave(many, seed=0)
    assert len({keys_of(EMPTY.weave(many, seed=s)) for s in range(9)}) > 1


def test_clashes_and_strangers_are_named() -> None:
    """
    The errors of joining, weaving and topics name the key or the ring, and the nearest that there is.
    """
    a, other = (
        QuestionSet(children=[Question(key="a", text="One?")]),
        QuestionSet(children=[Question(key="a", text="Two?")]),
    )

    for operation in (sequence, weave):
        with pytest.raises(KeyClash, match="have the key 'a'"):
            operation(a, other)
    with pytest.raises(UnknownKey, match=r"^there is no ring 'persnal'. Did you mean 'personal'\?$"):
        a.about("t", "T", "persnal")


def test_a_group_says_what_it_serves() -> None:
    """
    Each group of a regrouped set has the element or function it stands for, so that a lens finds its place there.
    """
    served = Question(key="s", text="Q?", elements=("action",), functions=("support",))
    whole = QuestionSet(children=[served, Question(key="n", text="N?")])

    assert [(p.elements, p.functions) for p in regroup(whole, "element").parts] == [((Element.ACTION,), ()), ((), ())]
    assert [(p.elements, p.functions) for p in regroup(whole, "function").parts] == [
        ((), (Function.SUPPORT,)),
        ((), ()),
    ]


def test_what_a_seed_picks_stays_what_it_picks() -> None:
    """
    A seed that was written down gives the same questions in every release: these choices are never changed.
    """
    many = ask(KEYS)

    assert [keys_of(many.pick(3, seed=seed)) for seed in (0, 7, "anna")] == ["adh", "acf", "bef"]


def test_ways_to_group_are_named() -> None:
    """
    Grouping in an unknown way is an error, which names the nearest.
    """
    for operation in (regroup, missing):
        with pytest.raises(UnknownKey, match=r"^there is no way to group called 'elements'. Did you mean 'element'\?$"):
            operation(ask("a"), "elements")  # type: ignore[arg-type]
        with pytest.raises(UnknownKey, match=r"Did you mean 'function'\?$"):
            operation(ask("a"), "functions")  # type: ignore[arg-type]


def test_silence_belongs_to_what_has_a_title() -> None:
    """
    A silence in a set without a title goes when sets are joined, for nothing holds it; one in a part stays.
    """
    quiet = QuestionSet(title="Quiet", mode=Mode.SILENT)
    held = QuestionSet(title="Held", children=[quiet, one("b")])

    assert sequence(QuestionSet(children=[quiet, one("a")]), held) == QuestionSet(children=[one("a"), held])

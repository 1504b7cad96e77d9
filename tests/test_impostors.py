"""
The laws have teeth: each lets the real operation pass, and finds out every impostor.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reflect.questions.sets import QuestionSet, missing, regroup, sequence, weave, without
from reflect.questions.timetable import schedule
from tests import impostors as wrong
from tests import laws
from tests.documents import tried
from tests.strategies import (
    KEYS,
    ask,
    asking_sets,
    counts,
    entries,
    modes,
    question_sets,
    seeds,
    set_arguments,
    silences,
    untopical_sets,
    used,
)
from tests.test_questions import about, limited, pick, views

sets, keys, bys = question_sets, st.sampled_from(["", "ace", "bdfh", KEYS]), st.sampled_from(["element", "function"])
asking, choices = asking_sets, st.lists(st.integers(0, 9), max_size=3)
sessions = st.integers(0, 150)
items = st.lists(st.sampled_from([1, 2, 3, 5, 9, 20]), min_size=1, max_size=5).map(
    lambda shares: QuestionSet(children=[ask(KEYS[i], title="T", usual=share) for i, share in enumerate(shares)])
)
#: More than a short session holds.
crowds = st.lists(st.tuples(st.integers(1, 12), st.none() | st.integers(12, 40)), min_size=1, max_size=6).map(
    lambda needs: QuestionSet(
        children=[ask(KEYS[i], title="T", least=least, minutes=wish) for i, (least, wish) in enumerate(needs)]
    )
)
share_lists = st.lists(st.integers(1, 40), min_size=1, max_size=5)
equals = st.just(ask(KEYS))


def broken(
    law: Callable[..., None], operation: object, strategies: tuple[st.SearchStrategy[object], ...], n: int
) -> bool:
    """
    Return whether hypothesis finds a case, among this many, in which an operation breaks a law.
    """

    @settings(
        database=None,
        derandomize=True,
        deadline=None,
        max_examples=n,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(*strategies))
    def holds(some: tuple[object, ...]) -> None:
        law(operation, *some)

    try:
        holds()
    except AssertionError:
        return True
    return False


#: A law, what it is about, the real operation, and impostors that it has to find out.
TABLE = [
    (
        laws.law_set_is_settled_when_made,
        (set_arguments(),),
        QuestionSet,
        [wrong.make_as_given, wrong.make_flat, wrong.make_with_nothing_in_it],
    ),
    (
        laws.law_parts_do_not_mix,
        (entries, modes),
        QuestionSet,
        [wrong.make_leaves_out_strangers, wrong.make_refuses_steps],
    ),
    (
        laws.law_entries_are_questions_and_steps,
        (sets,),
        views,
        [wrong.views_of_questions_alone, wrong.views_with_steps_last, wrong.views_with_steps_as_questions],
    ),
    (laws.law_join_is_associative, (sets, sets, sets), sequence, [wrong.join_wraps]),
    (
        laws.law_join_refuses_two_wordings,
        (sets, sets),
        sequence,
        [wrong.join_overlooks_clashes, wrong.join_refuses_repeats, wrong.join_overlooks_steps],
    ),
    (laws.law_join_has_an_identity, (sets,), sequence, [wrong.join_wraps, wrong.join_sorts]),
    (laws.law_join_twice_is_once, (sets,), sequence, [wrong.join_refuses_repeats, wrong.join_wraps]),
    (
        laws.law_join_asks_all_in_order,
        (sets, sets),
        sequence,
        [
            wrong.join_last_wins,
            wrong.join_forgets_topics,
            wrong.join_sorts,
            wrong.join_overlooks_clashes,
            wrong.join_overlooks_steps,
            wrong.join_drops_parts_without_questions,
        ],
    ),
    (laws.law_what_holds_nothing_is_nothing, (sets, silences), sequence, [wrong.join_keeps_silences]),
    (
        laws.law_where_is_exact,
        (sets, keys),
        QuestionSet.where,
        [wrong.where_gives_nothing, wrong.where_gives_all, wrong.where_gives_the_first],
    ),
    (
        laws.law_where_keeps_steps_with_their_questions,
        (sets, keys),
        QuestionSet.where,
        [wrong.where_keeps_all_steps, wrong.where_loses_steps, wrong.where_loses_parts_that_never_asked],
    ),
    (
        laws.law_where_distributes,
        (sets, sets, keys),
        QuestionSet.where,
        [wrong.where_gives_the_first, wrong.where_loses_parts_that_never_asked],
    ),
    (
        laws.law_where_keeps_parts,
        (sets,),
        QuestionSet.where,
        [
            wrong.where_dissolves_parts,
            wrong.where_gives_all,
            wrong.where_keeps_all_steps,
            wrong.where_loses_parts_that_never_asked,
        ],
    ),
    (
        laws.law_without_steps_is_what_is_asked,
        (sets, sets),
        QuestionSet.without_steps,
        [wrong.without_steps_keeps_them, wrong.without_steps_loses_what_is_beside_them],
    ),
    (
        laws.law_only_is_the_named_parts,
        (sets, choices),
        QuestionSet.only,
        [wrong.only_what_is_asked, wrong.only_the_first],
    ),
    (
        laws.law_minus_is_exact,
        (sets, sets),
        without,
        [
            wrong.minus_gives_nothing,
            wrong.minus_gives_all,
            wrong.minus_heeds_topics_only,
            wrong.minus_overlooks_topics,
            wrong.minus_compares_wordings,
            wrong.minus_leaves_steps,
        ],
    ),
    (
        laws.law_minus_itself_is_empty,
        (sets,),
        without,
        [wrong.minus_gives_nothing, wrong.minus_gives_all, wrong.minus_leaves_steps],
    ),
    (laws.law_minus_topicless_matches_every_topic, (sets,), without, [wrong.minus_heeds_topics_only]),
    (
        laws.law_about_sets_what_is_unset,
        (sets,),
        about,
        [
            wrong.about_does_nothing,
            wrong.about_overwrites,
            wrong.about_names_by_title,
            wrong.about_puts_questions_alone,
        ],
    ),
    (
        laws.law_topics_taken_off_are_not_there,
        (sets, st.sampled_from(["t1", "t2"])),
        QuestionSet.without_topics,
        [wrong.topics_stay_on_steps],
    ),
    (laws.law_about_the_inner_wins, (untopical_sets,), about, [wrong.about_overwrites]),
    (
        laws.law_about_keeps_topics_apart,
        (untopical_sets, untopical_sets),
        about,
        [wrong.about_does_nothing, wrong.about_names_by_title],
    ),
    (
        laws.law_pick_has_n_in_order,
        (sets, counts, seeds),
        pick,
        [wrong.pick_one_too_many, wrong.pick_in_the_order_chosen],
    ),
    (laws.law_pick_grows, (sets, counts, seeds), pick, [wrong.pick_anew_for_each_n]),
    (
        laws.law_pick_keeps_steps_with_their_questions,
        (sets, counts, seeds),
        pick,
        [wrong.pick_leaves_no_steps, wrong.pick_leaves_all_steps],
    ),
    (laws.law_pick_repeats, (sets, counts, seeds), pick, [wrong.pick_by_global_random]),
    (
        laws.law_pick_prefers,
        (sets, counts, seeds, used),
        pick,
        [wrong.pick_by_random_sample, wrong.pick_ignores_use, wrong.pick_core_before_use],
    ),
    (laws.law_pick_heeds_the_seed, (equals,), pick, [wrong.pick_ignores_the_seed]),
    (laws.law_limited, (sets, seeds), limited, [wrong.limited_does_nothing, wrong.limited_cuts_the_outer_only]),
    (laws.law_limited_cuts_no_more_than_it_must, (sets, seeds), limited, [wrong.limited_asks_one]),
    (
        laws.law_weave_refuses_steps,
        (sets, sets),
        weave,
        [wrong.weave_drops_steps, wrong.weave_refuses_steps_in_the_base_alone],
    ),
    (laws.law_regroup_refuses_steps, (sets, bys), regroup, [wrong.regroup_drops_steps]),
    (laws.law_weave_loses_nothing, (asking, asking), weave, [wrong.weave_loses_the_rest, wrong.weave_ignores_at_most]),
    (laws.law_weave_keeps_the_base, (asking, asking), weave, [wrong.weave_begins_with_the_lens]),
    (
        laws.law_weave_finds_the_place,
        (asking, asking),
        weave,
        [
            wrong.weave_is_plus,
            wrong.weave_by_any_element,
            wrong.weave_to_the_first_part,
            wrong.weave_to_the_start,
        ],
    ),
    (laws.law_weave_of_nothing_and_itself, (asking,), weave, [wrong.weave_loses_the_rest]),
    (
        laws.law_regroup_groups_by_the_first,
        (asking, bys),
        regroup,
        [
            wrong.regroup_is_identity,
            wrong.regroup_in_order_met,
            wrong.regroup_by_the_last,
            wrong.regroup_drops_the_rest,
        ],
    ),
    (laws.law_regroup_keeps_the_questions, (asking, bys), regroup, [wrong.regroup_drops_the_rest]),
    (laws.law_missing_of_a_join, (sets, sets, bys), missing, [wrong.missing_unless_all_serve]),
    (
        laws.law_missing_is_what_is_not_there,
        (sets, bys),
        missing,
        [wrong.missing_is_nothing, wrong.missing_looks_at_the_first],
    ),
    (laws.law_schedule_adds_up, (sets, sessions), schedule, [wrong.schedule_loses_a_minute]),
    (
        laws.law_schedule_gives_each_its_least,
        (sets, sessions),
        schedule,
        [wrong.schedule_in_equal_shares, wrong.schedule_forgets_rounds],
    ),
    (laws.law_schedule_keeps_rounds_whole, (sets, sessions), schedule, [wrong.schedule_cuts_a_round]),
    (laws.law_schedule_never_shrinks, (items, sessions, st.just(1)), schedule, [wrong.schedule_by_largest_remainder]),
    (
        laws.law_schedule_drops_the_fewest,
        (crowds, st.integers(1, 40)),
        schedule,
        [
            wrong.schedule_drops_all_but_one,
            wrong.schedule_drops_the_last_first,
            wrong.schedule_drops_what_is_wished_too_long,
        ],
    ),
    (laws.law_schedule_meets_wishes_first, (sets, sessions), schedule, [wrong.schedule_serves_the_flexible_first]),
    (laws.law_schedule_wishes_yield_alike, (share_lists, sessions), schedule, [wrong.schedule_cuts_the_last_wish]),
    (
        laws.law_schedule_asks_all_that_is_kept,
        (sets, sessions),
        schedule,
        [
            wrong.schedule_loses_questions,
            wrong.schedule_leaves_steps_out,
            wrong.schedule_in_the_order_of_the_page,
        ],
    ),
    (
        laws.law_schedule_is_fair,
        (share_lists, sessions),
        schedule,
        [wrong.schedule_in_equal_shares],
    ),
    (laws.law_schedule_leaves_no_time_open, (sets, sessions), schedule, [wrong.schedule_keeps_all_as_spare]),
]


@pytest.mark.parametrize(
    ("law", "strategies", "impostor"),
    [(law, strategies, one) for law, strategies, _, many in TABLE for one in many],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_law_finds_the_impostor_out(
    law: Callable[..., None], strategies: tuple[st.SearchStrategy[object], ...], impostor: object
) -> None:
    """
    Hypothesis finds a case in which the impostor breaks the law.
    """
    assert broken(law, impostor, strategies, 1000)


@pytest.mark.parametrize(
    ("law", "strategies", "real"), [row[:3] for row in TABLE], ids=lambda value: getattr(value, "__name__", "")
)
def test_the_law_lets_the_real_one_pass(
    law: Callable[..., None], strategies: tuple[st.SearchStrategy[object], ...], real: object
) -> None:
    """
    The same law, tried the same way, has nothing against the real operation.
    """
    assert not broken(law, real, strategies, tried(100))

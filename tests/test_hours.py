"""
Hours that are planned by what they are for: their laws over any session file, and wrong ways to plan that break them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.planning.agenda import arrange
from reflect.planning.caseload import Case
from reflect.planning.checking import findings_of_plan
from reflect.planning.last_time import LastTime
from reflect.planning.minutes import TooShort
from reflect.planning.occasions import occasion_names
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile, profile, profile_names
from reflect.planning.session_file import InformalDecision, Load, Promise, SessionFile, Wish, load
from reflect.planning.what_follows import Asked, follow
from reflect.questions.rings import Ring
from reflect.sessions.journal import EMPTY, Journal, JournalEntry
from tests import hour_impostors as wrong
from tests import hour_laws as laws
from tests.documents import tried
from tests.test_impostors import broken

DAY = datetime.date(2026, 3, 4)
EXAMPLE = Path(__file__).parents[1] / "src" / "reflect" / "examples" / "one-to-one.yaml"
#: Professions whose hour is the ordinary one, and one that has its own items, planned as if it had none.
PROFESSIONS: dict[str, Profile] = {
    **{name: known for name in profile_names() if not (known := profile(name)).items and known.setting != "group"},
    "with-intervals": attrs.evolve(profile("childrens-social-work"), items=(), slots={}),
}
professions = st.sampled_from(list(PROFESSIONS)).map(PROFESSIONS.__getitem__)
_DAYS = st.dates(datetime.date(2025, 6, 1), DAY)
_SCORES = st.none() | st.integers(0, 10)


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Case, ...]:
    return tuple(
        Case(
            ref=f"C{n}",
            family=draw(st.sampled_from(["", "", "F1", "F2"])),
            kind=draw(st.sampled_from(["CP", "CIN", ""])),
            touched=draw(st.none() | _DAYS),
            in_depth=draw(st.none() | _DAYS),
            event=draw(st.none() | st.dates(DAY, DAY + datetime.timedelta(days=60))),
            risk=draw(st.booleans()),
        )
        for n in range(draw(st.sampled_from([0, 0, 0, 1, 3, 8, 25])))
    )


@st.composite
def files(draw: st.DrawFn, *, shortest: int = 10) -> SessionFile:
    """
    Any session of ten minutes to three hours, with what people may write into its file.
    """
    known = draw(_cases())
    names = ["", "", "", "", "learning", "workload", "before", "talk", *(case.ref for case in known[:2])]

    def wishes(letter: str, most: int) -> tuple[Wish, ...]:
        return tuple(
            Wish(
                what=f"{letter}{n}",
                under=draw(st.sampled_from(names)),
                minutes=draw(st.sampled_from([None, None, None, 2, 5, 12, 20])),
                purpose=draw(st.sampled_from(["", "", "think", "decide", "tell"])),
                ring=draw(st.sampled_from([None, None, Ring.PAIR, Ring.PERSONAL])),
                since=draw(st.none() | st.dates(datetime.date(2025, 12, 1), DAY)),
                put_off=draw(st.sampled_from([0, 0, 0, 1, 2, 3])),
                when=draw(st.sampled_from(["", "", "", "by e-mail today"])),
            )
            for n in range(draw(st.integers(0, most)))
        )

    today = st.builds(Wish, what=st.just("crisis"), minutes=st.sampled_from([None, 5, 14, 15, 30, 45]))
    return SessionFile(
        date=DAY,
        minutes=draw(st.integers(shortest, 180) | st.sampled_from([45, 60, 60, 90])),
        today=draw(st.none() | st.none() | today),
        supervisee_items=wishes("mine", 7),
        supervisor_items=wishes("theirs", 4),
        previous_actions=draw(st.sampled_from([(), (Promise(what="ring", who="supervisee"),)])),
        informal=draw(
            st.sampled_from([(), (InformalDecision(about="rota", happened=datetime.datetime(2026, 2, 3, 16)),)])
        ),
        workload=draw(st.sampled_from([None, Load(points=90, limit=100), Load(points=107, limit=100)])),
        cases=known,
        choose=tuple(draw(st.lists(st.sampled_from([case.ref for case in known]), max_size=2))) if known else (),
        slots=draw(st.sampled_from([None, None, None, 0, 1, 3])),
        without=tuple(draw(st.lists(st.sampled_from(["learning", "depth", "workload", "wellbeing"]), max_size=1))),
        after_shock=draw(st.booleans()),
        seed=draw(st.integers(0, 9)),
    )


purposes = st.lists(st.sampled_from(["", "think", "decide", "tell"]), min_size=1, max_size=4)
#: Each law, what it is tried with besides a file and a profession, and wrong ways to plan that it finds out.
TABLE: list[tuple[Callable[..., None], tuple[st.SearchStrategy[object], ...], list[Callable[..., Plan]]]] = [
    (laws.law_every_minute_is_given_once, (), [wrong.leaves_a_minute_open]),
    (laws.law_headings_are_in_their_order, (), [wrong.begins_with_last_time, wrong.ends_with_a_talk]),
    (laws.law_thinking_together_has_its_part, (), [wrong.thins_the_talk]),
    (laws.law_headings_are_few, (), [wrong.gives_each_thing_a_heading]),
    (
        laws.law_nothing_that_is_brought_is_lost,
        (),
        [wrong.loses_what_has_no_room, wrong.puts_off_without_a_day, wrong.overlooks_the_way_that_was_given],
    ),
    (
        laws.law_what_cannot_wait_is_there,
        (),
        [
            wrong.puts_off_what_cannot_wait,
            wrong.puts_off_to_next_time,
            wrong.says_nothing_of_missing_minutes,
        ],
    ),
    (
        laws.law_neither_side_is_thinned,
        (),
        [wrong.says_nothing_of_missing_minutes, wrong.touches_all_cases_in_no_time],
    ),
    (laws.law_what_was_put_off_twice_leads, (), [wrong.takes_the_newest_first]),
    (laws.law_what_waits_leaves_the_talk_to_what_is_new, (), [wrong.takes_what_waits_first]),
    (
        laws.law_no_occasion_loses_anything,
        (st.sampled_from(occasion_names()),),
        [wrong.loses_what_has_no_room, wrong.sees_cases_in_an_ordinary_hour_alone],
    ),
    (laws.law_a_refusal_has_nobodys_words, (), [wrong.names_what_does_not_fit]),
    (
        laws.law_a_talk_has_its_topic_and_its_questions,
        (),
        [wrong.shows_one_question, wrong.heads_a_talk_by_its_model],
    ),
    (
        laws.law_what_is_between_the_two_shapes_nothing_for_others,
        (purposes, st.sampled_from(["COPPER", "HERON-LANTERN"])),
        [wrong.plans_by_what_is_between_the_two, wrong.gives_what_is_private_a_minute],
    ),
]


@pytest.mark.parametrize(("law", "more", "_"), TABLE, ids=[law.__name__ for law, _, _ in TABLE])
def test_an_hour_keeps_its_laws(
    law: Callable[..., None], more: tuple[st.SearchStrategy[object], ...], _: object
) -> None:
    """
    Over any session file and any profession.
    """

    @settings(max_examples=tried(60), deadline=None)
    @given(files(), professions, st.tuples(*more))
    def holds(file: SessionFile, settings_: Profile, given_: tuple[object, ...]) -> None:
        law(arrange, file, settings_, *given_)

    holds()


IMPOSTORS = [(law, more, impostor) for law, more, impostors in TABLE for impostor in impostors]


@pytest.mark.parametrize(
    ("law", "more", "impostor"), IMPOSTORS, ids=[f"{law.__name__}-{each.__name__}" for law, _, each in IMPOSTORS]
)
def test_a_wrong_way_to_plan_is_found_out(
    law: Callable[..., None], more: tuple[st.SearchStrategy[object], ...], impostor: Callable[..., Plan]
) -> None:
    """
    Each law fails on each plan that is wrong in what it is about.
    """
    assert broken(law, impostor, (files(shortest=40), professions, *more), 400)


# --- the hour of the picture


def test_the_example_is_the_hour_of_the_picture() -> None:
    """
    Six headings in an hour: half of it is the talk, which has the name of what it is about.
    """
    told, known = load(EXAMPLE)
    plan = arrange(told.file, known)

    assert [(line.title, line.minutes) for line in plan.lines] == [
        ("Arriving, and how you are", 5),
        ("Before we meet again", 8),
        ("From last time", 4),
        ("what to say to the school", 30),
        ("Short things", 5),
        ("Writing it down together", 8),
    ]
    assert [[each.topic.title for each in item.brought] for item in plan.session.items] == [
        [], [], [], ["What to say to the school"], ["The rota in April", "The new form"], [],
    ]  # fmt: skip


def small(**changes: object) -> SessionFile:
    return SessionFile(**{"date": DAY, "minutes": 60, **changes})  # type: ignore[arg-type]


def headings(plan: Plan) -> list[tuple[str, int]]:
    return [(line.kind, line.minutes) for line in plan.lines]


@pytest.mark.parametrize(("minutes", "talks"), [(25, 0), (26, 1), (79, 1), (80, 2), (119, 2), (120, 3), (180, 3)])
def test_a_longer_session_has_more_talks_and_not_more_headings(minutes: int, talks: int) -> None:
    """
    One talk from twenty-six minutes, two from eighty minutes, three from two hours, if somebody brings so much.
    """
    brought = tuple(Wish(what=f"thing {n}") for n in range(5))
    plan = arrange(small(minutes=minutes, supervisee_items=brought), profile("general"), occasion="ordinary")

    assert sum(line.kind == "talk" for line in plan.lines) == talks


@pytest.mark.parametrize("name", list(PROFESSIONS))
@pytest.mark.parametrize("minutes", [26, 30, 38, 45, 50, 60, 75, 90, 120, 180])
def test_whatever_the_profession_what_is_brought_has_the_talk(name: str, minutes: int) -> None:
    """
    In every profession and length an hour has two fifths for talks, and few headings; what is brought has the first.
    """
    brought = (Wish(what="the school"), Wish(what="the rota", purpose="decide", ring=Ring.PERSONAL))
    plan = arrange(small(minutes=minutes, supervisee_items=brought), PROFESSIONS[name], occasion="ordinary")
    talks = [item for item in plan.session.items if laws.is_talk(item)]

    assert 5 * sum(item.minutes for item in talks) >= 2 * minutes
    assert next(line for line in plan.lines if line.kind == "talk").title == "the school"
    assert len(plan.lines) <= max(3, minutes // 10)


@pytest.mark.parametrize("minutes", range(9, 31))
def test_a_short_meeting_of_any_length_can_be_held(minutes: int) -> None:
    """
    Also if its one thing has less time than a talk without a model would like.
    """
    known = tuple(Case(ref=f"C{n}", risk=True) for n in range(12))
    brought = (Wish(what="one"), Wish(what="two", minutes=5))
    plan = arrange(small(minutes=minutes, cases=known, supervisor_items=brought), profile("housing"), occasion="short")

    assert sum(line.minutes for line in plan.lines) == minutes


def test_an_empty_hour_has_an_open_talk_that_is_called_that() -> None:
    """
    Nobody has brought anything, nothing was agreed and nothing is due: four headings, and most of it is open.
    """
    plan = arrange(small(), profile("general"))

    assert headings(plan) == [("wellbeing", 5), ("before", 8), ("talk", 39), ("close", 8)]
    assert plan.lines[2].title == "An open talk"


def test_what_cannot_wait_has_the_talk_and_what_yields_has_a_day() -> None:
    """
    It stands first after arriving; what the worker wanted to think about has a day within five working days, and what
    they want to decide is still a short thing.
    """
    plan = arrange(
        small(
            today=Wish(what="the hearing is tomorrow", minutes=30),
            supervisee_items=(Wish(what="what to say to the school"), Wish(what="the rota", purpose="decide")),
        ),
        profile("general"),
    )

    assert [line.kind for line in plan.lines] == ["wellbeing", "talk", "before", "short", "close"]
    assert plan.lines[1].key == "today"
    assert plan.lines[1].minutes >= 30
    assert [(each.topic.title, each.until) for each in plan.session.put_off] == [
        ("What to say to the school", "by Wednesday 11 March 2026")
    ]


def test_what_cannot_wait_and_is_short_takes_no_talk() -> None:
    """
    Ten minutes that cannot wait are among what must be seen to before the next session; the talk stays the worker's.
    """
    plan = arrange(
        small(today=Wish(what="the hearing", minutes=10), supervisee_items=(Wish(what="the school"),)),
        profile("general"),
    )

    assert [(line.kind, [wish.what for wish in line.wishes]) for line in plan.lines] == [
        ("wellbeing", []), ("before", ["the hearing"]), ("talk", ["the school"]), ("close", []),
    ]  # fmt: skip
    assert "The hearing." in [note.text for note in plan.session.items[1].notes]


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"today": Wish(what="crisis")}, "crisis"),
        ({}, "C1"),
        ({"choose": ()}, "mine"),
        ({"choose": (), "supervisee_items": ()}, "C2"),
        ({"choose": (), "supervisee_items": (), "cases": (Case(ref="C9"),)}, "C9"),
        ({"choose": (), "supervisee_items": (), "cases": ()}, "An open talk"),
    ],
)
def test_which_topic_has_the_talk(changes: dict[str, object], first: str) -> None:
    """
    What cannot wait; what the worker chose or brings; what is due in depth; whose turn it is; else an open talk.
    """
    known = (Case(ref="C1", kind="CIN", in_depth=DAY), Case(ref="C2", kind="CP", in_depth=datetime.date(2025, 6, 1)))
    usual = {"cases": known, "choose": ("C1",), "supervisee_items": (Wish(what="mine"),)}
    plan = arrange(small(**{**usual, **changes}), PROFESSIONS["with-intervals"])
    (talk,) = [line for line in plan.lines if line.kind in ("talk", "depth")]

    assert talk.title == first


def test_workload_and_learning_are_there_when_there_is_something() -> None:
    """
    A load under its limit is said in a line, one over it has a heading; learning has one when it was asked for, or has
    not been there for four sessions.
    """
    known = profile("general")
    kinds = [
        [line.kind for line in arrange(small(minutes=90, **changes), known, log, occasion="ordinary").lines]
        for changes, log in (
            ({"workload": Load(points=90, limit=100)}, EMPTY),
            ({"workload": Load(points=107, limit=100)}, EMPTY),
            ({"supervisee_items": (Wish(what="a course", under="learning"),)}, EMPTY),
            ({}, _held("talk", 4)),
            ({}, _held("learning", 4)),
            ({}, _held("talk", 3)),
        )
    ]

    assert ["workload" in each for each in kinds] == [False, True, False, False, False, False]
    assert ["learning" in each for each in kinds] == [False, False, True, True, False, False]
    under = arrange(small(workload=Load(points=90, limit=100)), known)
    assert [note.text for note in under.session.items[1].notes] == ["90 of 100 points."]


def _held(kind: str, count: int) -> Journal:
    days = [DAY - datetime.timedelta(days=28 * n) for n in range(1, count + 1)]
    return Journal(tuple(JournalEntry(date=day, items=(kind,)) for day in days))


def test_what_has_too_many_headings_is_said_under_another() -> None:
    """
    In forty minutes there are four headings: what was agreed before and what is short are said before we meet again.
    """
    plan = arrange(
        small(
            minutes=40,
            supervisee_items=(Wish(what="the school"), Wish(what="the rota", purpose="decide")),
            previous_actions=(Promise(what="ring the panel", who="supervisor"),),
        ),
        profile("general"),
    )

    assert [line.kind for line in plan.lines] == ["wellbeing", "before", "talk", "close"]
    assert [note.text for note in plan.session.items[1].notes] == [
        "Worker: the rota.",
        "Supervisor: ring the panel.",
    ]


def test_too_much_to_touch_asks_for_another_date() -> None:
    """
    Twenty cases of two minutes need forty of an hour: twenty are there, and the plan says how many are missing.
    """
    known = tuple(Case(ref=f"C{n:02}", risk=True) for n in range(20))
    plan = arrange(small(cases=known, slots=0, next=datetime.date(2026, 4, 1)), profile("general"))
    before = next(item for item in plan.session.items if item.kind == "before")

    assert plan.missing == 20
    assert before.minutes == 20
    said = "20 more minutes are needed for C10, C11, C12, C13, C14, C15, C16, C17, C18, C19"
    assert f"{said}: agree another date before 1 April 2026." in [note.text for note in plan.session.notes]
    (finding,) = [each for each in findings_of_plan(plan) if each.code == "minutes-missing"]
    assert finding.sentence.startswith("20 more minutes are needed")


# --- from one session to the next


def test_what_was_put_off_twice_has_the_next_talk() -> None:
    """
    Somebody brings more than there is room for, three times: what had no room twice leads, before all that is new.
    """
    last, months = LastTime(), (3, 4, 5)
    led: list[str] = []
    for month in months:
        day = datetime.date(2026, month, 4)
        brings = tuple(f"line {month}.{n}" for n in range(9))
        found = follow(last, Asked(bring=brings, date=day))
        plan = arrange(found.file, found.settings)
        kept = found.keep(plan)
        led.append(next(line.wishes[0].what for line in plan.lines if line.kind == "talk"))
        last = LastTime(plans=(*last.plans, kept))
        waits = [each.topic.title for each in kept.session.put_off]

    assert led[0] == "line 3.0"
    assert led[2].startswith("Line 3.")
    assert waits


def test_a_session_of_a_few_minutes_has_three_headings_at_most() -> None:
    """
    A quarter of an hour that somebody calls ordinary is about what must not wait, and what the worker brings.
    """
    plan = arrange(
        small(minutes=15, occasion="ordinary", supervisee_items=(Wish(what="the school"),)), profile("general")
    )

    assert [line.kind for line in plan.lines] == ["wellbeing", "before", "close"]
    assert [wish.what for wish in plan.lines[1].wishes] == ["the school"]


def test_more_than_fits_is_said_with_the_fewest_minutes_that_do() -> None:
    """
    What cannot wait needs longer than the session: so many more minutes are enough, and one less is not.
    """
    file = small(minutes=40, today=Wish(what="the hearing", minutes=38))
    with pytest.raises(TooShort) as short:
        arrange(file, profile("general"))

    assert arrange(attrs.evolve(file, minutes=short.value.needs), profile("general"))
    with pytest.raises(TooShort):
        arrange(attrs.evolve(file, minutes=short.value.needs - 1), profile("general"))

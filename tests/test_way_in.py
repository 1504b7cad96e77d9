"""
How a talk about something begins: with a question that is about just that, and fits whatever was brought. After it comes
what the model asks.
"""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.pages.catalogues import our_catalogue
from reflect.planning.agenda import arrange
from reflect.planning.candidates import candidates
from reflect.planning.caseload import Case
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.planning.talk_questions import WAY_IN, questions_of, shown_of, with_doubts, with_way_in
from reflect.questions.choosing import opening_questions
from reflect.questions.question import Mode, Question
from reflect.questions.rings import Ring
from reflect.questions.sets import QuestionSet
from reflect.questions.timetable import least
from reflect.sessions.session import Item
from tests.documents import tried

MODELS = our_catalogue()
#: Models that ask, for two people: what is done step by step begins as its first step says.
ASKING = [
    each.key
    for each in candidates(MODELS)
    if "one-to-one" in each.suits and (asks := questions_of(each.key, 60, MODELS)).mode is Mode.ASK and not asks.steps
]
DAY = datetime.date(2026, 3, 4)
#: Professions whose hours are planned by topics.
PROFESSIONS = ("general", "coaching", "housing", "adults-social-work", "education", "youth-work")
MATTERS = ("what to say to the school", "my first court report", "being shouted at", "it went well", "whether to stay")


def is_way_in(question: Question) -> bool:
    return question.key.startswith(f"{WAY_IN}.")


def check_way_in(model: QuestionSet, asks: QuestionSet) -> None:
    """
    One question is lent, which stands before all others in the order of use; the model is all there, in its order, and
    needs no more minutes; and an agenda shows that question, and one of the model's.
    """
    lent = [question for question in asks.asks if is_way_in(question)]
    assert len(lent) == 1
    assert asks.where(lambda question: not is_way_in(question)).entries == model.entries
    part = asks
    while part.parts_in_use and not isinstance(part.children[0], Question):
        part = next(each for each in part.parts_in_use if each.asks)
    assert part.asks[0] == lent[0]
    assert least(asks) == least(model)
    shown = shown_of(asks, {}, of_work=False)
    assert shown[0] == lent[0].key
    assert [key for key in shown[1:] if key in {question.key for question in model.asks}] == [*shown[1:]] != []


@settings(max_examples=tried(60))
@given(st.sampled_from(ASKING), st.integers(10, 90), st.integers(0, 99))
def test_a_way_in_stands_before_any_model(key: str, minutes: int, seed: int) -> None:
    model = questions_of(key, minutes, MODELS)
    if model.mode is Mode.ASK and not model.steps:
        check_way_in(model, with_way_in(model, MODELS, str(seed), {}))


def begins_with_its_own(asks: QuestionSet) -> QuestionSet:
    return asks


def begins_twice(asks: QuestionSet) -> QuestionSet:
    return with_way_in(with_way_in(asks, MODELS, "", {}), MODELS, "2", {})


def ends_with_it(asks: QuestionSet) -> QuestionSet:
    return asks.weave(MODELS.model(WAY_IN).pick(1))


def says_nothing_else(asks: QuestionSet) -> QuestionSet:
    return MODELS.model(WAY_IN).pick(1)


@pytest.mark.parametrize("wrong", [begins_with_its_own, begins_twice, ends_with_it, says_nothing_else])
def test_the_law_of_the_way_in_finds_impostors(wrong: object) -> None:
    model = questions_of("kolb-cycle", 60, MODELS)

    check_way_in(model, with_way_in(model, MODELS, "", {}))
    with pytest.raises(AssertionError):
        check_way_in(model, wrong(model))  # type: ignore[operator]


def test_the_ways_in_fit_whatever_is_brought() -> None:
    """
    There are enough of them for two talks in each of seven sessions; each is short, presumes no past of the two, and
    names nobody who may not be in it.
    """
    ways = MODELS.model(WAY_IN).asks

    assert len(ways) >= 14
    for question in ways:
        assert len((question.plain or question.text).split()) <= 12, question.key
        assert "{" not in question.text
        assert "past" not in question.tags


def talks(**changes: object) -> list[Item]:
    file = SessionFile(**({"date": DAY, "minutes": 60} | changes))  # type: ignore[arg-type]
    planned = arrange(file, profile(file.profile or "general"))
    pairs = zip(planned.lines, planned.session.items, strict=True)
    return [item for line, item in pairs if line.kind in ("talk", "depth")]


@settings(max_examples=tried(25), deadline=None)
@given(
    st.sampled_from(PROFESSIONS),
    st.sampled_from(["ordinary", "short", "joint", "group", "after-a-gap"]),
    st.lists(st.sampled_from(MATTERS), min_size=1, max_size=3),
    st.integers(0, 99),
    st.dates(datetime.date(2024, 1, 1), datetime.date(2030, 1, 1)),
)
def test_a_talk_about_something_begins_with_it(
    profession: str, name: str, brought: list[str], seed: int, day: datetime.date
) -> None:
    """
    In any profession, and on any occasion on which something is talked about: the first question that the agenda shows
    is about what was brought, and no two talks of a day begin alike.
    """
    minutes = 20 if name == "short" else 90
    items = [Wish(what=what) for what in brought]
    profession = "group" if name == "group" else profession
    found = talks(profile=profession, occasion=name, minutes=minutes, seed=seed, date=day, supervisee_items=items)
    firsts = [opening_questions(item.set, item.shows)[0] for item in found if item.brought and not item.set.steps]

    assert any(item.brought for item in found)
    assert all(map(is_way_in, firsts)), firsts
    assert len({question.key for question in firsts}) == len(firsts)


def test_a_case_begins_so_too_and_has_its_doubt() -> None:
    case = Case(ref="F11", touched=DAY - datetime.timedelta(days=40))
    for changes in (
        {"cases": (case,), "choose": ("F11",)},
        {"cases": (case,), "supervisee_items": [Wish(what="F11", under="F11", ring=Ring.CASE)]},
    ):
        first, second = opening_questions((talk := talks(models={"talk": "kolb-cycle"}, **changes)[0]).set, talk.shows)
        assert is_way_in(first)
        assert set(second.tags) & {"alternative", "evidence-against"}
    model = with_doubts(questions_of("kolb-cycle", 30, MODELS), MODELS, 30, "", {})
    check_way_in(model, with_way_in(model, MODELS, "", {}))


def test_an_open_talk_begins_as_its_model_does() -> None:
    """
    Nothing was brought; and after a shock nobody is asked about it.
    """
    for changes in ({}, {"after_shock": True, "supervisee_items": [Wish(what="the school")]}):
        for item in talks(**changes):
            assert not any(map(is_way_in, item.set.asks))


def test_what_was_asked_last_time_is_not_asked_again() -> None:
    """
    Each has its turn before one comes again.
    """
    used: dict[str, int] = {}
    keys = []
    model = questions_of("kolb-cycle", 60, MODELS)
    for n in range(14):
        asks = with_way_in(model, MODELS, str(n), used)
        keys += [question.key for question in asks.asks if is_way_in(question)]
        used[keys[-1]] = 1 + n

    assert len(set(keys)) == 14

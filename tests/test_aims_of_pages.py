"""
What a page says it is for, and what of it is used in half an hour.
"""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given

from reflect.errors import Faults, Refused
from reflect.pages.reading import read_model
from reflect.pages.writing import write_model
from reflect.questions.choosing import all_parts_of
from reflect.questions.half_hours import HALF_HOUR, half_hour_of, in_minutes, least_in_short
from reflect.questions.model import Aim, Head, Model
from reflect.questions.sets import QuestionSet
from reflect.questions.timetable import least, schedule
from tests.strategies import models

PAGE = """\
---
title: Three ways round
minutes: [20, 45]
for: [stuck, conflict]
half-hour: [look-back@15, others.sister]
---

## What happened {#look-back minutes=5-20}

- Where does this story begin for you? {#first}
- What was said? {#said}

## Who else was there {#others minutes=10-15}

- What was the brother doing? {#brother}
- What was the sister doing? {#sister}

## What is next {#next minutes=5-15}

- Who will know? {#know}
"""


def keys_of(some: QuestionSet) -> list[str]:
    return [entry.key.removeprefix("three-ways-round.") for entry in some.entries]


def faults_of(text: str) -> str:
    with pytest.raises(Faults) as caught:
        read_model(text)
    return str(caught.value)


def test_a_page_says_what_it_is_for_and_what_to_use_in_half_an_hour() -> None:
    """
    Both are read, written as they were, and in the set: the parts named, with the minutes said, and one question.
    """
    model = read_model(PAGE)
    short = half_hour_of(model)

    assert model.head.aims == (Aim.STUCK, Aim.CONFLICT)
    assert keys_of(short) == ["look-back.first", "look-back.said", "others.sister"]
    assert [(part.least, part.usual) for part in short.parts] == [(5, 15), (0, None)]
    assert "for: [stuck, conflict]\nhalf-hour: [look-back@15, others.sister]\n" in write_model(model)
    assert read_model(write_model(model)) == model
    assert least_in_short(model) == 6


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("for: [stuk, conflict]", "'for: stuk' is not known; write"),
        ("for: [stuk, conflict]", "Did you mean 'stuck'?"),
        ("half-hour: [look-bak@15]", "'half-hour' has 'look-bak', and no part, question or step of the page"),
        ("half-hour: [look-bak@15]", "Did you mean 'look-back'?"),
        ("half-hour: [look-back@15, look-back]", "'look-back' is in 'half-hour' twice"),
        ("half-hour: [Look back]", "'Look back' in 'half-hour' is not a part with its minutes"),
        ("half-hour: [look-back@20, next@20]", "'half-hour' takes 40 minutes"),
        ("half-hour: [look-back@0]", "is not a part with its minutes"),
    ],
)
def test_what_is_wrong_with_either_is_said(written: str, said: str) -> None:
    """
    Each fault names the line, what is there and the nearest word.
    """
    name = written.partition(":")[0]
    page = "\n".join(written if line.startswith(f"{name}:") else line for line in PAGE.split("\n"))

    assert said in faults_of(page)


def test_what_is_used_in_half_an_hour_takes_no_longer() -> None:
    """
    Parts that need more than half an hour together are a fault, although no minutes are said after @.
    """
    page = PAGE.replace("minutes=5-20", "minutes=20-20").replace(
        "half-hour: [look-back@15,", "half-hour: [next, look-back,"
    )

    assert "'half-hour' takes" not in str(read_model(page))
    assert "'half-hour' takes 35 minutes" in faults_of(page.replace("minutes=5-15", "minutes=14-15"))
    with pytest.raises(Refused):
        Head(key="k", title="K", half_hour=("Look back",))


def test_few_minutes_have_the_half_hour_way_and_many_have_the_whole() -> None:
    """
    It is used where the page usually takes longer than a talk of 40 minutes or fewer has, or needs more at least.
    """
    model = read_model(PAGE)
    part = half_hour_of(model)
    whole = model.questions

    assert [in_minutes(model, n) for n in (30, 40)] == [part, part]
    assert [in_minutes(model, n) for n in (41, 45, 90)] == [whole] * 3
    short = attrs.evolve(model, head=attrs.evolve(model.head, minutes=(20, 25)))
    assert [in_minutes(short, n) for n in (24, 25, 30)] == [part, whole, whole]
    assert (
        in_minutes(read_model(PAGE.replace("half-hour", "order").replace("@15, others.sister", "")), 20).asks
        == whole.asks
    )
    assert in_minutes(model, 5) == whole  # it fits in no way, and whoever plans is told by the whole


@given(models)
def test_what_is_used_is_of_the_page_and_fits_half_an_hour(model: Model) -> None:
    """
    The half-hour way holds what the page names and nothing else, in the order of the page, and can be dealt its minutes.
    """
    part = half_hour_of(model)
    named = {f"{model.key}.{piece.partition('@')[0]}" for piece in model.head.half_hour}
    inner = {entry.key for each in all_parts_of(model.questions) if each.key in named for entry in each.entries}

    wanted = [entry for entry in model.questions.entries if entry.key in named | inner]
    assert list(part.entries) == wanted
    assert least_in_short(model) <= least(model)
    if part.entries:
        assert (part.key, part.title) == (model.questions.key, model.questions.title)
        assert sum(row.minutes for row in schedule(part, HALF_HOUR).rows) <= HALF_HOUR

"""
The pages that come with the library.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reflect
from reflect.pages.reading import read_model
from reflect.pages.writing import write_model
from reflect.questions.question import Mode
from reflect.questions.sets import QuestionSet
from reflect.questions.timetable import least

FOLDER = Path(reflect.__file__).parent / "models"
PAGES = sorted(FOLDER.glob("*.md"))
WANTED = {
    "kolb-cycle", "three-column-mapping", "morrison-444", "seven-eyed", "balint-group", "social-graces",
    "wellbeing-check-in", "gibbs-cycle", "what-so-what-now-what", "arrive", "previous-actions", "workload",
    "case-round", "learning", "close",
}  # fmt: skip


def test_every_model_that_was_promised_is_there() -> None:
    """
    The catalogue holds the hard five, the lens, the check-in, three cycles and the frame.
    """
    assert set(reflect.catalogue()) >= WANTED


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_is_canonical_and_says_where_it_comes_from(path: Path) -> None:
    """
    Each page is in its tidy form, is named by its key, and names its sources, its rights and its licence.
    """
    text = path.read_text("utf-8")
    model = read_model(text, path.name)

    assert write_model(model) == text
    assert model.key == path.stem
    assert model.head.sources
    assert model.head.rights
    assert model.head.licence == "CC-BY-4.0"
    assert model.head.when
    assert model.head.minutes


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_question_can_be_asked_aloud(path: Path) -> None:
    """
    A question has 25 words at most, asks nobody why they did it, and does not read as a form.
    """
    for question in read_model(path.read_text("utf-8")).asks:
        assert len(question.text.split()) <= 25, question.key
        assert not re.search(r"\bwhy did(n't)? you\b", question.text, re.IGNORECASE), question.key
        assert not re.search(r"\b(a|an|the|this) \{(person|family|manager|organisation)\}", question.text), question.key


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_every_part_that_asks_has_a_short_version(path: Path) -> None:
    """
    Each part that asks has one to three core questions.
    """

    def look(some: QuestionSet) -> None:
        own = [q for q in some.children if not isinstance(q, QuestionSet)]
        if own:
            assert 1 <= sum(q.core for q in own) <= 3, some.key
        for part in some.parts:
            assert part.mode is Mode.ASK or part.guidance, part.key
            look(part)

    look(read_model(path.read_text("utf-8")).questions)


def test_every_question_about_identity_may_be_passed() -> None:
    """
    The social graces print "or pass" on every question.
    """
    assert all(question.or_pass for question in reflect.load("social-graces").asks)


def test_how_you_are_stays_between_the_two() -> None:
    """
    What is said in the wellbeing check-in is the pair's.
    """
    assert {question.ring for question in reflect.load("wellbeing-check-in").asks} == {reflect.Ring.PAIR}


def test_seven_eyes_are_in_their_places() -> None:
    """
    The third eye is the relationship, the fourth the worker, and the sixth is asked of the supervisor.
    """
    parts = reflect.load("seven-eyed").questions.parts

    assert "between them" in parts[2].title
    assert "does the work" in parts[3].title
    assert [part.to for part in parts].index("supervisor") == 5
    assert sum(part.to == "supervisor" for part in parts) == 1


def test_the_integrated_model_is_three_sets_of_four() -> None:
    """
    Three sets of four round a cycle, never a grid.
    """
    sets = reflect.load("morrison-444").questions.parts

    assert [len(each.parts) for each in sets] == [4, 4, 4]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_minutes_agree(path: Path) -> None:
    """
    A model's parts fit in its least minutes.
    """
    model = read_model(path.read_text("utf-8"))

    assert model.head.minutes is not None
    assert least(model) == model.head.minutes[0]

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
PROMISED = {
    "kolb-cycle", "three-column-mapping", "morrison-444", "seven-eyed", "balint-group", "social-graces",
    "wellbeing-check-in", "gibbs-cycle", "what-so-what-now-what", "arrive", "previous-actions", "workload",
    "case-round", "learning", "close",
}  # fmt: skip


def test_the_catalogue_has_every_promised_model() -> None:
    """
    The catalogue has the hard five, the lens, the check-in, three cycles and the frame.
    """
    assert set(reflect.catalogue()) >= PROMISED


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_is_canonical_and_names_its_sources(path: Path) -> None:
    """
    Each page is in its canonical form, has its key as its file name, and gives sources, rights and licence.
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
    A question has at most 25 words, does not ask why somebody did something, and puts no article before a word.
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

    def check(whole: QuestionSet) -> None:
        own = [child for child in whole.children if not isinstance(child, QuestionSet)]
        if own:
            assert 1 <= sum(question.core for question in own) <= 3, whole.key
        for part in whole.parts:
            assert part.mode is Mode.ASK or part.guidance, part.key
            check(part)

    check(read_model(path.read_text("utf-8")).questions)


def test_every_question_about_identity_may_be_passed() -> None:
    """
    The social graces print "or pass" on every question.
    """
    assert all(question.or_pass for question in reflect.load("social-graces").asks)


def test_how_you_are_stays_between_the_two() -> None:
    """
    Only the pair may read the answers of the wellbeing check-in.
    """
    assert {question.ring for question in reflect.load("wellbeing-check-in").asks} == {reflect.Ring.PAIR}


def test_seven_eyes_are_in_their_places() -> None:
    """
    The third eye is the relationship, the fourth the worker, and the sixth is put to the supervisor.
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
def test_the_parts_fit_in_the_least_minutes(path: Path) -> None:
    """
    The least minutes of a model are those of its parts.
    """
    model = read_model(path.read_text("utf-8"))

    assert model.head.minutes is not None
    assert least(model) == model.head.minutes[0]

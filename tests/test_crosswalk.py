"""
What each model is said to be: its elements, its functions, its stages in their order, and where it comes from.

The facts are those of the team's survey of the field (its section 9.1 and the section of each model), and change only
when that does. A model that the survey does not have has the row that its page was written to, from the sources that the
page names. What they are compared with stands on the pages, and nowhere else in the library.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import reflect
from reflect.questions.question import Mode
from reflect.questions.sets import QuestionSet

FACTS = json.loads((Path(__file__).parent / "data" / "crosswalk.json").read_text("utf-8"))
#: What a page adds to its model on purpose, and says so in the title of a part: an element.
ADDED = {"maclean-weather": "action"}


def parts(whole: QuestionSet) -> Iterator[QuestionSet]:
    yield whole
    for child in whole.children:
        if isinstance(child, QuestionSet):
            yield from parts(child)


def _is_between(part: QuestionSet) -> bool:
    """
    Whether a part is no stage: chairs are turned or a line is drawn, so that a stage can begin.
    """
    return part.mode in (Mode.MOVE, Mode.DRAW) and not part.elements and not part.functions


def test_every_model_of_the_field_is_in_the_crosswalk() -> None:
    """
    Every page has a row, except the frame of a session and our pages for supervisees.
    """
    own = ("frame", "supervisee's own")
    assert set(FACTS) == {head.key for head in reflect.catalogue().heads() if head.family not in own}


@pytest.mark.parametrize("key", FACTS)
def test_elements_and_functions_agree(key: str) -> None:
    """
    A model has exactly the elements it is said to have, its main functions, and no functions that it does not touch.
    """
    model, fact = reflect.load(key), FACTS[key]
    elements = {str(e) for part in parts(model.questions) for e in part.elements}
    elements |= {str(e) for question in model.asks for e in question.elements}
    functions = {str(f) for part in parts(model.questions) for f in part.functions}
    functions |= {str(f) for question in model.asks for f in question.functions}

    assert elements - {ADDED.get(key)} == set(fact["elements"])
    assert set(fact["functions"]) <= functions <= {*fact["functions"], *fact["partly"]}
    if key in ADDED:
        assert any("added here" in part.title for part in parts(model.questions))


@pytest.mark.parametrize("key", FACTS)
def test_stages_and_sources_agree(key: str) -> None:
    """
    A model's stages have their names and their order, and its sources their authors and years.
    """
    model, fact = reflect.load(key), FACTS[key]
    said = [f"{source.author.split(',')[0]} {source.year}" for source in model.head.sources]

    assert [part.title for part in model.questions.parts if not _is_between(part)] == fact["stages"]
    assert [each for each in said if not each.startswith("reflect ")] == fact["from"]

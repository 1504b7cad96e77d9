"""
Twenty methods that are done, as pages: all that each needs can be said, and nothing of it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reflect import catalogue, render
from reflect.checks import check
from reflect.interchange.values import from_json, to_json
from reflect.pages.reading import read_model
from reflect.questions.model import CanvasKind, Model
from reflect.questions.question import Mode

FOLDER = Path(__file__).parent / "data" / "activities"
PAGES = {path.stem: path for path in sorted(FOLDER.glob("*.md"))}


def parts_of(model: Model) -> list[tuple[str, int, int | None]]:
    """
    What is done in each part, how often, and how long all together.
    """
    return [(str(part.mode), part.rounds, part.usual) for part in model.questions.parts]


def steps_of(model: Model) -> list[tuple[str, int | None]]:
    return [(str(step.mode), step.minutes) for step in model.steps]


#: What has to be on each page, as its model says it; the question marks in it are those of its questions.
FACTS: dict[str, Callable[[Model], bool]] = {
    "three-rounds": lambda m: parts_of(m) == [("say", 3, 30), ("silent", 1, 2)],
    "one-two-four-all": lambda m: [part.usual for part in m.questions.parts] == [1, 2, 4, 5],
    "wall-of-slips": lambda m: m.head.people is not None and m.head.people.most == 15 and len(m.head.variants) == 1,
    "two-axes": lambda m: m.head.canvas is not None and m.head.canvas.kind is CanvasKind.AXES,
    "dots": lambda m: parts_of(m) == [("vote", 1, None), ("say", 2, 16)],
    "time-line-on-the-floor": lambda m: m.head.canvas is not None and m.head.canvas.kind is CanvasKind.TIMELINE,
    "empty-chair": lambda m: m.questions.parts[1].rounds == 3 and "screen" in m.head.variants[0].when,
    "ladder-down": lambda m: m.questions.parts_in_use[0].title == "What you did" and len(m.questions.parts) == 5,
    "fishbowl": lambda m: m.questions.parts[0].quiet == ("outside",) and parts_of(m) == [("say", 1, 20)],
    "draw-without-words": lambda m: parts_of(m)[0] == ("draw", 1, 6) and len(m.head.variants) == 1,
    "letter-not-sent": lambda m: parts_of(m)[0] == ("write", 1, 10) and all(s.answering is None for s in m.steps),
    "who-holds-what": lambda m: m.head.canvas is not None and m.head.canvas.kind is CanvasKind.CIRCLES,
    "string-of-three": lambda m: (
        [part.usual for part in m.questions.parts] == [12, 28, 5] and m.head.minutes == (45, 45)
    ),
    "threes": lambda m: steps_of(m) == [("say", 7), ("say", 2), ("move", None)] and parts_of(m) == [("say", 3, 27)],
    "cards-on-the-floor": lambda m: m.head.materials == ("thirty pictures",),
    "fist-to-five": lambda m: m.steps[0].mode is Mode.VOTE and m.head.materials == (),
    "sorting-what-is-ours": lambda m: m.head.canvas is not None and len(m.head.canvas.words) == 3,
    "closing-round": lambda m: [str(step.mode) for step in m.steps] == ["move", "say", "silent"],
    "handover-walk": lambda m: [part.usual for part in m.questions.parts][:2] == [7, 8] and len(m.asks) == 2,
    "after-the-event": lambda m: [part.usual for part in m.questions.parts] == [5, 5, 10, 5] and len(m.asks) == 4,
}


def test_there_are_twenty_activities() -> None:
    """
    Each has a page, and what it needs stands above.
    """
    assert set(FACTS) == set(PAGES)
    assert len(PAGES) == 20


@pytest.mark.parametrize("name", PAGES)
def test_an_activity_is_a_page(name: str) -> None:
    """
    It reads without a fault, in canonical form, and says all that the activity needs.
    """
    (checked,) = check(PAGES[name])
    model = catalogue(FOLDER).model(next(m.key for m in [read_model(PAGES[name].read_text("utf-8"))]))

    assert (checked.faults, checked.tidy) == ((), None)
    assert FACTS[name](model)


@pytest.mark.parametrize("name", PAGES)
def test_an_activity_loses_no_word(name: str) -> None:
    """
    Every word of its page is in its model, and in the JSON of that; and what it asks are its sentences with a question
    mark, and nothing else.
    """
    text = PAGES[name].read_text("utf-8")
    model = read_model(text)
    written = to_json(model)
    words = re.findall(r"[^\W\d_]+", re.sub(rf"\{{#[a-z0-9-]+|\.(?:{'|'.join(Mode)})\b", "", text))

    assert from_json(written) == model
    names = {"key", "version", "title", "suits", "people", "least", "most", "how", "with", "goes", "across", "up"}
    lost = {word for word in words if word not in written and word.lower() not in names}
    assert lost - {"columns", "circles", "timeline", "canvas", "down"} == set()
    assert len(model.asks) == text.count("?")


def test_a_method_of_any_length_that_a_page_may_say_has_its_deck() -> None:
    """
    The most rounds of the most minutes: the shares of its track have more digits than anybody's evening.
    """
    text = "# Many\n\nS.\n\n## A {.do rounds=999 minutes=999}\n\n1. Do it.\n2. Do that.\n\n## B {.do}\n\n1. X.\n"
    model = read_model(text, "many.md")

    for name in ("cards", "slide", "diagram", "notes", "handout"):
        assert b"Many" in render(model, name, to="html"), name

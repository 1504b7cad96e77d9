"""
Strings of pages: a page whose steps are other pages.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect import catalogue
from reflect.checks import check
from reflect.errors import Faults
from reflect.pages.catalogues import Catalogue
from reflect.pages.reading import read_model
from reflect.pages.writing import write_model
from reflect.questions.rings import Ring

EVENING = "---\ntitle: Evening\nsteps: [arrive@5, threes, round@4]\n---\n\nThree things.\n"
THREES = "---\ntitle: Threes\nroles: [speaker, watcher]\nmaterials: [pens]\n---\n\n## Turns {.do rounds=3 minutes=9}\n\n1. Tell it.\n"
ROUND = "# Round {.say}\n\n1. Say one word.\n"


def pages(**texts: str) -> Catalogue:
    return catalogue(texts)


def faults_of(some: Catalogue, key: str) -> list[tuple[int | None, str]]:
    with pytest.raises(Faults) as caught:
        some.model(key)
    return [(fault.line, fault.what) for fault in caught.value.faults]


def test_a_string_has_each_page_as_a_part() -> None:
    """
    From a catalogue, each page is a part with its minutes: those of the string, or its own. What they need is together.
    """
    model = pages(evening=EVENING, threes=THREES, round=ROUND).model("evening")

    assert [(part.title, part.usual) for part in model.questions.parts] == [
        ("Arriving", 5),
        ("Threes", None),
        ("Round", 4),
    ]
    assert [step.key for step in model.steps] == ["threes.turns.tell-it", "round.say-one-word"]
    assert len(model.asks) > 0
    assert (model.head.roles, model.head.materials) == (("speaker", "watcher"), ("pens",))


def test_a_string_read_alone_holds_a_step_for_each_page() -> None:
    """
    Without a catalogue, a string is its pages by name; and it is written back as that, however it was read.
    """
    alone = read_model(EVENING)

    assert [(step.text, step.page, step.minutes) for step in alone.steps] == [
        ("Arrive", "arrive", 5),
        ("Threes", "threes", None),
        ("Round", "round", 4),
    ]
    assert read_model(write_model(alone)) == alone
    tied = pages(evening=EVENING, threes=THREES, round=ROUND).model("evening")
    assert read_model(write_model(tied)).steps == alone.steps


@pytest.mark.parametrize(
    ("steps", "line", "what"),
    [
        ("[arrive@5, threees]", 3, "there is no page 'threees'"),
        ("[inner, arrive]", 3, "the page 'arrive', which 'inner' names, is in the string twice"),
        ("[circle]", 3, "the string leads back to itself: evening > circle > evening"),
        ("[broken]", 3, "the page 'broken' is not in order: the page asks nothing"),
    ],
)
def test_a_string_that_cannot_be_tied_is_refused(steps: str, line: int, what: str, tmp_path: Path) -> None:
    """
    A page that is not there, comes twice, leads back or is not in order is a fault at the line of the steps; of a
    folder, check tells the same.
    """
    texts = {
        "evening": EVENING.replace("[arrive@5, threes, round@4]", steps),
        "threes": THREES,
        "inner": "---\ntitle: Inner\nsteps: [threes, arrive]\n---\n",
        "circle": "---\ntitle: Circle\nsteps: [evening]\n---\n",
        "broken": "# Broken\n",
    }
    if "inner" in steps:
        what = "the page 'arrive' is in the string twice"

    assert faults_of(pages(**texts), "evening") == [(line, what)]

    for name, text in texts.items():
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    told = {checked.where.stem: [fault.what for fault in checked.faults] for checked in check(tmp_path)}
    assert any(what.split(":")[0] in each for each in told["evening"])
    assert told["threes"] == told["inner"] == []


def test_a_nearest_page_is_named() -> None:
    """
    A slip in the name of a page says which one is meant.
    """
    with pytest.raises(Faults, match="Did you mean 'threes'"):
        pages(evening=EVENING.replace("threes", "threees"), threes=THREES, round=ROUND).model("evening")


def test_strings_in_strings_end() -> None:
    """
    A string may hold a string, and its parts are parts of that part.
    """
    outer = "---\ntitle: Day\nsteps: [evening, close]\n---\n"
    model = pages(evening=EVENING, threes=THREES, round=ROUND, day=outer).model("day")

    assert [inner.title for inner in model.questions.parts[0].parts] == [
        "Arriving",
        "Threes",
        "Round",
    ]


def test_a_string_narrows_the_rings_of_its_pages() -> None:
    """
    No answer of a page in a string is in a wider ring than the string; where neither is wider, both who see it do.
    """
    asks = "---\ntitle: Asks\n---\n\n- A? {ring=own}\n- B? {ring=case}\n- C?\n"
    string = "---\ntitle: Evening\nring: personal\nsteps: [asks]\n---\n"
    model = pages(evening=string, asks=asks).model("evening")

    assert [question.ring for question in model.asks] == [Ring.OWN, Ring.PAIR, Ring.PERSONAL]


def test_pages_that_a_page_names_are_looked_for(tmp_path: Path) -> None:
    """
    A step that is a page has to be there; one that a page goes well with is advice.
    """
    page = "---\ntitle: T\ngoes-with: [kolb-cycel, arrive]\n---\n\n## D {.do}\n\n1. Close. {page=closs}\n2. Come. {page=arrive}\n"
    (file := tmp_path / "t.md").write_text(page, "utf-8")
    (checked,) = check(file)

    assert [(fault.line, fault.what, fault.remedy) for fault in checked.faults] == [
        (
            8,
            "there is no page 'closs', which a step names",
            "write the key of a page that is there. Did you mean 'close'?",
        )
    ]
    assert [(each.line, each.what, each.remedy) for each in checked.advice] == [
        (
            3,
            "it goes with 'kolb-cycel', and there is no such page",
            "write the key of a page that is there. Did you mean 'kolb-cycle'?",
        )
    ]

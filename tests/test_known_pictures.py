"""
Models that people know by a picture have it on their papers, whether or not it is how their parts stand to one another.
"""

from __future__ import annotations

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

import reflect
from reflect import catalogue, document, load, read_page, render
from reflect.diagrams import describe, draw
from reflect.diagrams.marks import Lettering
from reflect.documents.drawing import diagram
from reflect.questions import Picture, Shape, wording_names
from reflect.questions.model import Model
from reflect.rendering.gallery import gallery
from reflect.text.nodes import Diagram, Document
from tests.documents import tried
from tests.strategies import pictures

#: Shapes of models that people know by their picture.
KNOWN = (Shape.COLUMNS, Shape.CORNERS, Shape.CYCLE, Shape.LADDER, Shape.MATRIX, Shape.NESTED, Shape.SETS)
OF_ANOTHER = ("drama-triangle", "safe-uncertainty", "social-graces", "stoltenberg-idm", "three-column-mapping")


def drawn_on(paper: Document) -> list[str]:
    return [describe(block) for block in paper.blocks if isinstance(block, Diagram)]


@pytest.mark.parametrize("wording", wording_names())
def test_a_model_that_is_known_by_its_picture_has_it_on_its_handout(wording: str) -> None:
    known = [key for key in catalogue() if load(key).head.picture or load(key).head.shape in KNOWN]
    lacking = [
        key
        for key in known
        if drawn_on(document(load(key), "handout", wording=wording)) != [describe(diagram(load(key), wording))]
    ]

    assert len(known) > 15
    assert lacking == []


@pytest.mark.parametrize("key", OF_ANOTHER)
def test_a_picture_that_is_not_of_the_parts_is_on_every_paper_with_one(key: str) -> None:
    """
    And its words have no numbers, since they are no parts; the worksheet has none of it.
    """
    model = load(key)
    about = describe(diagram(model))
    picture = model.head.picture

    assert picture is not None
    assert all(word in about for word in (*picture.words, *picture.across))
    for name in ("handout", "slide", "slides", "diagram"):
        assert about in drawn_on(document(model, name)), name
    assert not any(
        line.isdigit() for mark in draw(diagram(model)).marks if isinstance(mark, Lettering) for line in mark.lines
    )
    assert document(model, "worksheet") == document(without_picture(model), "worksheet")


def without_picture(model: Model) -> Model:
    return attrs.evolve(model, head=attrs.evolve(model.head, picture=None))


def test_the_gallery_has_the_picture() -> None:
    page = gallery(catalogue(), reflect.wording("general")).decode()

    for key in OF_ANOTHER:
        assert describe(diagram(load(key))) in page


@given(picture=pictures)
@settings(max_examples=tried(30), suppress_health_check=[HealthCheck.too_slow])
def test_any_picture_is_drawn_and_nobody_writes_on_it(picture: Picture) -> None:
    """
    Its words are in what it is described with, and the worksheet does not know of it.
    """
    model = read_page("# T\n\n## One\n\n- Who?\n\n## Two\n\n- What?\n")
    pictured = attrs.evolve(model, head=attrs.evolve(model.head, picture=picture))
    shown = drawn_on(document(pictured, "slide"))

    assert shown == [describe(diagram(pictured))]
    assert render(pictured, "worksheet", to="md") == render(model, "worksheet", to="md")


def test_a_page_may_have_a_picture_and_a_sheet() -> None:
    """
    The handout has the picture, and the worksheet the sheet.
    """
    model = read_page(
        "---\ntitle: T\npicture: {corners: [one, two, three]}\ncanvas: {columns: [ours, theirs]}\n---\n\n- Who?\n"
    )

    assert drawn_on(document(model, "handout")) == [describe(diagram(model))]
    assert "ours" in render(model, "worksheet", to="md").decode()
    assert "one" not in render(model, "worksheet", to="md").decode().split()
